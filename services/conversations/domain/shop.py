"""The Shop: its settings, each change with its author."""

from contracts.conversations.events import SettingsChanged, ShopCreated, ShopEvent
from contracts.conversations.settings import ShopSettings
from services.conversations.domain.aggregate import Aggregate, Cause
from services.conversations.domain.errors import ShopExists
from services.conversations.domain.snapshots import ShopSnapshot

COMMANDS_KEPT = 512


class Shop(Aggregate):
    """One storefront. Remembers the last `COMMANDS_KEPT` commands."""

    def reset(self) -> None:
        self.settings = ShopSettings()

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

    def apply(self, event: ShopEvent) -> None:
        match event:
            case ShopCreated() | SettingsChanged():
                self.settings = event.settings
                self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> ShopSnapshot:
        return ShopSnapshot(settings=self.settings, **self._snapshot_head())

    def restore(self, snapshot: ShopSnapshot) -> None:
        self.settings = snapshot.settings
