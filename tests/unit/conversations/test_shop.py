"""A shop comes into being and changes its settings; the desk follows at once."""

import msgspec
import pytest

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.settings import ShopSettings
from services.common.eventlog.refusals import WrongSender
from services.conversations.domain.errors import SettingsOvertaken, ShopExists, ShopNotFound
from services.conversations.handlers import Decided
from tests.unit.conversations.world import World


def create(world: World, **settings: object) -> c.CreateShop:
    command: c.CreateShop = world.by_system(c.CreateShop, settings=ShopSettings(**settings))  # type: ignore[arg-type]
    return command


def test_shop_opens_with_its_desk() -> None:
    world = World()
    assert world.do(create(world, limit=7)) == Decided(None, 1)
    assert world.names == ["ShopCreated", "DeskOpened"]
    assert world.desk.rules.limit == 7


def test_shop_created_again_is_nothing_new() -> None:
    world = World()
    world.do(create(world, limit=7))
    assert world.do(create(world, limit=7)) == Decided(None, 1)
    assert world.happened == []


def test_shop_created_again_with_other_settings_is_invalid() -> None:
    world = World()
    world.do(create(world, limit=7))
    with pytest.raises(ShopExists) as refused:
        world.do(create(world, limit=8))
    assert refused.value.code == "invalid"


def test_change_says_what_and_who() -> None:
    world = World().open_shop()
    world.change(limit=9, name="Boots")
    changed = world.happened[0]
    assert isinstance(changed, e.SettingsChanged)
    assert (changed.author, set(changed.changed)) == ("o_owner", {"limit", "name"})
    assert world.names == ["SettingsChanged", "RulesChanged"]


def test_change_that_the_desk_does_not_decide_by_stays_with_the_shop() -> None:
    world = World().open_shop()
    world.change(name="Boots")
    assert world.names == ["SettingsChanged"]


def test_raised_limit_serves_the_line_in_order() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 4)
    world.start("g_1")
    waiting = [world.start(f"g_{number}") for number in (2, 3, 4)]
    world.change(limit=3, line=True)
    assert [world.conversation(each).status for each in waiting] == ["open", "open", "waiting"]


def test_lowered_limit_keeps_who_talks() -> None:
    world = World().open_shop(limit=2)
    world.online("o_ann", 2)
    world.start("g_1")
    world.start("g_2")
    world.change(limit=1)
    assert world.desk.channels.busy == 2


def test_line_switched_off_keeps_who_waits() -> None:
    world = World().open_shop(limit=1, line=True)
    world.online("o_ann", 1)
    first = world.start("g_1")
    waiting = world.start("g_2")
    world.change(limit=1, line=False)
    with pytest.raises(Exception, match="No channel"):
        world.start("g_3")
    world.end(first, "g_1")
    assert world.conversation(waiting).status == "open"


def test_settings_of_an_unknown_shop_are_not_found() -> None:
    with pytest.raises(ShopNotFound):
        World().change(limit=1)


def test_visitor_changes_no_settings() -> None:
    world = World().open_shop()
    with pytest.raises(WrongSender):
        world.do(world.by_visitor(c.ChangeSettings, "g_1", settings=ShopSettings()))


def test_settings_made_from_others_than_the_newest_are_refused() -> None:
    world = World().open_shop(limit=1)
    base = ShopSettings(limit=1).digest()
    first = world.by_operator(c.ChangeSettings, "o_ann", settings=ShopSettings(limit=2), base=base, digest="first")
    world.do(first)
    late = world.by_operator(c.ChangeSettings, "o_bob", settings=ShopSettings(limit=1, line=True), base=base)
    with pytest.raises(SettingsOvertaken):
        world.do(late)
    assert world.desk.rules.limit == 2
    assert not world.desk.rules.line
    world.do(first)  # done before, and answered as then
    both = ShopSettings(limit=2, line=True)
    world.do(msgspec.structs.replace(late, settings=both, base=ShopSettings(limit=2).digest()))
    assert world.desk.rules.line
