"""A shop's settings: GET and PUT /v1/shops/{shop}/settings."""

import contextlib
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Answer, Rejected, Stored
from contracts.conversations.commands import ChangeSettings
from contracts.conversations.settings import ShopSettings
from services.common.logs import correlation, logger
from services.gateway.access.sessions import Account
from services.gateway.dispatch import Dispatch
from services.gateway.rest.problems import Problem, of_refusal
from services.gateway.rest.settings_changes import merged
from services.gateway.rest.settings_desk import check_members
from services.gateway.rest.staff import StaffAccess, body_of
from services.gateway.shops import Shops, StaffNames

log = logger(__name__)

ATTEMPTS: Final = 5
"""Of each at least one of those who save at the same time succeeds."""


class Overtaken(Exception):
    """Somebody has changed the settings since they were read."""


class SettingsRoutes:
    """Reads settings from the log and changes them by a command."""

    def __init__(self, access: StaffAccess, shops: Shops, names: StaffNames, dispatch: Dispatch) -> None:
        self._access = access
        self._shops = shops
        self._names = names
        self._dispatch = dispatch

    def routes(self) -> list[Route]:
        path = "/v1/shops/{shop}/settings"
        return [Route(path, self.show, methods=["GET"]), Route(path, self.change, methods=["PUT"])]

    async def show(self, request: Request) -> Response:
        account = await self._access.of_shop(request)
        return await self.answer(account.shop)

    async def answer(self, shop: str) -> Response:
        """The settings as they are. Raises Problem."""
        return _shown(await self.current(shop))

    async def change(self, request: Request) -> Response:
        """The members that are given change, the others stay. With If-Match only of the version that it names."""
        account = await self._access.of_shop(request)
        given = _object(await body_of(request))
        only, command = request.headers.get("if-match", "*"), _command_id(request)

        async def put(newest: ShopSettings) -> Response:
            if only not in ("*", _tag(newest)):
                raise Problem(412, "changed_since", "Somebody else has changed the settings since.")
            return await self.save(account, newest, given, command)

        return await self.on_newest(account.shop, put)

    async def on_newest(self, shop: str, change: Callable[[ShopSettings], Awaitable[Response]]) -> Response:
        """Change the settings as they are: again, if somebody else was quicker. Raises Problem.

        `change` gets the settings and may raise Overtaken.
        """
        for _ in range(ATTEMPTS):
            with contextlib.suppress(Overtaken):
                return await change(await self.current(shop))
        raise Problem(503, "unavailable", "Others are changing the settings at the moment.", {"Retry-After": "1"})

    async def save(self, account: Account, before: ShopSettings, given: dict[str, Any], command: str) -> Response:
        """Shows the settings as they are with these members in place of those before. Raises Problem, Overtaken."""
        settings = merged(before, given)
        if settings.departments != before.departments:
            check_members(settings.departments, before.departments, await self._names.working(account.shop))
        answer = await self._dispatch.ask(self._command(account, before, settings, command))
        if isinstance(answer, Rejected) and answer.code == "not_open":
            raise Overtaken
        if not isinstance(answer, Stored):
            raise _refused(answer)
        log.info("Settings changed", shop=account.shop, operator=account.id, changed=sorted(given))
        self._shops.keep(account.shop, settings)
        return _shown(settings)

    async def current(self, shop: str) -> ShopSettings:
        """As they stand in the log now. Raises Problem."""
        settings = await self._shops.read(shop)
        if settings is None:
            raise Problem(404, "not_found", "There is no such shop.")
        return settings

    def _command(self, account: Account, before: ShopSettings, settings: ShopSettings, command: str) -> ChangeSettings:
        n = self._dispatch.next_number()
        return ChangeSettings(
            id=command,
            shop=account.shop,
            sender_kind="operator",
            sender=account.id,
            digest=settings.digest(),
            gateway=self._dispatch.gateway,
            n=n,
            correlation=f"{correlation() or 'settings'}-{n}",
            settings=settings,
            base=before.digest(),
        )


def _command_id(request: Request) -> str:
    key = request.headers.get("idempotency-key")
    name = secrets.token_hex(16) if key is None else hashlib.sha256(key.encode()).hexdigest()
    return f"settings-{name[:40]}"


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Problem(400, "invalid", "The body is no JSON.") from None
    if not isinstance(given, dict):
        raise Problem(400, "invalid", "The body is no JSON object.")
    return given


def _refused(answer: Answer) -> Problem:
    return of_refusal(answer) if isinstance(answer, Rejected) else Problem(500, "unexpected", "Not understood.")


def _shown(settings: ShopSettings) -> Response:
    headers = {"Cache-Control": "no-store", "ETag": _tag(settings)}
    return Response(msgspec.json.encode(settings), 200, headers, "application/json")


def _tag(settings: ShopSettings) -> str:
    """The version, as an entity tag."""
    return f'"{settings.digest()[:32]}"'
