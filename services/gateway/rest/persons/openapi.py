"""OpenAPI of persons, and of erasing them."""

from typing import Final

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
from services.gateway.rest.persons.person import EraseWish, Erasing
from services.gateway.rest.persons.receipts import ErasurePage, ErasureShown
from services.gateway.rest.persons.views import PersonShown

TYPES: Final[tuple[type, ...]] = (PersonShown, EraseWish, Erasing, ErasureShown, ErasurePage)

_CUSTOMER: Final = path_parameter("customer")
_NUMBER: Final = path_parameter("number")
_TIMELINE: Final = query_parameters(
    kind="Only `conversation`, `offline_message`, `rating` or `transcript`.",
    cursor="`next` of the page before.",
    limit="How many lines of the timeline, 100 at most.",
)
_PAGES: Final = query_parameters(cursor="`next` of the page before.", limit="How many at once, 100 at most.")
_NOTES: Final = query_parameters(notes="`true`: with what staff noted for themselves.")


def paths() -> Json:
    """All of them."""
    return {**_person(), **_erasures()}


def _person() -> Json:
    one, parameters = "/v1/shops/{shop}/customers/{customer}", [SHOP, _CUSTOMER]
    shown = json_of("PersonShown", "Everything that is kept about them; the timeline by pages.")
    gone = {"410": problem()}
    erase = staff_operation(
        "Erase a person for good (owners)",
        {"202": json_of("Erasing", "Stored: it goes on by itself."), "422": problem(), **gone},
        [KEY],
    )
    archive = content_of("application/zip", "data.json, and pages to read.")
    return {
        one: {
            "parameters": parameters,
            "get": staff_operation("All about one person", {"200": shown, "400": problem(), **gone}, _TIMELINE),
            "delete": with_body(erase, "EraseWish"),
        },
        f"{one}/export": {
            "parameters": parameters,
            "post": staff_operation("Take away all about one person", {"200": archive, **gone}, _NOTES),
        },
    }


def _erasures() -> Json:
    one = "/v1/shops/{shop}/erasures/{number}"
    shown, page = json_of("ErasureShown", "How far it is, and the receipt."), json_of("ErasurePage", "Newest first.")
    again = nothing("It is looked at again at once.")
    return {
        "/v1/shops/{shop}/erasures": {
            "parameters": [SHOP],
            "get": staff_operation("Erasures, by pages", {"200": page, "400": problem()}, _PAGES),
        },
        one: {"parameters": [SHOP, _NUMBER], "get": staff_operation("One erasure", {"200": shown})},
        f"{one}/retry": {"parameters": [SHOP, _NUMBER], "post": staff_operation("Try again at once", {"204": again})},
    }
