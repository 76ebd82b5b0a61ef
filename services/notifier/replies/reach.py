"""How the visitors of conversations can be reached, as their shops' settings and what they gave allow."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.sql import SQL

from contracts import registry
from contracts.conversations.events import ConversationStarted, VisitorIdentified
from contracts.conversations.settings import ShopSettings
from contracts.logs import AnyEvent
from services.common.log_pages import table
from services.notifier.shops import settings_of

_WHO: Final = SQL("""
    SELECT topic, state FROM {log}
    WHERE originator_id = ANY (%s) AND (originator_version = 1 OR topic LIKE 'conversation.visitor_identified.%%')
    ORDER BY originator_id, originator_version
""")
_BROWSERS: Final = """
    SELECT shop, visitor, id FROM push.subscriber
    JOIN unnest(%s::text[], %s::text[]) AS wanted (shop, visitor) USING (shop, visitor)
    WHERE gone_at IS NULL
"""

Connection = AsyncConnection[Any]


class Reach(NamedTuple):
    """How a conversation's visitor can be reached. `person`: under whose key it is sealed; `mail`: they may have
    given an address; `browsers`: their push subscriptions."""

    shop: str
    person: str
    mail: bool
    browsers: list[UUID]


def visitors_of(events: Iterable[AnyEvent]) -> list[str]:
    """Who the visitor of a conversation was and is: a guest may have signed in."""
    return [event.visitor for event in events if isinstance(event, ConversationStarted | VisitorIdentified)]


def may_have_address(events: Iterable[AnyEvent]) -> bool:
    """Whether they gave one, or their shop did; what they filled in before the chat is sealed as one."""
    told = [event for event in events if isinstance(event, ConversationStarted | VisitorIdentified)]
    return any(one.email or (isinstance(one, ConversationStarted) and one.fields) for one in told)


async def reach(connection: Connection, partition: int, conversations: Iterable[UUID]) -> dict[UUID, Reach]:
    """Of these conversations of a partition, those whose visitors can be reached at all."""
    wanted = sorted(set(conversations))
    if not wanted:
        return {}
    told: dict[UUID, list[AnyEvent]] = {}
    for topic, state in await (await connection.execute(_WHO.format(log=table(partition)), [wanted])).fetchall():
        event = registry.decode(topic, bytes(state))
        told.setdefault(event.originator_id, []).append(event)
    settings = {shop: await settings_of(connection, shop) for shop in {events[0].shop for events in told.values()}}
    browsers = await _browsers(connection, settings, told.values())
    found = {id_: _reach(events, settings[events[0].shop], browsers) for id_, events in told.items()}
    return {id_: one for id_, one in found.items() if one.mail or one.browsers}


def pushes(settings: ShopSettings | None) -> bool:
    """Whether the shop pushes replies."""
    return settings is not None and settings.push.on and settings.push.replies


def _reach(events: list[AnyEvent], settings: ShopSettings | None, browsers: dict[tuple[str, str], list[UUID]]) -> Reach:
    shop, visitors = events[0].shop, visitors_of(events)
    mail = settings is not None and settings.unread_mails and may_have_address(events)
    theirs = {browser for visitor in visitors for browser in browsers.get((shop, visitor), [])}
    return Reach(shop, visitors[0] if visitors else "", mail, sorted(theirs))


async def _browsers(
    connection: Connection, settings: dict[str, ShopSettings | None], told: Iterable[list[AnyEvent]]
) -> dict[tuple[str, str], list[UUID]]:
    """By shop and visitor, of shops that push replies."""
    pairs = {
        (events[0].shop, visitor)
        for events in told
        if pushes(settings[events[0].shop])
        for visitor in visitors_of(events)
    }
    found: dict[tuple[str, str], list[UUID]] = {}
    if pairs:
        columns = [list(column) for column in zip(*sorted(pairs), strict=True)]
        for shop, visitor, browser in await (await connection.execute(_BROWSERS, columns)).fetchall():
            found.setdefault((shop, visitor), []).append(browser)
    return found
