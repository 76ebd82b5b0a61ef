"""Receiving a file: what comes too late leaves nothing behind in the store."""

from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

import pytest
from starlette.requests import Request

from services.common.person_keys import PersonKey
from services.gateway.attachments.book import Held, Sender
from services.gateway.rest.attachments.receiving import Receiving
from services.gateway.rest.problems import Problem

SENDER = Sender(shop="demo", conversation=str(uuid4()), person="g_1", kind="visitor", id="g_1", command="1")


class Forgetful:
    """Table, store and links of a gateway that was frozen for so long that its file is given up and forgotten."""

    def __init__(self) -> None:
        self.book = self.store = self
        self.kept: set[UUID] = set()

    async def begin(self, sender: Sender, size: int) -> Held:
        return Held(uuid4(), sender.shop, UUID(sender.conversation), sender.person, size, "", stored=False)

    async def put(self, file: UUID, _: BinaryIO) -> None:
        self.kept.add(file)

    async def remove(self, file: UUID) -> None:
        self.kept.remove(file)

    async def stored(self, *_: object) -> bool:
        assert self.kept
        return False

    async def discard(self, _: UUID) -> None:
        """There is nothing to mark."""


class Keys:
    async def get(self, shop: str, person: str) -> PersonKey:
        return PersonKey(shop, person, b"k" * 32)


async def test_pieces_of_a_file_that_is_forgotten_already_are_removed() -> None:
    async def body() -> dict[str, Any]:
        return {"type": "http.request", "body": b"Hello", "more_body": False}

    place = Forgetful()
    request = Request({"type": "http", "headers": []}, body)
    with pytest.raises(Problem, match="sent once more"):
        await Receiving(cast("Any", place), cast("Any", Keys())).receive(request, SENDER)
    assert place.kept == set()
