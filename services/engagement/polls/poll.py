"""The Poll: a question from its draft until it is out of sight. It does not count its votes, it only says whether one
may be cast."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from contracts.engagement import poll_events as e
from contracts.engagement.polls import PollContent
from services.common.eventlog.aggregate import Aggregate, Cause
from services.common.eventlog.refusals import IdReused
from services.engagement.polls import errors
from services.engagement.polls.snapshots import PollSnapshot, State
from services.engagement.slice import NotFound

COMMANDS_KEPT: Final = 256
LEAST_ANSWERS: Final = 2
PATIENCE: Final = timedelta(minutes=1)
"""A time that passed while somebody was still choosing counts as now."""
_STANDS: Final[Mapping[State, str]] = {
    "draft": "a draft",
    "planned": "planned",
    "open": "open",
    "closed": "closed",
    "archived": "archived",
}


class Poll(Aggregate):
    """Times in its content are what staff want; `opens_at` and `closes_at` are what holds."""

    def reset(self) -> None:
        self.state: State = "draft"
        self.content = PollContent(question="-")
        self.opens_at: datetime | None = None
        self.closes_at: datetime | None = None

    # What staff decide

    def draft(self, content: PollContent, operator: str, cause: Cause) -> None:
        """It comes into being. Raises `SameAnswers`, `AlikeAnswers`, `WrongTimes`."""
        if self.version:
            raise IdReused
        _check_answers(content)
        _check_times(content)
        self.record(e.PollDrafted, cause, operator=operator, content=content)

    def change(self, content: PollContent, operator: str, cause: Cause) -> None:
        """All of it before it opens; then when it closes, and what is shown after voting.

        Raises what `draft` raises, and `TooFewAnswers`, `NeedsOpeningTime`, `OpeningHasPassed`, `EndHasPassed`,
        `FixedWhileOpen`, `StandsOtherwise`.
        """
        self._check_in("draft", "planned", "open")
        _check_answers(content)
        if content == self.content:
            return
        if self.state != "open":  # which may have been opened by hand before its time, and may close before it, too
            _check_times(content)
        if self.state == "planned":
            _check_opens_later(content, cause.at)
        if self.state == "open":
            self._check_only_end_changes(content, cause.at)
        self.record(e.PollChanged, cause, operator=operator, content=content)
        if self.state == "planned" and content.opens_at != self.opens_at:
            self.record(e.PollPlanned, cause, operator=operator, opens_at=content.opens_at)
        if self.state == "open" and content.closes_at != self.closes_at:
            self.record(e.PollOpened, cause, operator=operator, closes_at=content.closes_at)

    def start(self, operator: str, cause: Cause) -> None:
        """Now, or at its time; one that waits for its time opens now after all. Raises as `change`."""
        self._check_in("draft", "planned")
        _check_votable(self.content, cause.at)
        opens_at = self.content.opens_at
        if self.state == "draft" and opens_at is not None:
            _check_not_over(opens_at, cause.at)
        if self.state == "draft" and opens_at is not None and opens_at > cause.at:
            self.record(e.PollPlanned, cause, operator=operator, opens_at=opens_at)
        else:
            self.record(e.PollOpened, cause, operator=operator, closes_at=self.content.closes_at)

    def close(self, operator: str, cause: Cause) -> None:
        """Before its time, or since it has none. Raises `StandsOtherwise`."""
        self._check_in("open", "closed")
        if self.state == "open":
            self.record(e.PollClosed, cause, operator=operator)

    def archive(self, operator: str, cause: Cause) -> None:
        """Out of sight; the votes stay. Raises `StandsOtherwise`."""
        self._check_in("closed", "archived")
        if self.state == "closed":
            self.record(e.PollArchived, cause, operator=operator)

    def discard(self, operator: str, cause: Cause) -> None:
        """For good. Raises `StandsOtherwise`."""
        self._check_in("draft", "planned")
        self.record(e.PollDiscarded, cause, operator=operator)

    # What comes by itself

    def open_in_time(self, cause: Cause) -> None:
        """If its time has come and it still waits for it."""
        if self.state == "planned" and self.opens_at is not None and self.opens_at <= cause.at:
            self.record(e.PollOpened, cause, closes_at=self.content.closes_at)

    def close_in_time(self, cause: Cause) -> None:
        """If its time is over and nobody has given it more."""
        if self.state == "open" and self._is_over(cause.at):
            self.record(e.PollClosed, cause)

    # What votes ask

    def check_votable(self, answer: str, at: datetime) -> None:
        """Raises `NotOpen`, `NoSuchAnswer`; the end counts to the moment, however late it is noted."""
        if self.state != "open" or self._is_over(at):
            raise errors.NotOpen
        if all(one.id != answer for one in self.content.answers):
            raise errors.NoSuchAnswer

    def _is_over(self, at: datetime) -> bool:
        return self.closes_at is not None and self.closes_at <= at

    def _check_in(self, *states: State) -> None:
        if self.state == "discarded":
            raise NotFound
        if self.state not in states:
            raise errors.StandsOtherwise(f"This can't be done: the poll is {_STANDS[self.state]}.")

    def _check_only_end_changes(self, content: PollContent, now: datetime) -> None:
        before = self.content
        fixed = (content.question, content.answers, content.language, content.groups, content.opens_at)
        if fixed != (before.question, before.answers, before.language, before.groups, before.opens_at):
            raise errors.FixedWhileOpen
        if content.closes_at is not None and content.closes_at != self.closes_at and content.closes_at <= now:
            raise errors.EndHasPassed

    def apply(self, event: e.PollEvent) -> None:
        match event:
            case e.PollDrafted() | e.PollChanged():
                self.content = event.content
            case e.PollPlanned():
                self.state, self.opens_at = "planned", event.opens_at
            case e.PollOpened():
                self.state, self.opens_at, self.closes_at = "open", None, event.closes_at
            case e.PollClosed():
                self.state = "closed"
            case e.PollArchived():
                self.state = "archived"
            case e.PollDiscarded():
                self.state = "discarded"
        self.forget_old_commands(COMMANDS_KEPT)

    def snapshot(self) -> PollSnapshot:
        return PollSnapshot(
            state=self.state,
            content=self.content,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            **self._snapshot_head(),
        )

    def restore(self, snapshot: PollSnapshot) -> None:
        self.state, self.content = snapshot.state, snapshot.content
        self.opens_at, self.closes_at = snapshot.opens_at, snapshot.closes_at


def _check_answers(content: PollContent) -> None:
    if len({answer.id for answer in content.answers}) < len(content.answers):
        raise errors.SameAnswers
    if len({" ".join(answer.text.casefold().split()) for answer in content.answers}) < len(content.answers):
        raise errors.AlikeAnswers


def _check_times(content: PollContent) -> None:
    if content.opens_at is not None and content.closes_at is not None and content.closes_at <= content.opens_at:
        raise errors.WrongTimes


def _check_votable(content: PollContent, now: datetime) -> None:
    if len(content.answers) < LEAST_ANSWERS:
        raise errors.TooFewAnswers
    if content.closes_at is not None and content.closes_at <= now:
        raise errors.EndHasPassed


def _check_opens_later(content: PollContent, now: datetime) -> None:
    _check_votable(content, now)
    if content.opens_at is None:
        raise errors.NeedsOpeningTime
    _check_not_over(content.opens_at, now)


def _check_not_over(opens_at: datetime, now: datetime) -> None:
    if opens_at < now - PATIENCE:
        raise errors.OpeningHasPassed
