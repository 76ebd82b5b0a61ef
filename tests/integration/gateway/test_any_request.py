"""Every documented REST route, with values that nobody would think of: a clear answer, never a fault of ours."""

import asyncio
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.core.result import Ok

from services.gateway.rest.openapi import document
from tests.integration.gateway.conftest import Shop
from tests.support.protocol_client import sign_in

EXAMPLES = 6
"""Of each route; the same in each run, so that a change is to blame for what a run finds."""
SECONDS = 20
"""Until a route must have answered: streams and password hashes are slow on a busy machine."""


@pytest.mark.feature("C6")
@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_no_request_is_answered_with_a_fault_of_ours(shop: Shop) -> None:
    schema = schemathesis.openapi.from_dict(document())
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        # Some end the session that they came with.
        cookie = await sign_in(shop.a, shop.email, shop.password)
        faults = await asyncio.to_thread(faults_of, operation, shop, cookie)
        assert not faults, faults
    visitor = await shop.visitor()
    assert visitor.welcome is not None


def faults_of(operation: Any, shop: Shop, cookie: str) -> list[str]:
    """What went wrong on a route, in words."""
    faults: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Case[Any]) -> None:
        if "shop" in case.path_parameters:
            case.path_parameters["shop"] = shop.id
        headers = {"Cookie": cookie, "Origin": shop.a}
        answer = case.call(base_url=shop.a, headers=headers, timeout=SECONDS, allow_redirects=False)
        if answer.status_code >= 500:
            faults.append(f"{case.method} {case.formatted_path}: {answer.status_code} {answer.text[:200]}")
        elif answer.status_code >= 400 and not answer.headers.get("content-type", [""])[0].startswith(
            "application/problem+json"
        ):
            faults.append(f"{case.method} {case.formatted_path}: {answer.status_code} is no problem document")

    ask()
    return faults
