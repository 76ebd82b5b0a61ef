"""The reference, generated: /asyncapi.json, /openapi.json, and /docs, which links them."""

import secrets
from pathlib import Path
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import contracts
from services.gateway.rest.openapi import document

ASYNCAPI: Final = Path(contracts.__file__).parent / "schemas" / "asyncapi.json"

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Shopbell: reference</title>
<style nonce="{nonce}">
body{{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}}
</style>
<h1>What this gateway speaks</h1>
<ul>
<li><a href="/openapi.json">OpenAPI 3.1</a>: REST, for staff and shops' servers.</li>
<li><a href="/asyncapi.json">AsyncAPI 3</a>: the sockets of visitors and operators, and the event streams.</li>
</ul>
<p>Sockets: <code>/v1/visitor?shop=SHOP</code> and <code>/v1/operator</code>, subprotocol <code>shopbell.v1</code>.</p>
"""


class DocsRoutes:
    """Documents made once."""

    def __init__(self) -> None:
        self._openapi = msgspec.json.format(msgspec.json.encode(document()), indent=2)
        self._asyncapi = ASYNCAPI.read_bytes() if ASYNCAPI.is_file() else b"{}"

    def routes(self) -> list[Route]:
        return [
            Route("/docs", self.page),
            Route("/openapi.json", self.openapi),
            Route("/asyncapi.json", self.asyncapi),
        ]

    async def page(self, _request: Request) -> Response:
        nonce = secrets.token_urlsafe(16)
        policy = f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
        page = _PAGE.format(nonce=nonce)
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})

    async def openapi(self, _request: Request) -> Response:
        return Response(self._openapi, media_type="application/json")

    async def asyncapi(self, _request: Request) -> Response:
        return Response(self._asyncapi, media_type="application/json")
