"""The reader's side: a page with the mails that were caught, and the same as JSON for programs."""

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from services.standalone.mailbox.catcher import Catcher, Caught
from services.standalone.ports import LOOPBACK

_PAGE: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_MAIL: Final = {
    **_PAGE,
    "Content-Security-Policy": "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
    " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
}
"""Nothing in a mail may run, or be fetched."""

_templates: Final = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape())


class Page:
    """The routes of one catcher."""

    def __init__(self, catcher: Catcher) -> None:
        self._catcher = catcher

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.index),
                Route("/clear", self.clear, methods=["POST"]),
                Route("/mails.json", self.as_json),
                Route("/mails/{number:int}", self.show),
                Route("/mails/{number:int}/html", self.html),
                Route("/mails/{number:int}/source", self.source),
                Route("/healthz", _ok),
                Route("/readyz", _ok),
            ],
            # Another site's name could be made to lead here, and read.
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])],
        )

    async def index(self, _request: Request) -> Response:
        return self._page(None)

    async def show(self, request: Request) -> Response:
        return self._page(self._mail(request), request.query_params.get("view", ""))

    async def html(self, request: Request) -> Response:
        """The mail's own HTML; its links open beside it."""
        body = self._mail(request).body("html")
        return HTMLResponse(body.replace("<head>", '<head><base target="_blank">', 1), headers=_MAIL)

    async def source(self, request: Request) -> Response:
        return PlainTextResponse(self._mail(request).data, headers=_PAGE)

    async def clear(self, request: Request) -> Response:
        """From the page only: another site's form has another origin."""
        if request.headers.get("origin", "").partition("://")[2] not in ("", request.headers.get("host")):
            raise HTTPException(403)
        self._catcher.clear()
        return RedirectResponse("/", 303)

    async def as_json(self, _request: Request) -> Response:
        return JSONResponse([_entry(mail) for mail in self._catcher.mails], headers=_PAGE)

    def _mail(self, request: Request) -> Caught:
        found = self._catcher.get(request.path_params["number"])
        if found is None:
            raise HTTPException(404)
        return found

    def _page(self, shown: Caught | None, view: str = "") -> Response:
        title = f"{shown.header('Subject')} · Mailbox" if shown else "Mailbox"
        page = _templates.get_template("page.html")
        text = page.render(title=title, mails=self._catcher.mails, shown=shown, view=view)
        return HTMLResponse(text, headers=_PAGE)


def _entry(mail: Caught) -> dict[str, Any]:
    named = {"from": "From", "to": "To", "reply_to": "Reply-To", "subject": "Subject", "message_id": "Message-ID"}
    headers = {name: mail.header(header) for name, header in named.items()}
    bodies = {"text": mail.body("plain"), "html": mail.body("html")}
    return {"number": mail.number, "at": mail.at.isoformat(), "recipients": mail.recipients, **headers, **bodies}


async def _ok(_request: Request) -> Response:
    return PlainTextResponse("ok\n")
