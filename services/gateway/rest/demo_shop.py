"""The demo shop as a shop's own server would be: it knows who is signed in, and vouches for them to the widget."""

import html
import time
from dataclasses import dataclass
from typing import Final

import jwt
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from services.common.database import DatabaseAway
from services.common.signing_secrets import SigningSecret, SigningSecrets
from services.gateway.access.identities import AUDIENCE
from services.gateway.rest.problems import Problem
from services.gateway.rest.static_files import CSP_PAGES, StaticFile, StaticFiles

SHOP: Final = "demo"
COOKIE: Final = "demo_customer"
ACCOUNT_PAGE: Final = "/demo/account.html"
IDENTITY_SECONDS: Final = 3_600
"""How long a page may stay open and still connect anew as this customer."""

_WIDGET: Final = f'data-shop="{SHOP}"'
_ACCOUNT: Final = ">Sign in</a>"


@dataclass(frozen=True)
class Customer:
    """Somebody with an account at the demo shop; nobody real."""

    number: str
    name: str
    email: str
    phone: str = ""


CUSTOMERS: Final = {
    "hannah": Customer("C-1001", "Hannah Weiss", "hannah.weiss@customer.example"),
    "mateusz": Customer("C-1002", "Mateusz Zieliński", "mateusz.zielinski@customer.example", "+48 22 123 45 67"),
    "lea": Customer("C-1003", "Léa Martin", "lea.martin@customer.example"),
}


class DemoShop:
    """The pages, with the customer's name and identity written into them once somebody is signed in."""

    def __init__(self, files: StaticFiles, secrets: SigningSecrets) -> None:
        self._files = files
        self._secrets = secrets

    def routes(self) -> list[BaseRoute]:
        """To stand before those of the files themselves."""
        return [
            Route("/demo/sign-in/{customer}", self._sign_in, methods=["POST"]),
            Route("/demo/sign-out", self._sign_out, methods=["POST"]),
            Route("/demo", self._page),
            Route("/demo/{path:path}", self._page),
        ]

    async def _page(self, request: Request) -> Response:
        customer = CUSTOMERS.get(request.cookies.get(COOKIE, ""))
        file = self._files.find(request.url.path)
        if customer is None or file is None or not file.is_page:
            return await self._files.serve(request)
        try:
            secrets = await self._secrets.valid(SHOP)
        except DatabaseAway:
            secrets = []
        if not secrets:
            return await self._files.serve(request)
        return _personal(file, customer, identity(customer, secrets[0], int(time.time())))

    async def _sign_in(self, request: Request) -> Response:
        name = request.path_params["customer"]
        if name not in CUSTOMERS:
            raise Problem(404, "not_found", "The demo shop has no such customer.")
        response = RedirectResponse(ACCOUNT_PAGE, 303)
        response.set_cookie(COOKIE, name, path="/demo", httponly=True, samesite="lax")
        return response

    async def _sign_out(self, _request: Request) -> Response:
        response = RedirectResponse(ACCOUNT_PAGE, 303)
        response.delete_cookie(COOKIE, path="/demo")
        return response


def identity(customer: Customer, secret: SigningSecret, now: int) -> str:
    """The shop's word for who its customer is; `now` in seconds of Unix time."""
    claims: dict[str, str | int] = {
        "iss": SHOP,
        "aud": AUDIENCE,
        "sub": customer.number,
        "name": customer.name,
        "email": customer.email,
        "iat": now,
        "exp": now + IDENTITY_SECONDS,
    }
    if customer.phone:
        claims["phone"] = customer.phone
    return jwt.encode(claims, secret.secret, algorithm="HS256", headers={"kid": secret.kid})


def _personal(file: StaticFile, customer: Customer, token: str) -> Response:
    page = file.body.decode()
    page = page.replace(_WIDGET, f'{_WIDGET} data-identity="{token}"', 1)
    page = page.replace(_ACCOUNT, f">{html.escape(customer.name)}</a>")
    headers = {"Cache-Control": "no-store", "Vary": "Cookie", "Content-Security-Policy": CSP_PAGES}
    return Response(page, media_type="text/html", headers=headers)
