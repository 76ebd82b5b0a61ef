"""Orders of a shop that reports again and again how they stand."""

from datetime import timedelta

from contracts.engagement.order_status import condensed, received_since, status_of
from tests.unit.engagement.shop_with_orders import Orders
from tests.unit.engagement.world import at

RECEIVED = at("2026-03-04 15:00")
HOUR = timedelta(hours=1)


def test_order_reported_as_received_every_hour_is_asked_about_as_if_once() -> None:
    world = Orders(mode="received", days=5)
    world.place()
    for hours in range(150):
        world.now = RECEIVED + hours * HOUR
        world.report("received", world.now)
        assert world.due() == at("2026-03-09 10:00")
    assert "ReviewRequestIssued" in world.fire()
    world.check_replay()


def test_of_too_many_reports_those_go_that_say_nothing_new_and_then_the_earliest() -> None:
    hourly = [("received", RECEIVED + hours * HOUR) for hours in range(5)]
    reports = [("cancelled", RECEIVED + 9 * HOUR), *hourly, ("shipped", RECEIVED - HOUR)]
    assert condensed(reports, 7) == reports
    few = condensed(reports, 6)
    assert few == [reports[0], hourly[0], hourly[-1], reports[-1]]
    assert (status_of(few), received_since(few)) == ("cancelled", RECEIVED)
    assert condensed(reports, 2) == [reports[0], hourly[-1]]
