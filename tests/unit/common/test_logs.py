"""Log lines: one JSON object each, with the correlation id of what is being worked on."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from services.common import logs
from services.common.settings import Settings


@pytest.fixture(autouse=True)
def _unconfigured_afterwards() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_carries_its_fields_and_the_correlation_id(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("test", Settings())
    log = logs.logger("here")
    with logs.correlated("c-1"):
        log.info("Batch stored", events=3)
    log.info("Idle")
    first, second = _lines(capsys)
    assert (first["event"], first["events"], first["correlation"]) == ("Batch stored", 3, "c-1")
    assert (first["service"], first["component"], first["level"]) == ("test", "here", "info")
    assert "correlation" not in second


def test_lines_of_libraries_take_the_same_shape_from_warnings_up(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("test", Settings())
    logging.getLogger("some.library").info("chatter")
    logging.getLogger("some.library").warning("trouble with %s", "it")
    (line,) = _lines(capsys)
    assert (line["event"], line["level"], line["service"]) == ("trouble with it", "warning", "test")


def test_levels_below_the_set_one_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("test", Settings(log_level="warning"))
    logs.logger("here").info("quiet")
    assert _lines(capsys) == []
