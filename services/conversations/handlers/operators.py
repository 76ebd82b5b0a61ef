"""Operators come and go, and open and close channels."""

from typing import Literal

from contracts.conversations.commands import CloseChannel, GoOffline, GoOnline, OpenChannel
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.desk import Desk
from services.conversations.handlers.steps import close_line, finish, on_desk, put_away, serve


def go_online(command: GoOnline, desk: Desk, unit: Unit, cause: Cause) -> None:
    """New channels serve the line first."""
    desk.go_online(command.sender, command.channels, cause)
    serve(desk, unit, cause)


def go_offline(command: GoOffline, desk: Desk, unit: Unit, cause: Cause) -> None:
    """The operator leaves of their own accord."""
    leave(command.sender, "asked", desk, unit, cause)


def open_channel(command: OpenChannel, desk: Desk, unit: Unit, cause: Cause) -> None:
    desk.open_channel(command.sender, cause)
    serve(desk, unit, cause)


def close_channel(command: CloseChannel, desk: Desk, unit: Unit, cause: Cause) -> None:
    desk.close_channel(command.sender, command.channel, cause)


def leave(operator: str, reason: Literal["asked", "gone"], desk: Desk, unit: Unit, cause: Cause) -> None:
    """Finished conversations go to history, ongoing ones are kept or end; who waits for nobody leaves the line."""
    finished, held = desk.seats.finished_of(operator), desk.channels.held_by(operator)
    desk.leave(operator, reason, cause)
    for conversation in finished:
        put_away(desk, on_desk(unit, conversation), cause)
    for conversation in held if desk.rules.on_leave == "end" else ():
        finish(desk, on_desk(unit, conversation), "system", "operator_left", cause)
    close_line(desk, unit, cause)
    serve(desk, unit, cause)
    for conversation in [] if desk.anybody_online() else desk.seats.finished():
        put_away(desk, on_desk(unit, conversation), cause)
