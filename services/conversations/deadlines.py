"""Which deadlines of a desk have passed: the commands that the owner of a partition gives to itself."""

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final, NamedTuple
from uuid import UUID

from contracts.conversations.commands import (
    ApplyRetention,
    DropFromLine,
    EndForgottenConversation,
    MarkOperatorAway,
    MarkOperatorBack,
    MarkOperatorGone,
    MarkVisitorAway,
    MarkVisitorBack,
    NoticeUnanswered,
    SystemCommand,
    TurnHours,
)
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.snapshots import Seat

OPERATOR_AWAY_AFTER: Final = 25
"""Seconds without a connection until an operator's channels take nobody.

Longer than a page load, and than two leases are apart (10 s each): one that a new owner misses puts nobody away.
"""
PASSED_OVER_AFTER: Final = 5
"""Seconds after a waiting visitor's connection was lost until others are served before them: a page load is shorter."""
WOKEN_AT_ONCE: Final = 64
"""Of the conversations that are not in memory so many are read at a look: somebody may wait for an answer there."""
COMMAND_ID: Final = "deadline"
"""Of all commands from here: nobody keeps them, they hold only if their reason still does."""


class Presence(NamedTuple):
    """Who is connected, as far as the owner knows from the gateways' leases.

    `visitors` are conversations whose visitor is connected, `operators` operators of the desk's shop.
    `lost` says since when somebody of either is not connected any more; who is missing there is taken as absent
    since they came to the desk. Nobody is absent for longer than `up_since`: the later of when this owner took
    the partition and when its connection to the broker came back.
    """

    up_since: datetime
    visitors: Container[UUID]
    operators: Container[str]
    lost: Mapping[UUID | str, datetime]

    def absent_since(self, who: UUID | str, here_since: datetime) -> datetime:
        """When the connection of somebody not connected was lost."""
        return max(self.up_since, self.lost.get(who, here_since))

    def saw_lost(self, who: UUID | str) -> bool:
        """Whether we were told that the connection was lost; else its gateway may not have named it to us yet."""
        return self.lost.get(who, self.up_since) > self.up_since


class Due(NamedTuple):
    """What is due now, and when to look next if nothing changes before (None: when something changes)."""

    commands: list[SystemCommand]
    look_next: datetime | None


_Conversation = type[MarkVisitorAway | MarkVisitorBack | EndForgottenConversation | DropFromLine | NoticeUnanswered]
_Operator = type[MarkOperatorAway | MarkOperatorBack | MarkOperatorGone]
_Find = Callable[[UUID], Conversation | None]
_Step = tuple[datetime, SystemCommand]


def due(desk: Desk, presence: Presence, find: _Find, now: datetime) -> Due:
    """What is due on a desk. `find` finds a conversation that is in memory.

    Commands come again at every look until their effect is on the desk, so look again after they were decided.
    """
    passed: list[SystemCommand] = []
    next_at: datetime | None = None
    for at, command in _steps(desk, presence, find, now):
        if at <= now:
            passed.append(command)
        elif next_at is None or at < next_at:
            next_at = at
    return Due(passed, next_at)


def _steps(desk: Desk, presence: Presence, find: _Find, now: datetime) -> Iterator[_Step]:
    """What comes next of everything, and when."""
    if desk.closed:
        return
    common: dict[str, Any] = {"id": COMMAND_ID, "shop": desk.shop, "sender_kind": "system", "sender": "system"}
    for at, operator, kind in _operators(desk, presence, now):
        yield at, kind(operator=operator, **common)
    for at, conversation, step in chain(_visitors(desk, presence, find, now), _unanswered(desk, find, now)):
        yield at, step(conversation=conversation, **common)
    turns_at = desk.timetable.look_after(now)
    if desk.timetable.open_at(now) != desk.open:
        turns_at = now
    if turns_at is not None:
        yield turns_at, TurnHours(open=desk.timetable.open_at(now), **common)
    retention = desk.retention_due()
    if retention is not None:
        yield retention, ApplyRetention(**common)


def _operators(desk: Desk, presence: Presence, now: datetime) -> Iterator[tuple[datetime, str, _Operator]]:
    """For each operator the next step of presence, and when."""
    for operator, there in desk.operators.items():
        if operator in presence.operators:
            if there.online and there.away_since is not None:
                yield now, operator, MarkOperatorBack
        elif there.online:
            absent = presence.absent_since(operator, there.since)
            gone = absent + timedelta(seconds=desk.rules.operator_grace)
            away = absent + timedelta(seconds=OPERATOR_AWAY_AFTER)
            if there.away_since is not None or gone <= max(away, now):
                yield gone, operator, MarkOperatorGone
            else:
                yield away, operator, MarkOperatorAway


def _visitors(
    desk: Desk, presence: Presence, find: _Find, now: datetime
) -> Iterator[tuple[datetime, UUID, _Conversation]]:
    """For each conversation the next step of presence, and when."""
    rules = desk.rules
    away, forgotten = timedelta(seconds=rules.visitor_away_after), timedelta(seconds=rules.forgotten_after)
    for conversation, seat in desk.seats.all.items():
        if conversation in presence.visitors:
            if seat.away_since is not None:
                yield now, conversation, MarkVisitorBack
            continue
        absent = presence.absent_since(conversation, seat.since)
        if seat.status == "waiting":
            yield _in_line(desk, presence, conversation, seat, now)
        elif seat.status == "open" and seat.away_since is None:
            yield absent + away, conversation, MarkVisitorAway
        elif seat.status == "open" and _may_be_forgotten(find(conversation)):
            yield absent + forgotten, conversation, EndForgottenConversation


def _in_line(
    desk: Desk, presence: Presence, conversation: UUID, seat: Seat, now: datetime
) -> tuple[datetime, UUID, _Conversation]:
    """Passed over at first, dropped later; who may only not have been named yet is given as long as operators are."""
    absent = presence.absent_since(conversation, seat.since)
    dropped = absent + timedelta(seconds=desk.rules.line_grace)
    patience = PASSED_OVER_AFTER if presence.saw_lost(conversation) else OPERATOR_AWAY_AFTER
    passed_over = absent + timedelta(seconds=patience)
    if seat.away_since is not None or dropped <= max(passed_over, now):
        return dropped, conversation, DropFromLine
    return passed_over, conversation, MarkVisitorAway


def _may_be_forgotten(conversation: Conversation | None) -> bool:
    """What is not in memory decides it itself."""
    return conversation is None or conversation.last_from == "operator"


def _unanswered(desk: Desk, find: _Find, now: datetime) -> Iterator[tuple[datetime, UUID, _Conversation]]:
    """Where a visitor waits for an answer: when the staff are told. What is not in memory is read, a few at a time."""
    after, woken = desk.rules.unanswered_after, 0
    for which, seat in desk.seats.all.items() if after is not None else ():
        if seat.status == "ended":
            continue
        conversation = find(which)
        if conversation is None:
            woken += 1
        at = now if conversation is None else conversation.alert_due(after)
        if at is not None and woken <= WOKEN_AT_ONCE:
            yield at, which, NoticeUnanswered
