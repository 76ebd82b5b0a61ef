"""What each client saw, against the log."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from contracts.conversations import events as e
from tests.faults.books import Books, Row
from tests.faults.findings import Finding
from tests.support.journal import Entry, Frame

SEEN_WITHIN_S = 20.0
"""How long the last word before a fault may take to a visitor who does nothing."""

KINDS: dict[type[e.Event], set[str]] = {
    e.ConversationStarted: {"started"},
    e.ConversationQueued: {"waiting"},
    e.ConversationLeftLine: {"left_line"},
    e.OperatorAssigned: {"assigned"},
    e.MessageSaid: {"message"},
    e.NoteAdded: {"note", "none"},
    e.ConversationTransferred: {"transferred"},
    e.ConversationEnded: {"ended"},
    e.ConversationReopened: {"reopened"},
    e.ConversationRated: {"rated"},
    e.TranscriptRequested: {"transcript", "none"},
    e.ConversationArchived: {"archived"},
    e.ConversationDeleted: {"deleted"},
}

Views = dict[str, dict[str, list[Entry]]]


def views_of(journal: list[Entry]) -> Views:
    """Client → conversation → the events it was shown, in order."""
    views: Views = defaultdict(lambda: defaultdict(list))
    for entry in journal:
        if entry.what == "event":
            views[entry.who][entry.frame["conversation"]].append(entry)
    return views


def check_views(books: Books) -> Iterator[Finding]:
    """Every view is a piece of the log from its first event on: no hole, no double, no swap, the very words."""
    for who, conversations in views_of(books.journal).items():
        for conversation, entries in conversations.items():
            rows = books.by_aggregate.get(UUID(conversation), [])
            for number, entry in enumerate(entries, start=1):
                seq = entry.frame["seq"]
                if seq != number:
                    kind = "hole" if seq > number else "double"
                    yield Finding("views", f"{who}, {conversation}: {kind}, {seq} where {number} belongs")
                    break
                if seq > len(rows):
                    yield Finding("views", f"{who}, {conversation}: {seq} was shown and is not in the log")
                elif wrong := _differs(entry.frame, rows[seq - 1], books):
                    yield Finding("views", f"{who}, {conversation}: {seq} {wrong}")


def _differs(frame: Frame, row: Row, books: Books) -> str:
    event = row.event
    if frame["kind"] not in KINDS.get(type(event), {"none", frame["kind"]}):
        return f"is shown as {frame['kind']}, the log has {row.topic}"
    if not isinstance(event, e.MessageSaid):
        return ""
    if (frame["id"], frame["from"]) != (event.message, event.sender):
        return f"is the message {frame['id']}, the log has {event.message}"
    command = books.commands.get(event.message)
    return "has another text" if command is not None and command.text != frame["text"] else ""


def check_seen_by_all(books: Books) -> Iterator[Finding]:
    """In the end everybody has everything: a visitor of the newest conversation, an operator of all of the shop.

    Archived conversations are no longer shown to who was away at that moment.
    """
    archived = {row.aggregate for row in books.rows if isinstance(row.event, e.ConversationArchived)}
    members: dict[str, set[str]] = defaultdict(set)
    operators: dict[str, set[str]] = defaultdict(set)
    for who, conversations in views_of(books.journal).items():
        shop, _, role = who.partition("/")
        if role.startswith("o"):
            operators[shop].add(who)
        elif conversations:
            members[list(conversations)[-1]].add(who)
    heads = {who: {c: es[-1].frame["seq"] for c, es in cs.items()} for who, cs in views_of(books.journal).items()}
    for aggregate, rows in books.by_aggregate.items():
        if not isinstance(rows[0].event, e.ConversationStarted) or aggregate in archived:
            continue
        for who in members[str(aggregate)] | operators[rows[0].event.shop]:
            seen = heads[who].get(str(aggregate), 0)
            if seen < rows[-1].version:
                yield Finding("seen", f"{who}, {aggregate}: saw {seen} of {rows[-1].version}")


def check_silent_visitors(books: Books) -> Iterator[Finding]:
    """What an operator was told is stored reaches a visitor who does nothing, in time."""
    seen = {
        entry.frame["id"]: entry.t
        for entry in books.journal
        if entry.what == "event" and entry.who in books.silent and entry.frame["kind"] == "message"
    }
    theirs = {c for who, cs in views_of(books.journal).items() if who in books.silent for c in cs}
    for id_, command in books.commands.items():
        if command.frame["type"] != "say" or command.frame["conversation"] not in theirs or command.stored_at is None:
            continue
        if id_ not in seen:
            yield Finding("silent", f"{id_} never reached the silent visitor of {command.frame['conversation']}")
        elif (after := seen[id_] - command.stored_at) > SEEN_WITHIN_S:
            yield Finding("silent", f"{id_} took {after:.1f} s to its silent visitor")
