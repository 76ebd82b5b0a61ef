"""OpenAPI of the lists."""

from typing import Final

from services.gateway.rest.lists.blocks import BlockedVisitors
from services.gateway.rest.lists.canned_replies import CannedReplies, CannedReply, NewCannedReply
from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    json_of,
    nothing,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)

TYPES: Final[tuple[type, ...]] = (CannedReplies, CannedReply, NewCannedReply, BlockedVisitors)

_REPLIES: Final = "/v1/shops/{shop}/canned-replies"
_BLOCKS: Final = "/v1/shops/{shop}/blocks"
_PAGE: Final = query_parameters(cursor="`next` of the page before.", limit="1 to 500 items; 100 unless told.")


def paths() -> Json:
    """Those of these routes."""
    wrong = {"400": problem(), "422": problem()}
    reply = json_of("CannedReply", "The canned reply.")
    stored = {"202": json_of("NewCannedReply", "Stored, and listed in a moment."), **wrong}
    add = staff_operation("Add a canned reply", {"201": reply, **stored}, [KEY])
    change = staff_operation("Change a canned reply", {"200": reply, **stored}, [KEY])
    delete = staff_operation("Delete a canned reply", {"204": nothing("Deleted.")}, [KEY])
    unblock = staff_operation("Let a blocked visitor in again", {"204": nothing("Let in again.")}, [KEY])
    return {
        _REPLIES: {
            "parameters": [SHOP],
            "get": staff_operation("Canned replies, by shortcut", {"200": json_of("CannedReplies")}),
            "post": with_body(add, "NewCannedReply"),
        },
        f"{_REPLIES}/{{reply}}": {
            "parameters": [SHOP, path_parameter("reply", uuid=True)],
            "put": with_body(change, "NewCannedReply"),
            "delete": delete,
        },
        _BLOCKS: {
            "parameters": [SHOP],
            "get": staff_operation(
                "Blocked visitors, the newest first", {"200": json_of("BlockedVisitors"), "400": problem()}, _PAGE
            ),
        },
        f"{_BLOCKS}/{{visitor}}": {"parameters": [SHOP, path_parameter("visitor")], "delete": unblock},
    }
