"""Opening hours begin and end."""

from contracts.conversations.commands import TurnHours
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.desk import Desk
from services.conversations.handlers.steps import close_line


def turn_hours(command: TurnHours, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Only if it still is so by the timetable. Who waits when it closes leaves the line; who talks goes on."""
    if desk.timetable.open_at(cause.at) == command.open:
        desk.turn_hours(command.open, cause)
        close_line(desk, unit, cause)
