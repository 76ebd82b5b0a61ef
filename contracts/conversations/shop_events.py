"""Events of the Shop: its settings, its canned replies, whom it has erased, its end."""

from uuid import UUID

from contracts.conversations.appearance import Language, Text
from contracts.conversations.settings import ShopSettings
from contracts.event import Event


class ShopCreated(Event, frozen=True, kw_only=True, tag="shop.created.v5"):
    """A shop came into being; its Desk opens in the same transaction."""

    settings: ShopSettings
    author: str


class SettingsChanged(Event, frozen=True, kw_only=True, tag="shop.settings_changed.v5"):
    """Staff `author` changed the settings named in `changed`; `settings` is the whole of the new ones."""

    settings: ShopSettings
    author: str
    changed: list[str]


class CannedReplySaved(Event, frozen=True, kw_only=True, tag="shop.canned_reply_saved.v1"):
    """Staff `author` made or changed the canned reply `reply`; `texts` by language."""

    reply: UUID
    shortcut: str
    texts: dict[Language, Text]
    author: str


class CannedReplyDeleted(Event, frozen=True, kw_only=True, tag="shop.canned_reply_deleted.v1"):
    """Staff `author` deleted a canned reply."""

    reply: UUID
    author: str


class PersonErased(Event, frozen=True, kw_only=True, tag="shop.person_erased.v1"):
    """Staff `author` had one person erased for good; the keys of all `persons` are destroyed from here on.

    `persons` are the ids under which this one person was known: who signed in, and the guests they were before.
    `number` counts the shop's erasures from 1, for the receipt. Every reader drops what it holds about them.
    """

    number: int
    persons: list[str]
    author: str


class ShopRemoved(Event, frozen=True, kw_only=True, tag="shop.removed.v1"):
    """The shop is gone for good, and every person's key in it: nothing of it can be read any more."""

    author: str


ShopEvent = ShopCreated | SettingsChanged | CannedReplySaved | CannedReplyDeleted | PersonErased | ShopRemoved
