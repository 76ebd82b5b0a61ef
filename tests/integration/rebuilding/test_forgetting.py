"""What history forgets, live and rebuilt alike: erased persons, removed shops, what is older than a shop keeps."""

from datetime import timedelta
from uuid import UUID

from contracts.conversations import events as happened
from services.common.settings import ProjectionsSettings, Settings
from services.projections import rebuild, replay
from services.projections.projection import HistoryProjection
from tests.integration.rebuilding.tables import catch_up, read
from tests.support.told import START, Told, append, append_events, erase_key, erased, removed, retained

OLD = START - timedelta(days=400)


def listed(settings: Settings) -> set[UUID]:
    """Conversations and messages that are there; their events belong to them."""
    ids = {row[0] for row in read(settings, "SELECT id FROM rm_conversation")}
    assert {row[0] for row in read(settings, "SELECT conversation FROM rm_message")} == ids
    return ids | {row[0] for row in read(settings, "SELECT id FROM rm_offline_message")}


async def same_when_rebuilt(settings: ProjectionsSettings) -> bool:
    """Both what a check says, and what is listed after a rebuild."""
    before = listed(settings)
    assert await rebuild.main(settings, replay.PLAN, verify_only=True) == 0
    assert await rebuild.main(settings, replay.PLAN) == 0
    return listed(settings) == before


async def test_offline_message_stands_in_the_inbox_with_its_answers(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    told = Told().left(first_name="Żaneta", email="z@example.org", text="Do you ship?", page='{"url":"/blue"}')
    append(projections_settings, told)
    await catch_up(live)
    append(projections_settings, told.answered("We do"))
    await catch_up(live)
    append(projections_settings, told.answered("Everywhere"))
    await catch_up(live)
    (row,) = read(
        projections_settings, "SELECT id, customer, first_name, text, page, status, answers FROM rm_offline_message"
    )
    assert row[:6] == (told.id, told.person, "Żaneta", "Do you ship?", '{"url":"/blue"}', "answered")
    assert [(one["operator"], one["text"]) for one in row[6]] == [("o_ann", "We do"), ("o_ann", "Everywhere")]
    append(projections_settings, told.add(happened.OfflineMessageDeleted, operator="o_ann"))
    await catch_up(live)
    assert listed(projections_settings) == set()
    assert await same_when_rebuilt(projections_settings)


async def test_erased_person_leaves_all_tables_before_their_key_is_gone(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    as_guest, gone, left = Told(), Told(person="c_1"), Told(person="c_1")
    left.key = gone.key
    kept = Told().started().visitor_says("Here I am")
    append(projections_settings, as_guest.started(), gone.started().visitor_says("Who?"), left.left(text="?"), kept)
    await catch_up(live)
    append_events(projections_settings, erased("c_1", as_guest.person))
    append(projections_settings, gone.archived())  # in the same transaction, after it
    await catch_up(live)
    assert listed(projections_settings) == {kept.id}
    assert await same_when_rebuilt(projections_settings)
    erase_key(projections_settings, gone)
    assert await same_when_rebuilt(projections_settings)


async def test_erasing_ends_at_its_shop(projections_settings: ProjectionsSettings, live: HistoryProjection) -> None:
    here, there = Told(person="c_1").started(), Told(shop="other", person="c_1").started()
    append(projections_settings, here, there)
    append_events(projections_settings, erased("c_1"))
    await catch_up(live)
    assert listed(projections_settings) == {there.id}


async def test_person_who_comes_back_is_a_new_one(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    before, left_before = Told(person="c_1"), Told(person="c_1")
    left_before.secret, left_before.key = before.secret, before.key
    append(projections_settings, before.started(customer="4711").visitor_says("Forget me"), left_before.left(text="?"))
    append_events(projections_settings, erased("c_1"))
    await catch_up(live)
    append(projections_settings, Told(person="g_else").started())
    await catch_up(live)  # has looked for keys again
    erase_key(projections_settings, before)
    again = Told(person="c_1").started(customer="4711").visitor_says("Hello again")
    append(projections_settings, again)
    await catch_up(live)
    found = read(projections_settings, "SELECT id, last_message FROM rm_conversation WHERE customer = '4711'")
    assert found == [(again.id, "Hello again")]
    assert await same_when_rebuilt(projections_settings)


async def test_key_that_was_still_at_hand_is_read_again(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    """The broadcast that a key was destroyed got lost, and its person is back within the minute."""
    before = Told(person="c_1").started()
    append(projections_settings, before)
    append_events(projections_settings, erased("c_1"))
    await catch_up(live)
    append(projections_settings, before.visitor_says("Late"))
    await catch_up(live)
    assert await live._keys.get("demo", "c_1") is not None
    erase_key(projections_settings, before)
    again = Told(person="c_1").started().visitor_says("Hello again")
    append(projections_settings, again)
    await catch_up(live)
    assert read(projections_settings, "SELECT id, last_message FROM rm_conversation") == [(again.id, "Hello again")]


async def test_what_is_too_old_goes_and_what_goes_on_stays(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    old = Told(start=OLD).started().visitor_says("Long ago").archived()
    ongoing = Told(start=OLD).started().visitor_says("Still here")
    young = Told().started().visitor_says("Just now").archived()
    elsewhere = Told(shop="other", start=OLD).started().archived()
    old_message, young_message = Told(start=OLD).left(text="?"), Told().left(text="?")
    append(projections_settings, old, ongoing, young, elsewhere, old_message, young_message)
    append_events(projections_settings, retained(conversations=START - timedelta(days=365), number=2))
    append(projections_settings, old.add(happened.ConversationRated, score=5), ongoing.archived())
    await catch_up(live)
    assert listed(projections_settings) == {
        ongoing.id,  # archived since: the next day's turn
        young.id,
        elsewhere.id,
        old_message.id,
        young_message.id,
    }
    append_events(projections_settings, retained(START, START, number=3))
    await catch_up(live)
    assert listed(projections_settings) == {young.id, elsewhere.id, young_message.id}
    assert await same_when_rebuilt(projections_settings)


async def test_removed_shop_leaves_nothing(projections_settings: ProjectionsSettings, live: HistoryProjection) -> None:
    talk, message, elsewhere = Told().started(), Told().left(text="?"), Told(shop="other").started()
    append(projections_settings, talk, message, elsewhere)
    await catch_up(live)
    append_events(projections_settings, removed())
    append(projections_settings, talk.archived())
    await catch_up(live)
    assert listed(projections_settings) == {elsewhere.id}
    assert await same_when_rebuilt(projections_settings)


async def test_search_knows_the_words_of_archived_conversations_by_shop_and_week(
    projections_settings: ProjectionsSettings, live: HistoryProjection
) -> None:
    append(projections_settings, Told().started(name="Anna").visitor_says("Is it blue?").archived())
    await catch_up(live)
    (row,) = read(
        projections_settings,
        "SELECT history_words(shop, active_at, words, operator, rating, signed_in) FROM rm_conversation",
    )
    week = int(START.timestamp()) // 604_800
    assert {f"'demo/{week}/blue'", f"'demo/{week}/anna'", f"'demo/{week}/.oo_ann'"} <= set(row[0].split())
