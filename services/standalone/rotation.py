"""Another master key, from the command line."""

import click
import psycopg

from services.common import key_rotation
from services.common.settings import Settings


def rotate_keys(settings: Settings) -> list[str]:
    """Wrap everything under the next key, or what is left under the present one. Returns what to do next.

    Raises SettingsError, or WrongMasterKey at a row that no readable key opens.
    """
    master = key_rotation.target(settings)
    with (
        psycopg.connect(settings.dsn_of("keys"), connect_timeout=5, autocommit=True) as connection,
        click.progressbar(length=key_rotation.count(connection), label="Keys", show_pos=True) as bar,
    ):
        changed = key_rotation.rotate(connection, master, bar.update)
    return [f"{changed} keys were wrapped anew; the others were already.", *_next(settings)]


def _next(settings: Settings) -> list[str]:
    if settings.master_key_next is not None:
        return [
            "Now start every service with the next key as SHOPBELL_MASTER_KEY and the present one as",
            "SHOPBELL_MASTER_KEY_PREVIOUS, and then run this again.",
        ]
    if settings.master_key_previous is not None:
        return ["Nothing is left under the previous key: start every service without SHOPBELL_MASTER_KEY_PREVIOUS."]
    return []
