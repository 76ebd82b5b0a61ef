"""The read table of messages against the log and the words that were sent."""

from collections.abc import Iterator

from contracts.conversations import events as e
from tests.faults.books import Books
from tests.faults.findings import Finding


def check_read_tables(books: Books) -> Iterator[Finding]:
    """Every message of the log once, at its place, with the text that its sender typed."""
    if books.messages is None:
        return
    conversations = {
        a: rows for a, rows in books.by_aggregate.items() if isinstance(rows[0].event, e.ConversationStarted)
    }
    for aggregate in sorted(books.messages.keys() - conversations.keys()):
        yield Finding("reads", f"{aggregate} is in the read table and not in the log")
    for aggregate, rows in conversations.items():
        logged = {row.version: row.event for row in rows if isinstance(row.event, e.MessageSaid)}
        found = books.messages.get(aggregate, [])
        seqs = [message.seq for message in found]
        if len(seqs) != len(set(seqs)):
            yield Finding("reads", f"{aggregate}: a message is there twice")
        for seq in sorted(logged.keys() - set(seqs)):
            yield Finding("reads", f"{aggregate}: message {seq} is lost")
        for message in found:
            event = logged.get(message.seq)
            if event is None or (event.message, event.sender) != (message.id, message.sender):
                yield Finding("reads", f"{aggregate}: message {message.seq} is not the log's")
            elif (command := books.commands.get(message.id)) and command.text != message.text:
                yield Finding("reads", f"{aggregate}: message {message.seq} has another text")
