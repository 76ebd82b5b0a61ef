"""`make bench`: the floor and the product in turn, then the rest, one table.

python -m tests.benchmarks [--only speed,faults] [--runs 3] [--seconds 5] [--keep/--no-keep]
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from tests.benchmarks import floor, machine, mails, parts, pushes, report
from tests.benchmarks.figures import medians
from tests.benchmarks.parts import Plan
from tests.benchmarks.product import installation
from tests.benchmarks.servers import servers
from tests.support.installation import Installation

Figures = dict[str, float]
Part = Callable[[Installation, Plan], Awaitable[Figures]]
IN_TURN = ("floor", "speed", "clear", "start")
SETUPS: dict[str, Part] = {
    "faults": parts.faults,
    "crowd": parts.crowd,
    "past": parts.past,
    "history": parts.history,
    "desk": parts.desk,
    "widget": parts.widget,
    "timers": parts.timers,
    "votes": parts.votes,
}
PARTS = (*IN_TURN, *SETUPS, "mails", "push")
CLEAR = str(Path(__file__).parent / "clear")
"""On PYTHONPATH, personal data stays as it is."""


def _floor_once(seconds: float) -> Figures:
    with servers() as ours:
        variants = (floor.one_run, floor.bare_run, floor.naive_run)
        figures: Figures = machine.measure(ours.folder)
        for variant in variants:
            figures |= uvloop.run(variant(ours, seconds))
        return {name: value for name, value in figures.items() if not name.startswith("at_")}


def _on_the_product(part: Part, plan: Plan, **environment: str) -> Figures:
    with installation(**environment) as one:
        one.start()
        return uvloop.run(_figures(part, one, plan))


async def _figures(part: Part, one: Installation, plan: Plan) -> Figures:
    return await part(one, plan)


def _start_once() -> Figures:
    with installation() as one:
        return {"start_s": parts.start_seconds(one)}


def _measure(wanted: list[str], runs: int, plan: Plan) -> Figures:
    in_turn: list[Figures] = []
    for number in range(runs):
        in_turn.append({})
        for part in IN_TURN:
            if part in wanted:
                in_turn[-1] |= _say(f"{part}, run {number + 1} of {runs}", _once(part, plan))
    figures = medians(in_turn) if in_turn[0] else {}
    for name, part_function in SETUPS.items():
        if name in wanted:
            figures |= _say(name, _on_the_product(part_function, plan))
    if "mails" in wanted:
        figures |= _say("mails", medians([mails.run(plan.mails) for _ in range(runs)]))
    if "push" in wanted:
        figures |= _say("push", medians([pushes.run(plan.pushes) for _ in range(runs)]))
    return report.with_ratios(figures)


def _once(part: str, plan: Plan) -> Figures:
    match part:
        case "floor":
            return _floor_once(plan.seconds)
        case "speed":
            return _on_the_product(parts.speed, plan)
        case "clear":
            return _on_the_product(parts.clear, plan, PYTHONPATH=CLEAR)
        case _:
            return _start_once()


def _say(what: str, figures: Figures) -> Figures:
    print(f"{what}: " + ", ".join(f"{k} {v:.4g}" for k, v in figures.items()), file=sys.stderr, flush=True)
    return figures


def _many_files() -> None:
    """10,000 sockets here and as many in a gateway, which inherits the limit."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main() -> None:
    """Measure what was asked for, print the table and keep it."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure speed and memory.")
    parser.add_argument("--only", default=",".join(PARTS), help=f"comma-separated, of {', '.join(PARTS)}")
    parser.add_argument("--runs", type=int, default=3, help="medians of so many")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one measurement")
    parser.add_argument("--crowd", type=int, default=Plan.crowd, help="idle visitors with open chats")
    parser.add_argument("--past-events", type=int, default=Plan.past_events, help="events in the log beforehand")
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="write the results")
    parser.add_argument("--conversations", type=int, default=Plan.conversations, help="in history, for its lists")
    parser.add_argument("--mails", type=int, default=Plan.mails, help="to send")
    parser.add_argument("--pushes", type=int, default=Plan.pushes, help="to send")
    parser.add_argument("--timers", type=int, default=Plan.timers, help="review mails that are to come")
    given = parser.parse_args()
    wanted = given.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    _many_files()
    plan = Plan(
        given.seconds, given.crowd, given.past_events, given.conversations, given.mails, given.timers, given.pushes
    )
    figures = _measure(wanted, given.runs, plan)
    if given.keep:
        report.keep(figures, runs=given.runs)
    print(report.table(figures))


if __name__ == "__main__":
    main()
