"""A reply that is to be pushed, as it stands now: to whom it goes, and what it says."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations import events as happened
from contracts.logs import AnyEvent
from services.common.attachments.details import details_in
from services.common.key_store import KeyStore
from services.common.log_pages import table_of
from services.common.person_keys import PersonKey, open_fields
from services.notifier import cleaning
from services.notifier.letters.letter import Office
from services.notifier.letters.unread import page_for
from services.notifier.replies.reach import pushes, visitors_of
from services.notifier.replies.words import READ, mark, unread_of
from services.notifier.shops import names_of, settings_of

MOST_IN_BODY: Final = 300
MOST_IN_TITLE: Final = 80
MOST_IN_URL: Final = 1_000
"""Characters, of an address bytes: no push is larger than push services take, see `sealing.MOST_CLEAR`."""

_BROWSER: Final = """
    SELECT person, address, visitor FROM push.subscriber WHERE id = %s AND shop = %s AND gone_at IS NULL
"""
_EVENTS: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = %s ORDER BY originator_version")
_ABSENCE: Final = "SELECT blocked FROM push.absent_visitor WHERE conversation = %s"

Connection = AsyncConnection[Any]


class Shown(Struct, omit_defaults=True, kw_only=True):
    """What the service worker of a shop's pages shows. `tag`: the next of the same takes its place on the screen."""

    kind: str
    title: str
    body: str
    url: str
    icon: str = ""
    tag: str
    conversation: UUID


class Wanted(NamedTuple):
    """`person`: under whose key the browser's `address` is sealed; `owner`: under whose the conversation is. `words`
    are sealed still, the last one is the newest."""

    person: str
    address: str
    owner: str
    started: happened.ConversationStarted
    words: list[happened.MessageSaid]
    office: Office


async def wanted(connection: Connection, shop: str, conversation: UUID, subscription: UUID) -> Wanted | None:
    """None if it is not wanted any more: they are back, have read it, or the browser is another's."""
    browser = await (await connection.execute(_BROWSER, [subscription, shop])).fetchone()
    settings = await settings_of(connection, shop)
    if browser is None or settings is None or not pushes(settings):
        return None
    rows = await (await connection.execute(_EVENTS.format(table_of(shop)), [conversation])).fetchall()
    events: list[AnyEvent] = [registry.decode(topic, bytes(state)) for topic, state in rows]
    person, address, visitor = browser
    if visitor not in visitors_of(events) or not await _is_absent(connection, conversation, events):
        return None
    words = unread_of(events, await mark(connection, shop, conversation, READ))
    started = events[0]
    if not words or not isinstance(started, happened.ConversationStarted):
        return None
    office = Office(settings, await names_of(connection, shop, words))
    return Wanted(person, address, started.visitor, started, words, office)


async def _is_absent(connection: Connection, conversation: UUID, events: list[AnyEvent]) -> bool:
    """Whether its visitor has left, by the Desk's word or with its end."""
    row = await (await connection.execute(_ABSENCE, [conversation])).fetchone()
    if row is not None:
        return not row[0]
    kinds = happened.ConversationEnded | happened.ConversationReopened | happened.ConversationDeleted
    turns = [event for event in events if isinstance(event, kinds)]
    return bool(turns) and isinstance(turns[-1], happened.ConversationEnded)


def shown(found: Wanted, key: PersonKey) -> Shown:
    """In clear. Raises Unreadable."""
    started, last = open_fields(found.started, key), open_fields(found.words[-1], key)
    settings, conversation = found.office.settings, last.originator_id
    url = page_for(settings, started.page)
    names = [file.name for file in details_in(last.attachment_details)]
    said = cleaning.text("\n".join([*([last.text] if last.text else []), *names]), MOST_IN_BODY)
    who = ", ".join(dict.fromkeys((found.office.name_of(last.operator), cleaning.line(settings.name))))
    return Shown(
        kind="reply",
        title=cleaning.line(who, MOST_IN_TITLE),
        body=said,
        url=url if len(url.encode()) <= MOST_IN_URL else page_for(settings, None),
        icon=settings.push.icon,
        tag=f"shopbell:{conversation}",
        conversation=conversation,
    )


async def keys_of(keys: KeyStore, shop: str, found: Wanted) -> tuple[PersonKey, PersonKey] | None:
    """The conversation's and the browser's; None if either is erased."""
    there = await keys.get_many([(shop, found.owner), (shop, found.person)])
    owner, browser = there.get((shop, found.owner)), there.get((shop, found.person))
    return (owner, browser) if owner is not None and browser is not None else None
