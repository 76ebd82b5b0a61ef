"""Which log each command and each event belongs to."""

from collections.abc import Mapping
from typing import Final, get_args

from contracts import subjects
from contracts.command import Command
from contracts.conversations.commands import AnyCommand as ConversationsCommand
from contracts.conversations.events import AnyEvent as ConversationsEvent
from contracts.engagement.commands import EngagementCommand
from contracts.engagement.events import EngagementEvent
from contracts.event import Event

AnyCommand = ConversationsCommand | EngagementCommand
AnyEvent = ConversationsEvent | EngagementEvent

COMMANDS: Final[Mapping[str, tuple[type[Command], ...]]] = {
    subjects.CONVERSATIONS: get_args(ConversationsCommand),
    subjects.ENGAGEMENT: get_args(EngagementCommand),
}
EVENTS: Final[Mapping[str, tuple[type[Event], ...]]] = {
    subjects.CONVERSATIONS: get_args(ConversationsEvent),
    subjects.ENGAGEMENT: get_args(EngagementEvent),
}

_LOG_OF: Final = {command: log for log, commands in COMMANDS.items() for command in commands}


def log_of(command: type[Command] | Command) -> str:
    """The log whose owners decide a command of this kind."""
    return _LOG_OF[command if isinstance(command, type) else type(command)]
