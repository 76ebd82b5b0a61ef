"""A visitor says `hello`: who it is, which conversation goes on, and what was missed of it."""

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from msgspec import UNSET, UnsetType

from contracts.answers import Stored as StoredAnswer
from contracts.desks import ConversationSummary
from contracts.ids import conversation_id
from contracts.sockets import CloseCode
from contracts.sockets.common import Resumed
from contracts.sockets.visitor import CurrentConversation, Hello, VisitorInfo, Welcome
from services.common.logs import logger
from services.gateway import commands, forms, outlines
from services.gateway.access.identities import BadIdentity
from services.gateway.access.tokens import BadToken
from services.gateway.access.visitor_ids import Identity, Visitor
from services.gateway.appearance import appearance, invitations
from services.gateway.asks import Unanswered
from services.gateway.live.following import TOO_FAR, Follow
from services.gateway.live.marks import NO_MARKS, MarksOf
from services.gateway.log_reader import OwnerOf, uuid_or_none
from services.gateway.push_offer import push_offer
from services.gateway.sockets.texts import locale_or_english

if TYPE_CHECKING:
    from services.gateway.sockets.visitor import VisitorSocket

log = logger(__name__)

IMPATIENT_SECONDS: Final = 1.5
"""How long the owner is waited for when the log can answer instead."""
IDENTIFY_TRIES: Final = 3
UNASKED_SECONDS: Final = 5.0


@dataclass(slots=True)
class Current:
    """The conversation that goes on, as `welcome` tells it."""

    id: UUID
    status: str
    seq: int
    operator: str | None
    place: int | None
    visitor: Visitor


async def welcome(socket: "VisitorSocket", frame: Hello) -> None:
    """Answer `hello`. Raises psycopg's errors while the database is away."""
    socket.locale = locale_or_english(frame.locale)
    socket.page = frame.page
    claimed = await _who(socket, frame)
    hint = _hint(socket, frame, claimed)
    follow = await _listen(socket, hint) if hint is not None else None
    try:
        current = await _current(socket, claimed, hint)
    except Unanswered:
        log.warning("Hello without an owner", shop=socket.shop, correlation=socket.correlation)
        await _leave(socket, follow)
        socket.outbox.close(CloseCode.RESTARTING, "come back in a moment")
        return
    if current is not None and current.id != hint:
        await _leave(socket, follow)
        follow = await _listen(socket, current.id)
        await socket.gateway.subscriptions.settle()
    elif current is None:
        await _leave(socket, follow)
        follow = None
    socket.visitor = claimed if current is None else current.visitor
    marks = await socket.gateway.marks.of(socket.shop, str(current.id)) if current is not None else NO_MARKS
    await _greet(socket, current, marks)
    await _go_on(socket, frame, current, follow, marks)


async def _who(socket: "VisitorSocket", frame: Hello) -> Visitor:
    """Whom the identity vouches for, else whom the token names, else a new guest. What is wrong with them is said."""
    gateway, identity, guest = socket.gateway, None, None
    if frame.identity is not None:
        try:
            identity = await gateway.identities.read(socket.shop, frame.identity)
        except BadIdentity as bad:
            socket.reject(None, "forbidden", str(bad))
    if frame.token is not None:
        try:
            named = gateway.tokens.read(socket.shop, frame.token)
            guest = named if named.id.startswith("g_") else None
            socket.since = named.since or socket.since
            socket.remembered = True
        except BadToken as bad:
            socket.reject(None, "forbidden", str(bad))
    if identity is not None:
        socket.remembered = True
        return await _signed_in(socket, identity, guest)
    return guest or Visitor(gateway.ids.new_guest())


async def _signed_in(socket: "VisitorSocket", identity: Identity, guest: Visitor | None) -> Visitor:
    """The customer; a guest's conversation that goes on becomes theirs, unless they are in one already."""
    gateway = socket.gateway
    visitor = Visitor(gateway.ids.of_customer(socket.shop, identity.sub), None, identity)
    if guest is None:
        return visitor
    try:
        own = await _asked(socket, visitor)
        theirs = None if own is not None else await _asked(socket, guest)
    except Unanswered:
        return visitor  # asked again in a moment, and then it counts
    if theirs is not None:
        await _identify(socket, visitor, identity, theirs)
    return visitor


async def _identify(socket: "VisitorSocket", visitor: Visitor, identity: Identity, theirs: ConversationSummary) -> None:
    """The guest of this conversation is the customer from here on."""
    gateway = socket.gateway
    key = await gateway.keys.get(socket.shop, theirs.person)
    if key is None:
        return
    sender = commands.Sender(socket.shop, "visitor", theirs.visitor, gateway.dispatch.gateway, socket.correlation)
    for _ in range(IDENTIFY_TRIES):
        n = gateway.dispatch.next_number()
        command = commands.identify(sender, f"identify-{visitor.id}", n, theirs.id, visitor, identity, key)
        answer = await gateway.dispatch.ask(command)
        if isinstance(answer, StoredAnswer):
            await gateway.keys.link(socket.shop, theirs.person, visitor.id)
            await gateway.directory.read(socket.shop, str(theirs.id))
            return
        if getattr(answer, "code", "") != "unavailable":
            log.warning("A guest's conversation can't be identified", correlation=socket.correlation)
            return
        await asyncio.sleep(getattr(answer, "retry_after", None) or 0.1)


def _hint(socket: "VisitorSocket", frame: Hello, visitor: Visitor) -> UUID | None:
    """The conversation that probably goes on, so that its events can be listened for early."""
    if frame.resume is not None:
        return uuid_or_none(frame.resume.conversation)
    if visitor.start is not None:
        return conversation_id(socket.shop, visitor.id, visitor.start)
    return None


async def _listen(socket: "VisitorSocket", conversation: UUID) -> Follow:
    """Hear what passes by from now on, without forwarding it yet."""
    await socket.listen(conversation)
    return socket.gateway.hub.follow(socket.shop, str(conversation), TOO_FAR, socket)


async def _leave(socket: "VisitorSocket", follow: Follow | None) -> None:
    if follow is not None:
        socket.gateway.hub.unfollow(follow)
        await socket.listen_no_more(UUID(follow.conversation))


async def _current(socket: "VisitorSocket", visitor: Visitor, hint: UUID | None) -> Current | None:
    """From the owner of the partition; from the log while there is none, if we know where to look."""
    await socket.gateway.subscriptions.settle()
    if hint is None:
        return await _from_owner(socket, visitor)
    try:
        return await _from_owner(socket, visitor, IMPATIENT_SECONDS)
    except Unanswered:
        owner = await socket.gateway.directory.read(socket.shop, str(hint))
        if owner is None or owner.deleted or not _is(socket, owner, visitor):
            return await _from_owner(socket, visitor)
        outline = await outlines.read(socket.gateway.log, socket.shop, str(hint))
        if outline.status == "archived":
            return None
        who = _in_conversation(visitor, owner)
        return Current(hint, outline.status, outline.seq, outline.operator, None, who)


async def _from_owner(socket: "VisitorSocket", visitor: Visitor, patience: float | None = None) -> Current | None:
    gateway = socket.gateway
    origin = gateway.ids.origin(socket.shop, visitor.id)
    options = {} if patience is None else {"patience": patience}
    reply = await gateway.asks.visitor(socket.shop, visitor.id, origin, **options)
    socket.blocked = reply.blocked
    summary = reply.conversation
    if summary is None or summary.status == "archived":
        return None
    who = visitor
    if summary.visitor != visitor.id:
        owner = await gateway.directory.read(socket.shop, str(summary.id))
        if owner is None or not _is(socket, owner, visitor):
            return None
        who = _in_conversation(visitor, owner)
    else:
        gateway.directory.learn_summary(socket.shop, summary)
    return Current(summary.id, summary.status, summary.seq, summary.operator, reply.place, who)


async def _asked(socket: "VisitorSocket", visitor: Visitor) -> ConversationSummary | None:
    """The conversation of a visitor, if the owner says that it goes on and is theirs."""
    gateway = socket.gateway
    origin = gateway.ids.origin(socket.shop, visitor.id)
    summary = (await gateway.asks.visitor(socket.shop, visitor.id, origin)).conversation
    if summary is None or summary.status == "archived":
        return None
    return summary if summary.visitor == visitor.id or not summary.signed_in else None


def _is(socket: "VisitorSocket", owner: OwnerOf, visitor: Visitor) -> bool:
    if owner.visitor == visitor.id:
        return True
    return not owner.signed_in and owner.origin == socket.gateway.ids.origin(socket.shop, visitor.id)


def _in_conversation(visitor: Visitor, owner: OwnerOf) -> Visitor:
    """Who the visitor is there: a guest has an id of its own in each conversation."""
    if owner.visitor == visitor.id:
        return visitor
    return Visitor(owner.visitor, owner.start or None, visitor.identity, first=visitor.voter)


async def _greet(socket: "VisitorSocket", current: Current | None, marks: MarksOf) -> None:
    gateway, visitor = socket.gateway, socket.visitor
    settings = gateway.shops.known(socket.shop)
    identity = visitor.identity
    previous = None if identity is None else await gateway.archive.last(socket.shop, identity.sub)
    shown: CurrentConversation | UnsetType = UNSET
    if current is not None:
        await gateway.names.refresh(socket.shop, [current.operator] if current.operator else [])
        operator = gateway.names.operator(socket.shop, current.operator) if current.operator else UNSET
        shown = CurrentConversation(
            id=current.id,
            status=current.status,  # type: ignore[arg-type]  # archived ones were left out
            seq=current.seq,
            operator=operator,
            place=current.place or UNSET,
        )
    socket.put(
        Welcome(
            visitor=VisitorInfo(
                id=visitor.outer_id,
                signed_in=visitor.signed_in,
                name=(identity and identity.name) or UNSET,
                email=(identity and identity.email) or UNSET,
                phone=(identity and identity.phone) or UNSET,
            ),
            token=gateway.tokens.make(socket.shop, visitor, socket.since),
            availability=socket.availability,
            appearance=appearance(settings, socket.locale),
            conversation=shown,
            read=marks.read or UNSET,
            received=marks.received or UNSET,
            previous=previous or UNSET,
            chat_fields=forms.still_to_ask(settings.chat_fields, identity) or UNSET,
            invitations=invitations(settings, socket.locale),
            poll=bool(gateway.open_polls.of(socket.shop, socket.locale)),
            push=await push_offer(socket.shop, settings, gateway.push_keys),
        )
    )
    gateway.crowd.add(socket)


async def _go_on(
    socket: "VisitorSocket", frame: Hello, current: Current | None, follow: Follow | None, marks: MarksOf
) -> None:
    """Send what was missed: after `resume`, and all of a conversation that the client knows nothing of."""
    wanted = frame.resume
    if current is not None and follow is not None:
        await socket.turn_to(follow)
        follow.place = current.place or 0
        if wanted is None or wanted.conversation != follow.conversation:
            follow.unasked_until = time.monotonic() + UNASKED_SECONDS
            follow.resume(0)
        elif wanted.after == current.seq and socket.gateway.hub.topics[follow.conversation].seen <= current.seq:
            follow.last = current.seq
            socket.put(Resumed(conversation=current.id, seq=current.seq, read=marks.read, received=marks.received))
        else:
            follow.resume(min(wanted.after, current.seq))
    if wanted is not None and (current is None or wanted.conversation != str(current.id)):
        owner = await socket.gateway.directory.read(socket.shop, wanted.conversation)
        if owner is not None and not owner.deleted and _is(socket, owner, socket.visitor):
            socket.gateway.hub.aside(socket.shop, wanted.conversation, socket).resume(wanted.after)
