"""The mails about reviews as somebody of the staff sends them to themselves, to see them before customers do.

Composed as all of them are, of the products of the order that is named, or of samples; nothing of its customer is in
them, and their links lead to where it is said that they are a test.
"""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from psycopg import AsyncConnection

from contracts.engagement.review_events import OrderPlaced, ReviewRequestIssued, ReviewRulesSet
from contracts.engagement.reviews import Mode, OrderItem, ReviewRules, Step
from contracts.ids import order_id, review_policy_id, review_request_id
from services.common.review_links import TrialLinks
from services.notifier.letters import review
from services.notifier.letters.letter import Letter, NotWanted, Office, language_of
from services.notifier.letters.review import Asked
from services.notifier.queue import Due
from services.notifier.reviews.source import events_of
from services.notifier.texts import in_language

NUMBER: Final = "1234"
"""Of no order: shops have their own, and some longer ones."""
DAYS_UNDERWAY: Final = 3

_TRIAL: Final = """
    SELECT step, mode, trial.language, email, coalesce(membership.name, account.name)
    FROM mail.trial
    LEFT JOIN staff.membership ON membership.account = trial.account AND shop = %s AND left_at IS NULL
    LEFT JOIN staff.account ON account.id = membership.account AND disabled_at IS NULL
    WHERE trial.id = %s
"""


class Trial(NamedTuple):
    """What is wanted, and by whom."""

    step: Step
    mode: Mode
    language: str
    email: str
    name: str


class TrialSource:
    """Everything that such a mail is composed of; as `ReviewSource` is for those that customers get."""

    is_large: Final = False

    def __init__(self, trial: Trial, items: list[OrderItem], rules: ReviewRules, office: Office) -> None:
        """`items`: of the order whose products are shown; none: samples."""
        self._trial, self._items, self._rules, self._office = trial, items, rules, office

    def letter(self) -> Letter:
        """Raises Unsendable."""
        language = language_of(self._office.settings, self._trial.language)
        texts = in_language(language)
        samples = [OrderItem(sku=name, name=texts[f"review.test.{name}"]) for name in ("mug", "bowl")]
        asked = self._asked(self._items or samples, datetime.now(UTC))
        letter = review.compose(asked, self._office, TrialLinks(language))
        return dataclasses.replace(letter, mark=texts["review.test.mark"])

    def _asked(self, items: list[OrderItem], now: datetime) -> Asked:
        """As if the order had been placed, or received, just so long ago; reminded of, its first product is rated."""
        trial, rules, reminds = self._trial, self._rules, self._trial.step == "reminder"
        asked_at = now - timedelta(days=rules.reminder_days or 0) if reminds else now
        since = asked_at - timedelta(days=rules.days)
        order, rated = order_id(self._office.settings.name, NUMBER), items[:1] if reminds and len(items) > 1 else []
        issued = ReviewRequestIssued(
            originator_id=review_request_id(order, "", trial.step),
            originator_version=1,
            timestamp=now,
            shop="",
            order=order,
            number=NUMBER,
            step=trial.step,
            person="",
            mode=trial.mode,
            items=items[len(rated) :],
            language=trial.language,
            expires_at=asked_at + timedelta(days=rules.link_days),
            email=trial.email,
            name=trial.name,
        )
        if trial.mode == "placed":
            return Asked(issued, since, None, rated)
        return Asked(issued, since - timedelta(days=DAYS_UNDERWAY), since, rated)


async def trial_of(connection: AsyncConnection[Any], mail: Due) -> Trial | None:
    """None if the mail is no such one. Raises NotWanted if whoever asked for it is not of the shop's staff any more."""
    row = await (await connection.execute(_TRIAL, [mail.shop, mail.id])).fetchone()
    if row is None:
        return None
    step, mode, language, email, name = row
    if email is None:
        raise NotWanted("Who asked for this mail does not work for the shop any more.")
    return Trial(step, mode, language, email, name)


async def trial_source(connection: AsyncConnection[Any], mail: Due, trial: Trial, office: Office) -> TrialSource:
    """With the products of the order that the mail names, as the log has them."""
    events = await events_of(connection, mail.shop, [mail.aggregate, review_policy_id(mail.shop)])
    items = [event.items for event in events if isinstance(event, OrderPlaced)]
    rules = [event.rules for event in events if isinstance(event, ReviewRulesSet)]
    return TrialSource(trial, items[-1] if items else [], rules[-1] if rules else ReviewRules(), office)
