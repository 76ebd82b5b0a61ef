"""What is known of the files of a message, as its event has it in `attachment_details`, in clear."""

from collections.abc import Sequence
from typing import Final

import msgspec

from contracts.conversations.attachments import AttachmentDetails

_decoder: Final = msgspec.json.Decoder(list[AttachmentDetails])
_encode: Final = msgspec.json.Encoder().encode


def details_text(details: Sequence[AttachmentDetails]) -> str:
    """As a message has it."""
    return _encode(details).decode()


def details_in(text: str | None) -> list[AttachmentDetails]:
    """The files, in the order of the message; none of a text that nobody can open any more."""
    return _decoder.decode(text) if text else []


def names_in(text: str | None) -> str:
    """What the files are called, where a message without words has to be told in one line."""
    return ", ".join(one.name for one in details_in(text))
