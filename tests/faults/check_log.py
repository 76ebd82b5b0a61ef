"""The log for itself, and the stream against the log."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from contracts import subjects
from tests.faults.books import Books, Row
from tests.faults.findings import Finding


def check_log(books: Books) -> Iterator[Finding]:
    """Versions from 1 without holes, ids rising, times never back, each shop in its own partition."""
    for partition, rows in books.logs.items():
        last = 0
        for row in rows:
            if row.notification <= last:
                yield Finding("log", f"partition {partition}: id {row.notification} after {last}")
            last = row.notification
            if subjects.partition_of(row.event.shop) != partition:
                yield Finding("log", f"partition {partition} holds an event of {row.event.shop}")
            if (row.event.originator_id, row.event.originator_version) != (row.aggregate, row.version):
                yield Finding("log", f"{row.aggregate} {row.version}: the payload says otherwise")
    for rows in books.by_aggregate.values():
        yield from _one_aggregate(rows)


def _one_aggregate(rows: list[Row]) -> Iterator[Finding]:
    for before, row in zip([None, *rows], rows, strict=False):
        expected = before.version + 1 if before else 1
        if row.version != expected:
            kind = "hole" if row.version > expected else "double"
            yield Finding("log", f"{row.aggregate}: {kind}, version {row.version} where {expected} belongs")
        if before and row.event.timestamp < before.event.timestamp:
            yield Finding("log", f"{row.aggregate} {row.version}: its time goes back")


def check_streams(books: Books) -> Iterator[Finding]:
    """Each partition's stream is its log: same events, same bytes, same order, sequence from 1 without holes."""
    for partition in sorted({*books.logs, *books.streams}):
        rows, messages = books.logs.get(partition, []), books.streams.get(partition, [])
        logged, streamed = [row.notification for row in rows], [message.notification for message in messages]
        counts = Counter(streamed)
        yield from (_finding(partition, "lost", id_) for id_ in logged if not counts[id_])
        yield from (_finding(partition, "doubled", id_) for id_, count in counts.items() if count > 1)
        yield from (_finding(partition, "not in the log", id_) for id_ in sorted(counts.keys() - set(logged)))
        if counts.keys() == set(logged) and list(dict.fromkeys(streamed)) != logged:
            yield Finding("stream", f"partition {partition}: another order than the log's")
        states = {row.notification: (row.topic, row.state) for row in rows}
        for number, message in enumerate(messages, start=1):
            if message.sequence != number or message.partition != partition:
                yield Finding("stream", f"partition {partition}: sequence {message.sequence} where {number} belongs")
            if states.get(message.notification) not in (None, (message.topic, message.state)):
                yield _finding(partition, "other bytes than in the log", message.notification)


def _finding(partition: int, what: str, notification: int) -> Finding:
    return Finding("stream", f"partition {partition}: event {notification} {what}")


def check_collected(books: Books) -> Iterator[Finding]:
    """The stream of all holds each partition's events once and in their order, whatever lies between them."""
    found: dict[int, list[int]] = defaultdict(list)
    for message in books.collected:
        found[message.partition].append(message.notification)
    for partition, rows in books.logs.items():
        logged, collected = [row.notification for row in rows], found[partition]
        if logged != collected:
            lost, doubled = len(set(logged) - set(collected)), len(collected) - len(set(collected))
            yield Finding("EVENTS", f"partition {partition}: {lost} lost, {doubled} doubled, or another order")
