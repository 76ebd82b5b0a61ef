"""Sealing: what was sealed opens again, for the same person and field only, and not if a byte changed."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.conversations.commands import RateConversation, StartConversation
from services.common.master_key import MasterKey, WrongMasterKey
from services.common.person_keys import PersonKey, Unreadable, open_fields, seal_fields

CONVERSATION = UUID("0191c0de-0000-7000-8000-000000000001")
ANNA = PersonKey("demo", "g_anna", bytes(range(32)))
texts = st.text(st.characters(codec="utf-8"), max_size=200)


@given(text=texts, field=st.sampled_from(["text", "name", "email"]))
def test_sealed_text_opens_again(text: str, field: str) -> None:
    sealed = ANNA.seal(text, field)
    assert ANNA.open(sealed, field) == text
    assert set(sealed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_same_text_twice_is_sealed_differently() -> None:
    assert ANNA.seal("hello", "text") != ANNA.seal("hello", "text")


@given(text=texts, data=st.data())
def test_changed_sealed_text_does_not_open(text: str, data: st.DataObject) -> None:
    sealed = ANNA.seal(text, "text")
    raw = bytearray(base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        ANNA.open(base64.urlsafe_b64encode(raw).decode().rstrip("="), "text")


@pytest.mark.parametrize(
    "other",
    [
        PersonKey("demo", "g_bert", bytes(range(32))),
        PersonKey("other", "g_anna", bytes(range(32))),
        PersonKey("demo", "g_anna", bytes(32)),
    ],
)
def test_another_persons_shops_or_key_does_not_open(other: PersonKey) -> None:
    with pytest.raises(Unreadable):
        other.open(ANNA.seal("hello", "text"), "text")


def test_another_field_does_not_open() -> None:
    with pytest.raises(Unreadable):
        ANNA.open(ANNA.seal("anna@example.org", "email"), "name")


@given(junk=st.text(max_size=80))
def test_junk_does_not_open(junk: str) -> None:
    with pytest.raises(Unreadable):
        ANNA.open(junk, "text")


@given(parts=st.lists(st.none() | texts), others=st.lists(st.none() | texts))
def test_digests_are_equal_only_for_equal_parts(parts: list[str | None], others: list[str | None]) -> None:
    assert (ANNA.digest(*parts) == ANNA.digest(*others)) == (parts == others)


def test_digest_depends_on_the_person_key_and_on_where_parts_end() -> None:
    assert ANNA.digest("ab", "c") != ANNA.digest("a", "bc")
    assert ANNA.digest("", None) != ANNA.digest(None, "")
    assert ANNA.digest("a") != PersonKey("demo", "g_anna", bytes(32)).digest("a")
    assert len(ANNA.digest("a")) == 22


def test_struct_is_sealed_in_its_personal_fields_alone() -> None:
    start = StartConversation(
        id="start-0001",
        shop="demo",
        sender_kind="visitor",
        sender="g_0",
        conversation=CONVERSATION,
        visitor="g_anna",
        origin="o",
        name="Anna",
        text="Do you ship to Żywiec?",
    )
    sealed = seal_fields(start, ANNA)
    assert (sealed.id, sealed.visitor, sealed.locale, sealed.email) == ("start-0001", "g_anna", "en", None)
    assert "Anna" not in str(sealed)
    assert "Żywiec" not in str(sealed)
    assert open_fields(sealed, ANNA) == start


def test_struct_without_personal_values_stays_as_it_is() -> None:
    rate = RateConversation(
        id="rate-0001", shop="demo", sender_kind="visitor", sender="g_anna", conversation=CONVERSATION, score=5
    )
    assert seal_fields(rate, ANNA) is rate
    assert open_fields(rate, ANNA) is rate


def test_derived_secrets_differ_by_purpose_and_by_master_key() -> None:
    master = MasterKey(bytes(range(32)))
    assert master.derive("tokens") == MasterKey(bytes(range(32))).derive("tokens")
    assert len({master.derive("tokens"), master.derive("guest-ids"), MasterKey(bytes(32)).derive("tokens")}) == 3
    assert len(master.derive("tokens")) == 32


def test_wrapped_secret_opens_for_its_owner_under_its_master_key_only() -> None:
    master = MasterKey(bytes(range(32)))
    wrapped = master.wrap(b"secret", b"demo|g_anna")
    assert master.unwrap(wrapped, b"demo|g_anna") == b"secret"
    for wrong_master, owner in [(master, b"demo|g_bert"), (MasterKey(bytes(32)), b"demo|g_anna")]:
        with pytest.raises(WrongMasterKey):
            wrong_master.unwrap(wrapped, owner)
    with pytest.raises(WrongMasterKey):
        master.unwrap(b"", b"demo|g_anna")
