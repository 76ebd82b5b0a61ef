"""Writes the zip of an export as it goes out: texts first, then files, of each no more than a piece at a time."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.common.key_store import KeyStore
from services.common.person_keys import Unreadable
from services.gateway.attachments.attachments import Attachments

_MISSING: Final = b""


class _Sink(io.RawIOBase):
    """Where the zip is written to; it can't go back."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, some: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # what zipfile gives it
        self._parts.append(bytes(some))
        return len(some)

    def taken(self) -> bytes:
        """What has been written since this was asked last."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


@dataclass(frozen=True)
class FilesOfMessages:
    """The files that are sealed for persons, to read in clear."""

    attachments: Attachments
    keys: KeyStore

    async def read(self, file: UUID) -> AsyncIterator[bytes]:
        """All of it, some at a time; nothing of what is gone. Raises `Away` while the store is away."""
        held = await self.attachments.book.find(file)
        key = await self.keys.get(held.shop, held.person) if held is not None else None
        if held is None or key is None:
            return
        try:
            async for piece in self.attachments.store.read(held.id, held.size, key):
                yield piece
        except Unreadable:
            return


async def zipped(
    texts: Sequence[tuple[str, str | bytes]], files: Mapping[str, UUID], source: FilesOfMessages
) -> AsyncIterator[bytes]:
    """`texts` and `files` by their paths.

    Files are packed as they are (level 0): packing would hold up whoever else is served, and most are packed already.
    They are not ZIP_STORED, for of that readers that can't go back either would not find the end.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=0) as archive:
        for path, text in texts:
            await asyncio.to_thread(archive.writestr, path, text, compresslevel=6)
            yield sink.taken()
        for path, file in files.items():
            pieces = source.read(file)
            first = await anext(pieces, _MISSING)
            if not first:
                continue
            with archive.open(path, "w") as member:
                member.write(first)
                async for piece in pieces:
                    member.write(piece)
                    yield sink.taken()
    yield sink.taken()
