"""Settings by their paths: what differs, and putting one of them back."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from contracts.conversations.appearance import ColourPair, Colours, Invitation, Privacy
from contracts.conversations.departments import Department
from contracts.conversations.opening_hours import ExceptionalDay, OpeningHours, Span
from contracts.conversations.settings import FieldRule, FormFields, MailSettings, MailTemplate, ShopSettings
from services.common.setting_paths import among, changes, replaced, undo_command, undone_by_command, value_at

DAY = [Span(opens="09:00", closes="17:00")]
PLAIN = ShopSettings(languages=["en", "fr"], welcome={"en": "Hello"})
HOURS = OpeningHours(week=[DAY] * 7, exceptions=[ExceptionalDay(date="2026-12-24")])
RICH = ShopSettings(
    limit=7,
    languages=["en", "fr"],
    welcome={"en": "Hello", "fr": "Bonjour"},
    hours=HOURS,
    colours=Colours(header=ColourPair(background="#102030")),
    privacy=Privacy(notice={"en": "We keep it a year."}, consent=True),
    chat_fields=FormFields(email=FieldRule(requested=True)),
    departments=[Department(id="shop", name="Shop"), Department(id="after-sales", name="After-sales")],
    invitations=[Invitation(id="cart", name="Full cart", cart=50.0, text={"en": "Any questions?"})],
    mail=MailSettings(notify="desk@shop.example", templates={"answer.en": MailTemplate(subject="Hi")}),
)


def test_nothing_differs_between_equal_settings() -> None:
    assert changes(RICH, RICH) == {}


def test_each_setting_that_differs_is_named_once_with_both_values() -> None:
    found = changes(PLAIN, RICH)
    assert set(found) == {
        "limit",
        "welcome.fr",
        "hours",
        "colours.header.background",
        "privacy.notice.en",
        "privacy.consent",
        "chat_fields.email",
        "departments.shop",
        "departments.after-sales",
        "invitations.cart",
        "mail.notify",
        "mail.templates.answer.en",
    }
    assert found["limit"] == (4, 7)
    assert found["welcome.fr"] == (None, "Bonjour")
    assert found["hours"] == (None, msgspec.to_builtins(HOURS))


def test_of_hours_that_stay_each_day_is_a_change() -> None:
    later = OpeningHours(week=[*HOURS.week[:5], [], DAY], exceptions=[ExceptionalDay(date="2026-12-25")])
    assert changes(RICH, msgspec.structs.replace(RICH, hours=later)) == {
        "hours.week.5": ([{"opens": "09:00", "closes": "17:00"}], []),
        "hours.exceptions.2026-12-24": ({"date": "2026-12-24", "hours": []}, None),
        "hours.exceptions.2026-12-25": (None, {"date": "2026-12-25", "hours": []}),
    }


RULES = [Invitation(id=name, name=name, text={"en": "Hello"}) for name in ("first", "second", "third")]
INVITING = msgspec.structs.replace(PLAIN, invitations=RULES)
TURNED = msgspec.structs.replace(PLAIN, invitations=[RULES[2], RULES[0], RULES[1]])
LAST = msgspec.structs.replace(PLAIN, invitations=RULES[2:])


def test_order_of_what_stays_in_a_list_is_a_change() -> None:
    ids = [one.id for one in RULES]
    assert changes(INVITING, TURNED) == {"invitations": (ids, ["third", "first", "second"])}
    assert set(changes(INVITING, LAST)) == {"invitations.first", "invitations.second"}
    assert among(INVITING, "invitations.second") == ids
    assert among(INVITING, "invitations") is among(RICH, "hours.exceptions.2026-12-24") is None


@pytest.mark.parametrize("names", [("first", "second"), ("second", "first")])
def test_what_is_put_back_into_a_list_comes_where_it_was(names: tuple[str, ...]) -> None:
    settings = LAST
    for name in names:
        old, _ = changes(INVITING, LAST)[f"invitations.{name}"]
        settings = with_value(settings, f"invitations.{name}", old, among(INVITING, f"invitations.{name}"))
    assert settings == INVITING


@pytest.mark.parametrize(
    ("before", "after"),
    [(PLAIN, RICH), (RICH, PLAIN), (INVITING, TURNED), (TURNED, INVITING), (INVITING, LAST), (LAST, INVITING)],
)
def test_putting_back_every_change_restores_the_settings(before: ShopSettings, after: ShopSettings) -> None:
    settings = after
    for path, (old, new) in changes(before, after).items():
        assert value_at(settings, path) == new
        settings = with_value(settings, path, old, among(before, path))
        assert value_at(settings, path) == old
    assert settings == before


def test_changed_department_keeps_its_place() -> None:
    renamed = with_value(RICH, "departments.shop", {"id": "shop", "name": "Counter", "operators": []})
    assert [one.name for one in renamed.departments] == ["Counter", "After-sales"]


def test_day_of_hours_that_are_gone_has_no_place() -> None:
    with pytest.raises(LookupError):
        replaced(PLAIN, "hours.week.5", [])


def test_command_that_undoes_says_what() -> None:
    assert undone_by_command(undo_command(12, 3, "0af")) == (12, 3)
    assert undone_by_command("settings-12-3-0af") is None


def with_value(settings: ShopSettings, path: str, value: Any, former: Sequence[str] | None = None) -> ShopSettings:
    top, member = replaced(settings, path, value, former or ())
    return msgspec.convert({**msgspec.to_builtins(settings), top: member}, ShopSettings)
