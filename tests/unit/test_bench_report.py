"""The bench's statistics and its table say what was measured, and no more."""

import math

from tests.benchmarks.figures import latency, medians, percentile
from tests.benchmarks.report import AT_MOST, BEGIN, END, Row, table, verdict, with_ratios, with_table


def test_percentiles_are_values_that_occurred() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert (percentile(values, 0.5), percentile(values, 0.99)) == (51.0, 100.0)
    assert math.isnan(percentile([], 0.5))


def test_latency_is_in_milliseconds() -> None:
    assert latency([0.001, 0.002, 0.003])["p50_ms"] == 2.0


def test_medians_go_by_figure() -> None:
    assert medians([{"a": 1.0, "b": 9.0}, {"a": 3.0, "b": 7.0}, {"a": 2.0, "b": 8.0}]) == {"a": 2.0, "b": 8.0}


def test_an_aim_is_met_from_its_side() -> None:
    assert verdict(Row("x", "x", "msg/s", 5000), 5000) == "yes"
    assert verdict(Row("x", "x", "s", 3, AT_MOST), 3.1) == "**no**"
    assert verdict(Row("x", "x", "ms"), 1) == ""


def test_ratios_need_both_figures() -> None:
    assert "ratio_to_floor" not in with_ratios({"closed_500_per_s": 5000})
    assert with_ratios({"closed_500_per_s": 5000, "saturated_per_s": 10000})["ratio_to_floor"] == 0.5


def test_the_table_has_a_line_for_each_figure_that_there_is() -> None:
    lines = table({"closed_500_per_s": 6000.0, "fsync_ms": 0.2}).splitlines()
    assert len(lines) == 4
    assert "6,000 msg/s" in lines[2]
    assert lines[2].endswith("| yes |")


def test_a_new_table_takes_the_place_of_the_old_and_leaves_the_rest() -> None:
    page = f"# Speed\n{BEGIN}old\n{END}\nMore.\n"
    once = with_table(page, {"fsync_ms": 0.2})
    assert once.startswith("# Speed\n")
    assert once.endswith(f"{END}\nMore.\n")
    assert "old" not in once
    assert with_table(once, {"fsync_ms": 0.2}) == once
