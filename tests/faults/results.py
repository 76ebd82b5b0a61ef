"""The table of what the fault tests showed."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.run import Outcome

FILE = Path(__file__).parent / "results" / "latest.md"
HEAD = (
    "| scenario | faults | messages stored | per second | longest silence of a shop, s (median / worst) | findings |"
    " ended by themselves |\n|---|--:|--:|--:|--:|--:|--:|\n"
)


class Results:
    """One line a scenario, in the order in which they ran."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._lines: list[str] = []

    def add(self, name: str, outcome: Outcome) -> None:
        """Keep a scenario's outcome, sound or not."""
        silences = outcome.silences or [0.0]
        self._lines.append(
            f"| {name} | {outcome.faults} | {outcome.stored} | {outcome.stored / outcome.seconds:.0f} |"
            f" {statistics.median(silences):.1f} / {max(silences):.1f} | {len(outcome.findings)} |"
            f" {len(outcome.deaths)} |\n"
        )

    def table(self) -> str:
        return HEAD + "".join(self._lines)

    def write(self) -> None:
        """Write `results/latest.md`."""
        FILE.parent.mkdir(exist_ok=True)
        day = datetime.now(UTC).date().isoformat()
        FILE.write_text(
            f"# Faults, {day}\n\nWritten by `make faults`, seed {self.seed}. Two gateways, two workers, projections,"
            ' one PostgreSQL; load from a process of its own. "Silence": the time from a fault until every shop had'
            " something stored again; of an outage, the outage included.\n\n" + self.table()
        )
