"""Lists and changes of a shop: kept up, replayed and rebuilt alike."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.conversations.settings import ShopSettings
from services.common.settings import ProjectionsSettings, Settings
from services.projections import rebuild, replay
from services.projections.projection import HistoryProjection
from tests.integration.rebuilding.tables import catch_up, read, write
from tests.support.told import (
    Told,
    append_events,
    blocked,
    erased,
    removed,
    reply_deleted,
    reply_saved,
    settings_changed,
    shop_created,
    unblocked,
)


def lists(settings: Settings) -> tuple[list[Any], list[Any]]:
    return (
        read(settings, "SELECT shop, id, texts ->> 'en', author FROM rm_canned_reply ORDER BY 1, 3"),
        read(settings, "SELECT shop, visitor, conversation, author FROM rm_block ORDER BY 1, 2"),
    )


def changes(settings: Settings) -> list[Any]:
    return read(settings, "SELECT seq, what, before, after FROM rm_change ORDER BY shop, seq, number")


async def test_lists_of_a_shop_are_kept_up_and_rebuilt_alike(
    projections_settings: ProjectionsSettings, live: HistoryProjection, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, bert, cleo, elsewhere = Told(), Told(), Told(), Told(shop="other")
    stays, goes = uuid4(), uuid4()
    append_events(
        projections_settings,
        reply_saved(stays, "Hi", 2),
        reply_saved(goes, "Bye", 3),
        reply_saved(stays, "Hello", 4),
        reply_saved(stays, "Of another shop", 2, "other"),
        *(blocked(told, number) for number, told in enumerate((anna, bert, cleo, elsewhere), start=2)),
    )
    await catch_up(live)
    assert len(lists(projections_settings)[1]) == 4
    append_events(
        projections_settings,
        reply_deleted(goes, 5),
        unblocked(anna, 6),
        erased(cleo.person, number=6),
        removed("other"),
    )
    await catch_up(live)
    kept = [("demo", stays, "Hello", "o_ann")], [("demo", bert.person, bert.id, "o_ann")]
    assert lists(projections_settings) == kept
    write(projections_settings, "UPDATE projection_position SET notification_id = 0")
    await catch_up(live)
    assert lists(projections_settings) == kept
    write(projections_settings, "UPDATE rm_canned_reply SET shortcut = 'yo'; DELETE FROM rm_block")
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 1
    said = capsys.readouterr().err
    assert f"rm_canned_reply demo {stays} differs in shortcut" in said
    assert f"rm_block demo {bert.person} is only in the rebuilt table" in said
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert lists(projections_settings) == kept
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0


async def test_changes_of_a_shop_are_kept_up_and_rebuilt_alike(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    reply = uuid4()
    append_events(
        projections_settings,
        shop_created(ShopSettings(languages=["en", "fr"])),
        settings_changed(2, limit=9, welcome={"en": "Hi", "fr": "Salut"}),
        reply_saved(reply, "Hello", 3),
        shop_created(ShopSettings(), "other"),
        settings_changed(2, "other", limit=2),
    )
    await catch_up(live)
    append_events(projections_settings, settings_changed(4, limit=9), reply_deleted(reply, 5), removed("other"))
    await catch_up(live)
    said = '{"shortcut":"hi","texts":{"en":"Hello"}}'
    kept = [
        (2, "limit", "4", "9"),
        (2, "welcome.en", "null", '"Hi"'),
        (2, "welcome.fr", "null", '"Salut"'),
        (3, f"canned.{reply}", "null", said),
        (4, "welcome.en", '"Hi"', "null"),
        (4, "welcome.fr", '"Salut"', "null"),
        (5, f"canned.{reply}", said, "null"),
    ]
    assert changes(projections_settings) == kept
    write(projections_settings, "UPDATE projection_position SET notification_id = 0")
    await catch_up(live)
    assert changes(projections_settings) == kept
    older = "UPDATE rm_shop SET topic = '{0}v3', state = replace(state, '{0}v4', '{0}v3')"
    write(projections_settings, older.format("shop.settings_changed."))  # as the release before wrote it
    assert await rebuild.main(projections_settings, replay.PLAN, verify_only=True) == 0
    assert await rebuild.main(projections_settings, replay.PLAN) == 0
    assert changes(projections_settings) == kept
