"""Fetching a file by its link."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from contracts.conversations.attachments import AttachmentDetails
from services.common.attachments.details import unsealed
from services.common.attachments.store import Away
from services.common.key_store import KeyStore
from services.common.person_keys import Unreadable
from services.gateway.attachments.attachments import Attachments
from services.gateway.attachments.links import BadLink
from services.gateway.rest.problems import Problem, unavailable

SHOWN_IN_PLACE: Final = "image/"
SAFETY: Final = {
    "Cache-Control": "private, max-age=300",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
"""Nothing in a file runs or is taken for something else; the shop's pages may show it, for the widget stands there."""


@dataclass(frozen=True)
class Downloads:
    """What the route works with."""

    attachments: Attachments
    keys: KeyStore

    async def fetch(self, request: Request) -> Response:
        """200 with the file."""
        try:
            file = self.attachments.links.read(request.path_params["token"])
        except BadLink:
            raise _gone() from None
        held = await self.attachments.book.find(file)
        key = await self.keys.get(held.shop, held.person) if held is not None else None
        if held is None or key is None:
            raise _gone()
        pieces = self.attachments.store.read(held.id, held.size, key)
        try:
            details = unsealed(held.details, key)
            first = await anext(pieces)
        except Unreadable:
            raise _gone() from None
        except Away:
            raise unavailable() from None
        headers = {**SAFETY, "Content-Length": str(held.size), "Content-Disposition": disposition(details)}
        return StreamingResponse(_all(first, pieces), 200, headers, details.type)


def routes(downloads: Downloads) -> list[Route]:
    """The route under `/v1`."""
    return [Route("/v1/attachments/{token}", downloads.fetch, methods=["GET"])]


def disposition(details: AttachmentDetails) -> str:
    """How browsers are to take it (RFC 6266): pictures are shown, all else is saved under its name."""
    how = "inline" if details.type.startswith(SHOWN_IN_PLACE) else "attachment"
    return f"{how}; filename*=UTF-8''{quote(details.name, safe='')}"


async def _all(first: bytes, more: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """What goes wrong in the middle cuts the answer short, which its length gives away."""
    yield first
    async for piece in more:
        yield piece


def _gone() -> Problem:
    return Problem(404, "not_found", "There is no such file, or the link is too old: open the conversation again.")
