"""The table of what is proved."""

from tests.support.features import table


def test_rows_stand_in_the_order_of_the_feature_list() -> None:
    written = table({"A10": ["t.py::a"], "B3": ["t.py::c"], "A2": ["t.py::a", "t.py::b"]})
    rows = [line.split()[1] for line in written.splitlines() if "`" in line and line.startswith("| ")]
    assert rows == ["A2", "A10", "B3"]
    assert "`t.py::a`<br>`t.py::b`" in written
