"""The Shop: its settings, each change with its author; whom it has erased; its end."""

from contracts.conversations.events import PersonErased, SettingsChanged, ShopCreated, ShopEvent, ShopRemoved
from contracts.conversations.settings import ShopSettings
from services.conversations.domain.aggregate import Aggregate, Cause
from services.conversations.domain.errors import ShopExists, ShopNotFound
from services.conversations.domain.snapshots import ShopSnapshot

COMMANDS_KEPT = 512


class Shop(Aggregate):
    """One storefront. Remembers the last `COMMANDS_KEPT` commands."""

    def reset(self) -> None:
        self.settings = ShopSettings()
        self.erasures = 0
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

    def change(self, settings: ShopSettings, author: str, cause: Cause) -> None:
        """Staff saved the settings, perhaps unchanged."""
        changed = [
            name for name in settings.__struct_fields__ if getattr(settings, name) != getattr(self.settings, name)
        ]
        self.record(SettingsChanged, cause, settings=settings, author=author, changed=changed)

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
            case PersonErased():
                self.erasures = event.number
            case ShopRemoved():
                self.removed = True
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> ShopSnapshot:
        return ShopSnapshot(
            settings=self.settings, erasures=self.erasures, removed=self.removed, **self._snapshot_head()
        )

    def restore(self, snapshot: ShopSnapshot) -> None:
        self.settings = snapshot.settings
        self.erasures, self.removed = snapshot.erasures, snapshot.removed
