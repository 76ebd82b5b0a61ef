"""OpenAPI of the change log."""

from typing import Final

from services.gateway.rest.changes.parts import PARTS
from services.gateway.rest.changes.undoing import Wish
from services.gateway.rest.changes.views import Changes
from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)

TYPES: Final[tuple[type, ...]] = (Changes, Wish)

_CHANGES: Final = "/v1/shops/{shop}/changes"
_FILTER: Final = query_parameters(
    q="Changes with this text in a value, in the name of what was changed, or in that of who changed it.",
    named="Also, where `q` is given, changes of these settings (`welcome`, say), at most 100, commas between them.",
    who="Changes by this member of the staff, by id.",
    part=f"Changes in a part of the settings: {', '.join(PARTS)}.",
    from_="Changes at or after this time (RFC 3339), or from this day on (UTC).",
    to="Changes before this time (RFC 3339), or up to this day.",
)
_PAGE: Final = query_parameters(cursor="`next` of the page before.", limit="1 to 200 items; 50 unless told.")
_SEPARATOR: Final = query_parameters(
    separator="`comma` or `semicolon`, as spreadsheets want it where a comma is for decimals."
)


def paths() -> Json:
    """Those of these routes."""
    wrong = {"400": problem()}
    table = content_of("text/csv", "The newest first; times in the shop's zone.")
    undo = staff_operation(
        "Give a setting its former value",
        {"200": json_of("ShopSettings", "The settings as they are then."), "409": problem(), "422": problem(), **wrong},
        [KEY],
    )
    return {
        _CHANGES: {
            "parameters": [SHOP],
            "get": staff_operation(
                "Who changed what, the newest first", {"200": json_of("Changes"), **wrong}, [*_FILTER, *_PAGE]
            ),
        },
        f"{_CHANGES}.csv": {
            "parameters": [SHOP],
            "get": staff_operation("The change log as a table", {"200": table, **wrong}, [*_FILTER, *_SEPARATOR]),
        },
        f"{_CHANGES}/{{change}}/undo": {
            "parameters": [SHOP, path_parameter("change")],
            "post": with_body(undo, "Wish"),
        },
    }
