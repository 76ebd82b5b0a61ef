"""OpenAPI 3.1 of the gateway's REST routes, its schemas from the contracts."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import msgspec

from contracts.conversations.settings import ShopSettings
from services.gateway.rest.problems import CONTENT_TYPE
from services.gateway.rest.session import Credentials

_STAFF: Final[list[dict[str, list[str]]]] = [{"session": []}, {"bearer": []}]
_TEMPLATE: Final = "#/components/schemas/{name}"

_SHOP: Final = {"name": "shop", "in": "path", "required": True, "schema": {"type": "string"}}
_CONVERSATION: Final = {
    "name": "conversation",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The same key again gives the first answer.",
}
_QUERY: Final = {
    "q": "Words in messages, names and addresses.",
    "from": "Conversations active at or after this time (RFC 3339).",
    "to": "Conversations active before this time (RFC 3339).",
    "customer": "Conversations of this customer.",
    "sort": "The order.",
    "cursor": "`next` of the page before.",
}


def document() -> dict[str, Any]:
    """The whole document."""
    _, schemas = msgspec.json.schema_components([ShopSettings, Credentials], ref_template=_TEMPLATE)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shopbell", "version": _version(), "description": "Errors are RFC 9457 problem documents."},
        "paths": {
            "/v1/session": _session(),
            "/v1/shops/{shop}/settings": _settings(),
            "/v1/shops/{shop}/conversations": _conversations(),
            "/v1/shops/{shop}/conversations/{conversation}": _conversation(),
            "/healthz": {"get": _operation("Whether the process lives", {"200": _text()})},
            "/readyz": {"get": _operation("Whether it takes visitors", {"200": _text(), "503": _text()})},
            "/metrics": {"get": _operation("Metrics for Prometheus", {"200": _text()})},
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "shopbell_session"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _session() -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": _ref("Credentials")}}}}
    return {
        "post": {**_operation("Sign in", {"201": _json(), "401": _problem(), "429": _problem()}), "requestBody": body},
        "get": {**_operation("Whose session this is", {"200": _json(), "401": _problem()}), "security": _STAFF},
        "delete": {**_operation("Sign out", {"204": {"description": "Signed out."}}), "security": _STAFF},
    }


def _settings() -> dict[str, Any]:
    schema = {"$ref": _ref("ShopSettings")}
    shown = {"description": "The settings.", "content": {"application/json": {"schema": schema}}}
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    change = _staff("Change settings; members that are not given stay", {"200": shown, "422": _problem()}, [_KEY])
    return {"parameters": [_SHOP], "get": _staff("Settings", {"200": shown}), "put": {**change, "requestBody": body}}


def _conversations() -> dict[str, Any]:
    query = [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": text}
        for name, text in _QUERY.items()
    ]
    return {"parameters": [_SHOP], "get": _staff("History, by pages", {"200": _json()}, query)}


def _conversation() -> dict[str, Any]:
    return {
        "parameters": [_SHOP, _CONVERSATION],
        "get": _staff("One conversation whole, with its events", {"200": _json()}),
        "delete": _staff("Delete an archived conversation", {"204": {"description": "Deleted."}}, [_KEY]),
    }


def _staff(summary: str, responses: dict[str, Any], parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    refusals = {"401": _problem(), "404": _problem(), "503": _problem()}
    operation = {**_operation(summary, {**responses, **refusals}), "security": _STAFF}
    return {**operation, "parameters": parameters} if parameters else operation


def _operation(summary: str, responses: dict[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "responses": responses}


def _json() -> dict[str, Any]:
    return {"description": "As said.", "content": {"application/json": {"schema": {"type": "object"}}}}


def _text() -> dict[str, Any]:
    return {"description": "Plain text.", "content": {"text/plain": {"schema": {"type": "string"}}}}


def _problem() -> dict[str, Any]:
    members = {name: {"type": kind} for name, kind in (("status", "integer"), ("detail", "string"), ("code", "string"))}
    schema = {"type": "object", "properties": members}
    return {"description": "A problem document.", "content": {CONTENT_TYPE: {"schema": schema}}}


def _ref(name: str) -> str:
    return _TEMPLATE.format(name=name)


def _version() -> str:
    try:
        return version("shopbell")
    except PackageNotFoundError:
        return "0"
