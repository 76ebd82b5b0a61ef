"""`/v1/visitor`: one visitor with at most one conversation that goes on."""

import json
import time
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import UNSET

from contracts import subjects
from contracts.desks import Availability
from contracts.envelope import rfc3339
from contracts.presence import Seen
from contracts.sockets import CloseCode
from contracts.sockets.common import (
    End,
    Operator,
    Read,
    ReadShown,
    Received,
    ReceivedShown,
    Resume,
    Say,
    Typing,
    TypingShown,
)
from contracts.sockets.operator import VisitorOnSite
from contracts.sockets.visitor import Availability as AvailabilityFrame
from contracts.sockets.visitor import Cart, Hello, Invitation, Page, PageInfo, Rate, Start, visitor_decoder
from services.common.person_keys import PersonKey
from services.gateway import commands
from services.gateway.access.ownership import is_theirs
from services.gateway.access.visitor_ids import Visitor
from services.gateway.appearance import text_in
from services.gateway.commands import Sender
from services.gateway.gateway import Gateway
from services.gateway.live.following import Follow
from services.gateway.live.marks import GOT
from services.gateway.live.views import VISITOR
from services.gateway.log_reader import OwnerOf, uuid_or_none
from services.gateway.onsite.carts import cart_of
from services.gateway.sockets import saying, starting, welcoming
from services.gateway.sockets.loop import ClientSocket, Refused, Wire
from services.gateway.sockets.texts import clean_or_none

URL_SHOWN: Final = 500
TITLE_SHOWN: Final = 120
"""Characters of a page's address and title that operators see in the list of visitors."""
NOBODY: Final = Visitor("")


class VisitorSocket(ClientSocket):
    """A visitor's socket."""

    audience = VISITOR
    decoder = visitor_decoder
    hello = Hello

    __slots__ = (
        "_changed_at",
        "_over",
        "address",
        "blocked",
        "cart",
        "follow",
        "locale",
        "origin",
        "page",
        "remembered",
        "since",
        "visitor",
    )

    def __init__(self, gateway: Gateway, shop: str, address: str, wire: Wire, origin: str | None = None) -> None:
        super().__init__(gateway, shop, wire, gateway.limits.visitor_frames)
        self.address = address
        self.origin = origin
        self.visitor = NOBODY
        self.locale = "en"
        self.page: PageInfo | None = None
        self.cart: Cart | None = None
        self.follow: Follow | None = None
        self._over = False
        self.since = int(time.time())
        """When the visit began, in seconds since 1970."""
        self._changed_at = time.time()
        self.remembered = False
        """They come back from another page as the same."""
        self.blocked = False

    @property
    def sender(self) -> Sender:
        return Sender(self.shop, "visitor", self.visitor.id, self.gateway.dispatch.gateway, self.correlation)

    @property
    def conversation(self) -> str | None:
        """The conversation that goes on."""
        return None if self.follow is None else self.follow.conversation

    def dismiss(self, visitor: str) -> None:
        """The conversation is a signed-in visitor's now: a guest's other tabs come back as who they are."""
        if self.visitor.id != visitor:
            self.outbox.close(CloseCode.RESTARTING, "come back with the identity")

    def is_over(self) -> None:
        """The conversation stays on the visitor's screen; operators see them as somebody without one."""
        self._over = True
        self.gateway.crowd.update(self)

    async def on_hello(self, frame: Hello) -> None:
        self.gateway.sightings.met(self.shop, self.origin, frame.page.url if frame.page else "")
        await welcoming.welcome(self, frame)

    async def left(self) -> None:
        self.gateway.crowd.remove(self)
        await self.turn_to(None)

    # As others see them

    @property
    def availability(self) -> Availability:
        """What they find if they ring now."""
        if self.blocked:
            return "hidden"
        settings = self.gateway.shops.known(self.shop)
        return self.gateway.availabilities.of(self.shop, "form" if settings.offline_mode else "hidden")

    def hide(self, *, blocked: bool) -> None:
        """They are blocked from now on, or no more."""
        if blocked is not self.blocked:
            self.blocked = blocked
            self.put(AvailabilityFrame(state=self.availability))

    def invite(self, operator: Operator, text: str | None) -> None:
        """An operator asks whether they want to talk: not who does already, nor where nobody could answer."""
        if (self.follow is not None and not self._over) or self.availability not in ("online", "line"):
            return
        settings = self.gateway.shops.known(self.shop)
        own = text_in(settings.languages, self.locale, settings.welcome)[1]
        self.put(Invitation(operator=operator, text=own if text is None else text))

    @property
    def outer_id(self) -> str:
        return self.visitor.outer_id

    @property
    def busy(self) -> bool:
        """In a conversation, or with something in the cart."""
        return (self.follow is not None and not self._over) or (self.cart is not None and self.cart.pieces > 0)

    def seen(self) -> Seen:
        """As operators see who is on the site."""
        visitor, page = self.visitor, self.page
        conversation = None if self._over or self.follow is None else UUID(self.follow.conversation)
        web = page is not None and page.url.startswith(("https://", "http://"))
        shown = VisitorOnSite(
            id=visitor.outer_id,
            signed_in=visitor.signed_in,
            since=rfc3339(datetime.fromtimestamp(self.since, UTC)),
            name=(visitor.identity and visitor.identity.name) or UNSET,
            conversation=conversation or UNSET,
            page=PageInfo(page.url[:URL_SHOWN], page.title[:TITLE_SHOWN]) if page is not None and web else UNSET,
            cart=self.cart or UNSET,
        )
        return Seen(shown, self._changed_at)

    # The conversation that goes on

    async def listen(self, conversation: UUID) -> None:
        """Hold what brings the conversation's events here."""
        subscriptions = self.gateway.subscriptions
        await subscriptions.hold(subjects.conversation_events(self.shop, conversation), self.gateway.on_event)
        await subscriptions.hold(subjects.live_of(self.shop), self.gateway.on_live)

    async def listen_no_more(self, conversation: UUID) -> None:
        """Undo `listen`."""
        subscriptions = self.gateway.subscriptions
        await subscriptions.release(subjects.conversation_events(self.shop, conversation))
        await subscriptions.release(subjects.live_of(self.shop))

    async def turn_to(self, follow: Follow | None) -> None:
        """From now on this conversation goes on here, whose `listen` was called; the one before is left."""
        before, self.follow, self._over = self.follow, follow, False
        if follow is not None:
            self.gateway.leases.visitor_came(self.shop, follow.conversation)
            self.gateway.crowd.update(self)
        if before is not None:
            self.gateway.hub.unfollow(before)
            self.gateway.leases.visitor_left(self.shop, before.conversation)
            await self.listen_no_more(UUID(before.conversation))

    # Commands

    async def _start(self, frame: Start) -> None:
        await starting.start(self, frame)

    async def _say(self, frame: Say) -> None:
        text = saying.said(frame)
        await saying.say(self, self.sender, frame, text, await self._key_of_own(frame.conversation))

    async def _end(self, frame: End) -> None:
        key = await self._key_of_own(frame.conversation)
        dispatch = self.gateway.dispatch
        command = commands.end(self.sender, frame.id, dispatch.next_number(), frame.conversation, key)
        await dispatch.send(command, self.answered, frame.id)

    async def _rate(self, frame: Rate) -> None:
        comment = clean_or_none(frame.comment)
        key = await self._key_of_own(frame.conversation)
        dispatch = self.gateway.dispatch
        n = dispatch.next_number()
        command = commands.rate(self.sender, frame.id, n, frame.conversation, frame.score, comment, key)
        await dispatch.send(command, self.answered, frame.id)

    async def _key_of_own(self, conversation: str) -> PersonKey:
        """The key under which an own conversation is sealed. Raises Refused for one that isn't."""
        owner = self.gateway.directory.cached(conversation) if conversation == self.conversation else None
        if owner is None or owner.visitor != self.visitor.id:
            owner = await self.own(conversation)
        key = self.gateway.keys.cached(self.shop, owner.person)
        if key is None:
            key = await self.gateway.keys.get(self.shop, owner.person)
        if key is None:
            raise Refused("not_found", "the conversation was erased")
        return key

    async def own(self, conversation: str) -> OwnerOf:
        """Who an own conversation belongs to, as it stands in the log. Raises Refused."""
        owner = await self.gateway.directory.read(self.shop, conversation)
        if owner is None or owner.deleted:
            raise Refused("not_found", "there is no such conversation")
        if not self.is_mine(owner):
            raise Refused("forbidden", "the conversation is another visitor's")
        return owner

    def is_mine(self, owner: OwnerOf) -> bool:
        """A guest's own is also what it started as who it was before; never a signed-in visitor's."""
        return is_theirs(self.gateway.ids, self.shop, owner, self.visitor)

    # The rest

    async def _resume(self, frame: Resume) -> None:
        follow = self.follow
        if follow is None or frame.conversation != follow.conversation:
            await self.own(frame.conversation)
            self.gateway.hub.aside(self.shop, frame.conversation, self).resume(frame.after)
        elif frame.after == 0 and time.monotonic() < follow.unasked_until:
            follow.unasked_until = 0.0
            follow.asked += 1
            follow.behind()
        else:
            follow.resume(frame.after)

    async def _typing(self, frame: Typing) -> None:
        conversation = uuid_or_none(self.conversation or "")
        if conversation is not None:
            shown = TypingShown(conversation=conversation, sender="visitor", on=frame.on)
            await self.gateway.live.typing(self.shop, shown)

    async def _read(self, frame: Read) -> None:
        await self._mark(frame, "visitor", ReadShown)

    async def _received(self, frame: Received) -> None:
        await self._mark(frame, f"visitor{GOT}", ReceivedShown)

    async def _mark(self, frame: Read | Received, party: str, shown: type[ReadShown | ReceivedShown]) -> None:
        """Nobody has got more than was sent here."""
        follow = self.follow
        if follow is None or frame.conversation not in (None, follow.conversation):
            return
        upto = min(frame.upto, follow.last)
        if upto and self.gateway.marks.raise_to(self.shop, follow.conversation, party, upto):
            mark = shown(conversation=UUID(follow.conversation), sender="visitor", upto=upto)
            await self.gateway.live.read(self.shop, mark)

    async def _page(self, frame: Page) -> None:
        self.page = PageInfo(frame.url, frame.title)
        if frame.cart is not None:
            self.cart = cart_of(frame.cart)
        self._changed_at = time.time()
        self.gateway.crowd.update(self)

    def page_text(self) -> str | None:
        """The page that the visitor looks at, as it is kept in the conversation."""
        return None if self.page is None else json.dumps(msgspec.to_builtins(self.page), ensure_ascii=False)

    handlers = {  # noqa: RUF012  # a table, never changed
        Start: _start,
        Say: _say,
        End: _end,
        Rate: _rate,
        Resume: _resume,
        Typing: _typing,
        Read: _read,
        Received: _received,
        Page: _page,
    }
