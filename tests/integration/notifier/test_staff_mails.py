"""Mails to staff about their accounts: whom they go to, where their links lead, and when they go out no more."""

import re
from typing import Any

import psycopg
import pytest

from services.common.database import open_pool
from services.common.installation_root import rooted
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.staff_links import Kind, StaffLinks
from tests.integration.notifier.conftest import Rows, notifier, shop
from tests.support.mail_server import mail_server
from tests.support.waiting import eventually

FROM = "bell@host.example"


def execute(settings: Settings, query: str, *values: Any) -> list[Any]:
    with psycopg.connect(settings.dsn_of("log")) as connection:
        cursor = connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def invited(settings: Settings, language: str = "en") -> Any:
    ((id_,),) = execute(
        settings,
        "INSERT INTO staff.invitation (shop, email, name, role, language, invited_by, expires_at, seq)"
        " VALUES ('morrow', 'ines@staff.example', 'Ines', 'operator', %s, 'o_maja', now() + interval '3 days', 2)"
        " RETURNING id",
        language,
    )
    return id_


def written(settings: Settings, kind: str, language: str = "en") -> Any:
    ((id_,),) = execute(
        settings,
        "INSERT INTO staff.letter (account, kind, language, expires_at)"
        " VALUES ('o_maja', %s, %s, now() + interval '2 hours') RETURNING id",
        kind,
        language,
    )
    return id_


def mailed(settings: Settings, kind: str, source: Any, seq: int = 0) -> None:
    execute(
        settings,
        "INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq)"
        " VALUES (gen_random_uuid(), 'morrow', %s, '', %s, %s)",
        kind,
        source,
        seq,
    )


async def read(settings: Settings, kind: Kind, body: str) -> Any:
    """What the link in a mail stands for."""
    found = re.search(r"https://bell\.morrow\.example/dashboard/#/\w+/([\w-]+)", body)
    assert found
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        return StaffLinks(await rooted(MasterKey.load(settings), pool)).read(kind, found[1])


async def test_invitation_carries_a_link_that_only_its_newest_sending_has(settings: Settings, mails: Rows) -> None:
    shop(settings)
    id_ = invited(settings)
    mailed(settings, "invitation", id_, 1)  # sent again since
    mailed(settings, "invitation", id_, 2)
    async with mail_server() as server, notifier(settings, server.url, mail_from=FROM):
        await eventually(lambda: {row[1] for row in mails()} == {"sent", "dropped"})
    ((sent),) = server.taken
    assert (sent.sender, sent.recipients) == (FROM, ["ines@staff.example"])
    assert str(sent.message["From"]) == f"Shopbell <{FROM}>"
    assert str(sent.message["Subject"]) == "Maja invites you to Morrow Ceramics"
    assert "Your role: operator." in sent.body()
    assert await read(settings, "invitation", sent.body()) == (id_, 2)
    assert await read(settings, "invitation", sent.body("html")) == (id_, 2)
    assert "/#/" in sent.body()  # browsers send nothing behind it to a server


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("password_reset", "fr", "Choisir un nouveau mot de passe"),
        ("password_changed", "pl", "maja@morrow.example"),
        ("second_factor_off", "en", "the password alone opens"),
    ],
)
async def test_letters_go_to_the_account_in_its_language(
    settings: Settings, kind: str, language: str, said: str
) -> None:
    shop(settings)
    id_ = written(settings, kind, language)
    mailed(settings, kind, id_)
    async with mail_server() as server, notifier(settings, server.url):
        await eventually(lambda: server.taken)
    sent = server.taken[0]
    assert (sent.sender, sent.recipients) == ("counter@morrow.example", ["maja@morrow.example"])
    assert said in sent.body()
    assert sent.message["Content-Language"] == language
    if kind == "password_reset":
        assert await read(settings, "password_reset", sent.body()) == (id_, 0)
    else:
        assert "http" not in sent.body()


async def test_link_that_was_used_is_sent_no_more(settings: Settings, mails: Rows) -> None:
    shop(settings)
    id_ = written(settings, "password_reset")
    execute(settings, "UPDATE staff.letter SET used_at = now()")
    mailed(settings, "password_reset", id_)
    async with mail_server() as server, notifier(settings, server.url):
        await eventually(lambda: [row[1] for row in mails()] == ["dropped"])
    assert server.taken == []
