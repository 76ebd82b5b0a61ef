"""The zip of an export: whole, and files are not packed while others wait."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import UUID, uuid4

from services.gateway.rest.persons.archive import zipped

LINE = b"Over and over again. " * 1_000


class Source:
    async def read(self, _: UUID) -> AsyncIterator[bytes]:
        yield LINE
        yield LINE


async def test_texts_are_packed_and_files_put_in_as_they_are() -> None:
    parts = zipped([("data.json", LINE)], {"files/letter.txt": uuid4()}, cast("Any", Source()))
    whole = b"".join([part async for part in parts])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        text, file = archive.infolist()
        assert (archive.read(text), archive.read(file)) == (LINE, 2 * LINE)
    assert text.compress_size < text.file_size / 10
    assert file.compress_size > file.file_size
