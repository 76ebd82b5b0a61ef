"""The mailbox of a machine without a mail server: what it keeps, and what its page shows of it."""

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import httpx
import pytest

from services.standalone.mailbox.catcher import MOST_MAILS, Catcher, protocol
from services.standalone.mailbox.page import Page
from services.standalone.ports import LOOPBACK, free_ports


@pytest.fixture
def catcher() -> Catcher:
    return Catcher()


@pytest.fixture
async def smtp_port(catcher: Catcher) -> AsyncIterator[int]:
    port = free_ports(1)[0]
    listening = await asyncio.get_running_loop().create_server(lambda: protocol(catcher), LOOPBACK, port)
    yield port
    listening.close()


@pytest.fixture
async def page(catcher: Catcher) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Page(catcher).app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8001") as client:
        yield client


def mail(subject: str = "Zażółć", html: str = "<head></head><p>Hi</p>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Shop <a@x.example>", "b@x.example", subject
    message.set_content("Hi")
    message.add_alternative(html, subtype="html")
    return message


async def test_what_is_sent_can_be_read(page: httpx.AsyncClient, smtp_port: int) -> None:
    await aiosmtplib.send(mail(), hostname=LOOPBACK, port=smtp_port, local_hostname="test")
    caught = (await page.get("/mails.json")).json()
    assert [(one["subject"], one["recipients"], one["text"].strip()) for one in caught] == [
        ("Zażółć", ["b@x.example"], "Hi")
    ]
    assert "Zażółć" in (await page.get("/")).text
    assert "Hi" in (await page.get("/mails/1?view=text")).text
    assert (await page.get("/mails/1/source")).text.startswith("From: Shop <a@x.example>")


async def test_mails_can_run_nothing_and_fetch_nothing(page: httpx.AsyncClient, catcher: Catcher) -> None:
    catcher.keep(["b@x.example"], mail("<script>alert(1)</script>", "<head></head><script>1</script>").as_bytes())
    shown = await page.get("/mails/1")
    assert "<script>" not in shown.text
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    inner = await page.get("/mails/1/html")
    assert inner.headers["Content-Security-Policy"].startswith("sandbox allow-popups ")
    assert "allow-scripts" not in inner.headers["Content-Security-Policy"]
    assert '<base target="_blank">' in inner.text


async def test_names_that_lead_here_from_elsewhere_are_refused(page: httpx.AsyncClient) -> None:
    assert (await page.get("/mails.json", headers={"Host": "evil.example"})).status_code == 400
    assert (await page.post("/clear", headers={"Origin": "https://evil.example"})).status_code == 403


async def test_only_the_newest_are_kept_and_all_can_go(page: httpx.AsyncClient, catcher: Catcher) -> None:
    for number in range(MOST_MAILS + 3):
        catcher.keep(["b@x.example"], mail(str(number)).as_bytes())
    assert [one.number for one in catcher.mails][-1] == 4
    assert (await page.get("/mails/3")).status_code == 404
    assert (await page.post("/clear", headers={"Origin": "http://127.0.0.1:8001"})).status_code == 303
    assert (await page.get("/mails.json")).json() == []
