"""What a shop's widget shows: texts, colours and privacy in the visitor's language, and who needs to agree."""

import pytest
from msgspec import UNSET

from contracts.conversations.appearance import ColourPair, Colours, Invitation, Privacy
from contracts.conversations.settings import ShopSettings
from services.gateway.appearance import appearance, invitations, needs_consent, privacy

NOTICE = {"en": "We keep it a year.", "fr": "Nous le gardons un an."}


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr-CA", "fr"), ("FR", "fr"), ("PT_BR", "pt-BR"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"), ("de", "en"), ("", "en")],
)
def test_appearance_speaks_the_nearest_language(locale: str, language: str) -> None:
    assert appearance(ShopSettings(languages=["en", "fr", "pt-BR"]), locale).language == language


def test_what_a_shop_has_not_set_is_not_sent() -> None:
    shown = appearance(ShopSettings(), "en")
    assert (shown.colours, shown.privacy, shown.attachments) == (UNSET, UNSET, True)


def test_colours_that_are_set_are_sent() -> None:
    shown = appearance(ShopSettings(colours=Colours(visitor=ColourPair(background="#204060"))), "en")
    assert shown.colours is not UNSET
    assert (shown.colours.visitor.background, shown.colours.header.background) == ("#204060", "")


def test_notice_speaks_the_visitors_language_else_the_shops_first() -> None:
    settings = ShopSettings(languages=["en", "fr", "pl"], privacy=Privacy(notice=NOTICE, link="https://shop.example/p"))
    told = [privacy(settings, locale) for locale in ("fr", "pl")]
    assert [one.notice for one in told if one is not UNSET] == [NOTICE["fr"], NOTICE["en"]]


@pytest.mark.parametrize(
    ("notice", "consent", "locale", "needed"),
    [
        (NOTICE, True, "fr", True),
        (NOTICE, False, "fr", False),
        ({}, True, "fr", False),
        ({"fr": "Nous le gardons un an."}, True, "fr", True),
        ({"fr": "Nous le gardons un an."}, True, "en", True),
    ],
)
def test_consent_is_needed_where_there_is_something_to_agree_to(
    notice: dict[str, str], consent: bool, locale: str, needed: bool
) -> None:
    settings = ShopSettings(languages=["en", "fr"], privacy=Privacy(notice=notice, consent=consent))
    assert needs_consent(settings, locale) is needed


def test_rules_that_are_off_or_say_nothing_are_left_out() -> None:
    rules = [
        Invitation(id="mugs", name="Mugs", page="/mugs/*", after=5, text={"en": "Which mug?", "fr": "Quelle tasse ?"}),
        Invitation(id="off", name="Off", on=False, text={"en": "Never"}),
        Invitation(id="mute", name="Mute"),
        Invitation(id="cart", name="Cart", cart=90.0, text={"en": "A big one"}),
    ]
    shown = invitations(ShopSettings(languages=["en", "fr"], invitations=rules), "fr")
    assert [(one.id, one.text, one.after, one.cart) for one in shown] == [
        ("mugs", "Quelle tasse ?", 5, None),
        ("cart", "A big one", 30, 90.0),
    ]
