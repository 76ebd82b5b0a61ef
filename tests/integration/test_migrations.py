"""Tables of a release before, with rows in them, become those of this one and lose nothing."""

import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services.common import schema
from services.common.settings import Settings

Connection = psycopg.Connection[Any]

FIRST = {"log": 4, "keys": 3}
"""The versions of the release that knew no roles at several shops, no second factor and no files."""


@pytest.fixture
def empty(settings: Settings) -> Iterator[Connection]:
    """A database without tables."""
    name = f"test_migrations_{secrets.token_hex(4)}"
    with psycopg.connect(settings.postgres_dsn, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        try:
            with psycopg.connect(make_conninfo(settings.postgres_dsn, dbname=name), autocommit=True) as connection:
                yield connection
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def begun(connection: Connection, database: str) -> None:
    """As the first release left it."""
    schema.migrate(connection, database, schema.migrations(database)[: FIRST[database]])


def rows(connection: Connection, query: str) -> list[Any]:
    return connection.execute(query.encode()).fetchall()


def test_accounts_become_members_of_their_shop_and_stay_signed_in(empty: Connection) -> None:
    begun(empty, "log")
    empty.execute("""
        INSERT INTO staff.account (id, shop, email, password_hash, name, role, disabled_at) VALUES
            ('o_ann', 'a', 'ann@staff.example', 'x', 'Ann', 'owner', NULL),
            ('o_bob', 'b', 'bob@staff.example', 'y', 'Bob', 'operator', NULL),
            ('o_eve', 'b', 'eve@staff.example', 'z', 'Eve', 'manager', now());
        INSERT INTO staff.session (token_hash, account, last_used_at, ended_at) VALUES
            ('\\x01', 'o_ann', '2026-01-02', NULL), ('\\x02', 'o_ann', '2026-01-03', now()),
            ('\\x03', 'o_bob', '2026-01-04', NULL);
        INSERT INTO push.absence (operator, shop, partition, since) VALUES ('o_bob', 'b', 3, now());
    """)
    applied = schema.migrate(empty, "log")
    assert len(applied) == len(schema.migrations("log")) - FIRST["log"]
    assert rows(empty, "SELECT shop, account, role, last_seen_at::date::text FROM staff.membership ORDER BY 2") == [
        ("a", "o_ann", "owner", "2026-01-03"),
        ("b", "o_bob", "operator", "2026-01-04"),
        ("b", "o_eve", "manager", None),
    ]
    assert rows(empty, "SELECT account, shop, agent, ended_at IS NULL FROM staff.session ORDER BY token_hash") == [
        ("o_ann", "a", "", True),
        ("o_ann", "a", "", False),
        ("o_bob", "b", "", True),
    ]
    assert rows(empty, "SELECT count(DISTINCT id) FROM staff.session") == [(3,)]
    assert rows(empty, "SELECT id, language FROM staff.account WHERE disabled_at IS NOT NULL") == [("o_eve", "en")]
    empty.execute("INSERT INTO push.absence (operator, shop, partition, since) VALUES ('o_bob', 'a', 3, now())")


def test_mails_and_erasures_go_on_where_they_were(empty: Connection) -> None:
    begun(empty, "log")
    empty.execute("""
        INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq)
            VALUES (gen_random_uuid(), 'a', 'receipt', 'p', gen_random_uuid(), 1);
        INSERT INTO erasure.erasure (shop, number, persons, former, author, asked_at, notification_id, done_at) VALUES
            ('a', 1, '{p}', '{}', 'o_ann', now(), 1, '2026-01-02'), ('a', 2, '{q}', '{}', 'o_ann', now(), 2, NULL);
    """)
    schema.migrate(empty, "log")
    assert rows(empty, "SELECT files_at = done_at, files FROM erasure.erasure ORDER BY number") == [
        (True, 0),
        (None, 0),
    ]
    empty.execute("""
        INSERT INTO mail.mail (id, shop, kind, person, aggregate, seq)
            VALUES (gen_random_uuid(), 'a', 'invitation', '', gen_random_uuid(), 1)
    """)
    assert rows(empty, "SELECT kind, status FROM mail.mail ORDER BY kind") == [
        ("invitation", "pending"),
        ("receipt", "pending"),
    ]


def test_secrets_count_on(empty: Connection) -> None:
    begun(empty, "keys")
    empty.execute("INSERT INTO shop_secret (shop, kid, wrapped) VALUES ('a', 'k_1', '\\x01')")
    schema.migrate(empty, "keys")
    assert rows(empty, "SELECT kid, expires_at, last_used_at FROM shop_secret") == [("k_1", None, None)]
