"""Commands of staff over REST, and waiting until what they changed is shown."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from msgspec import Struct
from starlette.requests import Request

from contracts.answers import Rejected, Stored
from contracts.conversations.commands import Command
from services.common.database import DatabaseAway
from services.common.logs import correlation
from services.gateway.access.sessions import Account
from services.gateway.dispatch import Dispatch
from services.gateway.rest.command_ids import command_id
from services.gateway.rest.problems import Problem, of_refusal

SHOWN_WITHIN_SECONDS: Final = 8.0
"""How long a change waits until the list shows it, which it does within moments, unless the machine is at its limit:
then a late answer is better than one that shows what was before. With what the command itself may take (5 s) it stays
below what clients wait for an answer (15 s)."""
LOOK_SECONDS: Final = 0.05


class Doing(Struct, frozen=True):
    """Sends the commands."""

    dispatch: Dispatch

    async def do(self, request: Request, account: Account, kind: type[Command], digest: str, **fields: Any) -> Stored:
        """`digest` tells a retry from another command under the same id; nothing personal is in it. Raises Problem."""
        n = self.dispatch.next_number()
        command = kind(
            id=command_id(request),
            shop=account.shop,
            sender_kind="operator",
            sender=account.id,
            digest=digest,
            gateway=self.dispatch.gateway,
            n=n,
            correlation=correlation() or f"rest-{n}",
            **fields,
        )
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Rejected):
            raise of_refusal(answer)
        if not isinstance(answer, Stored):
            raise Problem(500, "unexpected", "Not understood.")
        return answer


async def shown(look: Callable[[], Awaitable[bool]], within: float = SHOWN_WITHIN_SECONDS) -> None:
    """So that who changes and then lists sees it. It is stored in any case. `within` in seconds."""
    deadline = time.monotonic() + within
    try:
        while time.monotonic() < deadline:
            if await look():
                return
            await asyncio.sleep(LOOK_SECONDS)
    except DatabaseAway:
        return
