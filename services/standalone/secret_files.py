"""Secrets of a laptop installation, made up once and kept in files that only their owner can read."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from services.common.settings import MASTER_KEY_BYTES, MASTER_KEY_FILE

NATS_PASSWORD_FILE = "nats.password"
DEMO_PASSWORD_FILE = "demo.password"


def kept(file: Path, make: Callable[[], str]) -> str:
    """What the file says; if there is none, it is made up and written first."""
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        secret = make()
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(secret + "\n")
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(file)
    return secret


def master_key(home: Path) -> None:
    """Make the installation's master key if there is none."""
    kept(home / MASTER_KEY_FILE, lambda: base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode())


def nats_password(home: Path) -> str:
    return kept(home / NATS_PASSWORD_FILE, lambda: secrets.token_urlsafe(18))


def demo_password(home: Path) -> str:
    return kept(home / DEMO_PASSWORD_FILE, lambda: secrets.token_urlsafe(9))
