"""Conversations deleted over REST: each by a command of its own, some of them side by side."""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct

from contracts.answers import Rejected
from contracts.conversations.commands import DeleteConversation
from services.common.database import DatabaseAway
from services.common.logs import logger
from services.gateway.access.sessions import Account
from services.gateway.dispatch import Dispatch
from services.gateway.rest.history.store import HistoryStore
from services.gateway.rest.problems import Problem, of_refusal

log = logger(__name__)

MOST_AT_ONCE: Final = 500
IN_FLIGHT: Final = 64
GONE_WITHIN_SECONDS: Final = 2.0
"""How long a deletion waits until lists are without the conversations, which they are within moments."""
LOOK_SECONDS: Final = 0.05


class Chosen(Struct, forbid_unknown_fields=True):
    """The conversations to delete."""

    ids: Annotated[list[UUID], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class NotDeleted(Struct):
    """One that is still there, and why: `not_archived`, `not_found`, `unavailable` …"""

    id: UUID
    code: str
    detail: str


class Deleted(Struct):
    """What became of each."""

    deleted: list[UUID]
    failed: list[NotDeleted]


class Deleting:
    """Sends the commands."""

    def __init__(self, dispatch: Dispatch, store: HistoryStore) -> None:
        self._dispatch = dispatch
        self._store = store

    async def one(self, account: Account, conversation: UUID, command: str, correlation: str) -> None:
        """Returns once the deletion is stored, and lists are without it. Raises Problem."""
        answer = await self._ask(account, conversation, command, correlation)
        if isinstance(answer, Rejected):
            raise refusal(answer)
        log.info("Conversation deleted", shop=account.shop, operator=account.id, conversation=str(conversation))
        await self._until_gone(account.shop, [conversation])

    async def many(self, account: Account, chosen: Sequence[UUID], command: str, correlation: str) -> Deleted:
        """Delete those that can be; `command` is the id of all the commands together."""
        gate = asyncio.Semaphore(IN_FLIGHT)

        async def attempt(conversation: UUID) -> NotDeleted | None:
            async with gate:
                answer = await self._ask(account, conversation, _part(command, conversation), correlation)
            if not isinstance(answer, Rejected):
                return None
            problem = refusal(answer)
            return NotDeleted(conversation, problem.code, problem.detail)

        ids = list(dict.fromkeys(chosen))
        failed = [one for one in await asyncio.gather(*(attempt(one) for one in ids)) if one is not None]
        left = {one.id for one in failed}
        deleted = [one for one in ids if one not in left]
        log.info(
            "Conversations deleted", shop=account.shop, operator=account.id, deleted=len(deleted), failed=len(failed)
        )
        await self._until_gone(account.shop, deleted)
        return Deleted(deleted, failed)

    async def _ask(self, account: Account, conversation: UUID, command: str, correlation: str) -> object:
        return await self._dispatch.ask(
            DeleteConversation(
                id=command,
                shop=account.shop,
                sender_kind="operator",
                sender=account.id,
                digest=f"delete-{conversation}",
                gateway=self._dispatch.gateway,
                n=self._dispatch.next_number(),
                correlation=correlation,
                conversation=conversation,
            )
        )

    async def _until_gone(self, shop: str, conversations: list[UUID]) -> None:
        """So that who deletes and then lists does not see them again. They are deleted in any case."""
        deadline = time.monotonic() + GONE_WITHIN_SECONDS
        try:
            while await self._store.existing(shop, conversations):
                if time.monotonic() > deadline:
                    return
                await asyncio.sleep(LOOK_SECONDS)
        except DatabaseAway:
            return


def refusal(rejected: Rejected) -> Problem:
    """As REST tells it."""
    if rejected.code == "forbidden":  # the account may; the conversation is not in history yet
        return Problem(409, "not_archived", rejected.detail)
    return of_refusal(rejected)


def _part(command: str, conversation: UUID) -> str:
    """The same for the same conversation in the same request, sent again."""
    return f"rest-{hashlib.sha256(f'{command} {conversation}'.encode()).hexdigest()[:40]}"
