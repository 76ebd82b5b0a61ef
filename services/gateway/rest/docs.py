"""The reference, generated: /asyncapi.json, /openapi.json, and /docs, which links them and lists all operations."""

import re
import secrets
from html import escape
from pathlib import Path
from typing import Any, Final

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
body{{font:1rem/1.6 system-ui,sans-serif;max-width:64rem;margin:3rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%;font-size:.875rem}} td{{padding:.25rem .75rem .25rem 0;vertical-align:top}}
td:first-child{{width:45%;overflow-wrap:anywhere}} td:nth-child(2){{width:30%}}
</style>
<h1>What this gateway speaks</h1>
<ul>
<li><a href="/openapi.json">OpenAPI 3.1</a>: REST, for staff and shops' servers.</li>
<li><a href="/asyncapi.json">AsyncAPI 3</a>: the sockets of visitors and operators, and the event streams.</li>
</ul>
<p>Sockets: <code>/v1/visitor?shop=SHOP</code> and <code>/v1/operator</code>, subprotocol <code>shopbell.v1</code>.</p>
<h2>REST</h2>
{about}
{operations}"""


class DocsRoutes:
    """Documents made once."""

    def __init__(self) -> None:
        said = document()
        self._openapi = msgspec.json.format(msgspec.json.encode(said), indent=2)
        self._operations, self._about = _operations(said["paths"]), _marked(said["info"]["description"])
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
        page = _PAGE.format(nonce=nonce, about=self._about, operations=self._operations)
        return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})

    async def openapi(self, _request: Request) -> Response:
        return Response(self._openapi, media_type="application/json")

    async def asyncapi(self, _request: Request) -> Response:
        return Response(self._asyncapi, media_type="application/json")


def _marked(text: str) -> str:
    """Paragraphs with code and what is bold, out of the little Markdown that OpenAPI's texts have."""
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    html = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", html)
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in html.split("\n\n"))


def _operations(paths: dict[str, Any]) -> str:
    """All of them by what they are about: what each does, and who may."""
    rows: dict[str, list[str]] = {}
    for path, members in paths.items():
        for method, one in members.items():
            if method != "parameters":
                cells = (f"<code>{method.upper()} {escape(path)}</code>", escape(one["summary"]), one["description"])
                rows.setdefault(one["tags"][0], []).append(f"<tr><td>{'<td>'.join(cells)}")
    return "".join(f"<h3>{tag}</h3>\n<table>{''.join(found)}</table>\n" for tag, found in sorted(rows.items()))
