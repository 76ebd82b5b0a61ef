"""What a check has found: one sentence, and which check it was."""

from collections.abc import Callable, Iterable, Iterator
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


def short(findings: Iterable[Finding], most: int = 20) -> str:
    """The findings as text for a person, at most so many of them."""

    def lines() -> Iterator[str]:
        for number, finding in enumerate(found):
            if number == most:
                yield f"… and {len(found) - most} more"
                return
            yield str(finding)

    found = list(findings)
    return "\n".join(lines())
