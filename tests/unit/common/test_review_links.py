"""Tokens of links that customers get in mails about reviews."""

import base64
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.common.master_key import MasterKey
from services.common.review_links import ReviewLink, ReviewLinks, UnsubscribeLink

LINKS = ReviewLinks(MasterKey(bytes(32)))
UNTIL = datetime(2026, 12, 22, 10, tzinfo=UTC)


def link(product: str = "") -> ReviewLink:
    return ReviewLink("shoes", uuid4(), uuid4(), "c_" + "x" * 26, int(UNTIL.timestamp()), product)


@pytest.mark.parametrize("product", ["", "mug-340", "Ł/ż ü", "s" * 64])
def test_a_link_says_what_was_sealed_to_every_process_with_the_key(product: str) -> None:
    made = link(product)
    token = LINKS.make(made)
    assert ReviewLinks(MasterKey(bytes(32))).read(ReviewLink, token) == made
    assert LINKS.make(made) == token
    assert made.expires_at == UNTIL
    assert len(token) <= 300


def test_a_link_is_good_for_one_thing_alone() -> None:
    ends = UnsubscribeLink("shoes", "c_x", "pl")
    assert LINKS.read(UnsubscribeLink, LINKS.make(ends)) == ends
    assert LINKS.read(ReviewLink, LINKS.make(ends)) is None
    assert LINKS.read(UnsubscribeLink, LINKS.make(link())) is None
    assert LINKS._seal("review", b"the same") != LINKS._seal("unsubscribe", b"the same")
    assert ReviewLinks(MasterKey(bytes([1]) * 32)).read(UnsubscribeLink, LINKS.make(ends)) is None


@pytest.mark.parametrize("token", ["", "x", "é", "=" * 59, "A" * 59, "A" * 10_000, "a b+/"])
def test_what_we_did_not_seal_is_nothing(token: str) -> None:
    assert LINKS.read(ReviewLink, token) is None


def test_no_bit_of_a_link_can_be_another() -> None:
    token = LINKS.make(link("mug"))
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert LINKS.read(ReviewLink, base64.urlsafe_b64encode(changed).decode().rstrip("=")) is None
