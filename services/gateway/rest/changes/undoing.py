"""Undoing a change of a setting: a change of its own, which gives the setting its former value."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct
from starlette.requests import Request
from starlette.responses import Response

from contracts.conversations.settings import ShopSettings
from services.common.setting_paths import replaced, undo_command, value_at
from services.gateway.access.sessions import Account
from services.gateway.rest.bodies import decoded
from services.gateway.rest.changes.store import ChangeRow, ChangeStore
from services.gateway.rest.changes.views import may_be_undone
from services.gateway.rest.lists.doing import shown
from services.gateway.rest.problems import Problem
from services.gateway.rest.settings import SettingsRoutes

_ID: Final = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


class Wish(Struct, forbid_unknown_fields=True):
    """`anyway`: also where the setting has been changed again since."""

    anyway: bool = False


_decoder: Final = msgspec.json.Decoder(Wish)


@dataclass(frozen=True)
class Undoing:
    """Settings only: what else is in the log is taken back where it is done."""

    store: ChangeStore
    settings: SettingsRoutes

    async def undo(self, request: Request, account: Account) -> Response:
        """The settings as they are then. 409 `changed_since` with both values where it would take back more."""
        wish = await decoded(request, _decoder)
        row = await self._change(account.shop, request.path_params["change"])
        command, nothing_to_do = _command_id(request, row), False
        if row.undone_command == command:  # asked again
            return await self.settings.answer(account.shop)
        if not may_be_undone(row):
            raise Problem(409, "undone", "This change can't be undone, or is undone already.")
        before, after = msgspec.json.decode(row.before), msgspec.json.decode(row.after)

        async def put(now: ShopSettings) -> Response:
            nonlocal nothing_to_do
            value = value_at(now, row.what)
            if value not in (before, after) and not wish.anyway:
                raise _changed_since(row, value)
            nothing_to_do = value == before
            return await self.settings.save(account, now, _given(now, row, before, value), command)

        response = await self.settings.on_newest(account.shop, put)

        async def undone() -> bool:
            found = await self.store.one(account.shop, row.seq, row.number)
            return found is None or found.undone_by is not None or nothing_to_do

        await shown(undone)
        return response

    async def _change(self, shop: str, name: str) -> ChangeRow:
        found = _ID.fullmatch(name)
        row = await self.store.one(shop, int(found[1]), int(found[2])) if found else None
        if row is None:
            raise Problem(404, "not_found", "There is no such change of a setting.")
        return row


def _command_id(request: Request, row: ChangeRow) -> str:
    key = request.headers.get("Idempotency-Key")
    digits = hashlib.sha256(key.encode()).hexdigest()[:24] if key else secrets.token_hex(12)
    return undo_command(row.seq, row.number, digits)


def _given(now: ShopSettings, row: ChangeRow, before: Any, value: Any) -> dict[str, Any]:
    try:
        former = msgspec.json.decode(row.among) if row.among else ()
        name, member = replaced(now, row.what, before, former)
    except LookupError:
        raise _changed_since(row, value) from None
    return {name: member}


def _changed_since(row: ChangeRow, value: Any) -> Problem:
    detail = "The setting was changed again since."
    return Problem(409, "changed_since", detail, former=Raw(row.before.encode()), current=value)
