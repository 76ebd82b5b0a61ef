"""The mail as it goes over the wire: headers and two equal parts, plain text and HTML (RFC 5322, 2046).

Every byte follows from the letter and the mail's id, so that a mail sent again is the same one.
"""

from binascii import b2a_qp
from typing import Final
from uuid import UUID

from services.notifier import headers
from services.notifier.addresses import Address
from services.notifier.letters.letter import Letter
from services.notifier.rendering import Written

MOST_REFERENCES: Final = 10


def message_id(mail: UUID, sender: Address) -> str:
    return f"<{mail}@{sender.domain}>"


def needs_utf8(letter: Letter) -> bool:
    """Whether the mail can only go to a server that knows SMTPUTF8 (RFC 6531)."""
    return letter.sender.needs_utf8 or letter.to.needs_utf8


def build(letter: Letter, written: Written, mail: UUID, *, utf8: bool = False) -> bytes:
    """The mail with CRLF line ends. `utf8`: the server knows SMTPUTF8, so addresses may hold other letters.

    Without it a Reply-To that needs it is left out: the address stands in the text.
    """
    return b"".join(
        (
            headers.address("From", letter.sender),
            headers.address("To", letter.to),
            *_reply_to(letter, utf8=utf8),
            headers.unstructured("Subject", written.subject),
            headers.date("Date", letter.at),
            headers.tokens("Message-ID", [message_id(mail, letter.sender)]),
            *_relations(letter),
            headers.tokens("Content-Language", [letter.language]),
            _bodies(written, mail),
        )
    )


def _reply_to(letter: Letter, *, utf8: bool) -> list[bytes]:
    if letter.reply_to is None or (letter.reply_to.needs_utf8 and not utf8):
        return []
    return [headers.address("Reply-To", letter.reply_to)]


def _relations(letter: Letter) -> list[bytes]:
    """To other mails, to automatic answers, and to the list that a mail in bulk is from."""
    found = []
    if letter.follows:
        ids = [message_id(one, letter.sender) for one in letter.follows]
        found += [headers.tokens("In-Reply-To", ids[-1:]), headers.tokens("References", ids[-MOST_REFERENCES:])]
    if not letter.written:
        found.append(headers.tokens("Auto-Submitted", ["auto-generated"]))
    if letter.unsubscribe:
        found.append(headers.tokens("List-Unsubscribe", [f"<{letter.unsubscribe}>"]))
        found.append(headers.tokens("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"]))
    return found


def _bodies(written: Written, mail: UUID) -> bytes:
    """Two parts that say the same; a reader shows the last that it can (RFC 2046, section 5.1.4)."""
    boundary = f"=_{mail.hex}"  # no line of quoted-printable text can be one
    parts = (_part("plain", written.text, boundary), _part("html", written.html, boundary))
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    return b"".join((head.encode(), *parts, f"--{boundary}--\r\n".encode()))


def _part(subtype: str, text: str, boundary: str) -> bytes:
    """Quoted-printable (RFC 2045, section 6.7), as binascii has it: the email package's is fifty times slower."""
    head = (
        f'--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return head.encode() + b2a_qp(lines.encode(), istext=True)
