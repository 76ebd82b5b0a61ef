"""What who runs the installation does to accounts from the command line, and the book of it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from services.cli import main
from services.common.settings import Settings

GOOD = "a lantern under the bridge"
EMAIL = "ann@staff.example"


@pytest.fixture
def log(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection[Any]]:
    """The tables that the command line works on; every shop is one."""
    monkeypatch.setattr("services.common.settings.Settings", lambda: settings)
    monkeypatch.setattr("services.standalone.discovery.adopt", lambda: None)
    monkeypatch.setattr("services.standalone.shops.require_shop", lambda *_: None)
    with psycopg.connect(settings.dsn_of("log"), autocommit=True) as connection:
        yield connection


def staff(*words: str) -> str:
    """What `shopbell staff …` says."""
    return shopbell("staff", *words)


def shopbell(*words: str) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return done.output


def create(shop: str = "a", role: str = "owner") -> None:
    staff("create", shop, EMAIL, "--name", "Ann", "--role", role, "--password", GOOD)


def book(log: psycopg.Connection[Any]) -> list[Any]:
    query = "SELECT shop, what, details ->> 'role' FROM staff.audit WHERE author = 'shopbell' ORDER BY id"
    return log.execute(query).fetchall()


def test_who_works_already_keeps_the_role_unless_another_is_given(log: psycopg.Connection[Any]) -> None:
    create()
    assert "as owner" in staff("admit", "a", EMAIL)
    log.execute("UPDATE staff.membership SET left_at = now()")
    assert "as owner" in staff("admit", "a", EMAIL)
    assert "as operator" in staff("admit", "b", EMAIL)
    assert "as manager" in staff("admit", "a", EMAIL, "--role", "manager")
    held = log.execute("SELECT shop, role, left_at FROM staff.membership ORDER BY shop").fetchall()
    assert held == [("a", "manager", None), ("b", "operator", None)]


def test_another_password_ends_sessions_and_links(log: psycopg.Connection[Any]) -> None:
    create()
    log.execute("INSERT INTO staff.session (token_hash, account, shop) SELECT '\\x01', id, 'a' FROM staff.account")
    log.execute("""
        INSERT INTO staff.letter (account, kind, language, expires_at)
        SELECT id, 'password_reset', 'en', now() + interval '1 hour' FROM staff.account
    """)
    staff("password", EMAIL, "--password", f"{GOOD} again")
    assert log.execute("SELECT count(*) FROM staff.letter WHERE used_at IS NULL").fetchone() == (0,)
    assert log.execute("SELECT count(*) FROM staff.session WHERE ended_at IS NULL").fetchone() == (0,)


def test_every_deed_is_in_the_book(log: psycopg.Connection[Any]) -> None:
    create(role="manager")
    staff("admit", "b", EMAIL)
    shopbell("shop", "secret", "a")
    staff("password", EMAIL, "--password", f"{GOOD} again")
    first = [("a", "staff.admitted", "manager"), ("b", "staff.admitted", "operator"), ("a", "secret.made", None)]
    assert book(log)[:3] == first
    assert sorted(book(log)[3:]) == [("a", "password.changed", None), ("b", "password.changed", None)]
