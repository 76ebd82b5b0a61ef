"""What is too old goes."""

from contracts.conversations.commands import ApplyRetention
from services.conversations.domain.aggregate import Cause
from services.conversations.domain.desk import Desk
from services.conversations.handlers.unit import Unit


def apply_retention(command: ApplyRetention, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Only if it still is due."""
    due = desk.retention_due()
    if due is not None and due <= cause.at:
        desk.apply_retention(cause)
