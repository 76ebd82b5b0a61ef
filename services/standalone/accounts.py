"""What only who runs the installation does to an account."""

from typing import Any, Final

import psycopg

from services.common.settings import Settings
from services.common.staff import StaffError, account_of, record_of

_OFF: Final = "DELETE FROM staff_second_factor WHERE account = %s AND confirmed_at IS NOT NULL"


def take_second_factor(settings: Settings, connection: psycopg.Connection[Any], email: str) -> None:
    """Turn an account's second factor off; `connection` is to the database of the log.

    Raises StaffError if there is no such account, or no second factor.
    """
    account = account_of(connection, email)
    if account is None:
        raise StaffError(f"There is no account of {email.lower()}.")
    with psycopg.connect(settings.dsn_of("keys"), connect_timeout=5) as keys:
        if keys.execute(_OFF, [account]).rowcount == 0:
            raise StaffError(f"{email.lower()} has no second factor.")
    record_of(connection, account, "staff.second_factor_off")
