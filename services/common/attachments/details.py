"""What is known of files: of each as the table has it, of a message's as its event has it, in clear."""

from collections.abc import Sequence
from typing import Final

import msgspec

from contracts.conversations.attachments import AttachmentDetails
from services.common.person_keys import PersonKey

ONE: Final = "attachment"
"""Under which the details of one file are sealed in the table of files."""

_one: Final = msgspec.json.Decoder(AttachmentDetails)
_decoder: Final = msgspec.json.Decoder(list[AttachmentDetails])
_encode: Final = msgspec.json.Encoder().encode


def sealed(details: AttachmentDetails, key: PersonKey) -> str:
    """As the table of files keeps them."""
    return key.seal(_encode(details).decode(), ONE)


def unsealed(details: str, key: PersonKey) -> AttachmentDetails:
    """The same in clear. Raises Unreadable."""
    return _one.decode(key.open(details, ONE))


def details_text(details: Sequence[AttachmentDetails]) -> str:
    """As a message has it."""
    return _encode(details).decode()


def details_in(text: str | None) -> list[AttachmentDetails]:
    """The files, in the order of the message; none of a text that nobody can open any more."""
    return _decoder.decode(text) if text else []


def names_in(text: str | None) -> str:
    """What the files are called, where a message without words has to be told in one line."""
    return ", ".join(one.name for one in details_in(text))
