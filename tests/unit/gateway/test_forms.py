"""Forms: what is asked, what is taken, and what is said about the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.conversations.settings import FieldRule, FormFields
from services.gateway import forms
from services.gateway.access.visitor_ids import Identity
from services.gateway.forms import BadForm, checked, still_to_ask

ASKED = FieldRule(requested=True)
NEEDED = FieldRule(requested=True, required=True)
ALL = FormFields(first_name=ASKED, last_name=ASKED, email=NEEDED, phone=ASKED, message=NEEDED)
ENOUGH = {"email": "a@b.example", "message": "Hello"}


def wrong(rules: FormFields, **given: str) -> list[tuple[str, str]]:
    with pytest.raises(BadForm) as caught:
        checked(rules, given)
    return [(one.field, one.reason) for one in caught.value.wrong]


def test_answers_come_in_their_one_spelling_and_empty_ones_not_at_all() -> None:
    answers = checked(
        ALL, {"first_name": "  Zoe\u0308 ", "last_name": " ", "email": "Zoe@Köln.EXAMPLE", "message": "Hi\nthere"}
    )
    assert answers == {"first_name": "Zoë", "email": "Zoe@köln.example", "message": "Hi\nthere"}


def test_all_that_is_missing_is_named_in_the_order_of_the_form() -> None:
    assert wrong(ALL) == [("email", "required"), ("message", "required")]


def test_what_was_not_asked_for_is_not_taken() -> None:
    assert wrong(FormFields(message=NEEDED), message="Hi", phone="123", address="x") == [
        ("phone", "not_asked"),
        ("address", "not_asked"),
    ]
    assert checked(FormFields(message=NEEDED), {"message": "Hi", "phone": ""}) == {"message": "Hi"}


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("first_name", "Eve\nBcc: all@b.example", "invalid"),
        ("first_name", "a\u202egnp.exe", "invalid"),
        ("last_name", "x" * 101, "too_long"),
        ("last_name", "a\x00b", "invalid"),
        ("email", "nobody", "invalid"),
        ("email", "a@b", "invalid"),
        ("email", "a@b.example, c@d.example", "invalid"),
        ("email", "Eve <a@b.example>", "invalid"),
        ("email", "a@b.example\r\nBcc: c@d.example", "invalid"),
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example", "too_long"),
        ("phone", "call me", "invalid"),
        ("phone", "+4", "invalid"),
        ("phone", "+48 601\n555 018", "invalid"),
        ("message", "x" * 4_001, "too_long"),
        ("message", "a\x07b", "invalid"),
    ],
)
def test_what_can_not_be_taken_is_named(field: str, text: str, reason: str) -> None:
    assert wrong(ALL, **{**ENOUGH, field: text}) == [(field, reason)]


@pytest.mark.parametrize(
    "address", ["zażółć@gęśl.example", "用户@例子.example", "o'brien+x@b.co.uk", "δοκιμή@παράδειγμα.example"]
)
def test_addresses_of_all_alphabets_are_taken(address: str) -> None:
    assert checked(ALL, {**ENOUGH, "email": address})["email"] == address


@pytest.mark.parametrize("phone", ["+48 601 555 018", "(0171) 555-0182", "601.555.018 x 12", "٠١٢٣٤٥"])
def test_numbers_are_taken_as_people_write_them(phone: str) -> None:
    assert checked(ALL, {**ENOUGH, "phone": phone})["phone"] == phone


def test_what_the_shop_vouches_for_is_not_asked_again() -> None:
    rules = FormFields(first_name=NEEDED, email=NEEDED, phone=ASKED, message=NEEDED)
    anna = Identity("4711", "Anna K.", email="anna@b.example")
    assert still_to_ask(rules, anna) == FormFields(phone=ASKED, message=NEEDED)
    assert still_to_ask(FormFields(email=NEEDED), anna) is None
    assert still_to_ask(rules, None) == rules
    assert checked(rules, {"message": "Hi"}, forms.vouched(anna)) == {"message": "Hi"}


@given(st.dictionaries(st.sampled_from([*forms.NAMES, "x"]), st.text(max_size=50)))
def test_anything_is_taken_or_refused_and_nothing_breaks_a_line(filled_in: dict[str, str]) -> None:
    try:
        answers = checked(ALL, filled_in)
    except BadForm:
        return
    assert not any("\n" in text or "\r" in text for name, text in answers.items() if name != "message")
