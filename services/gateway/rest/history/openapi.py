"""OpenAPI of history."""

from typing import Final

from services.gateway.rest.history.deleting import Chosen, Deleted
from services.gateway.rest.history.views import ConversationRead, HistoryCount, HistoryPage
from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    nothing,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)

TYPES: Final[tuple[type, ...]] = (HistoryPage, HistoryCount, ConversationRead, Chosen, Deleted)

_CONVERSATIONS: Final = "/v1/shops/{shop}/conversations"
_CONVERSATION: Final = path_parameter("conversation", uuid=True)
_FILTER: Final = query_parameters(
    q="Words, each the beginning of one in messages, notes, comments, names, addresses or numbers, without case and"
    " accents; of names, addresses and numbers any part from three signs on. All of them must be found.",
    from_="Conversations active at or after this time (RFC 3339), or from this day on (UTC).",
    to="Conversations active before this time (RFC 3339), or up to this day.",
    customer="Conversations of this customer.",
    status="Conversations that are `waiting`, `open`, `ended` or `archived`.",
    operator="Conversations that this operator had last, by id.",
    rating="Scores from 1 to 5, or `none`, with commas between them.",
    signed_in="`true` or `false`.",
    ids="These conversations, at most 200, with commas between them.",
)
_PAGE: Final = query_parameters(
    sort="The order: `-last_message_at` (newest first), `last_message_at` or `customer`.",
    cursor="`next` of the page before.",
    limit="1 to 200 items; 50 unless told.",
)
_TABLE: Final = query_parameters(
    rows="A row for each of the `conversations`, or of the `messages` and whatever else happened.",
    separator="`comma` or `semicolon`, as spreadsheets want it where a comma is for decimals.",
)


def paths() -> Json:
    """Those of these routes."""
    wrong = {"400": problem()}
    delete_many = staff_operation(
        "Delete archived conversations, at most 500", {"200": json_of("Deleted"), "422": problem()}, [KEY]
    )
    table = content_of("text/csv", "Oldest first; times in the shop's zone.")
    return {
        _CONVERSATIONS: {
            "parameters": [SHOP],
            "get": staff_operation("History, by pages", {"200": json_of("HistoryPage"), **wrong}, [*_FILTER, *_PAGE]),
        },
        f"{_CONVERSATIONS}.csv": {
            "parameters": [SHOP],
            "get": staff_operation("History as a table", {"200": table, **wrong}, [*_FILTER, *_TABLE]),
        },
        f"{_CONVERSATIONS}.json": {
            "parameters": [SHOP],
            "get": staff_operation(
                "History whole, as `conversations`, oldest first", {"200": json_of(), **wrong}, _FILTER
            ),
        },
        f"{_CONVERSATIONS}/count": {
            "parameters": [SHOP],
            "get": staff_operation(
                "How many conversations, counted to 10,000", {"200": json_of("HistoryCount"), **wrong}, _FILTER
            ),
        },
        f"{_CONVERSATIONS}/delete": {"parameters": [SHOP], "post": with_body(delete_many, "Chosen")},
        f"{_CONVERSATIONS}/{{conversation}}": {
            "parameters": [SHOP, _CONVERSATION],
            "get": staff_operation("One conversation whole, with its events", {"200": json_of("ConversationRead")}),
            "delete": staff_operation(
                "Delete an archived conversation", {"204": nothing("Deleted."), "409": problem()}, [KEY]
            ),
        },
    }
