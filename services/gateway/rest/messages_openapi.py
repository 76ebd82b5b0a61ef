"""OpenAPI of what visitors leave and take away: offline messages, their inbox, and transcripts."""

from typing import Final

from services.gateway.rest.offline.form import NewOfflineMessage, OfflineFormShown, OfflineMessageStored
from services.gateway.rest.offline.inbox import NewAnswer, NotShownYet
from services.gateway.rest.offline.views import InboxPage, OfflineMessageShown
from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    nothing,
    operation,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)
from services.gateway.rest.transcript import TranscriptStored, TranscriptWish

TYPES: Final[tuple[type, ...]] = (
    OfflineFormShown,
    NewOfflineMessage,
    OfflineMessageStored,
    NewAnswer,
    NotShownYet,
    InboxPage,
    OfflineMessageShown,
    TranscriptWish,
    TranscriptStored,
)

_MESSAGE: Final = path_parameter("message", uuid=True)
_CONVERSATION: Final = path_parameter("conversation", uuid=True)
_INBOX: Final = "/v1/shops/{shop}/offline-messages"
_QUERY: Final = query_parameters(
    status="Only messages that are `new`, `answered` or `called`, or with a mail that `failed`.",
    q="Words in messages, names, addresses and numbers.",
    cursor="`next` of the page before.",
    limit="How many at once, 200 at most.",
)
_LOCALE: Final = query_parameters(locale="The visitor's language, such as fr-CA.")


def paths() -> Json:
    """All of them."""
    return {**_form(), **_inbox(), **_message(), **_transcript()}


def _form() -> Json:
    shown = json_of("OfflineFormShown", "The form in the visitor's language, with a ticket for the message.")
    refusals = {name: problem() for name in ("403", "404", "409", "503")}
    get = operation("What the offline form asks", {"200": shown, **refusals}, _LOCALE)
    return {"/v1/shops/{shop}/offline-form": {"parameters": [SHOP], "get": get}}


def _inbox() -> Json:
    page = json_of("InboxPage", "Newest first, with how many there are and how their mails stand.")
    table = content_of("text/csv", "All that the query finds, for spreadsheets.")
    tried = json_of(description="`retried`: how many mails.")
    return {
        _INBOX: {
            "parameters": [SHOP],
            "get": staff_operation("The offline inbox, by pages", {"200": page, "400": problem()}, _QUERY),
            "post": _leave(),
        },
        f"{_INBOX}.csv": {
            "parameters": [SHOP],
            "get": staff_operation("The offline inbox as a table", {"200": table, "400": problem()}, _QUERY[:2]),
        },
        f"{_INBOX}/retry": {
            "parameters": [SHOP],
            "post": staff_operation("Try all mails again that wait or failed", {"200": tried}),
        },
    }


def _leave() -> Json:
    kept = json_of("OfflineMessageStored", "The message is kept; the same id again gets the same answer.")
    refusals = {name: problem() for name in ("400", "403", "404", "409", "413", "422", "429", "503")}
    made = operation("Leave a message, from a page of the shop", {"201": kept, **refusals})
    return with_body(made, "NewOfflineMessage")


def _message() -> Json:
    one, parameters = f"{_INBOX}/{{message}}", [SHOP, _MESSAGE]
    shown = json_of("OfflineMessageShown", "The message as it is then.")
    later = json_of("NotShownYet", "It is stored; the inbox shows it in a moment.")
    answers = {"201": shown, "202": later, "409": problem(), "422": problem()}
    answer = staff_operation("Answer by mail", answers, [KEY])
    return {
        one: {
            "parameters": parameters,
            "get": staff_operation("One message", {"200": shown}),
            "delete": staff_operation("Delete a message", {"204": nothing("Deleted.")}, [KEY]),
        },
        f"{one}/answer": {"parameters": parameters, "post": with_body(answer, "NewAnswer")},
        f"{one}/called": {
            "parameters": parameters,
            "post": staff_operation("Note that the visitor was called", {"200": shown, "202": later}, [KEY]),
        },
        f"{one}/retry": {
            "parameters": parameters,
            "post": staff_operation("Try the mails of a message again", {"200": shown}),
        },
    }


def _transcript() -> Json:
    kept = json_of("TranscriptStored", "The mail follows.")
    refusals = {name: problem() for name in ("400", "401", "403", "404", "409", "422", "429", "503")}
    made = operation(
        "Mail a conversation, for its visitor (token or identity) or staff", {"202": kept, **refusals}, [KEY]
    )
    return {
        "/v1/shops/{shop}/conversations/{conversation}/transcript": {
            "parameters": [SHOP, _CONVERSATION],
            "post": with_body(made, "TranscriptWish"),
        }
    }
