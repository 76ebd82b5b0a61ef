"""Where customers end review mails: a page with one button, and what mail programs ask by one click (RFC 8058).

Looking at the page changes nothing: mail servers open links to see where they lead.
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import parse_qs
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected
from contracts.engagement.review_commands import Unsubscribe
from contracts.ids import recipient_id
from services.common.database import DatabaseAway
from services.common.logs import correlation, logger
from services.common.review_links import ReviewLinks, UnsubscribeLink, trial_language
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.rest.orders.unsubscribe_texts import in_language
from services.gateway.rest.problems import Problem, check_pace
from services.gateway.rest.staff import bytes_of
from services.gateway.shops import Shops

log = logger(__name__)

MAX_BODY: Final = 2_000
FOLDER: Final = Path(__file__).parent
STYLE: Final = (FOLDER / "unsubscribe.css").read_text()
_STYLE_PRINT: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_PRINT}'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
}
_page: Final = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
).get_template("unsubscribe.html")

By = Literal["link", "one_click"]
Says = Literal["ask", "done", "later", "gone", "test"]
_STATUS: Final[dict[Says, int]] = {"ask": 200, "done": 200, "later": 503, "gone": 404, "test": 200}


@dataclass(frozen=True, kw_only=True)
class UnsubscribeRest:
    """For whoever has the link."""

    links: ReviewLinks
    shops: Shops
    limits: Limits
    dispatch: Dispatch

    def routes(self) -> list[Route]:
        path = "/v1/unsubscribe/{token}"
        return [Route(path, self.show, methods=["GET"]), Route(path, self.end, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        if (language := _trial(request)) is not None:
            return _drawn(language, "test", "")
        link = self._link(request)
        if link is None:
            return await self._unknown(request)
        return await self._shown(link, "ask")

    async def end(self, request: Request) -> Response:
        """Again is done already."""
        if (language := _trial(request)) is not None:
            return _drawn(language, "test", "")
        link = self._link(request)
        if link is None:
            return await self._unknown(request)
        check_pace(await self.limits.unsubscribing(link.shop, link.person))
        by = await _by(request)
        answers = [await self.dispatch.ask(self._command(link, recipient, by)) for recipient in link.recipients]
        stored = not any(isinstance(answer, Rejected) for answer in answers)
        log.info("Review mails ended", shop=link.shop, by=by, stored=stored)
        return await self._shown(link, "done" if stored else "later")

    def _command(self, link: UnsubscribeLink, recipient: str, by: By) -> Unsubscribe:
        n = self.dispatch.next_number()
        return Unsubscribe(
            id=f"rest-{uuid4().hex}",
            shop=link.shop,
            sender_kind="visitor",
            sender=link.person,
            gateway=self.dispatch.gateway,
            n=n,
            correlation=f"{correlation() or 'unsubscribe'}-{n}",
            recipient=recipient_id(link.shop, recipient),
            person=recipient,
            by=by,
        )

    def _link(self, request: Request) -> UnsubscribeLink | None:
        return self.links.read(UnsubscribeLink, request.path_params["token"])

    async def _unknown(self, request: Request) -> Response:
        """People are told on a page, programs as everywhere."""
        if "text/html" in request.headers.get("accept", ""):
            return await self._shown(None, "gone")
        raise Problem(404, "not_found", "This link is not complete.")

    async def _shown(self, link: UnsubscribeLink | None, says: Says) -> Response:
        try:
            settings = await self.shops.settings(link.shop) if link else None
        except DatabaseAway:
            settings, says = None, "later" if says == "ask" else says
        return _drawn(link.language if link else "en", says, settings.name if settings else "")


def _drawn(wanted: str, says: Says, shop: str) -> Response:
    language, texts = in_language(wanted)
    body = _page.render(
        language=language,
        shop=shop,
        style=Markup(STYLE),
        title=texts["title"].format(shop=shop) if shop else texts[says],
        heading=texts[says],
        text=texts["about" if says == "ask" else f"{says}_about"].format(shop=shop),
        button=texts["button"] if says == "ask" else "",
    )
    return Response(body, _STATUS[says], _HEADERS, "text/html; charset=utf-8")


def _trial(request: Request) -> str | None:
    """The language of the mail, if staff have sent it to themselves."""
    return trial_language(request.path_params["token"])


async def _by(request: Request) -> By:
    """Our page's button, or the mail program's."""
    try:
        body = await bytes_of(request, MAX_BODY)
    except Problem:
        return "one_click"
    return "link" if parse_qs(body.decode("latin-1")).get("by") == ["link"] else "one_click"
