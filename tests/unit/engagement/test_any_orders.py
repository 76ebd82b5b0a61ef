"""Whatever is reported, in whatever order and however late: one mail and one reminder at most, and only to who is asked
rightly."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.engagement import review_commands as c
from contracts.engagement.review_events import ReviewRequestIssued, ReviewRequestWithheld
from contracts.engagement.reviews import STOPPING
from contracts.ids import recipient_id, review_policy_id
from services.common.eventlog.refusals import Refusal
from services.engagement.review_requests.order import Order
from services.engagement.review_requests.policy import ReviewPolicy
from services.engagement.review_requests.recipient import Recipient
from tests.unit.engagement.shop_with_orders import BOWL, HANNAH, MUG, PLACED_AT, Orders

Step = Callable[[Orders], None]

NUMBERS = ("20418", "20419")
STATUSES = ("shipped", "received", "cancelled", "returned")


def _placed(number: str, day: int, both: bool, address: bool) -> Step:
    def place(world: Orders) -> None:
        world.number = number
        items = (MUG, BOWL) if both else (MUG,)
        email = "sealed" if address else None
        digest = f"{number} {day} {both} {address}"
        world.place(items, placed_at=PLACED_AT + timedelta(days=day), email=email, digest=digest)

    return place


def _reported(number: str, status: str, day: int) -> Step:
    def report(world: Orders) -> None:
        world.number = number
        world.report(status, PLACED_AT + timedelta(days=day))

    return report


def _ruled(on: bool, mode: str, days: int, reminder: int | None) -> Step:
    return lambda world: world.rules(on=on, mode=mode, days=days, reminder_days=reminder)


def _written(number: str, sku: str, step: str) -> Step:
    def write(world: Orders) -> None:
        world.number = number
        try:
            world.do(world.write_command(sku, step))
        except Refusal:
            return

    return write


def _passed(hours: int) -> Step:
    def wait(world: Orders) -> None:
        world.later(hours=hours)
        check_fired(world)

    return wait


def _bounced(world: Orders) -> None:
    world.system(c.NoteBounce, recipient=recipient_id(world.shop, HANNAH), person=HANNAH)


MOSTLY = st.sampled_from([True, True, True, True, False])
REMINDERS = st.sampled_from([None, 1, 7])
MODES = st.sampled_from(["placed", "received"])
numbers, days = st.sampled_from(NUMBERS), st.integers(-20, 20)
placed = st.builds(_placed, numbers, days, st.booleans(), MOSTLY)
reported = st.builds(_reported, numbers, st.sampled_from(STATUSES), days)
passed = st.builds(_passed, st.integers(1, 240))
ruled = st.builds(_ruled, MOSTLY, MODES, st.integers(0, 9), REMINDERS)
written = st.builds(_written, numbers, st.sampled_from(["mug", "bowl"]), st.sampled_from(["request", "reminder"]))
ended = st.sampled_from([Orders.unsubscribe, _bounced, *[_passed(1)] * 8])
steps = st.one_of(placed, placed, reported, reported, passed, passed, written, written, ruled, ended)


def check_fired(world: Orders) -> None:
    """All timers that are due fire, again and again: what was issued was right, and nothing due is left."""
    for _ in range(2):
        standing = {place: timer for place, timer in world.timers.items() if timer.due_at <= world.now}
        for timer in standing.values():
            world.system(c.SendReviewRequest, order=timer.key, step=timer.step)
            for event in world.happened:
                if isinstance(event, ReviewRequestIssued):
                    check_right(world, event)
    assert not [timer for timer in world.timers.values() if timer.due_at <= world.now]


def check_right(world: Orders, issued: ReviewRequestIssued) -> None:
    policy, order = world.alive[review_policy_id(world.shop)], world.alive[issued.order]
    assert isinstance(policy, ReviewPolicy)
    assert isinstance(order, Order)
    assert policy.rules.on
    assert order.status not in STOPPING
    recipient = world.alive.get(recipient_id(world.shop, HANNAH))
    assert not isinstance(recipient, Recipient) or recipient.stopped is None
    assert issued.items
    assert issued.expires_at > world.now


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, min_size=5, max_size=25))
def test_any_reports_lead_to_one_mail_and_one_reminder_at_most(taken: list[Step]) -> None:
    world = Orders(mode="placed", days=2)
    for step in taken:
        step(world)
    world.later(days=400)
    check_fired(world)
    world.later(days=400)
    check_fired(world)
    assert world.timers == {}
    events = [event for log in world.log.values() for event in log]
    mails = [event for event in events if isinstance(event, ReviewRequestIssued | ReviewRequestWithheld)]
    fates = Counter((mail.order, mail.step) for mail in mails)
    assert all(count == 1 for count in fates.values())
    asked = {mail.order for mail in mails if isinstance(mail, ReviewRequestIssued) and mail.step == "request"}
    assert {mail.order for mail in mails if mail.step == "reminder"} <= asked
    world.check_replay()
