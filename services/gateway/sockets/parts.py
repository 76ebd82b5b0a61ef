"""A `welcome` of bounded size: many clients take no frame above 1 MiB."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from msgspec import UNSET

from contracts.sockets.operator import Conversations, Summary, Welcome

MOST_BYTES: Final = 1_000_000
PAGE_BYTES: Final = 131_072
CUT_CHARACTERS: Final = 200

_encode: Final = msgspec.json.Encoder().encode
_FIRST: Final = {"open": 0, "waiting": 1, "ended": 2}


def parts_of(welcome: Welcome, most: int = MOST_BYTES) -> tuple[str, Iterator[str]]:
    """The frame `welcome`, and further frames with what it can't hold: conversations that go on come first."""
    text = _encode(welcome)
    if len(text) > most:
        cut = [_cut(one) for one in sorted(welcome.conversations, key=_rank)]
        text = _encode(msgspec.structs.replace(welcome, conversations=cut))
        if len(text) > most:
            return _split(msgspec.structs.replace(welcome, conversations=[]), cut, most)
    return text.decode(), iter(())


def _split(empty: Welcome, summaries: Sequence[Summary], most: int) -> tuple[str, Iterator[str]]:
    room = most - len(_encode(empty))
    count = 0
    for one in summaries:
        room -= len(_encode(one)) + 1
        if room < 0:
            break
        count += 1
    first = msgspec.structs.replace(empty, conversations=list(summaries[:count]))
    return _encode(first).decode(), _pages(summaries[count:])


def _pages(summaries: Sequence[Summary]) -> Iterator[str]:
    page: list[Summary] = []
    size = 0
    for one in summaries:
        page.append(one)
        size += len(_encode(one))
        if size > PAGE_BYTES:
            yield _encode(Conversations(conversations=page)).decode()
            page, size = [], 0
    if page:
        yield _encode(Conversations(conversations=page)).decode()


def _rank(one: Summary) -> int:
    return _FIRST.get(one.status, len(_FIRST))


def _cut(one: Summary) -> Summary:
    """Lists show the beginning of a text."""
    if one.last is UNSET or len(one.last.text) <= CUT_CHARACTERS:
        return one
    last = msgspec.structs.replace(one.last, text=one.last.text[:CUT_CHARACTERS])
    return msgspec.structs.replace(one, last=last)
