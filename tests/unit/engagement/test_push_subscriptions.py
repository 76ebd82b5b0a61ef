"""Browsers that want push, and do no more."""

from typing import Any
from uuid import UUID

import pytest

from contracts.engagement import campaign_commands as c
from contracts.engagement.campaign_events import PushSubscriptionRenewed
from contracts.ids import push_subscription_id
from services.engagement.campaigns.errors import Unsubscribed
from services.engagement.campaigns.push_subscription import PushSubscription
from tests.unit.engagement.world import World

PERSON = "s_browser"


def subscription(world: World) -> UUID:
    return push_subscription_id(world.shop, "https://push.example/1")


def add(world: World, digest: str = "address", **fields: Any) -> list[str]:
    given = {"person": PERSON, "address": f"sealed {world.now}", "service": "push.example", "language": "en", **fields}
    command = c.AddPushSubscription
    world.do(world.command(command, "visitor", PERSON, digest=digest, subscription=subscription(world), **given))
    return world.names


def remove(world: World, reason: Any = "visitor", sender_kind: str = "visitor") -> list[str]:
    kind = c.RemovePushSubscription
    world.do(world.command(kind, sender_kind, PERSON, subscription=subscription(world), reason=reason))
    return world.names


def test_browser_says_the_same_again_and_nothing_happens() -> None:
    world = World()
    assert add(world, group="mugs") == ["PushSubscriptionAdded"]
    world.later(days=1)
    assert add(world, group="mugs") == []
    assert add(world) == []
    world.check_replay()


@pytest.mark.parametrize("news", [{"digest": "moved"}, {"language": "fr"}, {"zone": "Asia/Tokyo"}, {"visitor": "g_1"}])
def test_what_is_new_of_a_browser_is_kept(news: dict[str, str]) -> None:
    world = World()
    add(world)
    assert add(world, **news) == ["PushSubscriptionRenewed"]
    assert add(world, **news) == []
    world.check_replay()


def test_page_groups_gather_up_to_twenty() -> None:
    world = World()
    for number in range(25):
        add(world, group=f"group-{number}")
    last = world.happened[-1]
    assert isinstance(last, PushSubscriptionRenewed)
    assert last.groups == [f"group-{number}" for number in range(5, 25)]
    world.check_replay()


def test_browser_is_nobodys_once_the_person_has_signed_out() -> None:
    world = World()
    add(world, visitor="c_1")
    assert add(world, visitor="c_1") == []
    assert add(world) == ["PushSubscriptionRenewed"]
    renewed = world.happened[-1]
    assert isinstance(renewed, PushSubscriptionRenewed)
    assert renewed.visitor is None
    world.check_replay()


def test_browser_comes_and_goes_and_comes_again() -> None:
    world = World()
    add(world, group="mugs", visitor="c_1")
    assert remove(world) == ["PushSubscriptionRemoved"]
    left = world.alive[subscription(world)]
    assert isinstance(left, PushSubscription)
    assert left.snapshot().visitor is None
    assert remove(world, "gone", "system") == []
    with pytest.raises(Unsubscribed):
        remove(world)
    assert add(world) == ["PushSubscriptionAdded"]
    world.check_replay()
