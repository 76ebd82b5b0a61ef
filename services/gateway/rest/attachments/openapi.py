"""OpenAPI of files."""

from typing import Final

from contracts.sockets.common import AttachmentShown
from services.gateway.rest.cors import IDENTITY_HEADER, NAME_HEADER
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
)

TYPES: Final[tuple[type, ...]] = (AttachmentShown,)

_IDENTITY: Final[Json] = {
    "name": IDENTITY_HEADER,
    "in": "header",
    "schema": {"type": "string"},
    "description": "The shop's signed token, for a customer's conversation.",
}
_BODY: Final[Json] = {
    "required": True,
    "description": "The file as it is.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
_NAME: Final[Json] = {
    "name": NAME_HEADER,
    "in": "header",
    "schema": {"type": "string"},
    "description": "What the file is called, percent-encoded; its ending is put right by its content.",
}


def paths() -> Json:
    """All of them."""
    kept = json_of("AttachmentShown", "Kept: a `say` within an hour may name its id.")
    refusals = {name: problem() for name in ("403", "404", "408", "409", "413", "415", "429", "503")}
    of_visitor = [*query_parameters(conversation="The visitor's conversation that goes on."), _NAME, _IDENTITY, KEY]
    by_visitor = operation("Send a file, as the visitor whom the token names", {"201": kept, **refusals}, of_visitor)
    by_staff = staff_operation("Send a file, as the operator who holds it", {"201": kept, **refusals}, [_NAME, KEY])
    file = content_of("application/octet-stream", "The file; all but pictures to be saved.")
    return {
        "/v1/shops/{shop}/attachments": {
            "parameters": [SHOP],
            "post": {**by_visitor, "security": [{"bearer": []}], "requestBody": _BODY},
        },
        "/v1/shops/{shop}/conversations/{conversation}/attachments": {
            "parameters": [SHOP, path_parameter("conversation", uuid=True)],
            "post": {**by_staff, "requestBody": _BODY},
        },
        "/v1/attachments/{token}": {
            "parameters": [path_parameter("token")],
            "get": operation("A file, by its link", {"200": file, "404": problem(), "503": problem()}),
        },
    }
