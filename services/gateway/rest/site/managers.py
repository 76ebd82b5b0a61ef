"""Who sets a shop up: its owners and managers."""

from typing import Final

from starlette.requests import Request

from services.gateway.access.sessions import Account
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess

MANAGERS: Final = ("owner", "manager")


async def managers_only(access: StaffAccess, request: Request) -> Account:
    """The account, of the shop of the path. Raises Problem for anybody else."""
    account = await access.of_shop(request)
    if account.role not in MANAGERS:
        raise Problem(403, "forbidden", "Owners and managers set the shop up.")
    return account
