"""Polls and votes: what the log `engagement` has of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, get_args
from uuid import UUID

from contracts.command import Command, SenderKind
from contracts.engagement import poll_commands as c
from contracts.engagement import poll_events as e
from contracts.ids import vote_id
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.refusals import WrongSender
from services.common.eventlog.unit import Decided, Unit
from services.engagement.polls.errors import AlreadyVoted
from services.engagement.polls.poll import Poll
from services.engagement.polls.snapshots import PollSnapshot, VoteSnapshot
from services.engagement.polls.vote import Vote
from services.engagement.slice import Handler, NotFound, Slice, on_any, on_existing
from services.engagement.timers.timer import Change, ClearTimer, SetTimer, Timer

OPENS: Final = "poll_opens"
CLOSES: Final = "poll_closes"
NOBODY: Final = ""
"""Stands for the sender in what a vote keeps of its command: who voted is not to be told from the log."""

_STAFF: Final[tuple[SenderKind, ...]] = ("operator",)


def _poll(command: Any) -> UUID:
    poll: UUID = command.poll
    return poll


def _draft(command: c.DraftPoll, poll: Poll, cause: Cause) -> None:
    poll.draft(command.content, command.sender, cause)


def _change(command: c.ChangePoll, poll: Poll, cause: Cause) -> None:
    poll.change(command.content, command.sender, cause)


def _open(_command: c.OpenPoll, poll: Poll, cause: Cause) -> None:
    poll.open_in_time(cause)


def _close(command: c.ClosePoll, poll: Poll, cause: Cause) -> None:
    if command.sender_kind == "system":
        poll.close_in_time(cause)
    else:
        poll.close(command.sender, cause)


def _by_staff(act: Callable[[Poll, str, Cause], None]) -> Handler:
    """A decision that needs nothing but who took it."""

    def do(command: Command, poll: Poll, cause: Cause) -> None:
        act(poll, command.sender, cause)

    return on_existing(Poll, _poll, do, _STAFF)


def _vote_targets(command: c.CastVote) -> Iterable[UUID]:
    return command.poll, command.vote


def _cast(command: c.CastVote, unit: Unit, now: datetime) -> Decided:
    """Raises `AlreadyVoted` for any vote but the first of this visitor, which only its own command may repeat."""
    if command.vote != vote_id(command.poll, command.sender):
        raise WrongSender
    poll, vote = unit.get(command.poll), unit.get(command.vote)
    if not isinstance(poll, Poll) or poll.shop != command.shop:
        raise NotFound
    if isinstance(vote, Vote):
        if (seq := vote.answer_to(command, sender=NOBODY)) is None:
            raise AlreadyVoted
        return Decided(vote.id, seq)
    poll.check_votable(command.answer, now)
    vote = Vote.blank(command.vote, command.shop, now)
    cause = Cause(command, now, sender=NOBODY)
    cause.keeper = vote
    vote.cast(command.poll, command.answer, cause)
    unit.add(vote)
    return Decided(vote.id, cause.seq)


# Timers


def _planned(event: e.PollPlanned) -> Sequence[Change]:
    return [SetTimer(OPENS, event.originator_id, OPENS, event.opens_at)]


def _opened(event: e.PollOpened) -> Sequence[Change]:
    poll = event.originator_id
    closing: Change = ClearTimer(poll, CLOSES)
    if event.closes_at is not None:
        closing = SetTimer(CLOSES, poll, CLOSES, event.closes_at)
    return [ClearTimer(poll, OPENS), closing]


def _over(event: e.PollClosed | e.PollDiscarded) -> Sequence[Change]:
    return [ClearTimer(event.originator_id)]


def _open_by_itself(timer: Timer) -> Command:
    return c.OpenPoll(poll=timer.key, **timer.command_head())


def _close_by_itself(timer: Timer) -> Command:
    return c.ClosePoll(poll=timer.key, **timer.command_head())


SLICE: Final = Slice(
    commands={
        c.DraftPoll: on_any(Poll, _poll, _draft, _STAFF),
        c.ChangePoll: on_existing(Poll, _poll, _change, _STAFF),
        c.StartPoll: _by_staff(Poll.start),
        c.OpenPoll: on_existing(Poll, _poll, _open, ("system",)),
        c.ClosePoll: on_existing(Poll, _poll, _close, ("operator", "system")),
        c.ArchivePoll: _by_staff(Poll.archive),
        c.DiscardPoll: _by_staff(Poll.discard),
        c.CastVote: Handler(senders=("visitor",), targets=_vote_targets, decide=_cast),
    },
    aggregates={**dict.fromkeys(get_args(e.PollEvent), Poll), e.VoteEvent: Vote},
    snapshots={PollSnapshot: Poll, VoteSnapshot: Vote},
    timers={e.PollPlanned: _planned, e.PollOpened: _opened, e.PollClosed: _over, e.PollDiscarded: _over},
    fire={OPENS: _open_by_itself, CLOSES: _close_by_itself},
)
