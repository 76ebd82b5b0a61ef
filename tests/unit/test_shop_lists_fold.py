"""Canned replies and blocks: given the events of a Shop and its Desk, then exactly these rows."""

from uuid import uuid4

from services.projections.rows import BlockRow, CannedReplyRow
from services.projections.shop_lists import ShopListEvent, ShopListsFold
from tests.support.told import START, Told, blocked, reply_deleted, reply_saved, unblocked

REPLY = uuid4()


def fold(*events: ShopListEvent) -> ShopListsFold:
    folded = ShopListsFold()
    for event in events:
        folded.apply(event)
    return folded


def test_changed_reply_has_its_last_words_and_a_deleted_one_none() -> None:
    row = CannedReplyRow(
        shop="demo", id=REPLY, shortcut="hi", texts={"en": "Hi\ufffd"}, author="o_ann", changed_at=START, seq=3
    )
    assert fold(reply_saved(REPLY, "Hello", 2), reply_saved(REPLY, "Hi\0", 3)).replies == {("demo", REPLY): row}
    assert fold(reply_saved(REPLY, "Hello", 2), reply_deleted(REPLY, 3)).replies == {("demo", REPLY): 3}


def test_same_reply_id_in_two_shops_is_two_replies() -> None:
    assert len(fold(reply_saved(REPLY, "Hi", 2), reply_saved(REPLY, "Cześć", 2, "other")).replies) == 2


def test_visitor_is_blocked_until_unblocked_and_may_be_blocked_again() -> None:
    told = Told()
    row = BlockRow(shop="demo", visitor=told.person, conversation=told.id, author="o_ann", at=START, seq=4)
    assert fold(blocked(told, 2), unblocked(told, 3), blocked(told, 4)).blocks == {("demo", told.person): row}
    assert fold(blocked(told, 2), unblocked(told, 3)).blocks == {("demo", told.person): 3}
