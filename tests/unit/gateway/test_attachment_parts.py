"""Files: their kinds by content, their names, links to them, and how they are sealed."""

import io
import os
import struct
import zipfile
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.attachments.sealed_files import PIECE_BYTES, SEALED_PIECE, FileCipher, Opened, Sealer, pieces_of
from services.common.master_key import MasterKey
from services.common.person_keys import PersonKey, Unreadable
from services.gateway.attachments.kinds import TEXT, ZIP, Kind, kind_of
from services.gateway.attachments.links import BadLink, Links
from services.gateway.attachments.names import MOST_CHARACTERS, file_name

KEY = PersonKey("demo", "g_1", b"k" * 32)
FILE = uuid4()
PDF = Kind("application/pdf", ("pdf",))


def archive(*names: str, how: int = zipfile.ZIP_STORED, **contents: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as written:
        for name in [*contents, *names]:
            written.writestr(name, contents.get(name, "x"))
    return target.getvalue()


ODT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(30), "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(30), "image/jpeg"),
        (b"\xff\xd8\xff\xdb\0\x43" + bytes(30), "image/jpeg"),
        (b"GIF89a" + bytes(30), "image/gif"),
        (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(30), "image/webp"),
        (b"%PDF-1.7\n" + bytes(30), "application/pdf"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(30), "video/mp4"),
        (b"\0\0\0\x18ftypisom\0\0\x02\0" + bytes(30), "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(30), "video/quicktime"),
        ("Zażółć gęślą jaźń, BMW".encode(), "text/plain"),
        (b"BMW 320, \xa3\xf3d\xbc", "text/plain"),
        (archive("notes.txt", "pictures/mug.png"), "application/zip"),
        (archive("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "spreadsheetml.sheet"),
        (archive("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
        (archive("content.xml", mimetype=ODT), ODT),
    ],
)
def test_kind_follows_from_content(content: bytes, kind: str) -> None:
    found = kind_of(io.BytesIO(content))
    assert found is not None
    assert found.type.endswith(kind)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype HTML><p>Hi",
        b"\n\t <SCRIPT>alert(1)</script>",
        b'<?xml version="1.0"?><svg onload="alert(1)"/>',
        b"#!/usr/bin/env python",
        b"MZ\x90\0" + bytes(300),
        b"\x7fELF\x02\x01\x01" + bytes(300),
        b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(300),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(30),
        b"a text that ends in\0something else",
        archive("META-INF/MANIFEST.MF", "Main.class"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "AppxManifest.xml"),
        archive("Basic/Standard/Module1.xml", mimetype=ODT),
        archive("x", mimetype="application/epub+zip"),
        b"PK\x03\x04 is how archives begin",
    ],
)
def test_what_runs_or_is_unknown_is_no_kind(content: bytes) -> None:
    assert kind_of(io.BytesIO(content)) is None


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"GIF8", b"RIFF", b"\0\0\0\x18ftyp"]))
def test_no_content_is_too_strange(content: bytes, head: bytes) -> None:
    kind_of(io.BytesIO(head + content))


PACKED = [
    archive("content.xml", how=how, mimetype=ODT)
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
]


@given(st.sampled_from(PACKED), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4), st.data())
def test_no_damaged_archive_is_too_strange(content: bytes, damage: list[tuple[int, int]], data: st.DataObject) -> None:
    damaged = bytearray(content)
    for at, byte in damage:
        damaged[at % len(damaged)] = byte
    kind_of(io.BytesIO(damaged[: data.draw(st.integers(0, len(damaged)))] if data.draw(st.booleans()) else damaged))


@pytest.mark.parametrize("at", [5, 40, 45, 60])
def test_damaged_content_of_an_archive_is_not_too_strange_either(at: int) -> None:
    for content in PACKED[1:]:
        damaged = bytearray(content)
        damaged[at : at + 4] = b"\xff" * 4
        kind_of(io.BytesIO(damaged))


def test_archive_that_is_nearly_all_names_is_no_kind() -> None:
    names = 30_000
    content = archive("x")
    entry = content[content.index(b"PK\1\2") : content.index(b"PK\5\6")]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, names, names, len(entry) * names, content.index(b"PK\1\2"), 0)
    assert kind_of(io.BytesIO(content[: content.index(b"PK\1\2")] + entry * names + end)) is None
    assert kind_of(io.BytesIO(archive(*(f"file-{number}" for number in range(10_000))))) == ZIP


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("mug.png", Kind("image/png", ("png",)), "mug.png"),
        ("C:\\Users\\zoe\\Bill.PDF", PDF, "Bill.PDF"),
        ("/etc/../passwd", TEXT, "passwd.txt"),
        ("page.html", TEXT, "page.html.txt"),
        ("\u202egnp.exe", PDF, "gnp.exe.pdf"),
        ("a\r\nb\0c: <d>.zip", ZIP, "abc_ _d_.zip"),
        ("...", PDF, "file.pdf"),
        ("", PDF, "file.pdf"),
        ("Zoe\u0308.pdf", PDF, "Zo\u00eb.pdf"),
    ],
)
def test_name_is_one_line_and_ends_as_its_kind_does(given: str, kind: Kind, name: str) -> None:
    assert file_name(given, kind) == name


@given(st.text(max_size=300))
def test_any_name_can_be_saved_under(given: str) -> None:
    name = file_name(given, PDF)
    assert name.lower().endswith(".pdf")
    assert len(name) <= MOST_CHARACTERS
    assert not set(name) & set('/\\<>:"|?*\0\n\r')
    name.encode()


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_link_is_good_for_a_day_at_every_gateway_and_the_same_for_an_hour() -> None:
    clock = Clock()
    one, other = (Links(MasterKey(bytes(32)), clock) for _ in range(2))
    clock.now = 3_600 * 300.0
    path = one.make(FILE)
    clock.now += 3_599
    assert other.make(FILE) == path
    clock.now += 86_400 - 3_599
    assert other.read(path.rpartition("/")[2]) == FILE
    clock.now += 3_600
    with pytest.raises(BadLink):
        other.read(path.rpartition("/")[2])


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 48, "AAAA-_=="])
def test_forged_link_is_refused(token: str) -> None:
    with pytest.raises(BadLink):
        Links(MasterKey(bytes(32))).read(token)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_sealed_file_opens_as_it_was(size: int) -> None:
    content, target = os.urandom(size), io.BytesIO()
    sealer = Sealer(target, KEY, FILE)
    for first in range(0, size, 10_000):
        sealer.take(content[first : first + 10_000])
    sealer.finish()
    opened = io.BufferedReader(Opened(target, size, KEY, FILE))
    assert opened.read() == content
    opened.seek(-min(size, 7), io.SEEK_END)
    assert opened.read() == content[max(0, size - 7) :]
    assert content[:64] not in target.getvalue() or size < 64


def test_pieces_of_a_sealed_file_can_be_neither_cut_off_nor_moved_nor_taken_for_anothers() -> None:
    target = io.BytesIO()
    sealer = Sealer(target, KEY, FILE)
    sealer.take(b"a" * (2 * PIECE_BYTES + 1))
    sealer.finish()
    cipher, rest = FileCipher.of(target.getvalue(), KEY, FILE)
    pieces = [rest[first : first + SEALED_PIECE] for first in range(0, len(rest), SEALED_PIECE)]
    assert len(pieces) == pieces_of(2 * PIECE_BYTES + 1) == 3
    assert cipher.open(pieces[2], 2, last=True) == b"a"
    for piece, number, last in ((pieces[1], 1, True), (pieces[1], 0, False), (pieces[2], 2, False)):
        with pytest.raises(Unreadable):
            cipher.open(piece, number, last=last)
    for key, file in ((KEY, uuid4()), (PersonKey("demo", "g_2", b"k" * 32), FILE)):
        with pytest.raises(Unreadable):
            FileCipher.of(target.getvalue(), key, file)[0].open(pieces[0], 0, last=False)
