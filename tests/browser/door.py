"""The dashboard's door as people meet it: links out of mails, digits of an authenticator app."""

import base64
import re
import time
from typing import Self

import httpx
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.async_api import Browser, Locator, expect

from tests.support.dashboard import Dashboard
from tests.support.installation import Installation
from tests.support.pages import past_the_guide
from tests.support.waiting import eventually

MAIL_SECONDS = 30.0


class Door(Dashboard):
    """Somebody in a clean browser who may not be signed in yet."""

    @classmethod
    async def at(cls, browser: Browser, address: str) -> Self:
        context = await browser.new_context(viewport={"width": 1440, "height": 900})
        await past_the_guide(context)
        page = cls(context, await context.new_page())
        await page.page.goto(address)
        return page

    async def give(self, email: str, password: str) -> None:
        """Fill in the first page and go on."""
        await self.page.get_by_label("Email").fill(email)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in").click()

    async def submit(self, label: str, text: str) -> None:
        field = self.page.get_by_role("textbox", name=label)
        await field.fill(text)
        await field.press("Enter")

    async def is_in(self) -> None:
        await expect(self.switch).to_be_visible()

    def title(self, text: str) -> Locator:
        return self.page.get_by_role("heading", name=text)

    def region(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)


def digits_of(secret: str) -> str:
    """What an app shows now that was given this key (Base32, with spaces or without)."""
    plain = secret.replace(" ", "")
    key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    return TOTP(key, 6, SHA1(), 30).generate(int(time.time())).decode()


async def mailed_link(installation: Installation, to: str, page: str) -> str:
    """The link to a page of the door in a mail to this address, once it has come."""

    async def found() -> str:
        async with httpx.AsyncClient() as http:
            mails = (await http.get(f"{installation.mailbox_url}/mails.json")).json()
        texts = [mail["text"] for mail in mails if to in mail["recipients"]]
        links = [link for text in texts for link in re.findall(rf"\S+/dashboard/#/{page}/[\w-]+", text)]
        return links[-1] if links else ""

    return await eventually(found, MAIL_SECONDS, what=f"a link to {page}")
