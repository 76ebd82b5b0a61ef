"""Staff accounts: one an e-mail address and installation; passwords are kept as argon2id hashes only.

An account works for any number of shops, in each with a role.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from psycopg.types.json import Jsonb

from services.common import passwords

Role = Literal["owner", "manager", "operator"]
ROLES: Final = ("owner", "manager", "operator")

_hasher = PasswordHasher()  # RFC 9106, the profile for little memory

_ACCOUNT: Final = """
    INSERT INTO staff.account (id, email, password_hash, name) VALUES (%s, lower(%s), %s, %s)
    ON CONFLICT (email) DO NOTHING RETURNING id
"""
_ADMIT: Final = """
    INSERT INTO staff.membership (shop, account, role) VALUES (%(shop)s, %(account)s, coalesce(%(role)s, 'operator'))
    ON CONFLICT (shop, account) DO UPDATE SET role = coalesce(%(role)s, membership.role), left_at = NULL
    RETURNING role
"""
_FIND: Final = "SELECT id, password_hash FROM staff.account WHERE email = lower(%s)"
_PASSWORD: Final = "UPDATE staff.account SET password_hash = %s, disabled_at = NULL WHERE id = %s"
_VOID_LINKS: Final = """
    UPDATE staff.letter SET used_at = now() WHERE account = %s AND kind = 'password_reset' AND used_at IS NULL
"""
_END: Final = "UPDATE staff.session SET ended_at = now() WHERE account = %s AND ended_at IS NULL"
_RECORD: Final = "INSERT INTO staff.audit (shop, author, what, subject, details) VALUES (%s, 'shopbell', %s, %s, %s)"
_SHOPS: Final = "SELECT shop FROM staff.membership WHERE account = %s AND left_at IS NULL"
_MEMBERS: Final = """
    SELECT email, coalesce(membership.name, account.name), role, last_seen_at, left_at
    FROM staff.membership JOIN staff.account ON account.id = account WHERE shop = %s ORDER BY email
"""

Connection = psycopg.Connection[Any]


class StaffError(Exception):
    """An account can't be made or changed; the message is one sentence for a person."""


class Member(NamedTuple):
    """Somebody who works, or worked, for a shop."""

    email: str
    name: str
    role: str
    last_seen_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True)
class NewAccount:
    """What is needed to make an account that works for a shop."""

    shop: str
    email: str
    name: str
    role: Role
    password: str


def create_account(connection: Connection, account: NewAccount) -> str:
    """Make an account and return its id. Raises StaffError if the address has one, or for a bad password."""
    _check(account)
    made = _make(connection, account)
    if made is None:
        raise StaffError(
            f"There is an account of {account.email.lower()} already: `shopbell staff admit` lets it into a shop."
        )
    return made


def ensure_account(connection: Connection, account: NewAccount) -> None:
    """Make the account, or give the existing one this password and shop; nothing changes if they are the same.

    Takes any password: it was given by who runs this machine.
    """
    found = connection.execute(_FIND, [account.email]).fetchone()
    if found is None:
        _make(connection, account)
        return
    if not password_matches(found[1], account.password):
        connection.execute(_PASSWORD, [hash_password(account.password), found[0]])
    _admit(connection, account.shop, found[0], account.role)


def admit(connection: Connection, shop: str, email: str, role: Role | None = None) -> str:
    """Let an account work for a shop (again). Returns its role: this one, else the one that it has or had there.

    Raises StaffError if there is no such account.
    """
    account = _found(connection, email)
    given = _admit(connection, shop, account, role)
    record_admitted(connection, shop, account, given)
    return given


def record_admitted(connection: Connection, shop: str, account: str, role: str) -> None:
    """Write in the book of the shop whom who runs the installation has let in."""
    record(connection, shop, "staff.admitted", account, {"role": role})


def set_password(connection: Connection, email: str, password: str) -> None:
    """Give an account a new password, which ends all its sessions and voids mailed links. Raises StaffError."""
    account = _found(connection, email)
    _check_password(password, email)
    connection.execute(_PASSWORD, [hash_password(password), account])
    connection.execute(_VOID_LINKS, [account])
    connection.execute(_END, [account])
    record_of(connection, account, "password.changed")


def record_of(connection: Connection, account: str, what: str) -> None:
    """Write in the book of each shop of the account what who runs the installation has done to it."""
    for (shop,) in connection.execute(_SHOPS, [account]).fetchall():
        record(connection, shop, what, account, {})


def record(connection: Connection, shop: str, what: str, subject: str, details: dict[str, Any]) -> None:
    """Write in the book of a shop what who runs the installation has done; see `audit`."""
    connection.execute(_RECORD, [shop, what, subject, Jsonb(details)])


def members(connection: Connection, shop: str) -> list[Member]:
    """Who works for a shop, and who did, by address."""
    return [Member(*row) for row in connection.execute(_MEMBERS, [shop]).fetchall()]


def account_of(connection: Connection, email: str) -> str | None:
    """The account's id."""
    row = connection.execute(_FIND, [email]).fetchone()
    return str(row[0]) if row else None


def hash_password(password: str) -> str:
    """As it is kept; takes tens of milliseconds by design."""
    return _hasher.hash(passwords.normal(password))


def password_matches(password_hash: str, password: str) -> bool:
    """Whether this is the password; takes as long."""
    spellings = dict.fromkeys((passwords.normal(password), password))  # hashes from before have it as it was typed
    return any(_verified(password_hash, spelling) for spelling in spellings)


def new_account_id() -> str:
    return f"o_{secrets.token_hex(10)}"


def second_factor_owner_of(account: str) -> bytes:
    """To whom the wrapped secret of a second factor belongs; it opens for nobody else."""
    return f"second-factor|{account}".encode()


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _make(connection: Connection, account: NewAccount) -> str | None:
    values = [new_account_id(), account.email, hash_password(account.password), account.name]
    row = connection.execute(_ACCOUNT, values).fetchone()
    if row is None:
        return None
    _admit(connection, account.shop, row[0], account.role)
    return str(row[0])


def _admit(connection: Connection, shop: str, account: str, role: Role | None) -> str:
    """The role that they have now."""
    row = connection.execute(_ADMIT, {"shop": shop, "account": account, "role": role}).fetchone()
    assert row is not None
    return str(row[0])


def _found(connection: Connection, email: str) -> str:
    account = account_of(connection, email)
    if account is None:
        raise StaffError(f"There is no account of {email.lower()}.")
    return account


def _check(account: NewAccount) -> None:
    if "@" not in account.email:
        raise StaffError(f"{account.email} is not an e-mail address.")
    _check_password(account.password, account.email, account.name, account.shop)


def _check_password(password: str, *known: str) -> None:
    try:
        passwords.check(password, known)
    except passwords.BadPassword as bad:
        raise StaffError(str(bad)) from None
