"""The second factor on its tables: codes of the standard, each of which counts once."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from services.common.database import open_pool
from services.common.key_rotation import rotate
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.staff import second_factor_owner_of
from services.gateway.access.second_factor import SecondFactors

OF_THE_STANDARD = b"12345678901234567890"
"""RFC 6238, appendix B; its codes have eight digits, of which ours are the last six."""
CODES = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"}


class Clock:
    now = 59.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def factors(settings: Settings, clock: Clock) -> AsyncIterator[SecondFactors]:
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        yield SecondFactors(pool, MasterKey.load(settings), clock)


def execute(settings: Settings, query: str, *values: Any) -> list[Any]:
    with psycopg.connect(settings.dsn_of("keys")) as connection:
        cursor = connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []


async def on(settings: Settings, factors: SecondFactors, account: str = "o_ann") -> list[str]:
    """Turned on with the secret of the standard, at its first instant."""
    await factors.begin(account)
    wrapped = MasterKey.load(settings).wrap(OF_THE_STANDARD, second_factor_owner_of(account))
    execute(settings, "UPDATE staff_second_factor SET wrapped = %s WHERE account = %s", wrapped, account)
    codes = await factors.confirm(account, CODES[59])
    assert codes is not None
    return codes


async def test_codes_are_those_of_the_standard_and_count_once(
    settings: Settings, factors: SecondFactors, clock: Clock
) -> None:
    await on(settings, factors)
    assert not await factors.check("o_ann", CODES[59])  # it turned it on
    for at, code in list(CODES.items())[1:]:
        clock.now = at + 29.0  # a phone that is a step behind
        assert not await factors.check("o_ann", "000000")
        both = await asyncio.gather(factors.check("o_ann", f"{code[:3]} {code[3:]}"), factors.check("o_ann", code))
        assert sorted(map(str, both)) == ["None", "app"]
    clock.now = 1111111109.0  # nor does the past come back with a clock that was set back
    assert not await factors.check("o_ann", CODES[1111111109])


async def test_secret_counts_for_nothing_until_a_code_of_it_was_shown(factors: SecondFactors) -> None:
    first = await factors.begin("o_ann")
    second = await factors.begin("o_ann")
    assert None is not first != second
    assert await factors.confirm("o_ann", "000000") is None
    assert await factors.state("o_ann") is None
    assert await factors.have(["o_ann", "o_bob"]) == frozenset()
    assert not await factors.check("o_ann", "")
    assert await factors.renew_codes("o_ann") is None


async def test_recovery_codes_open_once_however_they_are_typed(settings: Settings, factors: SecondFactors) -> None:
    codes = await on(settings, factors)
    assert await factors.begin("o_ann") is None
    assert await factors.check("o_ann", codes[0].upper().replace("-", " ").replace("0", "O")) == "recovery"
    assert not await factors.check("o_ann", codes[0])
    assert not await factors.check("o_bob", codes[1])
    state = await factors.state("o_ann")
    assert state is not None
    assert state.codes_left == 7
    fresh = await factors.renew_codes("o_ann")
    assert fresh is not None
    assert not await factors.check("o_ann", codes[1])
    assert await factors.check("o_ann", fresh[1])
    stored = str(execute(settings, "SELECT * FROM staff_recovery_code"))
    assert not any(code.replace("-", "") in stored for code in fresh)
    assert await factors.off("o_ann")
    assert not await factors.check("o_ann", fresh[2])
    assert execute(settings, "SELECT FROM staff_recovery_code") == []


async def test_secrets_are_wrapped_and_go_along_with_another_master_key(
    settings: Settings, factors: SecondFactors, clock: Clock
) -> None:
    await on(settings, factors)
    ((wrapped,),) = execute(settings, "SELECT wrapped FROM staff_second_factor")
    assert OF_THE_STANDARD not in bytes(wrapped)
    before = base64.b64decode(settings.master_key.get_secret_value()) if settings.master_key else b""
    fresh = MasterKey(bytes([7]) * 32, others=[before])
    with psycopg.connect(settings.dsn_of("keys"), autocommit=True) as connection:
        assert rotate(connection, fresh, lambda _: None) == 1
    clock.now = 1111111109.0
    async with await open_pool(settings.dsn_of("keys"), "test") as pool:
        assert await SecondFactors(pool, MasterKey(bytes([7]) * 32), clock).check("o_ann", CODES[1111111109])
