"""A pytest plugin that lists which tests prove which rows of the feature list: `--features-to FILE`."""

from collections import defaultdict
from pathlib import Path

import pytest

HEAD = """# What is proved

Each row of the feature list with the tests that prove it against the running product.
Written by `make features`; not edited by hand.

| row | tests |
|---|---|
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--features-to", metavar="FILE", help="write a table of rows and their tests")


def pytest_collection_finish(session: pytest.Session) -> None:
    target = session.config.getoption("--features-to")
    if target:
        Path(target).write_text(table(proofs(session.items)))


def proofs(items: list[pytest.Item]) -> dict[str, list[str]]:
    """Row id → the tests that carry its mark, each once however often it is parametrised."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        test = item.nodeid.split("[", 1)[0]
        for mark in item.iter_markers("feature"):
            for row in mark.args:
                if test not in found[row]:
                    found[row].append(test)
    return dict(found)


def table(found: dict[str, list[str]]) -> str:
    """The rows in the order of the feature list: A2 before A10."""
    rows = sorted(found, key=lambda row: (row[:1], int(row[1:]) if row[1:].isdigit() else 0))
    lines = [f"| {row} | {'<br>'.join(f'`{test}`' for test in found[row])} |\n" for row in rows]
    return HEAD + "".join(lines)
