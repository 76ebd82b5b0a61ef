"""The table of what the fault tests showed: `results/latest.md` holds the newest long run of each scenario."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.run import Outcome

FILE = Path(__file__).parent / "results" / "latest.md"
HEAD = (
    "| scenario | faults | messages stored | per second | longest silence of a shop, s (median / worst) | findings |"
    " ended by themselves | seed, day |\n|---|--:|--:|--:|--:|--:|--:|---|\n"
)
WORDS = """# Faults

Written by `make faults`. Two gateways, two workers, projections, one PostgreSQL and, but for the cluster, one
nats-server; load from a process of its own, over 24 shops. "Silence": the longest time after a fault in which some
shop got nothing stored, a pause or an absence of the process included. "Findings" are whatever the checker holds
against answers, log, streams, read tables and what the clients saw.

"""


class Results:
    """One line a scenario, in the order in which they ran."""

    def __init__(self, seed: int, *, keep: bool) -> None:
        """`keep`: write each line down at once."""
        self.seed, self._keep = seed, keep
        self._lines: dict[str, str] = {}

    def add(self, name: str, outcome: Outcome) -> None:
        """Keep a scenario's outcome, sound or not."""
        silences = outcome.silences or [0.0]
        self._lines[name] = (
            f"| {name} | {outcome.faults} | {outcome.stored} | {outcome.stored / outcome.seconds:.0f} |"
            f" {statistics.median(silences):.1f} / {max(silences):.1f} | {len(outcome.findings)} |"
            f" {len(outcome.deaths)} | {self.seed}, {datetime.now(UTC).date().isoformat()} |\n"
        )

        if self._keep:
            self.write()

    def table(self) -> str:
        return HEAD + "".join(self._lines.values())

    def write(self) -> None:
        """Write the file; scenarios that did not run this time keep their line."""
        FILE.parent.mkdir(exist_ok=True)
        lines = _lines_of(FILE.read_text()) | self._lines if FILE.exists() else self._lines
        FILE.write_text(WORDS + HEAD + "".join(lines.values()))


def _lines_of(text: str) -> dict[str, str]:
    rows = [line for line in text.splitlines(keepends=True) if line.startswith("| ")][1:]
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows}
