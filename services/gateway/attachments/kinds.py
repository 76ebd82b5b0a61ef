"""What a file is, by its content. Only what is named here is taken; nothing that a browser or a desktop would run."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO, Final, NamedTuple

import puremagic

LOOK_BYTES: Final = 65_536


class Kind(NamedTuple):
    """`endings` that its name may have, the first of them if it has none."""

    type: str
    endings: tuple[str, ...]


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"

TEXT: Final = Kind("text/plain", ("txt", "csv", "md", "log"))
ZIP: Final = Kind("application/zip", ("zip",))
_BY_SIGNATURE: Final[Mapping[str, Kind]] = {
    kind.type: kind
    for kind in (
        Kind("image/png", ("png",)),
        Kind("image/jpeg", ("jpg", "jpeg")),
        Kind("image/gif", ("gif",)),
        Kind("image/webp", ("webp",)),
        Kind("application/pdf", ("pdf",)),
        Kind("video/mp4", ("mp4", "m4v")),
        Kind("video/quicktime", ("mov", "qt")),
    )
}
_BY_FOLDER: Final[Mapping[str, Kind]] = {
    "word/": Kind(f"{_OFFICE}.wordprocessingml.document", ("docx",)),
    "xl/": Kind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    "ppt/": Kind(f"{_OFFICE}.presentationml.presentation", ("pptx",)),
}
_BY_MIMETYPE: Final[Mapping[bytes, Kind]] = {
    kind.type.encode(): kind
    for kind in (
        Kind(f"{_OPEN}.text", ("odt",)),
        Kind(f"{_OPEN}.spreadsheet", ("ods",)),
        Kind(f"{_OPEN}.presentation", ("odp",)),
    )
}

_MARKUP: Final = (
    *(b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<svg", b"<?xml", b"<?php", b"<!--", b"#!"),
    *(b"<style", b"<title", b"<table", b"<div", b"<font", b"<h1", b"<br", b"<a ", b"<p>", b"<b>"),
)
"""By such beginnings browsers take a text for a page (WHATWG MIME Sniffing, 7.1), and systems for a program."""
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 12, 13} | {127})
_MOST_AT_ONCE: Final = 1_048_576
"""What an archive may have us read at once, in bytes: its list of names above all, which of 10,000 files is shorter."""
_DAMAGED: Final = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError),
    *(zlib.error, lzma.LZMAError, EOFError),
)
_PROGRAMS: Final = ("META-INF/MANIFEST.MF", "AndroidManifest.xml", "AppxManifest.xml")
_SCRIPTED: Final = ("vbaproject.bin", "vbadata.xml")


class _InSmallReads:
    """A file of which no large part is read at once: else OSError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1, /) -> bytes:
        if size > _MOST_AT_ONCE:
            raise OSError("too much at once")
        return self._file.read(size)


def kind_of(file: BinaryIO) -> Kind | None:
    """The kind of a file that can be read from any place; None for what is not taken."""
    file.seek(0)
    head = file.read(LOOK_BYTES)
    if not head:
        return None
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(file)
    return _of_signature(head) or _of_text(file, head)


def _of_signature(head: bytes) -> Kind | None:
    """What the library is surest of, if that is one of ours."""
    try:
        found = puremagic.magic_stream(io.BytesIO(head))
    except (puremagic.PureError, ValueError):
        return None
    surest = max(match.confidence for match in found)
    kinds = (_BY_SIGNATURE.get(match.mime_type) for match in found if match.confidence == surest)
    return next((kind for kind in kinds if kind is not None), None)


def _of_text(file: BinaryIO, head: bytes) -> Kind | None:
    """Text has no signature; it is what has no control characters, up to its end."""
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        return None
    file.seek(0)
    while some := file.read(LOOK_BYTES):
        if len(some.translate(None, _CONTROLS)) != len(some):
            return None
    return TEXT


def _of_archive(file: BinaryIO) -> Kind | None:
    """An office document without macros, or an archive that is no program."""
    try:
        with zipfile.ZipFile(_InSmallReads(file)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return _of_office(names)
            if names[:1] == ["mimetype"]:
                return _of_open_document(archive, names)
    except _DAMAGED:
        return None
    return None if any(name in _PROGRAMS for name in names) else ZIP


def _of_office(names: list[str]) -> Kind | None:
    if any(name.rpartition("/")[2].lower() in _SCRIPTED for name in names):
        return None
    return next((kind for folder, kind in _BY_FOLDER.items() if any(name.startswith(folder) for name in names)), None)


def _of_open_document(archive: zipfile.ZipFile, names: list[str]) -> Kind | None:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        return None
    with archive.open("mimetype") as member:
        return _BY_MIMETYPE.get(member.read(100).strip())
