"""Speaking with mail servers of every kind: TLS, passwords, what they can and can't take."""

import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from services.common.settings import NotifierSettings, SettingsError
from services.notifier.addresses import parse
from services.notifier.outcomes import Lost, Never
from services.notifier.smtp import Connection
from services.notifier.smtp_url import mail_server as server_of
from tests.support.certificates import make_certificate, served_with
from tests.support.mail_server import MailServer, mail_server

SHOP, VISITOR = parse("counter@morrow.example"), parse("m.zielinski@poczta.example")
UTF8 = parse("zażółć@poczta.example")


def mail(data: bytes = b"Subject: x\r\n\r\nx\r\n") -> Callable[[bool], Awaitable[bytes]]:
    async def build(utf8: bool) -> bytes:
        return data

    return build


def connection(url: str, ca: Path | None = None) -> Connection:
    settings = NotifierSettings(smtp_url=url, smtp_ca_file=str(ca or ""))
    return Connection(server_of(settings), hello="test", timeout=2)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, with its key, signed by itself."""
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    return served_with(certificate)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls", "smtp"])
async def test_mail_goes_through_tls_with_a_password(certificate: Path, tls: ssl.SSLContext, scheme: str) -> None:
    async with mail_server(tls=tls, implicit=scheme == "smtps", password="p@ss word") as server:
        link = connection(f"{scheme}://us%40er:p%40ss%20word@127.0.0.1:{server.port}", certificate)
        await link.send(SHOP, VISITOR, mail())
        await link.close()
    assert [one.secure for one in server.taken] == [True]


async def test_wrong_password_is_no_verdict_on_the_mail(certificate: Path, tls: ssl.SSLContext) -> None:
    async with mail_server(tls=tls, password="right") as server:
        link = connection(f"smtp+starttls://user:wrong@127.0.0.1:{server.port}", certificate)
        with pytest.raises(Lost, match="535 The mail server does not know our user and password"):
            await link.send(SHOP, VISITOR, mail())


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
async def test_certificate_of_nobody_is_not_trusted(tls: ssl.SSLContext, scheme: str) -> None:
    async with mail_server(tls=tls, implicit=scheme == "smtps") as server:
        with pytest.raises(Lost, match="certificate can't be trusted"):
            await connection(f"{scheme}://127.0.0.1:{server.port}").send(SHOP, VISITOR, mail())
    assert not server.taken


async def test_nothing_goes_in_clear_where_tls_is_demanded() -> None:
    async with mail_server() as server:
        with pytest.raises(Lost, match="does not offer what we need"):
            await connection(f"smtp+starttls://127.0.0.1:{server.port}").send(SHOP, VISITOR, mail())
    assert not server.taken


def test_password_for_a_server_elsewhere_demands_tls() -> None:
    assert server_of(NotifierSettings(smtp_url="smtp://u:p@mx.example")).security == "starttls"
    assert server_of(NotifierSettings(smtp_url="smtp://u:p@localhost")).security == "opportunistic"


async def test_address_in_other_letters_goes_to_a_server_that_knows_them() -> None:
    async with mail_server() as server:
        link = connection(server.url)
        await link.send(SHOP, UTF8, mail("To: zażółć@poczta.example\r\n\r\n".encode()))
        await link.send(SHOP, VISITOR, mail())
        await link.close()
    assert [one.recipients for one in server.taken] == [["zażółć@poczta.example"], ["m.zielinski@poczta.example"]]
    assert ["SMTPUTF8" in one.options for one in server.taken] == [True, False]


async def test_and_to_no_other() -> None:
    async with mail_server(utf8=False) as server:
        link = connection(server.url)
        with pytest.raises(Never, match="can't handle addresses with such letters"):
            await link.send(SHOP, UTF8, mail())
        await link.send(SHOP, VISITOR, mail())
        await link.close()
    assert len(server.taken) == 1


async def test_what_is_too_large_for_the_server_is_not_offered() -> None:
    async with mail_server(most=1_000) as server:
        link = connection(server.url)
        with pytest.raises(Never, match=r"552 5\.3\.4"):
            await link.send(SHOP, VISITOR, mail(b"Subject: x\r\n\r\n" + b"x\r\n" * 1_000))
        await link.close()
    assert not server.taken


async def test_mail_of_ten_megabytes_with_dots_arrives_as_it_left() -> None:
    body = b"Subject: x\r\n\r\n" + b".\r\n..\r\n" + b"From the beginning\r\n" * 500_000
    async with mail_server() as server:
        link = connection(server.url)
        await link.send(SHOP, VISITOR, mail(body))
        await link.close()
    assert server.taken[0].data == body


async def test_refusal_leaves_the_connection_fit_for_the_next_mail() -> None:
    server = MailServer(on_recipient=lambda asked: "550 5.7.1 Spam" if asked == 0 else None)
    async with mail_server(server):
        link = connection(server.url)
        with pytest.raises(Never, match=r"550 5\.7\.1 The mail server does not let us send this\."):
            await link.send(SHOP, VISITOR, mail())
        await link.send(SHOP, VISITOR, mail())
        await link.close()
    assert server.connections == 1


async def test_server_that_goes_away_with_421_judges_nothing() -> None:
    server = MailServer(on_data=lambda asked: "421 4.3.2 Shutting down" if asked == 0 else None)
    async with mail_server(server):
        link = connection(server.url)
        with pytest.raises(Lost, match=r"421 4\.3\.2 The mail server can't take mail now\."):
            await link.send(SHOP, VISITOR, mail())
        await link.send(SHOP, VISITOR, mail())
        await link.close()
    assert server.connections == 2


@pytest.mark.parametrize("url", ["", "mx.example", "http://mx.example", "smtp://", "smtp://mx:no", "smtps://[::1"])
def test_url_that_makes_no_sense_is_told_in_one_sentence(url: str) -> None:
    with pytest.raises(SettingsError, match="SHOPBELL_SMTP_URL"):
        server_of(NotifierSettings(smtp_url=url))


def test_ca_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SHOPBELL_SMTP_CA_FILE"):
        connection("smtps://mx.example", tmp_path / "none.pem")
