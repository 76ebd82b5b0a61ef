"""The offline inbox at the dashboard: a message arrives, its mail goes through or not, and it is answered.

The demo shop asks for a review by mail when it first starts, so the mail server here hears of others, too.
"""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from services.standalone.ports import free_ports
from tests.browser.shops import expect_no_errors
from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.mail_server import MailServer, mail_server
from tests.support.pages import LONG_MS
from tests.support.waiting import eventually

pytestmark = [pytest.mark.slow]

COUNTER = "counter@shop.example"
MAIL_SECONDS = 20.0


@pytest.fixture(scope="module")
def mailed_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, int]]:
    """The product, told of a mail server that a test may start, or not."""
    (port,) = free_ports(1)
    running = Installation(
        tmp_path_factory.mktemp("mailed"), gateways=1, environment={"SHOPBELL_SMTP_URL": f"smtp://127.0.0.1:{port}"}
    )
    running.start()
    yield running, port
    running.stop()


@pytest.fixture
async def staff(browser: Browser, mailed_installation: tuple[Installation, int]) -> Dashboard:
    """The owner of the demo shop, at an inbox that mails to the counter."""
    installation, _ = mailed_installation
    base = installation.base_urls[0]
    page = await Dashboard.sign_in(browser, base, installation.owner_email, installation.owner_password)
    asked = {"requested": True, "required": False}
    fields = dict.fromkeys(("first_name", "email", "phone", "message"), asked)
    await page.settings(base, "demo", mail={"notify": COUNTER, "reply_to": COUNTER}, offline_form={"fields": fields})
    return page


@pytest.fixture
def base(mailed_installation: tuple[Installation, int]) -> str:
    return mailed_installation[0].base_urls[0]


@pytest.mark.feature("D3")
async def test_message_outlives_the_mail_server_and_is_answered(
    staff: Dashboard, base: str, mailed_installation: tuple[Installation, int]
) -> None:
    await staff.leave_message(base, "demo", first_name="Ida", email="ida@holm.example", message="Do you ship?")
    await staff.open("offline")
    entry = staff.message("Do you ship?")
    await expect(entry).to_be_visible()
    await expect(entry).to_contain_text("Pending, retry in", timeout=LONG_MS)
    await expect(staff.page.get_by_text("The mail server has been silent since")).to_be_visible()
    await entry.click()
    await expect(staff.reader).to_contain_text(f"Mail to {COUNTER}:")

    answer = staff.reader.get_by_role("textbox", name="Answer to ida@holm.example")
    await answer.fill("Dear Ida,\nyes, we do.")
    await staff.page.reload()
    await expect(answer).to_have_value("Dear Ida,\nyes, we do.")
    await answer.press("Control+Enter")
    await expect(staff.reader).to_contain_text("Maja")
    await expect(entry).to_contain_text("Answer on its way")

    async with mail_server(MailServer(mailed_installation[1])) as server:
        await staff.page.get_by_role("button", name="Retry now").first.click()

        def both() -> bool:
            return all(server.taken_for(address) for address in (COUNTER, "ida@holm.example"))

        await eventually(both, MAIL_SECONDS, what="the message and its answer, mailed")
        (reply,) = server.taken_for("ida@holm.example")
        assert "yes, we do." in reply.body()
    await expect(entry).to_contain_text("Answered", timeout=LONG_MS)
    await expect(staff.reader).to_contain_text("delivered")
    await expect(staff.reader).to_contain_text("Sent to ida@holm.example.")
    await expect_no_errors(staff)


@pytest.mark.feature("D3")
async def test_mail_that_is_refused_is_shown_with_the_servers_word_and_sent_again(
    staff: Dashboard, base: str, mailed_installation: tuple[Installation, int]
) -> None:
    server = MailServer(mailed_installation[1], on_recipient=lambda asked: None if asked else "550 No such mailbox")
    async with mail_server(server):
        await staff.leave_message(base, "demo", first_name="Rosa", email="rosa@p.example", message="Is Moss safe?")
        await staff.open("offline")
        entry = staff.message("Is Moss safe?")
        await expect(entry).to_contain_text("Mail failed", timeout=LONG_MS)
        await expect(entry).to_contain_text("550")
        await staff.page.get_by_role("radio", name="Failed").check(force=True)
        await expect(staff.page.get_by_role("list", name="Offline messages").get_by_role("listitem")).to_have_count(1)
        await entry.click()
        await expect(staff.reader.get_by_role("alert")).to_contain_text("The message is safe here.")
        await staff.reader.get_by_role("button", name="Try again").click()
        await eventually(lambda: server.taken_for(COUNTER), MAIL_SECONDS, what="the mail, sent again")
    await expect(staff.reader).to_contain_text("sent today", timeout=LONG_MS)
    await staff.page.get_by_role("button", name="Show all messages").click()
    await expect(entry).to_contain_text("Mailed", timeout=LONG_MS)
    await expect_no_errors(staff)


@pytest.mark.feature("D3")
async def test_message_without_an_address_is_called_and_any_is_deleted_after_being_asked(
    staff: Dashboard, base: str
) -> None:
    await staff.leave_message(base, "demo", first_name="James", phone="+44 113 555 0164", message="Call me")
    await staff.open("offline")
    entry = staff.message("Call me")
    await entry.click()
    await expect(staff.reader).to_contain_text("No email address, so the answer goes by phone.")
    await staff.reader.get_by_role("button", name="Mark as called").click()
    await expect(staff.reader).to_contain_text("Called by Maja")
    await expect(entry).to_contain_text("by Maja")

    await staff.reader.get_by_role("button", name="Delete").click()
    await expect(staff.dialog.get_by_role("button", name="Keep it")).to_be_focused()
    await staff.page.keyboard.press("Enter")
    await expect(entry).to_be_visible()
    await staff.reader.get_by_role("button", name="Delete").click()
    await staff.dialog.get_by_role("button", name="Delete 1 message").click()
    await expect(entry).to_have_count(0)
    _, exported = await staff.download(staff.page.get_by_role("link", name="Export as CSV"))
    assert "Call me" not in exported.decode()
    await expect_no_errors(staff)
