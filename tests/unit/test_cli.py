"""The command line says what it can do, and starts fast enough to be asked."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli_errors import sentence
from services.standalone.launch import LaptopError


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in group.commands.items():
        below = (*path, name)
        found += _commands(command, below) if isinstance(command, click.Group) else [below]
    return found


@pytest.mark.parametrize("path", _commands(main), ids=lambda path: " ".join(path) or "shopbell")
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*path, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 3


def test_help_imports_nothing_that_takes_long() -> None:
    heavy = "{'nats', 'psycopg', 'pydantic', 'eventsourcing', 'starlette', 'faststream'}"
    source = f"import sys, services.cli; sys.exit(', '.join({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_a_shop_id_that_is_none_is_refused_with_one_sentence() -> None:
    shown = CliRunner().invoke(main, ["shop", "create", "No Shop", "--name", "x"])
    assert shown.exit_code == 1
    assert shown.output.startswith("Error: ")
    assert shown.output.count("\n") == 1


def test_one_expected_error_in_a_group_is_a_sentence_and_a_fault_of_ours_is_none() -> None:
    assert sentence(ExceptionGroup("", [LaptopError("No disk.")])) == "No disk."
    assert sentence(KeyError("x")) is None
