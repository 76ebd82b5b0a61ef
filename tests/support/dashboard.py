"""The dashboard's pages beside the chat, as staff use them."""

import asyncio
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.support.pages import LONG_MS, OperatorPage
from tests.support.waiting import eventually

TAKEN_SECONDS = 15.0


class Dashboard(OperatorPage):
    """A member of staff at the dashboard."""

    async def open(self, page: str, what: str = "") -> None:
        """Go to a page by its address: `history`, `offline`, `person`, `receipt`; `what` on it."""
        address = f"#/{page}/{quote(what, safe='')}" if what else f"#/{page}"
        await self.page.evaluate("address => { location.hash = address }", address)

    def row(self, text: str) -> Locator:
        """The row of the history table in which this stands."""
        return self.page.get_by_role("table", name="Conversations").get_by_role("row").filter(has_text=text)

    async def find_row(self, text: str) -> Locator:
        """The same, once the read tables have it."""
        row = self.row(text)

        async def there() -> bool:
            await self.page.reload()
            await expect(self.page.get_by_role("searchbox")).to_be_visible()
            await self.page.wait_for_load_state("networkidle")
            return await row.count() > 0

        await eventually(there, LONG_MS / 1000, what=f"a row with {text}")
        return row

    @property
    def drawer(self) -> Locator:
        return self.page.get_by_role("complementary", name="Transcript")

    @property
    def reader(self) -> Locator:
        """The message that is read."""
        return self.page.get_by_role("main").locator("section")

    def message(self, text: str) -> Locator:
        """The entry of the inbox in which this stands."""
        return self.page.get_by_role("list", name="Offline messages").get_by_role("link").filter(has_text=text)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("alertdialog").or_(self.page.get_by_role("dialog"))

    async def download(self, link: Locator) -> tuple[str, bytes]:
        """Name and content of the file that a click brings."""
        async with self.page.expect_download() as coming:
            await link.click()
        saved = await coming.value
        return saved.suggested_filename, await asyncio.to_thread((await saved.path()).read_bytes)

    async def leave_message(self, base: str, shop: str, **fields: str) -> str:
        """A visitor fills in the offline form; the id of what they left."""
        where = f"{base}/v1/shops/{shop}"
        form = await (await self.page.request.get(f"{where}/offline-form")).json()
        body: dict[str, Any] = {"id": uuid4().hex, "ticket": form["ticket"], "locale": "en", "fields": fields}

        async def taken() -> str:
            # Too soon after the form came, it is refused: nobody types that fast.
            answer = await self.page.request.post(f"{where}/offline-messages", data=body, headers={"Origin": base})
            return (await answer.json())["message"] if answer.status == 201 else ""

        return await eventually(taken, TAKEN_SECONDS, what="a message left")

    async def settings(self, base: str, shop: str, **changes: Any) -> None:
        url = f"{base}/v1/shops/{shop}/settings"
        changed = await self.page.request.put(url, data=changes, headers={"Origin": base})
        assert changed.ok, await changed.text()
