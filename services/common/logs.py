"""Log lines: a constant sentence plus fields, with the correlation id of what is being worked on.

Never bodies, addresses or tokens: fields are ids, counts, names and durations.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from services.common.settings import Settings

_correlation: ContextVar[str | None] = ContextVar("correlation", default=None)


@contextmanager
def correlated(correlation: str | None) -> Iterator[None]:
    """All lines logged inside carry this correlation id."""
    token = _correlation.set(correlation)
    try:
        yield
    finally:
        _correlation.reset(token)


def correlation() -> str | None:
    """The correlation id of what is being worked on, if any."""
    return _correlation.get()


def logger(name: str) -> Any:
    """A logger: `log.info("Partition taken", partition=3)`."""
    return structlog.get_logger(component=name)


def configure(service: str, settings: Settings) -> None:
    """Send our lines and those of libraries to stderr, in the format that is set."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_correlation,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, _renderer(settings)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    _adopt_libraries(shared, settings, level)


def _add_correlation(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    if (current := _correlation.get()) is not None:
        line.setdefault("correlation", current)
    return line


def _renderer(settings: Settings) -> Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _adopt_libraries(shared: list[Processor], settings: Settings, level: int) -> None:
    """Lines of the standard logging module (libraries') take the same shape; only warnings and worse."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _renderer(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(level, logging.WARNING))
