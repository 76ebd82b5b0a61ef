"""Staff accounts: one an e-mail address and installation; passwords are kept as argon2id hashes only."""

import secrets
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

Role = Literal["owner", "manager", "operator"]

MIN_PASSWORD = 8
_hasher = PasswordHasher()  # RFC 9106, the profile for little memory


class StaffError(Exception):
    """An account can't be made; the message is one sentence for a person."""


@dataclass(frozen=True)
class NewAccount:
    """What is needed to make an account."""

    shop: str
    email: str
    name: str
    role: Role
    password: str


def create_account(connection: psycopg.Connection[Any], account: NewAccount) -> str:
    """Make an account and return its id. Raises StaffError if the address has one or the password is too short."""
    _check(account)
    row = connection.execute(
        """
        INSERT INTO staff.account (id, shop, email, password_hash, name, role)
        VALUES (%s, %s, lower(%s), %s, %s, %s)
        ON CONFLICT (email) DO NOTHING
        RETURNING id
        """,
        _values(account),
    ).fetchone()
    if row is None:
        raise StaffError(f"There is an account of {account.email.lower()} already.")
    return str(row[0])


def ensure_account(connection: psycopg.Connection[Any], account: NewAccount) -> None:
    """Make the account, or give the existing one this password and shop; nothing changes if they are the same.

    Takes any password: it was given by who runs this machine.
    """
    found = connection.execute(
        "SELECT password_hash, shop FROM staff.account WHERE email = lower(%s)", [account.email]
    ).fetchone()
    if found is not None and found[1] == account.shop and password_matches(found[0], account.password):
        return
    connection.execute(
        """
        INSERT INTO staff.account (id, shop, email, password_hash, name, role)
        VALUES (%s, %s, lower(%s), %s, %s, %s)
        ON CONFLICT (email) DO UPDATE
        SET password_hash = excluded.password_hash, shop = excluded.shop, disabled_at = NULL
        """,
        _values(account),
    )


def password_matches(password_hash: str, password: str) -> bool:
    """Whether this is the password; takes tens of milliseconds by design."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _values(account: NewAccount) -> list[str]:
    new_id = f"o_{secrets.token_hex(10)}"
    return [new_id, account.shop, account.email, _hasher.hash(account.password), account.name, account.role]


def _check(account: NewAccount) -> None:
    if len(account.password) < MIN_PASSWORD:
        raise StaffError(f"A password has at least {MIN_PASSWORD} characters.")
    if "@" not in account.email:
        raise StaffError(f"{account.email} is not an e-mail address.")
