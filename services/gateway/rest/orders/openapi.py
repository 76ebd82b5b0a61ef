"""OpenAPI of orders and review mails."""

from typing import Final

from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    operation,
    path_parameter,
    problem,
    query_parameters,
    ref,
    several,
    staff_operation,
    with_body,
)
from services.gateway.rest.orders.bodies import MOST_AT_ONCE, NewOrder, NewStatus, StatusOfOrder
from services.gateway.rest.orders.reporting import Result, Results
from services.gateway.rest.orders.requests import ReviewRequestFigures, ReviewRequestsShown
from services.gateway.rest.orders.rules import NewReviewRules

TYPES: Final[tuple[type, ...]] = (
    NewOrder,
    NewStatus,
    StatusOfOrder,
    Result,
    Results,
    NewReviewRules,
    ReviewRequestsShown,
    ReviewRequestFigures,
)


_KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Not needed, since the same again changes nothing. With the same key an order that was reported is"
    " refused where it says anything else; another order or another status is another report.",
}


def paths() -> Json:
    """Those of these routes."""
    return {**_reporting(), **_asking(), **_unsubscribing()}


def _reporting() -> Json:
    refused = {status: problem() for status in ("400", "413", "415", "422", "429")}
    results = json_of("Results", "What became of each, in order.")
    one = {"200": results, "201": json_of("Result", "Stored."), **refused}
    told = {"200": json_of("Result", "Stored."), **refused}
    either = {"oneOf": [{"$ref": ref("NewOrder")}, several("orders", "NewOrder", MOST_AT_ONCE)]}
    orders = 'Report an order as it is now, or {"orders": […]} with up to 500; the same again is nothing new'
    many = 'Report how up to 500 orders stand: {"statuses": […]}, each a StatusOfOrder'
    return {
        "/v1/shops/{shop}/orders": {
            "parameters": [SHOP],
            "post": with_body(staff_operation(orders, one, [_KEY]), either),
        },
        "/v1/shops/{shop}/orders/{number}/status": {
            "parameters": [SHOP, path_parameter("number")],
            "post": with_body(staff_operation("Report how an order stands", told, [_KEY]), "NewStatus"),
        },
        "/v1/shops/{shop}/order-statuses": {
            "parameters": [SHOP],
            "post": with_body(
                staff_operation(many, {"200": results, **refused}, [_KEY]),
                several("statuses", "StatusOfOrder", MOST_AT_ONCE),
            ),
        },
    }


def _asking() -> Json:
    wrong = {status: problem() for status in ("400", "415", "422")}
    rules = {"200": json_of("NewReviewRules", "The rules."), **wrong}
    listed = query_parameters(
        state="planned, sent, withheld or all.", cursor="Where the page before ended.", limit="Items, up to 200."
    )
    return {
        "/v1/shops/{shop}/review-rules": {
            "parameters": [SHOP],
            "get": staff_operation("How customers are asked for reviews", {"200": rules["200"]}),
            "put": with_body(staff_operation("Change that", rules, [KEY]), "NewReviewRules"),
        },
        "/v1/shops/{shop}/review-requests": {
            "parameters": [SHOP],
            "get": staff_operation(
                "Who gets which review mail when, and who got one",
                {"200": json_of("ReviewRequestsShown"), "400": problem()},
                listed,
            ),
        },
        "/v1/shops/{shop}/review-requests/figures": {
            "parameters": [SHOP],
            "get": staff_operation("What came of the mails of 30 days", {"200": json_of("ReviewRequestFigures")}),
        },
    }


def _unsubscribing() -> Json:
    page = content_of("text/html", "A page in the language of the mail.")
    unknown: Json = {"description": "Such a page to who accepts HTML, else a problem document."}
    unknown["content"] = {**page["content"], **problem()["content"]}
    answers = {"200": page, "404": unknown, "503": page}
    return {
        "/v1/unsubscribe/{token}": {
            "parameters": [path_parameter("token")],
            "get": operation("Ask whether there are to be no more review mails", answers),
            "post": operation("No more review mails (RFC 8058)", {**answers, "429": problem()}),
        }
    }
