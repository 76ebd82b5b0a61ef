"""OpenAPI 3.1 of the gateway's REST routes, its schemas from the contracts and the routes' own types.

Each group of routes brings its paths, and the types that they name.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import msgspec

from contracts.conversations.settings import ShopSettings
from contracts.members import explain
from services.gateway.rest import messages_openapi, push_openapi
from services.gateway.rest.access import openapi as access
from services.gateway.rest.attachments import openapi as attachments
from services.gateway.rest.campaigns import openapi as campaigns
from services.gateway.rest.changes import openapi as changes
from services.gateway.rest.history import openapi as history
from services.gateway.rest.lists import openapi as lists
from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    TEMPLATE,
    Json,
    content_of,
    json_of,
    operation,
    problem,
    staff_operation,
    with_body,
)
from services.gateway.rest.openapi_told import ABOUT, PROBLEM, tell
from services.gateway.rest.orders import openapi as orders
from services.gateway.rest.persons import openapi as persons
from services.gateway.rest.polls import openapi as polls
from services.gateway.rest.reviews import openapi as reviews
from services.gateway.rest.site import openapi as site

TYPES: Final[tuple[type, ...]] = (
    ShopSettings,
    *access.TYPES,
    *campaigns.TYPES,
    *changes.TYPES,
    *attachments.TYPES,
    *history.TYPES,
    *lists.TYPES,
    *messages_openapi.TYPES,
    *orders.TYPES,
    *persons.TYPES,
    *polls.TYPES,
    *push_openapi.TYPES,
    *reviews.TYPES,
    *site.TYPES,
)
"""Whose schemas the document carries; what they are made of comes along."""


EXPLAINED: Final = (*campaigns.TYPES, *orders.TYPES, *polls.TYPES, *push_openapi.TYPES, *reviews.TYPES)
"""Of which it says what each member means."""


def document() -> dict[str, Any]:
    """The whole document."""
    _, schemas = msgspec.json.schema_components(TYPES, ref_template=TEMPLATE)
    _, explained = msgspec.json.schema_components(EXPLAINED, ref_template=TEMPLATE)
    explain(schemas, schemas.keys() & explained.keys())
    paths = _paths()
    tell(paths)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shopbell", "version": _version(), "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "shopbell_session"},
                "bearer": {"type": "http", "scheme": "bearer", "description": "A session's token, or an API key."},
            },
        },
    }


def _paths() -> Json:
    return {
        **access.paths(),
        **_settings(),
        **campaigns.paths(),
        **changes.paths(),
        **attachments.paths(),
        **history.paths(),
        **lists.paths(),
        **messages_openapi.paths(),
        **orders.paths(),
        **persons.paths(),
        **polls.paths(),
        **push_openapi.paths(),
        **reviews.paths(),
        **site.paths(),
        **_operations(),
    }


def _settings() -> Json:
    shown = json_of("ShopSettings", "The settings, with their version as ETag.")
    only: Json = {
        "name": "If-Match",
        "in": "header",
        "description": "Changes this version only, as an ETag named it; 412 if there is another by now.",
        "schema": {"type": "string"},
    }
    summary = "Change settings; members that are not given stay"
    change = staff_operation(summary, {"200": shown, "412": problem(), "422": problem()}, [KEY, only])
    return {
        "/v1/shops/{shop}/settings": {
            "parameters": [SHOP],
            "get": staff_operation("Settings", {"200": shown}),
            "put": with_body(change),
        }
    }


def _operations() -> Json:
    text = content_of("text/plain", "Plain text.")
    return {
        "/healthz": {"get": operation("Whether the process lives", {"200": text})},
        "/readyz": {"get": operation("Whether it takes visitors", {"200": text, "503": text})},
        "/metrics": {"get": operation("Metrics for Prometheus", {"200": text})},
    }


def _version() -> str:
    try:
        return version("shopbell")
    except PackageNotFoundError:
        return "0"
