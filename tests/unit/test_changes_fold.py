"""The change log: given the events of a Shop, then exactly these rows."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import structs

from contracts import registry
from contracts.conversations.appearance import Invitation
from contracts.conversations.events import SettingsChanged, topic_of
from contracts.conversations.settings import ShopSettings
from services.common.setting_paths import undo_command
from services.projections.changes import ChangeEvent, ChangesFold
from services.projections.rows import ShopRow
from tests.support.told import reply_deleted, reply_saved, settings_changed, shop_created

GOLDEN = Path(__file__).parents[1] / "contracts" / "golden"
REPLY = uuid4()
SHOP = ShopSettings(limit=4, languages=["en", "fr"])


def fold(*events: ChangeEvent, known: ChangesFold | None = None) -> ChangesFold:
    folded = known or ChangesFold({}, {})
    for event in events:
        folded.apply(event)
    return folded


def told(folded: ChangesFold) -> list[tuple[int, int, str, Any, Any]]:
    return [
        (row.seq, row.number, row.what, msgspec.json.decode(row.before), msgspec.json.decode(row.after))
        for row in folded.rows
    ]


def test_created_shop_is_where_changes_are_counted_from() -> None:
    folded = fold(shop_created(SHOP), settings_changed(2, limit=9, welcome={"en": "Hi\0", "fr": "Salut"}))
    assert told(folded) == [
        (2, 1, "limit", 4, 9),
        (2, 2, "welcome.en", None, "Hi\0"),
        (2, 3, "welcome.fr", None, "Salut"),
    ]


def test_settings_that_an_older_release_wrote_are_read_as_its_events_are() -> None:
    golden = (GOLDEN / "shop.settings_changed.v1.json").read_text()
    before = registry.decode("shop.settings_changed.v1", golden.encode())
    assert isinstance(before, SettingsChanged)
    shop = ShopRow(before.originator_id, "demo", "shop.settings_changed.v1", golden, 3)
    known = ChangesFold({shop.id: shop}, {})
    after = structs.replace(before, originator_version=4, settings=structs.replace(before.settings, limit=8))
    assert told(fold(after, known=known)) == [(4, 1, "limit", 3, 8)]
    assert shop.topic == topic_of(SettingsChanged)


def test_event_applied_again_and_settings_saved_unchanged_add_nothing() -> None:
    change = settings_changed(2, limit=9)
    folded = fold(shop_created(SHOP), change, change, settings_changed(3, limit=9))
    assert told(folded) == [(2, 1, "limit", 4, 9)]
    assert [row.seq for row in folded.shops.values()] == [3]


def test_what_is_taken_out_of_a_list_is_kept_with_what_was_there() -> None:
    rules = [Invitation(id=name, name=name, text={"en": "Hello"}) for name in ("first", "second")]
    events = settings_changed(2, invitations=rules), settings_changed(3, invitations=rules[1:], limit=9)
    folded = fold(shop_created(SHOP), *events)
    assert [(row.seq, row.what, row.among) for row in folded.rows] == [
        (2, "invitations.first", None),
        (2, "invitations.second", None),
        (3, "limit", None),
        (3, "invitations.first", '["first","second"]'),
    ]
    assert {row.command for row in folded.rows} == {"settings-1"}


def test_canned_reply_changes_from_what_it_said() -> None:
    folded = fold(reply_saved(REPLY, "Hello", 2), reply_saved(REPLY, "Hi", 3), reply_deleted(REPLY, 4))
    hello, hi = ({"shortcut": "hi", "texts": {"en": text}} for text in ("Hello", "Hi"))
    what = f"canned.{REPLY}"
    assert told(folded) == [(2, 1, what, None, hello), (3, 1, what, hello, hi), (4, 1, what, hi, None)]


def test_undoing_change_names_what_it_undid() -> None:
    events = settings_changed(2, limit=9), settings_changed(3, limit=4, command=undo_command(2, 1, "ab"))
    folded = fold(shop_created(SHOP), *events)
    assert [(row.undoes_seq, row.undoes_number) for row in folded.rows] == [(None, None), (2, 1)]
