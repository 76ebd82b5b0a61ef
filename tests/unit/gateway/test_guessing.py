"""Who tries addresses can't tell by the time which of them have an account."""

from typing import Any

import pytest
from argon2 import extract_parameters
from starlette.requests import Request

from services.common.staff import hash_password, password_matches
from services.gateway.access import hashing
from services.gateway.access.accounts import Known
from services.gateway.access.hashing import Hashing
from services.gateway.rest.access.door import Door
from services.gateway.rest.problems import Problem

ANN = Known("o_ann", "ann@shop.example", "Ann", "en", hash_password("the right one"))


class Registered:
    """Ann has an account, and nobody else."""

    async def by_email(self, email: str) -> Known | None:
        return ANN if email == ANN.email else None


class Unlimited:
    """Lets everybody try."""

    async def sign_in(self, address: str, email: str) -> float:
        return 0.0


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that passwords are compared with."""
    hashes: list[str] = []

    def noted(password_hash: str, password: str) -> bool:
        hashes.append(password_hash)
        return password_matches(password_hash, password)

    monkeypatch.setattr(hashing, "password_matches", noted)
    return hashes


@pytest.mark.parametrize("email", [ANN.email, "nobody@shop.example"])
async def test_password_is_compared_at_the_same_cost_for_an_address_without_account(
    email: str, compared: list[str]
) -> None:
    unused = dict.fromkeys(("sessions", "factors", "shops"))
    parts: dict[str, Any] = {**unused, "accounts": Registered(), "limits": Unlimited(), "hashing": Hashing()}
    door = Door(**parts)
    request = Request({"type": "http", "headers": [], "client": ("192.0.2.1", 4711)})
    with pytest.raises(Problem, match="wrong") as refused:
        await door.check(request, email, "a wrong guess", None)
    assert refused.value.status == 401
    assert [extract_parameters(one) for one in compared] == [extract_parameters(ANN.password_hash)]


async def test_nobody_has_a_password(compared: list[str]) -> None:
    assert not await Hashing().matches(None, "nobody has this password")
    assert len(compared) == 1
