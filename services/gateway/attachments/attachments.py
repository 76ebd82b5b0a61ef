"""Files of messages, as the sockets and REST work with them."""

from dataclasses import dataclass
from uuid import UUID

from contracts.conversations.attachments import AttachmentDetails
from contracts.conversations.commands import SenderKind
from contracts.sockets.common import AttachmentShown
from services.common.attachments.details import unsealed
from services.common.attachments.store import ObjectStore
from services.common.person_keys import PersonKey
from services.gateway.attachments.book import Book
from services.gateway.attachments.links import Links


class NoSuchFile(Exception):
    """A message names a file that its sender has not sent into the conversation, or not lately."""


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
        return [unsealed(held[file].details, key) for file in files]


def shown(details: AttachmentDetails, links: Links) -> AttachmentShown:
    """A file as clients see it."""
    return AttachmentShown(
        id=details.id, name=details.name, type=details.type, size=details.size, url=links.make(details.id)
    )
