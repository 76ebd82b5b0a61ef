"""Orders in any order of arrival, and the one mail, and the one reminder, that may come of them."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import msgspec
import pytest

from contracts.engagement import review_commands as c
from contracts.engagement.review_events import OrderReviewStopped, ReviewRequestIssued, ReviewRequestWithheld
from contracts.ids import recipient_id
from services.common.eventlog.refusals import IdReused, WrongSender
from tests.unit.engagement.shop_with_orders import BOWL, HANNAH, MUG, PLACED_AT, Orders
from tests.unit.engagement.world import World, at


def asked(**rules: Any) -> Orders:
    """Hannah has got the first mail."""
    world = Orders(**{"mode": "placed", "days": 2, **rules})
    world.place()
    world.later(days=3)
    assert "ReviewRequestIssued" in world.fire()
    return world


def issued(world: World) -> ReviewRequestIssued:
    found = [event for event in world.happened if isinstance(event, ReviewRequestIssued)]
    return found[0]


def withheld(world: World) -> str:
    (event,) = world.happened
    assert isinstance(event, ReviewRequestWithheld)
    return event.reason


def test_order_is_asked_about_days_after_it_was_placed() -> None:
    world = Orders(mode="placed", days=2, zone="Europe/Warsaw")
    world.place()
    assert world.names == ["OrderPlaced", "OrderReviewPlanned"]
    assert world.due() == at("2026-03-03 09:00")
    world.now = at("2026-03-03 08:59")
    assert world.fire() == []
    world.now = at("2026-03-03 09:00")
    assert sorted(world.fire()) == ["OrderReviewPlanned", "ReviewRequestIssued"]
    mail = issued(world)
    assert (mail.step, mail.mode, mail.items, mail.person) == ("request", "placed", [MUG, BOWL], HANNAH)
    assert mail.expires_at == at("2026-05-02 09:00")
    assert world.due() is None
    assert world.due("reminder") == at("2026-03-10 09:00")
    world.check_replay()


def test_order_is_asked_about_days_after_it_was_received() -> None:
    world = Orders(mode="received", days=5)
    world.place()
    assert world.names == ["OrderPlaced"]
    world.report("shipped", at("2026-03-02 08:00"))
    assert world.due() is None
    world.report("received", at("2026-03-04 15:00"))
    assert world.due() == at("2026-03-09 10:00")
    world.now = at("2026-03-09 10:00")
    world.fire()
    assert issued(world).mode == "received"


def test_reports_in_any_order_plan_the_same() -> None:
    def place(world: Orders) -> None:
        world.place()

    def ship(world: Orders) -> None:
        world.report("shipped", at("2026-03-02 08:00"))

    def receive(world: Orders) -> None:
        world.report("received", at("2026-03-04 15:00"))

    for reports in permutations((place, ship, receive)):
        world = Orders(mode="received", days=5)
        for report in reports:
            report(world)
        assert world.due() == at("2026-03-09 10:00")
        world.check_replay()


@pytest.mark.parametrize("reports", list(permutations([("received", 2), ("cancelled", 3), ("shipped", 1)])))
def test_latest_status_holds_in_any_order(reports: tuple[tuple[str, int], ...]) -> None:
    world = Orders(mode="received", days=5)
    world.place()
    for status, day in reports:
        world.report(status, at(f"2026-03-0{day} 08:00"))
    assert world.due() is None
    world.check_replay()


def test_same_order_again_is_nothing_new_and_a_changed_one_is() -> None:
    world = Orders(mode="placed", days=2)
    first = world.place(id="order-0001")
    assert world.place(id="order-0001") == first
    assert world.names == []
    world.place()
    assert world.names == []
    with pytest.raises(IdReused):
        world.place(id="order-0001", digest="another")
    world.place((MUG,))
    assert world.names == ["OrderPlaced"]
    world.place(placed_at=at("2026-03-02 09:00"))
    assert world.names == ["OrderPlaced", "OrderReviewPlanned"]
    world.check_replay()


def test_same_status_again_is_nothing_new() -> None:
    world = Orders(mode="received", days=5)
    world.report("received")
    world.report("received")
    assert world.names == []
    world.report("received", at("2026-03-05 08:00"))
    assert world.names == ["OrderStatusReported"]


@pytest.mark.parametrize("ahead", ["2026-03-04 15:00", "2026-03-05 14:00"])
def test_status_without_a_time_holds_from_now_on_whatever_was_reported_before(ahead: str) -> None:
    """Also of a shop whose clock is ahead, and by a worker whose own is behind that of the one before."""
    world = Orders(mode="received", days=5)
    world.place()
    world.now = at("2026-03-04 15:00")
    world.report("received", at(ahead))
    world.now = at("2026-03-04 14:59")
    world.report_now("cancelled")
    assert world.names == ["OrderStatusReported", "OrderReviewStopped"]
    assert world.due() is None
    world.report_now("cancelled")
    assert world.names == []
    world.report_now("received")
    assert world.due() is not None
    world.check_replay()


def test_received_again_and_again_is_received_once_but_after_a_return_anew() -> None:
    world = Orders(mode="received", days=5)
    world.place()
    for day in (4, 3, 6):
        world.report("received", at(f"2026-03-0{day} 08:00"))
    assert world.due() == at("2026-03-08 10:00")
    world.report("returned", at("2026-03-05 08:00"))
    assert world.due() == at("2026-03-11 10:00")
    world.check_replay()


def test_rules_hold_for_what_is_reported_from_then_on() -> None:
    world = Orders(mode="placed", days=2)
    world.place()
    planned = world.due()
    world.rules(mode="placed", days=20)
    world.report("shipped")
    assert world.due() == planned
    world.number = "20419"
    world.place()
    assert world.due() == at("2026-03-21 10:00")


def test_mail_goes_in_the_mode_in_which_it_was_planned() -> None:
    world = Orders(mode="received", days=5)
    world.place()
    world.report("received")
    world.rules(mode="placed", days=2)
    world.later(days=6)
    world.fire()
    assert issued(world).mode == "received"
    world.check_replay()


@pytest.mark.parametrize("status", ["cancelled", "returned"])
def test_cancelled_and_returned_orders_ask_nobody(status: str) -> None:
    world = Orders(mode="placed", days=2)
    world.place()
    world.report(status)
    stopped = world.happened[-1]
    assert isinstance(stopped, OrderReviewStopped)
    assert stopped.reason == status
    assert world.timers == {}
    world.later(days=3)
    world.send()
    assert world.names == []


def test_order_that_came_back_to_the_customer_is_asked_about_after_all() -> None:
    world = Orders(mode="received", days=5)
    world.place()
    world.report("received", at("2026-03-02 08:00"))
    world.report("returned", at("2026-03-03 08:00"))
    world.report("received", at("2026-03-04 08:00"))
    assert world.due() == at("2026-03-09 10:00")


def test_timer_that_comes_twice_or_too_early_sends_once() -> None:
    world = asked()
    world.send()
    world.send()
    assert world.names == []
    world.send("reminder")
    assert world.names == []
    assert world.events_of(world.request()) == ["ReviewRequestIssued"]


def test_past_of_a_shop_asks_nobody_but_a_late_report_does() -> None:
    world = Orders(mode="placed", days=2)
    world.place(placed_at=at("2025-12-01 09:00"))
    assert world.due() is None
    world.number = "20419"
    world.place(placed_at=at("2026-02-20 09:00"))
    assert sorted(world.fire()) == ["OrderReviewPlanned", "ReviewRequestIssued"]


def test_reminder_is_one_and_about_what_is_not_reviewed() -> None:
    world = asked(reminder_days=7)
    first = issued(world)
    world.do(world.write_command("bowl"))
    world.later(days=8)
    assert world.fire() == ["ReviewRequestIssued"]
    mail = issued(world)
    assert (mail.step, mail.items, mail.expires_at) == ("reminder", [MUG], first.expires_at)
    assert world.timers == {}
    world.later(days=30)
    world.place((MUG,), digest="changed")
    assert world.names == ["OrderPlaced"]
    world.check_replay()


def test_link_of_a_reminder_is_good_for_a_day_though_the_first_one_is_over() -> None:
    world = asked(reminder_days=7, link_days=3)
    world.later(days=8)
    world.fire()
    assert issued(world).expires_at == world.now + timedelta(days=1)


def test_reminder_is_withheld_where_all_is_reviewed_and_stopped_by_a_return() -> None:
    world = asked(reminder_days=7)
    world.do(world.write_command("bowl"))
    world.do(world.write_command("mug"))
    world.later(days=8)
    world.fire()
    assert withheld(world) == "reviewed"
    world = asked(reminder_days=7)
    world.report("returned")
    assert world.timers == {}


def test_no_reminder_where_the_shop_wants_none() -> None:
    assert asked(reminder_days=None).timers == {}


def test_it_is_looked_at_again_when_the_mail_is_due() -> None:
    world = Orders(mode="placed", days=2)
    world.place()
    world.rules(on=False, mode="placed", days=2)
    world.later(days=3)
    world.fire()
    assert withheld(world) == "off"
    assert world.timers == {}
    world.rules(on=True)
    world.send()
    assert world.names == []
    world.check_replay()


@pytest.mark.parametrize("stopped", ["c_somebody", "m_box"])
def test_nobody_is_asked_at_a_mailbox_where_no_mails_are_wanted(stopped: str) -> None:
    """Whoever has ordered: with an account, another one, or none."""
    world = Orders(mode="placed", days=2)
    world.unsubscribe(stopped)
    world.place(person="c_somebody", mailbox="m_box")
    world.later(days=3)
    world.fire()
    assert withheld(world) == "unsubscribed"
    world.check_replay()


def test_who_has_no_address_or_wants_no_mails_gets_none() -> None:
    world = Orders(mode="placed", days=2)
    world.place(email=None)
    world.later(days=3)
    world.fire()
    assert withheld(world) == "no_address"
    world = Orders(mode="placed", days=2)
    world.place()
    world.unsubscribe()
    world.unsubscribe()
    assert world.names == []
    world.later(days=3)
    world.fire()
    assert withheld(world) == "unsubscribed"
    world.check_replay()


def test_whose_mails_come_back_gets_no_more() -> None:
    world = asked(reminder_days=7)
    recipient = recipient_id(world.shop, HANNAH)
    world.system(c.NoteBounce, recipient=recipient, person=HANNAH)
    assert world.names == ["RecipientBounced"]
    world.system(c.NoteBounce, recipient=recipient, person=HANNAH)
    assert world.names == []
    world.later(days=8)
    world.fire()
    assert withheld(world) == "bounced"


def test_order_of_a_shop_without_rules_asks_nobody() -> None:
    world = Orders()
    world.place()
    world.report("received", PLACED_AT)
    world.later(days=9)
    world.fire()
    assert withheld(world) == "off"


def test_only_the_shop_reports_and_only_the_system_sends() -> None:
    world = Orders(mode="placed", days=2)
    command = world.command(
        c.PlaceOrder, order=world.order, number="1", person=HANNAH, placed_at=PLACED_AT, items=[MUG]
    )
    with pytest.raises(WrongSender):
        world.do(msgspec.structs.replace(command, sender_kind="visitor"))
    with pytest.raises(WrongSender):
        world.staff(c.SendReviewRequest, order=world.order, step="request")
