"""The live tables, as tests read, harm and compare them."""

from typing import Any

import psycopg

from contracts import subjects
from services.common.following import Step
from services.common.settings import Settings
from services.projections.projection import HistoryProjection


async def catch_up(projection: HistoryProjection) -> None:
    for partition in range(subjects.PARTITIONS):
        while await projection.advance(partition) is Step.MORE:
            pass


def read(settings: Settings, query: str) -> list[Any]:
    with psycopg.connect(settings.dsn_of("read")) as connection:
        return connection.execute(query.encode()).fetchall()


def write(settings: Settings, statement: str) -> None:
    with psycopg.connect(settings.dsn_of("read")) as connection:
        connection.execute(statement.encode())


def tables(settings: Settings) -> tuple[list[Any], list[Any]]:
    return (
        read(settings, "SELECT * FROM rm_conversation ORDER BY id"),
        read(settings, "SELECT * FROM rm_message ORDER BY conversation, seq"),
    )


def definitions(settings: Settings) -> list[Any]:
    """Columns, indexes, constraints and options of the tables, by name."""
    return [
        read(settings, "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'rm_%' ORDER BY 1"),
        read(settings, "SELECT relname, reloptions FROM pg_class WHERE relname LIKE 'rm_%' ORDER BY 1"),
        read(
            settings,
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_name LIKE 'rm_%' ORDER BY table_name, ordinal_position",
        ),
    ]
