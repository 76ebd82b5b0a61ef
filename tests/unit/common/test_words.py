"""The words of a text: what counts as one, and that they gather in whatever groups texts come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import words
from services.common.words import add_texts, add_who, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do you ship to Żywiec?", "do you ship to zywiec"),
        ("Łódź STRASSE Straße Ærø İstanbul", "lodz strasse strasse aero istanbul"),
        ("O'Neill, snake_case; anna@example.org", "o neill snake case anna example org"),
        ("注文したい", "注 文 し た い"),
        ("हिन्दी ภาษาไทย 한국어", "हिन्दी ภาษาไทย 한국어"),
        ("मूल्य ₹१००।", "मूल्य १००"),
        ("ΟΔΥΣΣΕΥΣ 𝚺", "οδυσσευσ σ"),
        ("!?\n\t \u202e ' : & | \\", ""),
        ("x" * 100, "x" * words.LONGEST_WORD),
    ],
)
def test_words_are_without_case_accents_and_signs(text: str, expected: str) -> None:
    assert words_of(text) == words_of(expected)
    assert " ".join(words_of(text)) == " ".join(words_of(expected))


def test_accents_and_case_make_no_difference() -> None:
    assert words_of("ŻÓŁĆ") == words_of("żółć") == words_of("zolc") == ["zolc"]
    assert words_of("café") == words_of("cafe\u0301") == ["cafe"]


def test_column_has_each_word_once_after_a_space() -> None:
    assert add_texts("", ["Hello hello", "World"]) == " hello world"
    assert add_texts(" hello world", ["Hello"]) == " hello world"
    assert add_texts("", ["", "?"]) == ""


def test_any_part_of_a_name_and_any_way_to_write_a_number_is_kept() -> None:
    column = add_who("", "4711", "Zieliński", None, "+48 601 555 018") + " "
    for part in ("4711", "zielinski", "ielin", "nski", "601", "48601555018", "601555018", "555018"):
        assert f" {part}" in column
    assert " ki " not in column


def test_made_up_ids_are_kept_whole_only() -> None:
    assert add_who("", "g_Ab3dEf6hIj9lMn2pQr5tUv") == " g ab3def6hij9lmn2pqr5tuv"


@given(st.lists(st.text(max_size=30), max_size=8), st.integers(0, 8))
def test_texts_may_come_in_any_groups(texts: list[str], cut: int) -> None:
    assert add_texts(add_texts("", texts[:cut]), texts[cut:]) == add_texts("", texts)


@given(st.text(max_size=60))
def test_every_word_stands_alone_and_is_its_own_only_word(text: str) -> None:
    """What is kept can be split at spaces, and means nothing to a text search or to LIKE."""
    for word in words_of(text):
        assert not set(word) & set(" '\\:%_&|!()<>*")
        assert words_of(word) == [word]


def test_more_words_than_an_index_could_hold_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_WORDS", 3)
    assert add_texts("", ["a b c d"]) == " a b c"
    assert add_texts(" a b", ["c d", "a"]) == " a b c"
