"""Where a fault test may strike."""

import signal

import pytest

from services.common import failpoints


def test_places_deeds_and_counts_are_read() -> None:
    assert failpoints.parse("after_commit:kill:3,before_commit:stop") == {
        "after_commit": (signal.SIGKILL, 3),
        "before_commit": (signal.SIGSTOP, 1),
    }
    assert failpoints.parse("") == {}


@pytest.mark.parametrize(
    "text", ["after_commit", "nowhere:kill", "after_commit:wound", "after_commit:kill:x", "a:b:c:d"]
)
def test_what_cant_be_read_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(failpoints.FailpointError, match="can't be read"):
        failpoints.parse(text)


def test_nothing_happens_where_nothing_is_set() -> None:
    failpoints.hit("after_commit")
