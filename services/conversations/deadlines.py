"""Which deadlines of a desk have passed: the commands that the owner of a partition gives to itself."""

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple
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
    SystemCommand,
)
from contracts.conversations.events import Party
from services.conversations.domain.desk import Desk

OPERATOR_AWAY_AFTER: Final = 25
"""Seconds without a connection until an operator's channels take nobody.

Longer than a page load, and than two leases are apart (10 s each): one that a new owner misses puts nobody away.
"""
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


class Due(NamedTuple):
    """What is due now, and when to look next if nothing changes before (None: when something changes)."""

    commands: list[SystemCommand]
    look_next: datetime | None


_Conversation = type[MarkVisitorAway | MarkVisitorBack | EndForgottenConversation | DropFromLine]
_Operator = type[MarkOperatorAway | MarkOperatorBack | MarkOperatorGone]
_LastWord = Callable[[UUID], Party | None]


def due(desk: Desk, presence: Presence, last_word: _LastWord, now: datetime) -> Due:
    """What is due on a desk. `last_word` says whose the last message of a conversation in memory is, None if unknown.

    Commands come again at every look until their effect is on the desk, so look again after they were decided.
    """
    passed: list[SystemCommand] = []
    next_at: datetime | None = None
    for at, who, kind in _operators(desk, presence, now):
        if at <= now:
            passed.append(kind(id=COMMAND_ID, shop=desk.shop, sender_kind="system", sender="system", operator=who))
        elif next_at is None or at < next_at:
            next_at = at
    for at, which, step in _visitors(desk, presence, last_word, now):
        if at <= now:
            passed.append(
                step(id=COMMAND_ID, shop=desk.shop, sender_kind="system", sender="system", conversation=which)
            )
        elif next_at is None or at < next_at:
            next_at = at
    retention = desk.retention_due()
    if retention is not None and retention <= now:
        passed.append(ApplyRetention(id=COMMAND_ID, shop=desk.shop, sender_kind="system", sender="system"))
    elif retention is not None:
        next_at = retention if next_at is None else min(next_at, retention)
    return Due(passed, next_at)


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
    desk: Desk, presence: Presence, last_word: _LastWord, now: datetime
) -> Iterator[tuple[datetime, UUID, _Conversation]]:
    """For each conversation the next step of presence, and when."""
    rules = desk.rules
    dropped, away, forgotten = (
        timedelta(seconds=seconds) for seconds in (rules.line_grace, rules.visitor_away_after, rules.forgotten_after)
    )
    for conversation, seat in desk.seats.all.items():
        if conversation in presence.visitors:
            if seat.away_since is not None:
                yield now, conversation, MarkVisitorBack
            continue
        absent = presence.absent_since(conversation, seat.since)
        if seat.status == "waiting":
            yield absent + dropped, conversation, DropFromLine
        elif seat.status == "open" and seat.away_since is None:
            yield absent + away, conversation, MarkVisitorAway
        elif seat.status == "open" and last_word(conversation) in (None, "operator"):
            yield absent + forgotten, conversation, EndForgottenConversation
