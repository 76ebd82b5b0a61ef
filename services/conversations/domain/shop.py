"""The Shop: its settings and canned replies, each change with its author; whom it has erased; its end."""

from uuid import UUID

from contracts.conversations.events import (
    CannedReplyDeleted,
    CannedReplySaved,
    PersonErased,
    SettingsChanged,
    ShopCreated,
    ShopEvent,
    ShopRemoved,
)
from contracts.conversations.settings import ShopSettings
from services.common.eventlog.aggregate import Aggregate, Cause
from services.conversations.domain.errors import (
    ReplyNotFound,
    SettingsOvertaken,
    ShopExists,
    ShopNotFound,
    ShortcutTaken,
    TooManyReplies,
)
from services.conversations.domain.snapshots import ShopSnapshot

COMMANDS_KEPT = 512
REPLIES_MOST = 500


class Shop(Aggregate):
    """One storefront. Remembers the last `COMMANDS_KEPT` commands, and of its canned replies the shortcuts."""

    def reset(self) -> None:
        self.settings = ShopSettings()
        self.erasures = 0
        self.shortcuts: dict[UUID, str] = {}
        self.removed = False

    def check_there(self) -> None:
        """Raises `ShopNotFound` once it was removed; its id is not given again."""
        if self.removed:
            raise ShopNotFound("The shop was removed.")

    def create(self, settings: ShopSettings, author: str, cause: Cause) -> None:
        """The shop comes into being."""
        self.record(ShopCreated, cause, settings=settings, author=author)

    def check_same(self, settings: ShopSettings) -> None:
        """Creating a shop again is nothing new, unless with other settings."""
        if settings != self.settings:
            raise ShopExists

    def check_base(self, base: str) -> None:
        """Raises `SettingsOvertaken` if the settings have another digest than this; empty: they may."""
        if base and base != self.settings.digest():
            raise SettingsOvertaken

    def change(self, settings: ShopSettings, author: str, cause: Cause) -> None:
        """Staff saved the settings, perhaps unchanged."""
        changed = [
            name for name in settings.__struct_fields__ if getattr(settings, name) != getattr(self.settings, name)
        ]
        self.record(SettingsChanged, cause, settings=settings, author=author, changed=changed)

    def save_reply(self, reply: UUID, shortcut: str, texts: dict[str, str], author: str, cause: Cause) -> None:
        """Staff made or changed a canned reply. Raises `ShortcutTaken`, `TooManyReplies`."""
        if any(taken == shortcut and other != reply for other, taken in self.shortcuts.items()):
            raise ShortcutTaken
        if reply not in self.shortcuts and len(self.shortcuts) >= REPLIES_MOST:
            raise TooManyReplies
        self.record(CannedReplySaved, cause, reply=reply, shortcut=shortcut, texts=texts, author=author)

    def delete_reply(self, reply: UUID, author: str, cause: Cause) -> None:
        """Raises `ReplyNotFound`."""
        if reply not in self.shortcuts:
            raise ReplyNotFound
        self.record(CannedReplyDeleted, cause, reply=reply, author=author)

    def erase(self, persons: list[str], author: str, cause: Cause) -> None:
        """One person, under all ids, is to be forgotten for good; the receipt gets the next number."""
        self.record(PersonErased, cause, number=self.erasures + 1, persons=persons, author=author)

    def remove(self, author: str, cause: Cause) -> None:
        """The shop goes."""
        self.record(ShopRemoved, cause, author=author)

    def apply(self, event: ShopEvent) -> None:
        match event:
            case ShopCreated() | SettingsChanged():
                self.settings = event.settings
            case CannedReplySaved():
                self.shortcuts[event.reply] = event.shortcut
            case CannedReplyDeleted():
                del self.shortcuts[event.reply]
            case PersonErased():
                self.erasures = event.number
            case ShopRemoved():
                self.removed = True
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> ShopSnapshot:
        return ShopSnapshot(
            settings=self.settings,
            erasures=self.erasures,
            removed=self.removed,
            shortcuts=self.shortcuts,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: ShopSnapshot) -> None:
        self.settings = snapshot.settings
        self.erasures, self.removed, self.shortcuts = snapshot.erasures, snapshot.removed, snapshot.shortcuts
