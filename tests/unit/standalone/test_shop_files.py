"""Files of a shop that is taken along."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from contracts.conversations.attachments import AttachmentDetails
from services.common.attachments.details import sealed
from services.common.person_keys import PersonKey, Unreadable
from services.standalone import shop_files

KEY = PersonKey("demo", "g_1", b"k" * 32)
ERASED, STAYS = uuid4(), uuid4()


class Store:
    async def read(self, file: UUID, *_: object) -> AsyncIterator[bytes]:
        yield b"first "
        if file == ERASED:
            raise Unreadable("its person was erased between two pieces")
        yield b"second"


class Keys:
    async def get_many(self, persons: list[tuple[str, str]]) -> dict[tuple[str, str], PersonKey]:
        return dict.fromkeys(persons, KEY)


async def test_file_that_is_erased_meanwhile_is_left_out_and_the_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def row(file: UUID) -> tuple[Any, ...]:
        details = AttachmentDetails(id=file, name="letter.txt", type="text/plain", size=12)
        return file, "c", "g_1", 12, sealed(details, KEY)

    async def page(_pool: object, _shop: str, after: UUID) -> list[Any]:
        return [] if after.int else [row(ERASED), row(STAYS)]

    monkeypatch.setattr(shop_files, "_page", page)
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        nothing = cast("Any", None)
        await shop_files.write(archive, nothing, cast("Any", Keys()), cast("Any", Store()), "demo")
        assert archive.namelist() == [f"files/c/{STAYS}-letter.txt"]
        assert archive.read(f"files/c/{STAYS}-letter.txt") == b"first second"
