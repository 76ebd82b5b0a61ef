"""What is too old goes."""

from contracts.conversations.commands import ApplyRetention
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.unit import Unit
from services.conversations.domain.desk import Desk


def apply_retention(command: ApplyRetention, desk: Desk, unit: Unit, cause: Cause) -> None:
    """Only if it still is due."""
    due = desk.retention_due()
    if due is not None and due <= cause.at:
        desk.apply_retention(cause)
