"""Commands about polls."""

from uuid import UUID

from contracts.command import Command
from contracts.engagement.polls import AnswerId, PollContent


class DraftPoll(Command, frozen=True, kw_only=True):
    """`poll` is derived from (shop, `sender`, id)."""

    poll: UUID
    content: PollContent


class ChangePoll(Command, frozen=True, kw_only=True):
    """A draft or a planned one; of an open one only when it closes, and what is shown after voting."""

    poll: UUID
    content: PollContent


class StartPoll(Command, frozen=True, kw_only=True):
    """A draft opens now, or is planned for `opens_at`. Needs two answers at least."""

    poll: UUID


class ClosePoll(Command, frozen=True, kw_only=True):
    """Staff close it, or the system when its time has come."""

    poll: UUID


class OpenPoll(Command, frozen=True, kw_only=True):
    """Of the system: the time of a planned one has come."""

    poll: UUID


class ArchivePoll(Command, frozen=True, kw_only=True):
    """A closed one goes out of sight."""

    poll: UUID


class DiscardPoll(Command, frozen=True, kw_only=True):
    """A draft or a planned one is thrown away."""

    poll: UUID


class CastVote(Command, frozen=True, kw_only=True):
    """A visitor votes. `vote` is derived from (poll, visitor): that is what makes it one a visitor."""

    poll: UUID
    vote: UUID
    answer: AnswerId


PollCommand = DraftPoll | ChangePoll | StartPoll | OpenPoll | ClosePoll | ArchivePoll | DiscardPoll | CastVote
