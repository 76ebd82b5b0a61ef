"""Which of the languages spoken is for whom."""

import pytest

from services.common.languages import nearest


@pytest.mark.parametrize(
    ("wanted", "spoken", "expected"),
    [
        ("pl-PL", ["en", "pl"], "pl"),
        ("fr_CA", ["fr", "fr-CA"], "fr-CA"),
        ("pt", ["en", "pt-BR", "pt-PT"], "pt-BR"),
        ("pt-AO", ["pt-BR", "pt"], "pt"),
        ("de", ["en", "fr"], None),
        ("en", [], None),
    ],
)
def test_region_falls_back_to_its_language(wanted: str, spoken: list[str], expected: str | None) -> None:
    assert nearest(wanted, spoken) == expected
