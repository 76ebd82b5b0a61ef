"""What clients were answered, against the log: nothing stored is missing, nothing counts twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from uuid import UUID

from contracts.conversations.events import MessageSaid
from tests.faults.books import Books, Command
from tests.faults.findings import Finding

NOT_DECIDED = {"unavailable", "rate_limited"}
"""Refusals after which the command may be in the log all the same, from another sending."""


def check_answers(books: Books) -> Iterator[Finding]:
    """Each `stored` names the event of just that command; a final refusal has changed nothing."""
    heads = {aggregate: {row.version: row.event for row in rows} for aggregate, rows in books.by_aggregate.items()}
    in_log = {row.event.command.id for row in books.rows if row.event.command}
    for id_, command in books.commands.items():
        if len({(frame["seq"], frame.get("conversation")) for frame in command.stored}) > 1:
            yield Finding("answers", f"{id_} was answered with different seqs")
        for frame in command.stored[:1]:
            if "conversation" not in frame:
                continue
            event = heads.get(UUID(frame["conversation"]), {}).get(frame["seq"])
            if event is None:
                yield Finding("answers", f"{id_} was stored as {frame['seq']} and is lost")
            elif event.command is None or event.command.id != id_:
                yield Finding("answers", f"{id_} was stored as {frame['seq']}, where another command stands")
        refused = [frame for frame in command.rejected if frame["code"] not in NOT_DECIDED]
        if id_ in in_log and refused:
            yield Finding("answers", f"{id_} was refused ({refused[0]['code']}) and is in the log")


def check_doubles(books: Books) -> Iterator[Finding]:
    """No command and no message stands twice, wherever."""
    said = Counter(row.event.message for row in books.rows if isinstance(row.event, MessageSaid))
    yield from (Finding("doubles", f"{id_} was said {count} times") for id_, count in said.items() if count > 1)
    kept = Counter((row.event.command.sender, row.event.command.id) for row in books.rows if row.event.command)
    yield from (Finding("doubles", f"{key[1]} counts {count} times") for key, count in kept.items() if count > 1)


def check_messages(books: Books) -> Iterator[Finding]:
    """Each stored text is a message in the log of the conversation that the answer names."""
    said = {(row.aggregate, row.event.message): row.version for row in books.rows if isinstance(row.event, MessageSaid)}
    for id_, command in books.commands.items():
        if command.frame["type"] not in ("say", "start") or command.text is None:
            continue
        for frame in command.stored[:1]:
            seq = said.get((UUID(frame["conversation"]), id_))
            if seq is None or seq < frame["seq"]:
                yield Finding("messages", f"the text of {id_}, stored, is lost")


def check_order(books: Books) -> Iterator[Finding]:
    """In a conversation, what was stored before something else was sent for the first time stands before it."""
    stored: dict[str, list[tuple[int, str, Command]]] = defaultdict(list)
    for id_, command in books.commands.items():
        for frame in command.stored[:1]:
            if "conversation" in frame:
                stored[frame["conversation"]].append((frame["seq"], id_, command))
    for commands in stored.values():
        earliest, whose = float("inf"), ""
        for _seq, id_, command in sorted(commands, key=lambda item: item[:2], reverse=True):
            if earliest < command.sent_at:
                yield Finding("order", f"{id_} stands before {whose}, which was stored before it was sent")
            if command.stored_at is not None and command.stored_at < earliest:
                earliest, whose = command.stored_at, id_
