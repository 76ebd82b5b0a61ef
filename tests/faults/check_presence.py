"""Nobody is put away, marked away or sent offline because a process was."""

from collections.abc import Iterator

from contracts.conversations import events as e
from tests.faults.books import Books
from tests.faults.findings import Finding


def check_presence(books: Books) -> Iterator[Finding]:
    """All clients of the load come back at once, so whatever presence did to one of them was the outage's doing."""
    asked = {
        row.aggregate
        for row in books.rows
        if isinstance(row.event, e.ConversationEnded | e.ConversationLeftLine)
        and (not isinstance(row.event, e.ConversationEnded) or row.event.reason == "asked")
    }
    for row in books.rows:
        match row.event:
            case e.OperatorWentOffline(reason="gone") | e.OperatorMarkedAway() | e.VisitorMarkedAway():
                pass
            case e.ConversationEnded(reason="forgotten" | "operator_left"):
                pass
            case e.ConversationLeftLine(reason="absent") | e.ConversationPassedOver(reason="absent"):
                pass
            case e.ConversationArchived() if row.aggregate not in asked:
                pass
            case _:
                continue
        yield Finding("presence", f"{row.event.shop}: {row.topic} at {row.event.timestamp:%H:%M:%S}")
