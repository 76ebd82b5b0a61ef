"""Removing a shop for good, from the command line."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import psycopg

from contracts.conversations.commands import RemoveShop
from services.common.broker import connect
from services.common.erasures import WHOLE_SHOP
from services.common.settings import Settings
from services.standalone.shops import COMMAND_SECONDS, Unanswered, require_shop, send

ERASED_WITHIN_SECONDS: Final = 120.0
LOOK_SECONDS: Final = 0.2

_RECEIPT: Final = """
    SELECT done_at, keys_at, key_print, conversations, offline_messages, files, log_entries, backup_days
    FROM erasure.erasure WHERE shop = %s AND number = %s AND done_at IS NOT NULL
"""


@dataclass(frozen=True)
class Removed:
    """The receipt."""

    done_at: datetime
    keys_at: datetime
    key_print: str | None
    conversations: int
    offline_messages: int
    files: int
    log_entries: int
    backup_days: int

    def lines(self) -> list[str]:
        """What there is to say, for a person."""
        gone = self.keys_at + timedelta(days=self.backup_days)
        return [
            f"Removed on {self.done_at:%Y-%m-%d %H:%M:%S %Z}:",
            f"  {self.conversations} conversations, {self.offline_messages} offline messages, {self.files} files;"
            f" {self.log_entries} entries of the log stay as blanks that nobody can read.",
            f"  SHA-256 of the destroyed keys: {self.key_print or 'there were none'}",
            f"  Backups of the keys database must be gone by {gone:%Y-%m-%d} ({self.backup_days} days).",
        ]


async def remove(settings: Settings, shop: str) -> Removed:
    """Remove the shop and wait for its receipt; asked again it is done already.

    Raises Refused for a shop that never was, Unanswered if no worker or no eraser is at work.
    """
    require_shop(settings, shop)
    broker = await connect(settings.nats_url, "cli")
    try:
        await send(broker, lambda gateway: _command(shop, gateway), COMMAND_SECONDS)
    finally:
        await broker.close()
    return _receipt(settings, shop)


def _receipt(settings: Settings, shop: str) -> Removed:
    deadline = time.monotonic() + ERASED_WITHIN_SECONDS
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5, autocommit=True) as connection:
        while time.monotonic() < deadline:
            row = connection.execute(_RECEIPT, [shop, WHOLE_SHOP]).fetchone()
            if row is not None:
                return Removed(*row)
            time.sleep(LOOK_SECONDS)
    raise Unanswered(
        f"The shop {shop} is removed, but what it held is not erased yet: is `shopbell serve projections` running?"
        " It goes on by itself."
    )


def _command(shop: str, gateway: str) -> RemoveShop:
    return RemoveShop(id=f"remove-shop-{shop}", shop=shop, sender_kind="system", sender="shopbell", gateway=gateway)
