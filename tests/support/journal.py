"""What a client did and saw, in order: the books that a checker compares with the log.

One line of JSON an entry when written to a file:

    {"t": 12.345678, "who": "v3", "what": "sent", "frame": {"type": "say", "id": …, …}}

`t` is CLOCK_MONOTONIC in seconds (one clock for all processes of a machine), `who` the client's
name, `frame` the frame as it went over the wire. `what` is one of

    sent       a command left (again under the same id after a reconnect or a retry)
    stored     its answer                  rejected   its answer
    event      delivered, in order         double     an event at or below the last one delivered
    gap        an event further than one ahead, not delivered; a resume follows
    welcome    a socket opened             resumed    a resume was answered
    closed     a socket ended: {"code": …} other      any further frame (desk, availability, heads …)
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

Frame = dict[str, Any]


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal."""

    t: float
    who: str
    what: str
    frame: Frame


class Journal:
    """Keeps entries in memory, or writes them to a file as they come."""

    def __init__(self, path: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self._encoder = msgspec.json.Encoder()
        self._file: IO[bytes] | None = path.open("ab") if path else None

    def note(self, who: str, what: str, frame: Frame) -> None:
        """Add one entry, stamped now."""
        entry = Entry(time.monotonic(), who, what, frame)
        if self._file is None:
            self.entries.append(entry)
        else:
            self._file.write(self._encoder.encode(entry) + b"\n")

    def flush(self) -> None:
        """Write out what is buffered; entries may follow."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Write out what is buffered; a journal in memory stays readable."""
        if self._file is not None:
            self._file.close()


def read(path: Path) -> Iterator[Entry]:
    """The entries of a journal file; a torn last line, of a client that was killed, is left out."""
    decoder = msgspec.json.Decoder(Entry)
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield decoder.decode(line)
