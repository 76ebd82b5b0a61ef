"""One's own second factor: `/v1/account/second-factor`, and the recovery codes."""

import base64
import io
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote, urlencode

import msgspec
import segno
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.common.logs import logger
from services.gateway.access import letters
from services.gateway.access.accounts import record_in_all
from services.gateway.rest.access.door import Door, json_of, too_often
from services.gateway.rest.bodies import decoded
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import StaffAccess

log = logger(__name__)

MAX_BODY: Final = 4_096
ISSUER: Final = "Shopbell"


class Code(Struct, forbid_unknown_fields=True):
    """Six digits of the app that is to be the second factor."""

    code: Annotated[str, Meta(max_length=40)]


class Password(Struct, forbid_unknown_fields=True):
    """What weakens the door asks for it once more."""

    password: str


class FactorSetup(Struct):
    """What an authenticator app is to know: as text, as a link, and as a square to scan (SVG). Shown this once."""

    secret: str
    uri: str
    qr: str


class RecoveryCodes(Struct):
    """Each opens the door once, if the phone is lost. Shown this once."""

    recovery_codes: list[str]


_code: Final = msgspec.json.Decoder(Code)
_password: Final = msgspec.json.Decoder(Password)


@dataclass(frozen=True, kw_only=True)
class FactorRoutes:
    """Of whoever is signed in."""

    door: Door
    access: StaffAccess

    def routes(self) -> list[Route]:
        path = "/v1/account/second-factor"
        return [
            Route(path, self.begin, methods=["POST"]),
            Route(path, self.confirm, methods=["PUT"]),
            Route(path, self.off, methods=["DELETE"]),
            Route("/v1/account/recovery-codes", self.renew, methods=["POST"]),
        ]

    async def begin(self, request: Request) -> Response:
        """A new secret, which counts once a code of it was shown."""
        account = (await self.access.session(request)).account
        secret = await self.door.factors.begin(account.id)
        if secret is None:
            raise Problem(409, "second_factor_on", "The second factor is on; turn it off first.")
        text = base64.b32encode(secret).decode()
        uri = _uri(account.email, text)
        return json_of(FactorSetup(text, uri, _square(uri)), 201)

    async def confirm(self, request: Request) -> Response:
        """Turn it on."""
        account = (await self.access.session(request)).account
        given = await decoded(request, _code, MAX_BODY)
        if seconds := await self.door.limits.code(account.id):
            raise too_often(seconds)
        # The book first: codes that were made and could not be shown would be lost.
        async with self.door.accounts.pool.connection() as connection:
            await record_in_all(connection, account.id, "second_factor.on")
            codes = await self.door.factors.confirm(account.id, "".join(given.code.split()))
            if codes is None:
                detail = "This code is not of the app that was just set up."
                raise Problem(422, "second_factor_wrong", detail, field="code")
        await self.door.limits.code_was_right(account.id)
        log.info("Second factor turned on", operator=account.id)
        return json_of(RecoveryCodes(codes))

    async def off(self, request: Request) -> Response:
        """204: the password alone opens the door again, and a mail tells of it."""
        account = (await self.access.session(request)).account
        await self.door.confirm(request, account, (await decoded(request, _password, MAX_BODY)).password)
        if await self.door.factors.state(account.id) is not None:
            # Told first: a mail too many is better than a lock that vanished without one.
            async with self.door.accounts.pool.connection() as connection:
                await record_in_all(connection, account.id, "second_factor.off")
                await letters.notice(connection, account.shop, account.id, "second_factor_off")
            await self.door.factors.off(account.id)
            log.info("Second factor turned off", operator=account.id)
        return Response(status_code=204)

    async def renew(self, request: Request) -> Response:
        """Other recovery codes in place of those there are."""
        account = (await self.access.session(request)).account
        await self.door.confirm(request, account, (await decoded(request, _password, MAX_BODY)).password)
        async with self.door.accounts.pool.connection() as connection:
            await record_in_all(connection, account.id, "recovery_codes.renewed")
            codes = await self.door.factors.renew_codes(account.id)
            if codes is None:
                raise Problem(409, "second_factor_off", "The second factor is off; there is nothing to recover.")
        return json_of(RecoveryCodes(codes))


def _uri(email: str, secret: str) -> str:
    """As authenticator apps read it (Key Uri Format)."""
    label = quote(f"{ISSUER}:{email}", safe="@:")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def _square(uri: str) -> str:
    """A QR code, in the colour of the text that surrounds it, with the quiet zone that scanners need."""
    file = io.BytesIO()
    square = segno.make(uri, error="m", micro=False)
    square.save(file, kind="svg", xmldecl=False, omitsize=True, dark="#000", light="#fff", border=4)
    return file.getvalue().decode()
