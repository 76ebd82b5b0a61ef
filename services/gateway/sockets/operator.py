"""`/v1/operator`: a member of the shop's staff, who sees all of its conversations."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from contracts import subjects
from contracts.conversations.commands import CloseChannel, Command, GoOffline, GoOnline, OpenChannel
from contracts.desks import ConversationSummary
from contracts.sockets import CloseCode
from contracts.sockets import operator as frames
from contracts.sockets.common import End, Read, ReadShown, Received, ReceivedShown, Resume, Say, Typing, TypingShown
from contracts.sockets.operator import ShopInfo, Welcome, operator_decoder
from services.common.logs import logger
from services.common.person_keys import PersonKey
from services.gateway import commands
from services.gateway.access.roles import may_send
from services.gateway.access.sessions import Session
from services.gateway.asks import Unanswered
from services.gateway.commands import Sender
from services.gateway.gateway import Gateway
from services.gateway.live.desk_views import empty_desk
from services.gateway.live.marks import GOT, NO_MARKS
from services.gateway.live.views import OPERATOR
from services.gateway.log_reader import uuid_or_none
from services.gateway.sockets import saying
from services.gateway.sockets.loop import AWAY_RETRY_SECONDS, ClientSocket, Refused, Wire
from services.gateway.sockets.parts import parts_of
from services.gateway.sockets.texts import clean, clean_or_none

log = logger(__name__)

KEYS_AT_ONCE: Final = 1_000
MOST_INVITATION: Final = 2_000
"""Characters."""


class OperatorSocket(ClientSocket):
    """An operator's socket."""

    audience = OPERATOR
    decoder = operator_decoder
    hello = frames.Hello

    __slots__ = ("_joined", "_sending", "session")

    def __init__(self, gateway: Gateway, session: Session, wire: Wire) -> None:
        super().__init__(gateway, session.account.shop, wire, gateway.limits.operator_frames)
        self.session = session
        self._joined = False
        self._sending: asyncio.Task[None] | None = None
        gateway.sessions.hold(session, self)

    @property
    def sender(self) -> Sender:
        return Sender(self.shop, "operator", self.session.account.id, self.gateway.dispatch.gateway, self.correlation)

    def dismiss(self, visitor: str) -> None:
        """Operators stay, whoever the visitor turns out to be."""

    def is_over(self) -> None:
        """They follow it no more, and know why."""

    async def on_hello(self, frame: frames.Hello) -> None:
        """Join the shop: from here on its events and desks come, after `welcome`."""
        gateway, subscriptions = self.gateway, self.gateway.subscriptions
        await subscriptions.hold(subjects.shop_conversations(self.shop), gateway.on_event)
        await subscriptions.hold(subjects.live_of(self.shop), gateway.on_live)
        self._joined = True
        await subscriptions.settle()
        settings = await gateway.shops.settings(self.shop)
        try:
            desk, summaries = await gateway.asks.desk(self.shop)
        except Unanswered:
            log.warning("Hello without an owner", shop=self.shop, correlation=self.correlation)
            self.outbox.close(CloseCode.RESTARTING, "come back in a moment")
            return
        self.outbox.hold()
        heads = {str(one.id): one.seq for one in summaries if one.status != "archived"}
        gateway.hub.join_shop(self.shop, self, heads)
        gateway.leases.operator_came(self.shop, self.session.account.id)
        for conversation in heads:
            gateway.heads.soon(self.shop, conversation)
        known = gateway.shops.known(self.shop) if settings is None else settings
        account = self.session.account
        holders = {one.operator for one in summaries if one.operator is not None}
        others = {one.id for one in desk.operators} if desk is not None else set()
        await gateway.names.refresh(self.shop, {account.id, *holders, *others})
        welcome = Welcome(
            operator=gateway.names.operator(self.shop, account.id),
            shop=ShopInfo(id=self.shop, name=known.name, languages=known.languages),
            desk=gateway.desk_views.state(desk or empty_desk(self.shop, known)),
            conversations=[view async for view in self._summaries(summaries)],
        )
        first, more = parts_of(welcome)
        self.outbox.release(first)
        self._sending = asyncio.get_running_loop().create_task(self._send_slowly(more))

    async def _send_slowly(self, more: Iterator[str]) -> None:
        """Frame by frame, as fast as the client reads: together they are more than may wait for it."""
        for frame in more:
            await self.outbox.drained()
            self.outbox.put(frame)

    async def _summaries(self, summaries: list[ConversationSummary]) -> Any:
        """What `welcome` says of each conversation that is not archived."""
        gateway = self.gateway
        some = [one for one in summaries if one.status != "archived"]
        for first in range(0, len(some), KEYS_AT_ONCE):
            page = some[first : first + KEYS_AT_ONCE]
            keys = await gateway.keys.get_many((self.shop, one.person) for one in page)
            marks = await gateway.marks.of_many(self.shop, [str(one.id) for one in page])
            for one in page:
                gateway.directory.learn_summary(self.shop, one)
                key = keys.get((self.shop, one.person))
                yield gateway.desk_views.summary(self.shop, one, key, marks.get(str(one.id), NO_MARKS))

    async def left(self) -> None:
        """Leave the shop."""
        self.gateway.sessions.release(self.session, self)
        if self._sending is not None:
            self._sending.cancel()
        await self.gateway.watching.remove(self)
        if not self._joined:
            return
        if self in self.gateway.hub.operators.get(self.shop, {}):
            self.gateway.hub.leave_shop(self.shop, self)
            self.gateway.leases.operator_left(self.shop, self.session.account.id)
        await self.gateway.subscriptions.release(subjects.shop_conversations(self.shop))
        await self.gateway.subscriptions.release(subjects.live_of(self.shop))

    async def _handle(self, frame: Any) -> None:
        """What the role may not send is refused before anything is looked at."""
        if type(frame) is not self.hello and not may_send(self.session.account.role, frame):
            self.reject(getattr(frame, "id", None), "forbidden", "your role may not do this")
            return
        await super()._handle(frame)

    # Commands on conversations

    async def _say(self, frame: Say) -> None:
        text = saying.said(frame)
        await saying.say(self, self.sender, frame, text, await self._key(frame.conversation))

    async def _note(self, frame: frames.Note) -> None:
        text = clean(frame.text)
        await self._on(frame, lambda sender, id_, n, at, key: commands.note(sender, id_, n, at, text, key))

    async def _transfer(self, frame: frames.Transfer) -> None:
        await self._on(frame, lambda sender, id_, n, at, key: commands.transfer(sender, id_, n, at, frame.to, key))

    async def _end(self, frame: End) -> None:
        await self._on(frame, commands.end)

    async def _reopen(self, frame: frames.Reopen) -> None:
        await self._on(frame, commands.reopen)

    async def _take_over(self, frame: frames.TakeOver) -> None:
        await self._on(frame, commands.take_over)

    async def _block(self, frame: frames.Block) -> None:
        await self._on(frame, commands.block)

    async def _on(self, frame: Any, make: Callable[[Sender, str, int, str, PersonKey], Command]) -> None:
        """Send what `make` makes for the frame's conversation."""
        key = await self._key(frame.conversation)
        dispatch = self.gateway.dispatch
        command = make(self.sender, frame.id, dispatch.next_number(), frame.conversation, key)
        await dispatch.send(command, self.answered, frame.id)

    async def _key(self, conversation: str) -> PersonKey:
        """The key under which a conversation of the shop is sealed. Raises Refused."""
        owner = self.gateway.directory.cached(conversation)
        if owner is None or owner.shop != self.shop:
            owner = await self.gateway.directory.get(self.shop, conversation)
        if owner is None:
            raise Refused("not_found", "there is no such conversation")
        key = self.gateway.keys.cached(self.shop, owner.person)
        if key is None:
            key = await self.gateway.keys.get(self.shop, owner.person)
        if key is None:
            raise Refused("not_found", "the conversation was erased")
        return key

    # Commands on the desk

    async def _go_online(self, frame: frames.GoOnline) -> None:
        await self._on_desk(GoOnline, frame, f"go_online\n{frame.channels}", channels=frame.channels)

    async def _go_offline(self, frame: frames.GoOffline) -> None:
        await self._on_desk(GoOffline, frame, "go_offline")

    async def _open_channel(self, frame: frames.OpenChannel) -> None:
        await self._on_desk(OpenChannel, frame, "open_channel")

    async def _close_channel(self, frame: frames.CloseChannel) -> None:
        await self._on_desk(CloseChannel, frame, f"close_channel\n{frame.channel}", channel=frame.channel)

    async def _on_desk(self, kind: type[Command], frame: Any, said: str, **fields: Any) -> None:
        """Nothing personal is in these, so the digest is the words themselves."""
        n = self.gateway.dispatch.next_number()
        sender = self.sender
        command = kind(
            id=frame.id,
            shop=sender.shop,
            sender_kind=sender.kind,
            sender=sender.id,
            digest=said,
            gateway=sender.gateway,
            n=n,
            correlation=f"{sender.correlation}-{n}",
            **fields,
        )
        await self.gateway.dispatch.send(command, self.answered, frame.id)

    # The rest

    async def _resume(self, frame: Resume) -> None:
        follow = self.gateway.hub.operators.get(self.shop, {}).get(self, {}).get(frame.conversation)
        if follow is None:
            owner = await self.gateway.directory.read(self.shop, frame.conversation)
            if owner is None or owner.deleted:
                raise Refused("not_found", "there is no such conversation")
            follow = self.gateway.hub.aside(self.shop, frame.conversation, self)
        follow.resume(frame.after)

    async def _typing(self, frame: Typing) -> None:
        conversation = await self._of_shop(frame.conversation)
        if conversation is not None:
            await self.gateway.live.typing(
                self.shop, TypingShown(conversation=conversation, sender="operator", on=frame.on)
            )

    async def _read(self, frame: Read) -> None:
        await self._mark(frame, "operator", ReadShown)

    async def _received(self, frame: Received) -> None:
        await self._mark(frame, f"operator{GOT}", ReceivedShown)

    async def _mark(self, frame: Read | Received, party: str, shown: type[ReadShown | ReceivedShown]) -> None:
        """Nobody has got more than was sent here."""
        conversation = await self._of_shop(frame.conversation)
        if conversation is None or frame.conversation is None:
            return
        follow = self.gateway.hub.operators.get(self.shop, {}).get(self, {}).get(frame.conversation)
        upto = min(frame.upto, follow.last) if follow is not None else 0
        if upto and self.gateway.marks.raise_to(self.shop, frame.conversation, party, upto):
            await self.gateway.live.read(self.shop, shown(conversation=conversation, sender="operator", upto=upto))

    async def _of_shop(self, conversation: str | None) -> UUID | None:
        """The conversation, if it is one of the shop."""
        if conversation is None or await self.gateway.directory.get(self.shop, conversation) is None:
            return None
        return uuid_or_none(conversation)

    async def _watch_visitors(self, frame: frames.WatchVisitors) -> None:
        watching = self.gateway.watching
        await (watching.add(self) if frame.on else watching.remove(self))

    async def _invite(self, frame: frames.Invite) -> None:
        gateway, account = self.gateway, self.session.account
        text = clean_or_none(frame.text, MOST_INVITATION)
        seconds = await gateway.limits.invite(self.shop, account.id, frame.visitor)
        if seconds:
            raise Refused("rate_limited", "too many invitations", round(seconds, 1))
        await gateway.names.refresh(self.shop, [account.id])
        if not await gateway.inviting.send(
            self.shop, frame.visitor, gateway.names.operator(self.shop, account.id), text
        ):
            raise Refused("unavailable", "try again in a moment", AWAY_RETRY_SECONDS)

    handlers = {  # noqa: RUF012  # a table, never changed
        Say: _say,
        End: _end,
        Resume: _resume,
        Typing: _typing,
        Read: _read,
        Received: _received,
        frames.Note: _note,
        frames.Reopen: _reopen,
        frames.Transfer: _transfer,
        frames.TakeOver: _take_over,
        frames.Block: _block,
        frames.WatchVisitors: _watch_visitors,
        frames.Invite: _invite,
        frames.GoOnline: _go_online,
        frames.GoOffline: _go_offline,
        frames.OpenChannel: _open_channel,
        frames.CloseChannel: _close_channel,
    }
