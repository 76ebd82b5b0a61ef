"""The mails that ask for reviews."""

import re
from datetime import timedelta
from typing import Any

import pytest

from contracts.conversations.settings import MailTemplate
from contracts.engagement.review_events import ReviewRequestIssued
from contracts.engagement.reviews import OrderItem, ReviewRules, Step
from contracts.ids import order_id
from services.common.mail_templates import BadTemplate, check_template
from services.common.master_key import MasterKey
from services.common.review_links import ReviewLink, ReviewLinks, UnsubscribeLink, trial_language
from services.notifier.letters.letter import Letter, Unsendable
from services.notifier.letters.review import Asked, compose
from services.notifier.message import build
from services.notifier.rendering import Written, render
from services.notifier.reviews.trying import Trial, TrialSource
from tests.unit.notifier.letters import AGGREGATE, MAIL, NOON, event, mail_settings, office

LINKS = ReviewLinks(MasterKey(bytes(32)))
MUG = OrderItem(sku="mug", name="Tide mug", variant="340 ml", image="https://www.morrow.example/mug.png")
BOWL = OrderItem(sku="bowl", name="Salt <bowl>")
UNTIL = NOON + timedelta(days=60)


def issued(**fields: Any) -> ReviewRequestIssued:
    wanted: dict[str, Any] = {
        "order": order_id("morrow", "20418"),
        "number": "20418",
        "step": "request",
        "person": "c_hannah",
        "mode": "placed",
        "items": [MUG, BOWL],
        "language": "en",
        "expires_at": UNTIL,
        "email": "hannah.weiss@posteo.example",
        "name": "Hannah Weiss",
    }
    made: ReviewRequestIssued = event(ReviewRequestIssued, **{**wanted, **fields})
    return made


def letter(rated: tuple[OrderItem, ...] = (), **fields: Any) -> Letter:
    placed_at = NOON - timedelta(days=14)
    asked = Asked(issued(**fields), placed_at, placed_at + timedelta(days=4), rated)
    return compose(asked, office(), LINKS)


def written(**fields: Any) -> Written:
    return render(letter(**fields))


def tokens(said: str) -> list[str]:
    return re.findall(r"/review#([\w-]+(?:/\d)?)", said)


def test_mail_after_the_order_has_a_link_for_each_product_and_each_star() -> None:
    mail = written()
    assert mail.subject == "How are your new things?"
    assert "How are they, Hannah?" in mail.text
    assert "You ordered them on 8 November 2026." in mail.text
    products = [LINKS.read(ReviewLink, token) for token in tokens(mail.text)]
    assert [(link.product, link.request, link.expires_at) for link in products if link] == [
        ("mug", AGGREGATE, UNTIL),
        ("bowl", AGGREGATE, UNTIL),
    ]
    stars = [token.rpartition("/")[::2] for token in tokens(mail.html)]
    assert stars == [(token, str(star)) for token in tokens(mail.text) for star in range(1, 6)]
    assert "Salt &lt;bowl&gt;" in mail.html
    assert 'src="https://www.morrow.example/mug.png"' in mail.html


def test_mail_after_delivery_has_one_link_to_a_form_of_all() -> None:
    mail = written(mode="received")
    assert "Order 20418 has been with you since 12 November 2026." in mail.text
    (token,) = tokens(mail.text)
    assert tokens(mail.html) == [token]
    link = LINKS.read(ReviewLink, token)
    assert link is not None
    assert (link.shop, link.order, link.person, link.product) == (
        "morrow",
        order_id("morrow", "20418"),
        "c_hannah",
        "",
    )


def test_one_product_is_called_by_its_name() -> None:
    assert written(items=[MUG]).subject == "How is the Tide mug?"
    assert written(items=[MUG], language="pl").subject == "Jak się sprawuje: Tide mug?"
    assert written(items=[MUG], language="fr-CA").subject.startswith("Que pensez-vous de")
    assert written(items=[MUG], language="de").subject == "How is the Tide mug?"  # the shop's first language


def test_reminder_says_that_it_is_the_only_one_and_what_is_rated() -> None:
    mail = written(step="reminder", items=[MUG], rated=(BOWL,))
    assert mail.subject == "Still time to say how the Tide mug is"
    assert "This is the only reminder. Rated already, thank you: Salt <bowl>." in mail.text
    assert "Order 20418, link until 21 January 2027." in mail.text


@pytest.mark.parametrize("language", ["en", "fr", "pl"])
@pytest.mark.parametrize("mode", ["placed", "received"])
@pytest.mark.parametrize("step", ["request", "reminder"])
def test_every_mail_offers_the_way_out_in_its_foot_and_its_head(language: str, mode: str, step: str) -> None:
    one = letter(language=language, mode=mode, step=step, name=None, mailbox="m_hannah")
    mail = render(one)
    assert UnsubscribeLink("morrow", "c_hannah", language, "m_hannah") == LINKS.read(
        UnsubscribeLink, one.unsubscribe.rpartition("/")[2]
    )
    assert one.unsubscribe.startswith("https://bell.morrow.example/v1/unsubscribe/")
    assert one.unsubscribe in mail.text
    assert one.unsubscribe in mail.html
    wire = build(one, mail, MAIL).decode()
    assert f"List-Unsubscribe: <{one.unsubscribe}>" in wire.replace("\r\n ", " ")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in wire
    assert "{" not in mail.text


def test_own_words_have_all_values_and_must_have_the_way_out() -> None:
    own = "{{ name }}: {% for one in products %}{{ one.title }} {{ one.link }} {% endfor %}{{ unsubscribe_url }}"
    check_template("review_request", "text", own)
    template = MailTemplate(text=own)
    settings = mail_settings(templates={"review_request.en": template})
    placed_at = NOON - timedelta(days=14)
    made = compose(Asked(issued(), placed_at, None, ()), office(mail=settings), LINKS)
    assert render(made).text.startswith("Hannah Weiss: Tide mug, 340 ml https://bell.morrow.example/review#")
    for hidden in ("{% if false %}{{ unsubscribe_url }}{% endif %}", "{% if name %}{{ unsubscribe_url }}{% endif %}"):
        with pytest.raises(BadTemplate, match="unsubscribe_url"):
            check_template("review_request", "html", hidden)
    with pytest.raises(BadTemplate, match="unsubscribe_url"):
        check_template("review_reminder", "html", "<p>{{ name }}</p>")
    check_template("review_reminder", "subject", "{{ number }}")


@pytest.mark.parametrize(("step", "rated"), [("request", False), ("reminder", True)])
def test_what_staff_send_to_themselves_is_the_customers_mail_with_a_mark_and_links_to_nothing(
    step: Step, rated: bool
) -> None:
    own = mail_settings(templates={f"review_{step}.fr": MailTemplate(subject="Alors, {{ name }}, le {{ number }} ?")})
    wanted = Trial(step, "placed", "fr", "maja@morrow.example", "Maja Kowalczyk")
    made = TrialSource(wanted, [], ReviewRules(), office(mail=own)).letter()
    mail = render(made)
    assert mail.subject == "[Essai] Alors, Maja Kowalczyk, le 1234 ?"
    assert made.to.spec == "maja@morrow.example"
    assert {token.partition("/")[0] for token in tokens(mail.text + "\n" + mail.html)} == {"test-fr"}
    assert made.unsubscribe == "https://bell.morrow.example/v1/unsubscribe/test-fr"
    assert ("Déjà évalué, merci\u00a0: Tasse (exemple)" in mail.text) == rated
    assert "Bol (exemple)" in mail.text
    assert (trial_language("test-fr"), trial_language(LINKS.make(UnsubscribeLink("a", "b")))) == ("fr", None)


def test_nothing_is_sent_that_leads_nowhere() -> None:
    with pytest.raises(Unsendable):
        letter(email="nobody")
