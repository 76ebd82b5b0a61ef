"""Keeps the read tables of history: conversations, offline messages, the lists of shops and who changed them."""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from contracts import subjects
from contracts.conversations.events import (
    CannedReplyDeleted,
    CannedReplySaved,
    ConversationStarted,
    OfflineMessageLeft,
    PersonErased,
    RetentionApplied,
    topic_of,
)
from contracts.logs import AnyEvent
from contracts.registry import EVENT_TYPES
from services.common import log_pages, metrics
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.common.positions import Positions
from services.projections import paging, sweeps, tables
from services.projections.changes import CHANGE_EVENTS, ChangesFold, reply_shown
from services.projections.history import CONVERSATION_EVENTS, HistoryFold
from services.projections.inbox import OFFLINE_MESSAGE_EVENTS, InboxFold
from services.projections.paging import LIVE_PAGE, Connection, Projection
from services.projections.rows import ConversationRow, OfflineMessageRow
from services.projections.shop_lists import SHOP_LIST_EVENTS, ShopListsFold
from services.projections.texts import Reader, ShopPerson

log = logger(__name__)

HISTORY: Final = "history"
IGNORED: Final = frozenset(
    topic_of(event)
    for event in EVENT_TYPES
    if event not in CONVERSATION_EVENTS | OFFLINE_MESSAGE_EVENTS | SHOP_LIST_EVENTS | CHANGE_EVENTS | set(sweeps.SWEEPS)
)
"""Topics that change nothing in history: most of desks."""

_unreadable = metrics.counter(
    "projection_unreadable_total", "Texts that did not open although the person's key is there.", ["projection"]
)


def positions_of(share: log_pages.Share | None = None) -> Positions:
    """Where history's positions stand; those of a share beside those of the whole."""
    return paging.positions_of(HISTORY, subjects.CONVERSATIONS, share)


class HistoryProjection(Projection):
    """The log of conversations on one side, history's tables on the other."""

    def __init__(
        self,
        log_pool: Pool,
        read_pool: Pool,
        keys: KeyStore,
        *,
        page: int = LIVE_PAGE,
        share: log_pages.Share | None = None,
    ) -> None:
        """With a `share`, one of several that fill tables whose indexes are made, and orphans removed, at the end."""
        super().__init__(
            HISTORY,
            subjects.CONVERSATIONS,
            log_pool,
            read_pool,
            page=page,
            share=share,
            for_all=sweeps.TOPICS,
            ignored=IGNORED,
        )
        self._keys = keys

    async def _write(self, connection: Connection, events: list[AnyEvent]) -> None:
        for run in sweeps.runs(events):
            if isinstance(run, list):
                await self._write_run(connection, run)
                continue
            await sweeps.apply(connection, run, self._share)
            if not isinstance(run, RetentionApplied):
                self._keys.forget(run.shop, *(run.persons if isinstance(run, PersonErased) else ()))

    async def _write_run(self, connection: Connection, events: list[AnyEvent]) -> None:
        history, inbox = await self._fold(connection, events)
        if history.removed:
            await tables.CONVERSATIONS.remove(connection, history.removed)
            if self._share is None:
                await tables.remove_messages(connection, history.removed)
        if history.messages:
            await tables.CONVERSATIONS.write(connection, history.changed)
            await tables.add_messages(connection, chain.from_iterable(history.messages.values()))
        if inbox.removed:
            await tables.OFFLINE_MESSAGES.remove(connection, inbox.removed)
        if inbox.changed:
            await tables.OFFLINE_MESSAGES.write(connection, inbox.changed)
        if changed := [event for event in events if type(event) in CHANGE_EVENTS]:
            await self._write_changes(connection, changed)  # before the lists, which say what replies were
        if listed := [event for event in events if type(event) in SHOP_LIST_EVENTS]:
            await self._write_lists(connection, listed)

    @staticmethod
    async def _write_changes(connection: Connection, events: list[AnyEvent]) -> None:
        replies = {
            (event.shop, event.reply) for event in events if isinstance(event, CannedReplySaved | CannedReplyDeleted)
        }
        known = await tables.canned_replies(connection, replies)
        shops = await tables.SHOPS.rows(connection, {event.originator_id for event in events})
        fold = ChangesFold(shops, {key: reply_shown(*reply) for key, reply in known.items()})
        for event in events:
            fold.apply(event)  # type: ignore[arg-type]  # of a Shop, as was seen
        await tables.SHOPS.write(connection, list(fold.shops.values()))
        if fold.rows:
            await tables.add_changes(connection, fold.rows)

    @staticmethod
    async def _write_lists(connection: Connection, events: list[AnyEvent]) -> None:
        lists = ShopListsFold()
        for event in events:
            lists.apply(event)  # type: ignore[arg-type]  # of a shop's lists, as was seen
        await tables.CANNED_REPLIES.write(connection, lists.replies)
        await tables.BLOCKS.write(connection, lists.blocks)

    async def _fold(self, connection: Connection, events: list[AnyEvent]) -> tuple[HistoryFold, InboxFold]:
        folded, reader = await self._folded(connection, events)
        if (reader.former or reader.unreadable) and await self._know_better(reader):
            folded, reader = await self._folded(connection, events)
        _unreadable.labels(HISTORY).inc(len(reader.former) + len(reader.unreadable))
        if reader.unreadable:  # but not of who was erased and came again, which a replay meets again and again
            log.warning("Texts do not open under their person's key", texts=len(reader.unreadable))
        return folded

    async def _know_better(self, reader: Reader) -> bool:
        """Whether somebody's key is another than was at hand: they were erased and came again."""
        persons = {*reader.former, *reader.unreadable}
        before = await self._keys.get_many(persons)
        for shop, person in persons:
            self._keys.forget(shop, person)
        return {pair: key.digest() for pair, key in before.items()} != {
            pair: key.digest() for pair, key in (await self._keys.get_many(persons)).items()
        }

    async def _folded(
        self, connection: Connection, events: list[AnyEvent]
    ) -> tuple[tuple[HistoryFold, InboxFold], Reader]:
        said = [event for event in events if type(event) in CONVERSATION_EVENTS]
        left = [event for event in events if type(event) in OFFLINE_MESSAGE_EVENTS]
        talks = await tables.CONVERSATIONS.rows(connection, {event.originator_id for event in said})
        messages = await tables.OFFLINE_MESSAGES.rows(connection, {event.originator_id for event in left})
        reader = Reader(await self._keys.get_many(_persons(events, talks.values(), messages.values())))
        history, inbox = HistoryFold(talks, reader), InboxFold(messages, reader)
        for talk_event in said:
            history.apply(talk_event)  # type: ignore[arg-type]  # of a conversation, as was seen
        for message_event in left:
            inbox.apply(message_event)  # type: ignore[arg-type]  # of an offline message
        return (history, inbox), reader


def _persons(
    events: list[AnyEvent], *known: Iterable[ConversationRow] | Iterable[OfflineMessageRow]
) -> set[ShopPerson]:
    """Under whose keys the texts of these events are."""
    begin = {
        (event.shop, event.visitor) for event in events if isinstance(event, ConversationStarted | OfflineMessageLeft)
    }
    return begin | {(row.shop, row.person) for rows in known for row in rows}
