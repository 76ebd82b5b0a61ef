"""Comparing history with its log: while it moves on, and telling where it differs, never what it says."""

import pytest

from services.common.settings import ProjectionsSettings
from services.projections import rebuild, replay
from services.projections.projection import HistoryProjection
from tests.integration.rebuilding.tables import catch_up, tables, write
from tests.support.seed_log import seed_log
from tests.support.told import Told, append


async def test_verify_says_equal_while_history_moves_on(
    projections_settings: ProjectionsSettings, live: HistoryProjection, capsys: pytest.CaptureFixture[str]
) -> None:
    seed_log(projections_settings, events=1_000, shops=4)
    await catch_up(live)
    append(projections_settings, Told().started().visitor_says("Not in the table yet"))
    before = tables(projections_settings)
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0
    assert "Equal: " in capsys.readouterr().out
    assert tables(projections_settings) == before


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE rm_conversation SET last_message = 'Forged'", "rm_conversation {id} differs in last_message"),
        ("DELETE FROM rm_message WHERE seq = 3", "rm_message {id} 3 is only in the rebuilt table"),
        (
            "INSERT INTO rm_message (conversation, seq, at, kind) SELECT id, 99, started_at, '' FROM rm_conversation",
            "rm_message {id} 99 is only in the live table",
        ),
        ("UPDATE rm_message SET operator = NULL WHERE operator IS NOT NULL", "rm_message {id} 2 differs in operator"),
    ],
)
async def test_verify_finds_a_planted_difference(
    projections_settings: ProjectionsSettings,
    live: HistoryProjection,
    capsys: pytest.CaptureFixture[str],
    harm: str,
    said: str,
) -> None:
    told = Told().started().visitor_says("A secret")
    append(projections_settings, told)
    await catch_up(live)
    write(projections_settings, harm)
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 1
    output = capsys.readouterr().err
    assert said.format(id=told.id) in output
    assert "secret" not in output
    assert "Forged" not in output
