"""Files that come with messages."""

from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct

FILE_BYTES_MOST: Final = 10 * 2**20
CONVERSATION_BYTES_MOST: Final = 100 * 2**20
FILES_AN_HOUR: Final = 5
"""By each party of a conversation that is no operator; operators answer to their shop."""
FILES_A_MESSAGE: Final = 5
LINK_SECONDS: Final = 24 * 3_600
UNUSED_SECONDS: Final = 3_600
"""What no message has named by then is deleted."""

Attachments = Annotated[tuple[UUID, ...], Meta(max_length=FILES_A_MESSAGE)]


class AttachmentDetails(Struct, frozen=True, kw_only=True):
    """A file: `type` is a media type by its content, whatever its name says; `size` in bytes."""

    id: UUID
    name: str
    type: str
    size: int
