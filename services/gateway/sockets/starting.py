"""A visitor rings the bell: the new conversation, or the one that they are in already."""

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

import psycopg
from msgspec import UNSET
from psycopg_pool import PoolTimeout

from contracts.answers import Answer, InProgress, Rejected
from contracts.answers import Stored as StoredAnswer
from contracts.conversations.appearance import BY_STAFF
from contracts.ids import conversation_id
from contracts.sockets.common import Stored
from contracts.sockets.visitor import Start
from services.gateway import commands, forms
from services.gateway.access.visitor_ids import Visitor
from services.gateway.appearance import needs_consent
from services.gateway.asks import Unanswered
from services.gateway.live.following import Follow
from services.gateway.sockets.loop import Refused
from services.gateway.sockets.texts import BadText, clean, clean_or_none

if TYPE_CHECKING:
    from services.gateway.sockets.visitor import VisitorSocket

FIELDS_MOST: Final = 8_000
"""Characters of all details together that are asked for before a conversation."""
RETRY_SECONDS: Final = 1.0


@dataclass(slots=True)
class Starting:
    """A `start` on its way."""

    socket: "VisitorSocket"
    command: str
    text: str | None
    visitor: Visitor
    """Who the visitor will be."""
    conversation: UUID
    follow: Follow | None = None
    """None if the conversation goes on here already, and the `start` is a retry."""


async def start(socket: "VisitorSocket", frame: Start) -> None:
    """Send the command; the conversation's events are listened for before it leaves. Raises Refused, BadText."""
    gateway = socket.gateway
    said = {**await _filled_in(socket, frame), "page": socket.page_text()}
    visitor = _visitor_of(socket, frame.id)
    conversation = conversation_id(socket.shop, visitor.id, frame.id)
    if str(conversation) != socket.conversation:
        await _limit(socket)
    key = await gateway.keys.get_or_create(socket.shop, visitor.id, visitor.id if visitor.signed_in else None)
    starting = Starting(socket, frame.id, said["text"], visitor, conversation)
    if str(conversation) != socket.conversation:
        await socket.listen(conversation)
        starting.follow = gateway.hub.follow(socket.shop, str(conversation), 0, socket)
    origin = gateway.ids.origin(socket.shop, socket.visitor.id)
    n = gateway.dispatch.next_number()
    command = commands.start(
        socket.sender,
        frame.id,
        n,
        conversation,
        visitor,
        origin,
        said,
        socket.locale,
        key,
        department=frame.department,
        consent=frame.consent,
        invitation=_invitation(socket, frame),
    )
    await gateway.dispatch.send(command, _answered, starting)


def _visitor_of(socket: "VisitorSocket", command: str) -> Visitor:
    """A guest is somebody new in each conversation; the same `start` again makes the same guest."""
    me = socket.visitor
    if me.signed_in or me.start == command:
        return me
    return Visitor(socket.gateway.ids.of_next_conversation(socket.shop, me.id, command), command, first=me.voter)


async def _limit(socket: "VisitorSocket") -> None:
    seconds = await socket.gateway.limits.start(socket.visitor.id, socket.address, socket.shop)
    if seconds:
        raise Refused("rate_limited", "too many conversations are being started", round(seconds, 1))


async def _filled_in(socket: "VisitorSocket", frame: Start) -> dict[str, str | None]:
    """Text and details. Where the shop asks for something, that and nothing else is taken, the text as its message.

    Raises BadForm, BadText, Refused.
    """
    text = clean_or_none(frame.text)
    try:
        return _answers(socket, frame, text)
    except forms.BadForm:
        if not await _goes_on(socket):
            raise
        return {"text": text, "fields": _kept(frame.fields or {})}


def _answers(socket: "VisitorSocket", frame: Start, text: str | None) -> dict[str, str | None]:
    """The same of a visitor who has to answer what the shop asks, and to agree. Raises BadForm, BadText."""
    settings, fields = socket.gateway.shops.known(socket.shop), frame.fields or {}
    rules, wrong = settings.chat_fields, list[forms.Wrong]()
    if asks := forms.asks_anything(rules):
        given = {**fields, **({"message": text} if text and rules.message.requested else {})}
        try:
            fields = forms.checked(rules, given, forms.vouched(socket.visitor.identity))
        except forms.BadForm as bad:
            wrong = bad.wrong
    if needs_consent(settings, socket.locale) and not frame.consent:
        wrong = [*wrong, forms.no_consent()]
    if wrong:
        raise forms.BadForm(wrong)
    message = fields.pop("message", None) if asks else None
    return {"text": text or message, "fields": _kept(fields)}


def _invitation(socket: "VisitorSocket", frame: Start) -> str | None:
    """The one that is taken up. It stands in the log in clear, so that only what the shop has named gets there."""
    named = {BY_STAFF, *(one.id for one in socket.gateway.shops.known(socket.shop).invitations)}
    return frame.invitation if frame.invitation in named else None


async def _goes_on(socket: "VisitorSocket") -> bool:
    """Whether the visitor is in a conversation, in which a `start` says something and asks for nothing."""
    gateway, me = socket.gateway, socket.visitor
    try:
        found = (await gateway.asks.visitor(socket.shop, me.id, gateway.ids.origin(socket.shop, me.id))).conversation
    except Unanswered:
        raise Refused("unavailable", "try again in a moment", RETRY_SECONDS) from None
    return found is not None and found.status != "archived"


def _kept(fields: dict[str, str]) -> str | None:
    """The details given before the conversation, as they are kept."""
    if not fields:
        return None
    text = json.dumps({clean(name, 300): clean(value) for name, value in fields.items() if value}, ensure_ascii=False)
    if len(text) > FIELDS_MOST:
        raise BadText("too_long", f"the details have more than {FIELDS_MOST} characters")
    return text


def _answered(starting: Starting, answer: Answer) -> None:
    """What became of it, given to `Dispatch`: must not wait."""
    if isinstance(answer, StoredAnswer):
        _later(_started(starting, answer.seq))
    elif isinstance(answer, InProgress):
        _later(_say_instead(starting, str(answer.conversation)))
    else:
        starting.socket.answered(starting.command, answer)
        _later(_give_up(starting))


async def _started(starting: Starting, seq: int) -> None:
    socket = starting.socket
    _tell(starting, starting.visitor, starting.conversation, seq)
    follow = starting.follow
    if follow is None:
        return
    if not socket.outbox.open:
        await _give_up(starting)
        return
    await socket.turn_to(follow)
    if follow.last < seq:
        socket.gateway.heads.soon(socket.shop, follow.conversation)


async def _say_instead(starting: Starting, conversation: str) -> None:
    """The visitor is in a conversation already: what they wrote is said there."""
    socket, gateway = starting.socket, starting.socket.gateway
    await _give_up(starting)
    try:
        owner = await socket.own(conversation)
        key = await gateway.keys.get(socket.shop, owner.person)
        if key is None:
            raise Refused("not_found", "the conversation was erased")
        me = socket.visitor
        there = Visitor(owner.visitor, owner.start or None, me.identity, first=me.voter)
        seq = 1
        if starting.text is not None:
            n = gateway.dispatch.next_number()
            sender = commands.Sender(socket.shop, "visitor", there.id, gateway.dispatch.gateway, socket.correlation)
            said = commands.say(sender, starting.command, n, conversation, starting.text, key, "start")
            answer = await gateway.dispatch.ask(said)
            if not isinstance(answer, StoredAnswer):
                socket.answered(starting.command, answer)
                return
            seq = answer.seq
    except Refused as refused:
        socket.reject(starting.command, refused.code, refused.detail, refused.retry_after)
        return
    except (psycopg.OperationalError, PoolTimeout):
        socket.answered(starting.command, Rejected(n=0, code="unavailable", detail="try again in a moment"))
        return
    _tell(starting, there, UUID(conversation), seq)
    await _go_on_in(socket, conversation)


async def _go_on_in(socket: "VisitorSocket", conversation: str) -> None:
    """The conversation that goes on elsewhere goes on here too, from its beginning."""
    if socket.conversation == conversation or not socket.outbox.open:
        return
    await socket.listen(UUID(conversation))
    follow = socket.gateway.hub.follow(socket.shop, conversation, 0, socket)
    await socket.turn_to(follow)
    await socket.gateway.subscriptions.settle()
    follow.behind()


def _tell(starting: Starting, visitor: Visitor, conversation: UUID, seq: int) -> None:
    """`stored`, with the new token of a guest who is now somebody else."""
    socket = starting.socket
    token = UNSET if visitor.signed_in else socket.gateway.tokens.make(socket.shop, visitor, socket.since)
    socket.visitor = visitor
    socket.remembered = True
    socket.gateway.crowd.update(socket)
    socket.put(Stored(id=starting.command, conversation=conversation, seq=seq, token=token))


async def _give_up(starting: Starting) -> None:
    """Listen no more for a conversation that did not start."""
    if starting.follow is not None:
        follow, starting.follow = starting.follow, None
        starting.socket.gateway.hub.unfollow(follow)
        await starting.socket.listen_no_more(starting.conversation)


_tasks: set[asyncio.Task[None]] = set()


def _later(work: "asyncio._CoroutineLike[None]") -> None:
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
