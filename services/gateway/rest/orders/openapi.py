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
    staff_operation,
    with_body,
)
from services.gateway.rest.orders.bodies import NewOrder, NewStatus, StatusOfOrder
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


def paths() -> Json:
    """Those of these routes."""
    return {**_reporting(), **_asking(), **_unsubscribing()}


def _reporting() -> Json:
    refused = {"413": problem(), "422": problem(), "429": problem()}
    several = json_of("Results", "What became of each, in order.")
    one = {"200": several, "201": json_of("Result", "Stored."), **refused}
    told = {"200": json_of("Result", "Stored."), **refused}
    orders = 'Report an order as it is now, or {"orders": […]} with up to 500; the same again is nothing new'
    many = 'Report how up to 500 orders stand: {"statuses": […]}, each a StatusOfOrder'
    return {
        "/v1/shops/{shop}/orders": {
            "parameters": [SHOP],
            "post": with_body(staff_operation(orders, one, [KEY]), "NewOrder"),
        },
        "/v1/shops/{shop}/orders/{number}/status": {
            "parameters": [SHOP, path_parameter("number")],
            "post": with_body(staff_operation("Report how an order stands", told, [KEY]), "NewStatus"),
        },
        "/v1/shops/{shop}/order-statuses": {
            "parameters": [SHOP],
            "post": with_body(staff_operation(many, {"200": several, **refused}, [KEY])),
        },
    }


def _asking() -> Json:
    rules = {"200": json_of("NewReviewRules", "The rules."), "422": problem()}
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
                "Who gets which review mail when, and who got one", {"200": json_of("ReviewRequestsShown")}, listed
            ),
        },
        "/v1/shops/{shop}/review-requests/figures": {
            "parameters": [SHOP],
            "get": staff_operation("What came of the mails of 30 days", {"200": json_of("ReviewRequestFigures")}),
        },
    }


def _unsubscribing() -> Json:
    page = content_of("text/html", "A page in the language of the mail.")
    answers = {"200": page, "404": page, "503": page}
    return {
        "/v1/unsubscribe/{token}": {
            "parameters": [path_parameter("token")],
            "get": operation("Ask whether there are to be no more review mails", answers),
            "post": operation("No more review mails (RFC 8058)", {**answers, "429": problem()}),
        }
    }
