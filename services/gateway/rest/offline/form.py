"""The offline form: what it asks, for anybody; and what was filled in, from a shop's pages."""

import json
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected, Stored
from contracts.conversations.settings import FormFields, ShopSettings
from contracts.ids import CommandId, offline_message_id
from contracts.sockets.visitor import PageInfo, PrivacyShown
from services.common.key_store import KeyStore
from services.common.logs import correlation, logger
from services.gateway import commands, forms
from services.gateway.access.tickets import BadTicket, Tickets
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import Visitor
from services.gateway.appearance import needs_consent, privacy, text_in
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.peers import peer_of
from services.gateway.rest.bodies import decoded, invalid, invalid_form
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.problems import Problem, of_refusal
from services.gateway.rest.visitors import Visitors
from services.gateway.sockets.texts import BadText, clean, locale_or_english

log = logger(__name__)

MAX_BODY: Final = 65_536
_WEB: Final = ("http://", "https://")


class OfflineFormShown(Struct, kw_only=True):
    """The form, in the visitor's language or else the shop's first. `ticket` goes back with the message.

    `privacy`: what is to be read before; absent if there is nothing.
    """

    fields: FormFields
    header: str
    welcome: str
    background: str
    text: str
    language: str
    languages: list[str]
    ticket: str
    privacy: PrivacyShown | UnsetType = UNSET


class NewOfflineMessage(Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of `POST …/offline-messages`.

    The same `id` with the same ticket or token again gives the first answer. `website` is for machines: people don't
    see it and leave it empty. `consent`: the box of `privacy` is ticked.
    """

    id: CommandId
    ticket: Annotated[str, Meta(max_length=200)]
    fields: Annotated[dict[Annotated[str, Meta(max_length=100)], str], Meta(max_length=20)]
    token: Annotated[str, Meta(max_length=4_000)] | None = None
    identity: Annotated[str, Meta(max_length=8_000)] | None = None
    locale: Annotated[str, Meta(max_length=35)] = "en"
    page: PageInfo | None = None
    consent: bool = False
    website: str = ""


class OfflineMessageStored(Struct, kw_only=True, omit_defaults=True):
    """The message is kept. `token` names the guest from now on, if they had none."""

    id: str
    message: UUID
    token: str | UnsetType = UNSET


_decoder: Final = msgspec.json.Decoder(NewOfflineMessage)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class OfflineForm:
    """What the routes work with."""

    visitors: Visitors
    tokens: Tokens
    tickets: Tickets
    keys: KeyStore
    dispatch: Dispatch
    limits: Limits

    async def show(self, request: Request, settings: ShopSettings) -> Response:
        _check_mode(settings)
        form = settings.offline_form
        locale = locale_or_english(request.query_params.get("locale", ""))
        language, header = text_in(settings.languages, locale, form.header)
        shown = OfflineFormShown(
            fields=form.fields,
            header=header,
            welcome=text_in(settings.languages, locale, form.welcome)[1],
            background=form.background,
            text=form.text,
            language=language,
            languages=settings.languages,
            ticket=self.tickets.make(request.path_params["shop"]),
            privacy=privacy(settings, locale),
        )
        return Response(_encode(shown), 200, {"Cache-Control": "no-store"}, "application/json")

    async def leave(self, request: Request, settings: ShopSettings) -> Response:
        """201 once the message is stored; the mail to the shop follows."""
        shop = request.path_params["shop"]
        given = await decoded(request, _decoder, MAX_BODY)
        if given.website:
            log.info("A machine filled in a form", shop=shop)
            return _stored(given.id, offline_message_id(shop, given.ticket, given.id))
        _check_mode(settings)
        age = self._age(shop, given.ticket)
        visitor, known = await self.visitors.of(shop, given.token, given.identity, f"{given.ticket}\n{given.id}")
        answers = self._answers(settings, given, visitor)
        await self._check_pace(request, shop, age)
        message = offline_message_id(shop, visitor.id, given.id)
        await self._keep(shop, given, visitor, message, answers)
        return _stored(given.id, message, UNSET if known else self.tokens.make(shop, visitor))

    def _age(self, shop: str, ticket: str) -> float:
        try:
            return self.tickets.age(shop, ticket)
        except BadTicket as bad:
            raise invalid("ticket", str(bad)) from None

    @staticmethod
    def _answers(settings: ShopSettings, given: NewOfflineMessage, visitor: Visitor) -> dict[str, str]:
        """What the form asks for. Of a signed-in visitor the shop may know what it does not ask."""
        rules = settings.offline_form.fields
        lacking = needs_consent(settings, locale_or_english(given.locale)) and not given.consent
        wrong = [forms.no_consent()] if lacking else []
        try:
            answers = forms.checked(rules, given.fields)
        except forms.BadForm as bad:
            raise invalid_form(forms.BadForm([*bad.wrong, *wrong])) from None
        if wrong:
            raise invalid_form(forms.BadForm(wrong))
        identity = visitor.identity
        for name, value in (("email", identity.email), ("phone", identity.phone)) if identity else ():
            if value and not getattr(rules, name).requested:
                answers[name] = value
        return answers

    async def _check_pace(self, request: Request, shop: str, age: float) -> None:
        seconds = await self.limits.offline_message(peer_of(request.scope), shop, age)
        if seconds:
            headers = {"Retry-After": str(max(1, round(seconds)))}
            raise Problem(429, "rate_limited", "That was quick; send it again in a moment.", headers)

    async def _keep(
        self, shop: str, given: NewOfflineMessage, visitor: Visitor, message: UUID, answers: dict[str, str]
    ) -> None:
        key = await self.keys.get_or_create(shop, visitor.id, visitor.id if visitor.signed_in else None)
        sender = commands.Sender(shop, "visitor", visitor.id, self.dispatch.gateway, correlation() or "form")
        n = self.dispatch.next_number()
        locale = locale_or_english(given.locale)
        command = commands.leave_offline_message(
            sender, given.id, n, message, visitor, answers, _page_text(given.page), locale, key, given.consent
        )
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Rejected):
            raise of_refusal(answer)
        if not isinstance(answer, Stored):
            raise Problem(500, "unexpected", "Not understood.")


def routes(form: OfflineForm, pages: ShopPages) -> list[Route]:
    """The routes under `/v1`."""
    return [
        pages.route("/v1/shops/{shop}/offline-form", form.show, "GET"),
        pages.route("/v1/shops/{shop}/offline-messages", form.leave, "POST"),
    ]


def _check_mode(settings: ShopSettings) -> None:
    if not settings.offline_mode:
        raise Problem(409, "not_open", "This shop takes no messages while it is away.")


def _page_text(page: PageInfo | None) -> str | None:
    """The page as it is kept. What is no page of the web is left out: the message counts, not where it came from."""
    if page is None or not page.url.startswith(_WEB):
        return None
    try:
        kept = {"url": forms.single_line(page.url, 2_000), "title": clean(page.title, 300) if page.title else ""}
    except BadText:
        return None
    return json.dumps(kept, ensure_ascii=False)


def _stored(command: str, message: UUID, token: str | UnsetType = UNSET) -> Response:
    body = OfflineMessageStored(id=command, message=message, token=token)
    return Response(_encode(body), 201, {"Cache-Control": "no-store"}, "application/json")
