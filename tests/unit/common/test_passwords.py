"""What may be set as a password."""

import pytest

from services.common.passwords import BadPassword, check, normal
from services.common.staff import hash_password, password_matches


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevensigns", "too_short"),
        ("é" * 300, "too_long"),
        ("password1234", "common"),
        ("Password2026!", "common"),
        ("qwerty123456", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("abcabcabcabcabc", "common"),
        ("footballfootball", "common"),
        ("abcdefghijklm", "common"),
        ("123456789012", "common"),
        ("maja.kowalczyk1", "personal"),
        ("MorrowShopbell1!", "personal"),
    ],
)
def test_bad_passwords_are_refused_for_their_reason(password: str, reason: str) -> None:
    with pytest.raises(BadPassword) as refused:
        check(password, ["maja.kowalczyk@shop.example", "Maja Kowalczyk", "morrow"])
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "a-long-password", "żółta łódź podwodna", "xK9#mQ2$vL7p", "maja likes the harbour"],
)
def test_long_ones_that_nobody_tries_are_taken_without_rules_about_signs(password: str) -> None:
    check(password, ["maja.kowalczyk@shop.example", "Maja Kowalczyk", "morrow"])


def test_password_counts_in_every_spelling_of_its_letters() -> None:
    composed, apart = "z\u00f3\u0142ty parasol", "zo\u0301\u0142ty parasol"
    assert composed != apart
    assert normal(apart) == composed
    hashed = hash_password(apart)
    assert password_matches(hashed, composed)
    assert password_matches(hashed, apart)
    assert not password_matches(hashed, "another one")
