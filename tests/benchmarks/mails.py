"""Mails a second: the notifier from log to `sent`, and aiosmtplib alone with one of the same mails.

Both hand over to the same server in another process, which says yes at once, over as many connections and with as
many mails a connection. The notifier reads and decrypts what was said, renders, and writes down intent and outcome.
"""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import aiosmtplib
import psycopg

from contracts.conversations import events as happened
from contracts.conversations.settings import MailSettings, ShopSettings
from contracts.ids import shop_aggregate_id
from services.common.settings import NotifierSettings, Settings
from services.notifier.smtp import MAILS_A_CONNECTION
from services.standalone.migrate import migrate
from services.standalone.ports import free_ports
from tests.benchmarks.servers import Servers, servers
from tests.support.told import Told, append
from tests.support.waiting import wait_until

Figures = dict[str, float]

SHOP = "bench-mails"
ADDRESS = "counter@bench.example"
TEXT = "Do you have this lamp in the smaller size, and when could it be here? " * 4
CONNECTIONS = NotifierSettings.model_fields["smtp_connections"].default
SENT_WITHIN_S = 300.0


def run(count: int) -> Figures:
    """`count` mails the one way and the other."""
    with servers() as ours:
        settings = settings_of(ours)
        migrate(settings, lambda _: None)
        _leave_messages(settings, count)
        port, kept = free_ports(1)[0], ours.folder / "mail.eml"
        with _process("tests.benchmarks.mail_sink", str(port), str(kept)):
            with notifier(settings, SMTP_URL=f"smtp://127.0.0.1:{port}"):
                wait_until(lambda: _sent(settings)[0] >= count, SENT_WITHIN_S, what="all mails")
            _, seconds = _sent(settings)
            mail = kept.read_bytes()
            alone = asyncio.run(_alone(port, mail, count))
    return {"mails_per_s": count / seconds, "smtplib_per_s": count / alone, "mail_bytes": float(len(mail))}


def settings_of(ours: Servers) -> Settings:
    """An installation's, on these servers."""
    return Settings(
        home=ours.folder,
        nats_url=ours.nats_url,
        postgres_dsn=f"host={ours.postgres_socket} user=postgres dbname=postgres",
        master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
    )


def _leave_messages(settings: Settings, count: int) -> None:
    """A shop with an address, and offline messages for it, straight into the log."""
    shop = Told(SHOP)
    shop.id = shop_aggregate_id(SHOP)
    mail = MailSettings(notify=ADDRESS, from_address=ADDRESS, from_name="Bench")
    shop.add(happened.ShopCreated, settings=ShopSettings(mail=mail), author="o_bench")
    append(settings, shop, keys=False)
    visitor = {"first_name": "Anna", "email": "anna@bench.example", "text": TEXT, "locale": "en"}
    append(settings, *(Told(SHOP).left(**visitor) for _ in range(count)))


def _sent(settings: Settings) -> tuple[int, float]:
    """How many mails are sent, and the seconds from the first attempt to the last yes."""
    query = """
        SELECT count(*) FILTER (WHERE status = 'sent'),
               coalesce(extract(epoch FROM max(sent_at) - min(first_tried_at)), 0)
        FROM mail.mail
    """
    with psycopg.connect(settings.dsn_of("log")) as log:
        row = log.execute(query).fetchone()
    return (int(row[0]), float(row[1])) if row else (0, 0.0)


@contextmanager
def _process(*arguments: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        if process.stdout.readline().strip() != b"ready":
            raise RuntimeError(f"{arguments[0]} did not start")
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def notifier(settings: Settings, **more: str) -> Iterator[None]:
    """`shopbell serve notifier` with further settings, stopped at the end."""
    told = {
        "HOME": str(settings.home),
        "NATS_URL": settings.nats_url,
        "POSTGRES_DSN": settings.postgres_dsn,
        "MASTER_KEY": base64.b64encode(settings.load_master_key()).decode(),
        "SMTP_HELLO": "bench",
        **more,
    }
    environment = {**os.environ, **{f"SHOPBELL_{name}": value for name, value in told.items()}}
    with (settings.home / "notifier.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "services.cli", "serve", "notifier"], env=environment, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


async def _alone(port: int, mail: bytes, count: int) -> float:
    """Seconds that aiosmtplib takes for `count` times this mail."""
    numbers = iter(range(count))
    started = time.perf_counter()
    await asyncio.gather(*(_connection(port, mail, numbers) for _ in range(CONNECTIONS)))
    return time.perf_counter() - started


async def _connection(port: int, mail: bytes, numbers: Iterator[int]) -> None:
    more = True
    while more:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, local_hostname="bench", start_tls=False) as client:
            for _ in range(MAILS_A_CONNECTION):
                more = next(numbers, None) is not None
                if not more:
                    break
                await client.sendmail(ADDRESS, [ADDRESS], mail)
