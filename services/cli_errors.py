"""What can go wrong for who types a command, in one sentence each."""

import psycopg
from pydantic import ValidationError

from services.common.eventlog.faults import Unserviceable
from services.common.schema import SchemaMismatch
from services.common.settings import SettingsError
from services.common.staff import StaffError
from services.standalone.launch import LaptopError
from services.standalone.shops import Refused, Unanswered

EXPECTED = (LaptopError, Refused, SchemaMismatch, SettingsError, StaffError, Unanswered, Unserviceable)


def sentence(error: BaseException) -> str | None:
    """The sentence for an error that we expect; None for one that is a fault of ours and needs its traceback."""
    if isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        return sentence(error.exceptions[0])
    if isinstance(error, EXPECTED):
        return str(error)
    if isinstance(error, ValidationError):
        return "; ".join(
            f"SHOPBELL_{str(one['loc'][0]).upper()} is not usable: {one['msg'].lower()}" for one in error.errors()
        )
    if isinstance(error, psycopg.OperationalError):
        return f"PostgreSQL can't be reached: {' '.join(str(error).split())}"
    return None
