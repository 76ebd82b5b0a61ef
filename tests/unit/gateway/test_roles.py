"""The table of who may do what knows every route and every frame, and no other."""

import base64
import re
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import MagicMock

import pytest
from pydantic import SecretStr
from starlette.routing import Route

from contracts.sockets.operator import OperatorFrame
from services.common.master_key import MasterKey
from services.common.settings import GatewaySettings
from services.gateway.access import roles
from services.gateway.gateway import Gateway
from services.gateway.rest.openapi import document
from services.gateway.rest.operations import OperationsRoutes
from services.gateway.rest.wiring import routes as all_routes


def served() -> set[tuple[str, str]]:
    """Methods and paths under /v1 of a gateway; nothing of it is ever called."""
    operations = SimpleNamespace(routes=list)
    found = all_routes(
        GatewaySettings(master_key=SecretStr(base64.b64encode(bytes(32)).decode())),
        cast(Gateway, MagicMock()),
        MagicMock(),
        MasterKey(bytes(32)),
        cast(OperationsRoutes, operations),
    )
    return {
        (method, route.path)
        for route in found
        if isinstance(route, Route) and route.path.startswith("/v1/")
        for method in (route.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    assert served() == roles.OPEN | roles.SIGNED_IN | set(roles.ROUTES)


def test_nothing_that_opens_a_door_stands_in_a_path() -> None:
    """A file, for a day; the way out of review mails, which RFC 8058 wants in an address: it only ends them; and the
    reviews of one order, where the protocol has the token. Our own page gives it in the body."""
    known = {"/v1/attachments/{token}", "/v1/unsubscribe/{token}", "/v1/reviews/{token}"}
    assert {path for _, path in served() if "{token}" in path} == known


def test_every_route_is_in_the_openapi_document() -> None:
    documented = {
        (method.upper(), path)
        for path, members in document()["paths"].items()
        for method in members
        if method != "parameters" and path.startswith("/v1/")
    }
    assert documented == {(method, path.replace(":path}", "}")) for method, path in served()}


MANAGERS_ALONE = (
    "push",
    "campaigns",
    "orders",
    "order-statuses",
    "review-rules",
    "review-requests",
    "reviews",
    "polls",
)
"""What stands first in paths of push, reviews and polls that are no visitor's."""
WITH_A_KEY = {
    ("POST", "/orders"): "orders:write",
    ("POST", "/orders/{number:path}/status"): "order-status:write",
    ("POST", "/order-statuses"): "order-status:write",
    ("GET", "/products/{sku:path}/reviews"): "reviews:read",
}


def test_push_reviews_and_polls_are_managers_and_a_key_reports_orders_and_reads_what_a_product_shows() -> None:
    shop = "/v1/shops/{shop}"
    found = {
        (method, path.removeprefix(shop)): rule
        for (method, path), rule in roles.ROUTES.items()
        if re.split(r"[/.]", path.removeprefix(shop))[1] in MANAGERS_ALONE
    }
    assert len(found) > len(MANAGERS_ALONE)
    assert {rule.roles for rule in found.values()} == {frozenset({"owner", "manager"})}
    product = "GET", "/products/{sku:path}/reviews"
    found[product] = roles.ROUTES["GET", shop + product[1]]
    assert found[product].roles == {"owner", "manager", "operator"}
    assert {route: rule.scope for route, rule in found.items() if rule.scope} == WITH_A_KEY


def test_every_frame_of_operators_has_its_row() -> None:
    union: Any = OperatorFrame
    tags = {str(frame.__struct_config__.tag) for frame in union.__args__ if frame.__name__ != "Hello"}
    assert set(roles.FRAMES) == tags


def test_every_row_admits_somebody() -> None:
    assert all(rule.roles for rule in (*roles.ROUTES.values(), *roles.FRAMES.values()))


@pytest.mark.parametrize(
    ("role", "other", "may"),
    [
        ("owner", "owner", True),
        ("manager", "operator", True),
        ("manager", "manager", False),
        ("operator", "operator", False),
        ("key", "operator", False),
    ],
)
def test_who_looks_after_whom(role: str, other: str, may: bool) -> None:
    assert roles.may_manage(role, other) is may


def test_keys_do_what_their_scopes_say_and_no_role_has_a_scope() -> None:
    rule = roles.ROUTES["GET", "/v1/shops/{shop}/settings"]
    assert rule.admits("key", frozenset({"settings:read"}))
    assert not rule.admits("key", frozenset({"history:read"}))
    assert not roles.ROUTES["PUT", "/v1/shops/{shop}/settings"].admits("key", frozenset(roles.SCOPES))
    assert roles.rule_of("HEAD", "/v1/shops/{shop}/settings") == rule
    assert roles.rule_of("PATCH", "/v1/shops/{shop}/settings") is None
