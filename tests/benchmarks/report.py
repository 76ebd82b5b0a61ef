"""What was found, beside what was aimed at: one JSON file and one table."""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "latest.json"
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- benchmark table -->\n", "<!-- end of the table -->"

AT_LEAST, AT_MOST = "≥", "≤"


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure by name, and its aim if it has one."""

    figure: str
    name: str
    unit: str
    aim: float | None = None
    sense: str = AT_LEAST


ROWS = (
    Row("closed_50_per_s", "50 conversations, closed loop, stored and delivered", "msg/s", 5000),
    Row("closed_500_per_s", "500 conversations, closed loop", "msg/s", 5000),
    Row("ratio_to_floor", "the same, to the floor of this run", "×", 0.5),
    Row("ratio_to_bare", "the same, to the floor without nats-py's acknowledgements", "×"),
    Row("ratio_to_naive", "the same, to one save and one publish a message", "×", 15),
    Row("at_10_p50_ms", "send → other side at 10 msg/s, p50", "ms", 4, AT_MOST),
    Row("at_10_p99_ms", "at 10 msg/s, p99", "ms", 12, AT_MOST),
    Row("at_200_p50_ms", "at 200 msg/s, p50", "ms", 4, AT_MOST),
    Row("at_200_p99_ms", "at 200 msg/s, p99", "ms", 12, AT_MOST),
    Row("at_1000_p50_ms", "at 1,000 msg/s, p50", "ms"),
    Row("at_1000_p99_ms", "at 1,000 msg/s, p99", "ms"),
    Row("crowd_closed_500_per_s", "500 conversations beside 10,000 open ones", "msg/s"),
    Row("crowd_ratio", "the same, to without them", "×", 0.8),
    Row("crowd_at_200_p50_ms", "at 200 msg/s beside 10,000, p50", "ms"),
    Row("crowd_at_200_p99_ms", "at 200 msg/s beside 10,000, p99", "ms"),
    Row("past_closed_500_per_s", "500 conversations on a log of 1 million events", "msg/s"),
    Row("past_ratio", "the same, to an empty log", "×", 0.8),
    Row("past_at_200_p50_ms", "at 200 msg/s on 1 million events, p50", "ms"),
    Row("past_at_200_p99_ms", "at 200 msg/s on 1 million events, p99", "ms"),
    Row("idle_visitor_kib", "an idle visitor of 10,000 on one gateway, subscription included", "KiB", 40, AT_MOST),
    Row("worker_killed_next_s", "worker killed → next stored", "s", 3, AT_MOST),
    Row("worker_killed_all_shops_s", "worker killed → stored in every shop", "s", 3, AT_MOST),
    Row("long_desk_worker_killed_next_s", "the same, desk of 100,000 events, 10,000 open chats", "s", 3, AT_MOST),
    Row("gateway_killed_s", "gateway killed with 1,000 visitors → all have what was said meanwhile", "s", 3, AT_MOST),
    Row("rebuild_per_s", "rebuild of history", "events/s", 50_000),
    Row("copied_per_s", "floor: its rows copied into empty tables, indexes made", "events/s"),
    Row("rebuild_ratio", "the rebuild, to that floor", "×"),
    Row("sealing_percent", "share of end-to-end throughput that encryption costs", "%", 10, AT_MOST),
    Row("clear_closed_500_per_s", "500 conversations without encryption", "msg/s"),
    Row("history_list_p50_ms", "list of history among 1 million conversations, p50", "ms"),
    Row("history_list_p99_ms", "the same, p99", "ms", 50, AT_MOST),
    Row("history_search_p50_ms", "search of history among 1 million conversations, p50", "ms"),
    Row("history_search_p99_ms", "the same, p99", "ms", 50, AT_MOST),
    Row("enter_to_screen_p50_ms", "Enter → drawn on the other side's screen, both in Chromium, p50", "ms", 50, AT_MOST),
    Row("enter_to_screen_p99_ms", "the same, p99", "ms", 100, AT_MOST),
    Row("desk_first_load_kib", "dashboard's first load, all that a new browser receives", "KiB", 150, AT_MOST),
    Row("desk_first_load_ms", "the same, address → desk drawn", "ms"),
    Row(
        "desk_open_ms", "200 ongoing, 100,000 in history: worst opening of a window → next picture", "ms", 100, AT_MOST
    ),
    Row("desk_switch_ms", "worst switch between windows", "ms", 100, AT_MOST),
    Row("desk_type_ms", "worst key typed in a reply", "ms", 100, AT_MOST),
    Row("desk_filter_ms", "worst filtering of the visitors", "ms", 100, AT_MOST),
    Row("desk_page_ms", "worst turning of a page of history", "ms", 100, AT_MOST),
    Row("desk_search_ms", "worst key typed in history's search", "ms", 100, AT_MOST),
    Row("desk_task_ms", "longest task of the page meanwhile", "ms"),
    Row("database_list_p99_ms", "list of 100,000 at the database, p99", "ms", 50, AT_MOST),
    Row("database_search_p99_ms", "search of 100,000 at the database, p99", "ms", 50, AT_MOST),
    Row("tag_kib", "widget: bytes that its tag adds to a page before the click", "KiB", 10, AT_MOST),
    Row("tag_requests", "the same, requests", ""),
    Row("tag_parts_kib", "the same bytes where the shop pushes and asks: bell and poll included", "KiB"),
    Row("page_without_lcp_ms", "a shop's page on a phone (4 × slower) without the tag: largest contentful paint", "ms"),
    Row("page_with_lcp_ms", "the same with the tag", "ms"),
    Row("page_without_blocked_ms", "total blocking time without the tag", "ms"),
    Row("page_with_blocked_ms", "the same with the tag", "ms"),
    Row("page_task_ms", "longest task of the page with the tag, at full speed", "ms", 50, AT_MOST),
    Row("page_shift", "cumulative layout shift with the tag", "", 0, AT_MOST),
    Row("launcher_ms", "address → launcher, on that phone", "ms"),
    Row("click_to_ready_ms", "first click → composer takes keys", "ms", 200, AT_MOST),
    Row("click_kib", "bytes that the first click brings", "KiB", 20, AT_MOST),
    Row("send_drawn_p50_ms", "Enter → own bubble drawn, p50", "ms", 50, AT_MOST),
    Row("send_drawn_p99_ms", "the same, p99", "ms", 100, AT_MOST),
    Row("send_stored_p50_ms", "Enter → marked as stored, p50", "ms"),
    Row("send_stored_p99_ms", "the same, p99", "ms"),
    Row("tab_idle_mib", "scripts of a shop's tab in memory, launcher only", "MiB"),
    Row("tab_open_mib", "the same, window open", "MiB"),
    Row("tab_day_mib", "after 2,000 messages, 50 openings, 20 lost connections", "MiB", 20, AT_MOST),
    Row("tab_day_listeners", "listeners more than before that day", ""),
    Row("mails_per_s", "mails from the log to `sent`, 4 connections", "mails/s"),
    Row("smtplib_per_s", "the same mails handed over by aiosmtplib alone", "mails/s"),
    Row("timers_grown_mib", "1 million review mails to come: what their worker weighs more", "MiB", 5, AT_MOST),
    Row("timers_idle_ms", "a look at their timers, none due", "ms", 10, AT_MOST),
    Row("timers_found_p50_ms", "a look that finds 250 due ones, p50", "ms", 10, AT_MOST),
    Row("timers_found_p99_ms", "the same, p99", "ms"),
    Row("timer_few_lag_ms", "order that is due at once → its mail in the log, without the million, p50", "ms"),
    Row("timer_lag_ms", "the same beside the million, p50", "ms"),
    Row("mails_ratio", "mails, to that", "×"),
    Row("pushes_per_s", "pushes of a campaign, ledger to `sent`, one notifier, one push service", "pushes/s"),
    Row("sealed_posts_per_s", "floor: as many sealed and posted by the same libraries alone", "pushes/s"),
    Row("pushes_ratio", "pushes, to that floor", "×"),
    Row("votes_per_s", "votes of 10,000 new visitors in one poll, all at once, stored", "votes/s"),
    Row("votes_counted_s", "the last one stored → the exact count is shown", "s"),
    Row("votes_recount_s", "those votes counted from the log itself", "s"),
    Row("start_s", "`make run`, once installed → ready", "s", 5, AT_MOST),
    Row("tree_1000_mib", "whole tree with 1,000 open chats (PSS)", "MiB", 450, AT_MOST),
    Row("saturated_per_s", "floor: 500 conversations, 512 in flight", "msg/s"),
    Row("bare_per_s", "floor without nats-py's acknowledgements", "msg/s"),
    Row("naive_per_s", "one save and one publish a message", "msg/s"),
    Row("echo_per_s", "machine: loopback echo", "/s"),
    Row("fsync_ms", "machine: fsync of 8 KiB", "ms"),
)


def with_ratios(figures: dict[str, float]) -> dict[str, float]:
    """The figures and those that are quotients of them."""
    ours = figures.get("closed_500_per_s", math.nan)
    quotients = {
        "ratio_to_floor": (ours, figures.get("saturated_per_s", math.nan)),
        "ratio_to_bare": (ours, figures.get("bare_per_s", math.nan)),
        "ratio_to_naive": (ours, figures.get("naive_per_s", math.nan)),
        "crowd_ratio": (figures.get("crowd_closed_500_per_s", math.nan), ours),
        "past_ratio": (figures.get("past_closed_500_per_s", math.nan), ours),
        "rebuild_ratio": (figures.get("rebuild_per_s", math.nan), figures.get("copied_per_s", math.nan)),
        "mails_ratio": (figures.get("mails_per_s", math.nan), figures.get("smtplib_per_s", math.nan)),
        "pushes_ratio": (figures.get("pushes_per_s", math.nan), figures.get("sealed_posts_per_s", math.nan)),
    }
    found = {name: above / below for name, (above, below) in quotients.items() if above / below > 0}
    if "clear_closed_500_per_s" in figures and not math.isnan(ours):
        found["sealing_percent"] = 100 * (1 - ours / figures["clear_closed_500_per_s"])
    return figures | found


def verdict(row: Row, value: float) -> str:
    """Whether the aim is met."""
    if row.aim is None:
        return ""
    met = value >= row.aim if row.sense == AT_LEAST else value <= row.aim
    return "yes" if met else "**no**"


def table(figures: dict[str, float]) -> str:
    """The figures that there are, as Markdown."""
    lines = ["| figure | measured | aim | met |", "|---|---:|---:|---|"]
    for row in ROWS:
        if (value := figures.get(row.figure)) is not None:
            aim = "" if row.aim is None else f"{row.sense} {_number(row.aim)} {row.unit}"
            lines.append(f"| {row.name} | {_number(value)} {row.unit} | {aim} | {verdict(row, value)} |")
    return "\n".join(lines)


def keep(figures: dict[str, float], *, runs: int) -> None:
    """Write the results, over those of an earlier run with other parts, and the pages that show them."""
    earlier: dict[str, float] = json.loads(RESULTS.read_text())["figures"] if RESULTS.exists() else {}
    known = {row.figure for row in ROWS}
    merged = with_ratios({name: value for name, value in earlier.items() if name in known} | figures)
    about = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": _commit(), "runs": runs, **_machine()}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"about": about, "figures": merged, "rows": [asdict(r) for r in ROWS]}, indent=1))
    PAGE.write_text(_page(about, merged))
    README.write_text(with_table(README.read_text(), merged))


def with_table(page: str, figures: dict[str, float]) -> str:
    """The page with this table in place of the one between its marks."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table(figures)}\n\n{END}{rest.partition(END)[2]}"


def _page(about: dict[str, object], figures: dict[str, float]) -> str:
    return f"""# Benchmarks

Written by `make bench` on {about["at"]}: {about["cpus"]} CPUs ({about["cpu"]}), Python {about["python"]}, client and
servers on the same cores, loopback, fsync on; medians of {about["runs"]} runs of product and floor in turn. Only the
ratios mean something on another machine. The floor is the same path without the product (`tests/benchmarks/floor.py`):
client, JetStream, group commit in PostgreSQL, JetStream, subscriber; no sockets, no domain, no encryption.

{table(figures)}
"""


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _commit() -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=PAGE.parent, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


def _machine() -> dict[str, object]:
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    cpu = models[0].partition(":")[2].strip() if models else platform.processor()
    return {"cpus": os.cpu_count(), "cpu": cpu, "python": platform.python_version()}
