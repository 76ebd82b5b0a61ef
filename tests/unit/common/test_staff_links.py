"""Tokens of links that staff get by mail."""

import base64
from uuid import uuid4

import pytest

from services.common.master_key import MasterKey
from services.common.staff_links import StaffLinks

LINKS = StaffLinks(MasterKey(bytes(32)))


def test_link_says_what_was_sealed_to_every_process_with_the_key() -> None:
    id_ = uuid4()
    token = LINKS.make("invitation", id_, 3)
    assert StaffLinks(MasterKey(bytes(32))).read("invitation", token) == (id_, 3)
    assert LINKS.make("invitation", id_, 3) == token


@pytest.mark.parametrize("token", ["", "x", "é", "=" * 59, "A" * 59, "A" * 10_000])
def test_what_we_did_not_seal_is_nothing(token: str) -> None:
    assert LINKS.read("invitation", token) is None


def test_no_bit_of_a_link_can_be_another() -> None:
    token = LINKS.make("invitation", uuid4(), 1)
    raw = base64.urlsafe_b64decode(token + "=")
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert LINKS.read("invitation", base64.urlsafe_b64encode(changed).decode().rstrip("=")) is None
    assert LINKS.read("password_reset", token) is None
    assert StaffLinks(MasterKey(bytes([1]) * 32)).read("invitation", token) is None
