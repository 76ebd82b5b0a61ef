"""Files of messages, as the sockets and REST work with them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec

from contracts.conversations.attachments import AttachmentDetails
from contracts.conversations.commands import SenderKind
from contracts.sockets.common import AttachmentShown
from services.common.attachments.store import ObjectStore
from services.common.person_keys import PersonKey
from services.gateway.attachments.book import Book, Held
from services.gateway.attachments.links import Links

FIELD: Final = "attachment"
"""Under which the details of one file are sealed in the table."""

_encode: Final = msgspec.json.Encoder().encode
_one: Final = msgspec.json.Decoder(AttachmentDetails)


class NoSuchFile(Exception):
    """A message names a file that its sender has not sent into the conversation, or not lately."""


def sealed(details: AttachmentDetails, key: PersonKey) -> str:
    """As the table keeps them."""
    return key.seal(_encode(details).decode(), FIELD)


def details_of(held: Held, key: PersonKey) -> AttachmentDetails:
    """The details of a file. Raises Unreadable."""
    return _one.decode(key.open(held.details, FIELD))


@dataclass(frozen=True)
class Attachments:
    """The table, the object store, and the links."""

    book: Book
    store: ObjectStore
    links: Links

    async def named(
        self, shop: str, conversation: str, kind: SenderKind, files: list[UUID], key: PersonKey
    ) -> list[AttachmentDetails]:
        """The details of the files that a message names, in its order. Raises NoSuchFile, Unreadable."""
        if not files:
            return []
        held = await self.book.name(shop, conversation, kind, files)
        if len(held) != len(files):
            raise NoSuchFile
        return [details_of(held[file], key) for file in files]


def shown(details: AttachmentDetails, links: Links) -> AttachmentShown:
    """A file as clients see it."""
    return AttachmentShown(
        id=details.id, name=details.name, type=details.type, size=details.size, url=links.make(details.id)
    )
