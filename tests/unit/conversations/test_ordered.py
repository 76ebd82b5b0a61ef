"""Whatever is put in, taken out or renumbered: the first is the one of the lowest number."""

from hypothesis import given
from hypothesis import strategies as st

from services.conversations.domain.ordered import Ordered

NAMES = st.sampled_from("abcdef")
STEPS = st.lists(st.tuples(st.sampled_from(["put", "put", "discard"]), NAMES, st.integers(0, 9)), max_size=300)


@given(STEPS, NAMES)
def test_first_is_always_the_lowest(steps: list[tuple[str, str, int]], but_not: str) -> None:
    ordered: Ordered[str] = Ordered()
    book: dict[str, int] = {}
    for step, name, number in steps:
        if step == "put":
            ordered.put(name, number)
            book[name] = number
        else:
            ordered.discard(name)
            book.pop(name, None)
        in_order = sorted(book, key=lambda one: (book[one], one))
        assert ordered.first() == next(iter(in_order), None)
        assert ordered.first(but_not) == next((one for one in in_order if one != but_not), None)
        assert ordered.head(len(ordered)) == in_order
        assert ordered == Ordered(book.items())


def test_leftovers_do_not_pile_up() -> None:
    ordered: Ordered[str] = Ordered([("first", 0)])
    for number in range(10_000):
        ordered.put("second", number)
    assert len(ordered._heap) < 100
