"""What a check has found: one sentence, and which check it was."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.faults.books import Books


@dataclass(frozen=True)
class Finding:
    """Something that must not be."""

    check: str
    what: str

    def __str__(self) -> str:
        return f"{self.check}: {self.what}"


Check = Callable[[Books], Iterable[Finding]]


def short(findings: Iterable[Finding], most: int = 8) -> str:
    """The findings as text for a person, at most so many of each check."""
    by_check: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        by_check[finding.check].append(str(finding))
    lines: list[str] = []
    for found in by_check.values():
        lines += found[:most]
        if len(found) > most:
            lines.append(f"… and {len(found) - most} more like these")
    return "\n".join(lines)
