"""A shop that reports orders to the handlers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.engagement import review_commands as c
from contracts.engagement.reviews import OrderItem, ReviewRules
from contracts.ids import order_id, recipient_id, review_id, review_policy_id, review_request_id
from services.common.eventlog.unit import Decided
from tests.unit.engagement.world import SHOP, World, at

HANNAH = "c_hannah"
PLACED_AT = at("2026-03-01 09:00")
MUG = OrderItem(sku="mug", name="Tide mug", variant="340 ml")
BOWL = OrderItem(sku="bowl", name="Salt bowl")


class Orders(World):
    """Of one order, 20418, by Hannah."""

    number = "20418"

    def __init__(self, shop: str = SHOP, **rules: Any) -> None:
        super().__init__(shop)
        if rules:
            self.rules(**rules)

    @property
    def order(self) -> UUID:
        return order_id(self.shop, self.number)

    def request(self, step: str = "request") -> UUID:
        return review_request_id(self.order, "", step)

    def rules(self, **rules: Any) -> None:
        self.staff(c.SetReviewRules, rules=ReviewRules(**{"on": True, **rules}), digest=str(rules))
        assert self.alive[review_policy_id(self.shop)].version

    def place(self, items: tuple[OrderItem, ...] = (MUG, BOWL), **fields: Any) -> Decided:
        given: dict[str, Any] = {
            "placed_at": PLACED_AT,
            "email": "sealed",
            "name": "sealed",
            "person": HANNAH,
            **fields,
        }
        given.setdefault("digest", f"{items} {given['placed_at']}")
        return self.staff(c.PlaceOrder, order=self.order, number=self.number, items=list(items), **given)

    def report(self, status: str, since: datetime | None = None, **fields: Any) -> Decided:
        when = since or self.now
        fields.setdefault("digest", f"{status} {when}")
        return self.staff(c.ReportOrderStatus, order=self.order, number=self.number, status=status, at=when, **fields)

    def report_now(self, status: str) -> Decided:
        """Without a time."""
        return self.staff(c.ReportOrderStatus, order=self.order, number=self.number, status=status, digest=status)

    def send(self, step: str = "request") -> None:
        self.system(c.SendReviewRequest, order=self.order, step=step)

    def write_command(self, sku: str = "mug", step: str = "request", **fields: Any) -> c.WriteReview:
        said = {"stars": 5, "language": "en", "text": "sealed", "digest": sku}
        which = {"order": self.order, "request": self.request(step), "review": review_id(self.order, sku), "sku": sku}
        made: c.WriteReview = self.command(c.WriteReview, "visitor", HANNAH, **{**said, **which, **fields})
        return made

    def unsubscribe(self, who: str = HANNAH) -> None:
        recipient = recipient_id(self.shop, who)
        self.do(self.command(c.Unsubscribe, "visitor", HANNAH, recipient=recipient, person=who, by="link"))

    def due(self, step: str = "request") -> datetime | None:
        timer = self.timers.get((self.order, step))
        return None if timer is None else timer.due_at
