"""Real notifiers as processes: killed, paused, and several at once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from services.common.settings import Settings
from tests.integration.notifier.conftest import Rows, message, shop
from tests.support.mail_server import mail_server
from tests.support.processes import PostgresServer
from tests.support.told import append
from tests.support.waiting import eventually

PATIENT = {"SHOPBELL_MAIL_LEASE_SECONDS": "30"}
"""For those that nobody is to replace, however slow they are."""


@contextmanager
def running(settings: Settings, url: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of `shopbell serve notifier`; killed at the end if it is still there."""
    master_key = settings.master_key.get_secret_value() if settings.master_key else ""
    ours = {name: str(getattr(settings, name)) for name in ("nats_url", "log_dsn", "read_dsn", "keys_dsn", "home")}
    mail = {"smtp_url": url, "mail_lease_seconds": "2", "mail_retry_seconds": "0.1", "smtp_hello": "test"}
    variables = {f"SHOPBELL_{name.upper()}": value for name, value in {**ours, **mail}.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "services.cli", "serve", "notifier"],
        env={**os.environ, **variables, "SHOPBELL_MASTER_KEY": master_key, **environment},
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def statuses(mails: Rows) -> set[str]:
    return {row[1] for row in mails()}


@pytest.mark.slow
async def test_one_killed_between_the_servers_yes_and_its_own_note_sends_one_second_copy(
    settings: Settings, mails: Rows
) -> None:
    append(settings, message(shop(settings)))
    async with mail_server() as server:
        with running(settings, server.url, SHOPBELL_FAILPOINTS="after_mail:kill") as first:
            await eventually(lambda: first.poll() == -signal.SIGKILL, 30, "the kill")
            assert statuses(mails) == {"sending"}
        with running(settings, server.url, **PATIENT):
            await eventually(lambda: statuses(mails) == {"sent"}, 30)
    assert len(server.taken) == 2
    assert server.taken[0].data == server.taken[1].data


@pytest.mark.slow
async def test_one_that_stands_still_is_replaced(settings: Settings, mails: Rows) -> None:
    append(settings, message(shop(settings)))
    async with mail_server() as server:
        with running(settings, server.url, SHOPBELL_FAILPOINTS="after_mail:stop") as paused:
            await eventually(lambda: _is_stopped(paused), 30)
            with running(settings, server.url, **PATIENT):
                await eventually(lambda: statuses(mails) == {"sent"}, 30)
                paused.send_signal(signal.SIGCONT)
                append(settings, *(message("morrow") for _ in range(10)))
                await eventually(lambda: len(mails()) == 11 and statuses(mails) == {"sent"}, 30)
    assert len(set(server.message_ids)) == 11
    assert len(server.taken) == 12


@pytest.mark.slow
async def test_several_at_once_send_each_mail_once(settings: Settings, mails: Rows) -> None:
    append(settings, *(message(shop(settings, f"shop-{number % 4}")) for number in range(100)))
    async with mail_server() as server:
        with running(settings, server.url, **PATIENT), running(settings, server.url, **PATIENT):
            await eventually(lambda: len(mails()) == 100 and statuses(mails) == {"sent"}, 40)
    assert len(set(server.message_ids)) == len(server.taken) == 100


async def test_one_that_is_told_to_stop_leaves_nothing_half_done(settings: Settings, mails: Rows) -> None:
    append(settings, *(message(shop(settings)) for _ in range(40)))
    async with mail_server() as server:
        with running(settings, server.url, **PATIENT) as process:
            await eventually(lambda: len(server.taken) >= 5, 30)
            process.send_signal(signal.SIGTERM)
            await eventually(lambda: process.poll() is not None, 15)
            assert process.returncode == 0
        with running(settings, server.url, **PATIENT):
            await eventually(lambda: len(mails()) == 40 and statuses(mails) == {"sent"}, 30)
    assert len(set(server.message_ids)) == len(server.taken) == 40


def test_without_a_mail_server_one_sentence_says_so(settings: Settings) -> None:
    with running(settings, "") as process:
        assert process.wait(30) == 1
        said = process.stderr.read().decode() if process.stderr else ""
    assert "There is no mail server: set SHOPBELL_SMTP_URL" in said
    assert "Traceback" not in said


def _is_stopped(process: subprocess.Popen[bytes]) -> bool:
    return os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None


@pytest.mark.slow
async def test_one_goes_on_once_the_database_is_back(
    settings: Settings, mails: Rows, postgres_server: PostgresServer
) -> None:
    append(settings, message(shop(settings)))
    async with mail_server() as server:
        with running(settings, server.url) as process:
            await eventually(lambda: statuses(mails) == {"sent"}, 30)
            postgres_server.kill()
            postgres_server.start()  # not in a thread: the server would end with it
            append(settings, *(message("morrow") for _ in range(10)))
            await eventually(lambda: len(mails()) == 11 and statuses(mails) == {"sent"}, 30)
            assert process.poll() is None
    assert len(set(server.message_ids)) == len(server.taken) == 11
