"""Whatever people type: a mail has the headers that it should have, and no others."""

import email
import email.policy
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifier import headers
from services.notifier.addresses import Address, BadAddress, parse
from services.notifier.letters import offline_message
from services.notifier.letters.letter import Letter
from services.notifier.message import build, needs_utf8
from services.notifier.rendering import render
from tests.unit.notifier.letters import MAIL, left, mail_settings, office

NASTY = st.text(max_size=300) | st.text(
    st.sampled_from("\r\n\0\t ,;<>@\"'\\()=?:.ażŻ\u202e\u2066\u2028\x85\ud7ff😀abc"), max_size=300
)


def wire(letter: Letter, *, utf8: bool = False) -> bytes:
    return build(letter, render(letter), MAIL, utf8=utf8)


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def field_names(data: bytes) -> list[bytes]:
    head = data.partition(b"\r\n\r\n")[0]
    return [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]


EXPECTED = [
    *(b"From", b"To", b"Reply-To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"Content-Language"),
    *(b"MIME-Version", b"Content-Type"),
]


def test_mail_to_the_shop_is_from_the_shop_and_answered_to_the_visitor() -> None:
    message = parsed(wire(offline_message.compose(left(), office())))
    assert str(message["From"]) == "Morrow Ceramics <counter@morrow.example>"
    assert str(message["To"]) == "counter@morrow.example"
    assert str(message["Reply-To"]) == "Mateusz Zieliński <m.zielinski@poczta.example>"
    assert str(message["Subject"]) == "Message from Mateusz Zieliński"
    assert message["Message-ID"] == f"<{MAIL}@morrow.example>"
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@settings(deadline=None)
@given(name=NASTY, last=NASTY, text=NASTY, phone=NASTY, title=NASTY)
def test_nothing_typed_makes_a_header_or_another_recipient(
    name: str, last: str, text: str, phone: str, title: str
) -> None:
    page = '{"url":"https://www.morrow.example/x"}'
    message = left(first_name=name, last_name=last, text=text, phone=phone, page=page, locale=title[:20])
    data = wire(offline_message.compose(message, office()))
    assert field_names(data) == EXPECTED
    read = parsed(data)
    assert [one.addr_spec for one in read["Reply-To"].addresses] == ["m.zielinski@poczta.example"]
    assert [one.addr_spec for one in read["To"].addresses] == ["counter@morrow.example"]
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", data)


@settings(deadline=None)
@given(name=NASTY)
def test_display_names_come_out_as_they_went_in(name: str) -> None:
    address = parse("a@x.example", name)
    field = headers.address("From", address).decode()
    assert [one.addr_spec for one in parsed(field.encode() + b"\r\n")["From"].addresses] == ["a@x.example"]
    # The library's newer parser leaves a space between encoded words (RFC 2047, section 6.2, wants none).
    shown = parseaddr(field.removeprefix("From: ").replace("\r\n", ""))[0]
    assert str(make_header(decode_header(shown))) == address.name


@settings(deadline=None)
@given(value=NASTY)
def test_a_value_that_was_not_cleaned_is_refused_rather_than_split(value: str) -> None:
    try:
        line = headers.unstructured("Subject", value)
    except ValueError:
        return
    assert field_names(line + b"\r\n") == [b"Subject"]


def test_long_ids_stay_whole() -> None:
    ids = [f"<{'a' * 90}{number}@x.example>" for number in range(3)]
    field = headers.tokens("References", ids)
    assert field.decode().split() == ["References:", *ids]


def test_direction_cannot_be_turned() -> None:
    letter = offline_message.compose(left(first_name="\u202eazcam", text="\u2067evil\u2069 \u202eyas"), office())
    written = render(letter)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069") & set(written.html + written.text)
    assert letter.values["name"] == "azcam Zieliński"


class TestAddresses:
    """RFC 5322, 6531, 5890."""

    def test_a_domain_in_other_letters_goes_as_its_a_label(self) -> None:
        letter = offline_message.compose(left(email="jan@żółw.example"), office())
        assert not letter.reply_to or not letter.reply_to.needs_utf8
        assert b"Reply-To: =?utf-8?" in wire(letter)
        assert b"<jan@xn--w-uga1v8h.example>" in wire(letter)

    def test_a_local_part_in_other_letters_needs_a_server_that_takes_it(self) -> None:
        letter = offline_message.compose(left(email="zażółć@poczta.example"), office())
        assert b"Reply-To" not in wire(letter)
        assert "<zażółć@poczta.example>".encode() in wire(letter, utf8=True)
        assert not needs_utf8(letter)

    def test_a_shop_with_such_an_address_needs_one_too(self) -> None:
        assert needs_utf8(offline_message.compose(left(), office(mail=mail_settings(notify="łada@morrow.example"))))

    @pytest.mark.parametrize(
        "address",
        [
            *("", "a", "a@", "@x.example", "a b@x.example", "<a@x.example>", "a@x..example", "a@-x.example"),
            *("a@x.example\r\nBcc: b@y.example", "a@x.example,b@y.example", "a@[127.0.0.1]", "a\0@x.example"),
            "x" * 400 + "@x.example",
        ],
    )
    def test_what_is_none_is_refused(self, address: str) -> None:
        with pytest.raises(BadAddress):
            parse(address)

    @pytest.mark.parametrize("address", ["a@intranet", "o'neil+x@shop.test", '"a b"@x.example', "ab@xn--nxa.example"])
    def test_what_servers_take_is_taken(self, address: str) -> None:
        assert parse(address).spec == address


def test_large_bodies_are_cut_for_the_mail_and_built_at_once() -> None:
    letter = offline_message.compose(left(text="Ż" * 10_000_000), office())
    data = wire(letter)
    assert len(data) < 1_500_000
    assert parsed(data).get_body(("plain",)) is not None


def test_a_mail_in_bulk_can_be_ended_with_one_click() -> None:
    letter = offline_message.compose(left(), office())
    bulk = Letter(**{**vars(letter), "unsubscribe": "https://bell.morrow.example/u/" + "t" * 90})
    read = parsed(wire(bulk))
    assert read["List-Unsubscribe"] == "<https://bell.morrow.example/u/" + "t" * 90 + ">"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe" not in wire(letter)


def test_the_same_mail_has_the_same_bytes() -> None:
    assert wire(offline_message.compose(left(), office())) == wire(offline_message.compose(left(), office()))


def test_an_address_keeps_its_name_in_quotes_where_it_must() -> None:
    comma = Address("a", "x.example", 'Shop, "the" one, with a name that is long enough to be folded, b@y.example')
    read = parsed(headers.address("To", comma) + b"\r\n")["To"].addresses
    assert [(one.display_name, one.addr_spec) for one in read] == [(comma.name, "a@x.example")]
