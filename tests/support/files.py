"""Files to send: a picture that is one, and a document that says it is."""

import struct
import zlib
from typing import TypedDict

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Chosen(TypedDict):
    """As a browser's file dialog hands it over."""

    name: str
    mimeType: str
    buffer: bytes


def picture(name: str, colour: tuple[int, int, int] = (91, 122, 134), side: int = 240) -> Chosen:
    """A PNG of one colour."""
    row = b"\0" + bytes(colour) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(row * side)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(data)) + kind + data + _crc(kind + data) for kind, data in chunks)
    return Chosen(name=name, mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n" + body)


def document(name: str, content: bytes = PDF) -> Chosen:
    return Chosen(name=name, mimeType="application/pdf", buffer=content)


def _crc(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))
