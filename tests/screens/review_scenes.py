"""Reviews to read, published and rejected, and the mails that ask for them. Nothing here is changed."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Route, expect

from services.gateway.rest.static_files import WEB
from tests.screens import reviews
from tests.screens.scene import WIDE, scene
from tests.screens.stage import Stage


async def _pictured(route: Route) -> None:
    await route.fulfill(path=WEB / "demo" / "images" / Path(route.request.url).name)


async def to_read(stage: Stage) -> None:
    await stage.page.route(f"{reviews.PICTURES}/**", _pictured)
    await stage.open("reviews")
    await expect(stage.page.get_by_role("article")).to_have_count(len(reviews.WRITTEN))
    await expect(stage.page.get_by_role("list", name="Published reviews by stars")).to_be_visible()


async def requests(stage: Stage, shelf: str) -> None:
    await stage.open("reviews", "requests")
    await stage.page.get_by_role("radio", name=re.compile(f"^{shelf}")).check()
    await expect(stage.page.get_by_role("table", name=shelf)).to_be_visible()


scene("reviews-to-read")(to_read)


@scene("reviews-reply")
async def reply(stage: Stage) -> None:
    """One that is written, and the draft of another."""
    await to_read(stage)
    for product in ("Czajnik", "Tide mug"):
        review = stage.page.get_by_role("article").filter(has_text=product)
        await review.get_by_role("button", name="Reply").click()
        await review.get_by_role("textbox").fill("Thank you. From today every lid travels with its pot.")


@scene("reviews-published")
async def published(stage: Stage) -> None:
    await to_read(stage)
    await stage.page.get_by_role("button", name="2 stars").click()
    await expect(stage.page.get_by_role("article")).to_have_count(2)


@scene("reviews-rejected", only=WIDE)
async def rejected(stage: Stage) -> None:
    await stage.open("reviews", "rejected")
    await expect(stage.page.get_by_role("article")).to_have_count(1)


@scene("reviews-nothing-found", only=WIDE)
async def nothing(stage: Stage) -> None:
    await to_read(stage)
    await stage.page.get_by_role("main").get_by_role("searchbox").fill("nothing like it")
    await expect(stage.page.get_by_role("heading", name="Nothing found")).to_be_visible()


@scene("reviews-planned")
async def planned(stage: Stage) -> None:
    await requests(stage, "Planned")


@scene("reviews-sent", only=WIDE)
async def sent(stage: Stage) -> None:
    await requests(stage, "Sent")


@scene("reviews-not-sent", only=WIDE)
async def withheld(stage: Stage) -> None:
    await requests(stage, "Not sent")


@scene("reviews-rules")
async def rules(stage: Stage) -> None:
    await to_read(stage)
    await stage.page.get_by_role("button", name="Mode and days").click()
    await expect(stage.dialog.get_by_role("radio").first).to_be_visible()


@scene("reviews-import")
async def imported(stage: Stage) -> None:
    """Lines that can't be taken; nothing of the table can."""
    await to_read(stage)
    await stage.page.get_by_role("button", name="Import reviews").click()
    table = b"sku,stars,text\n,5,Lovely\ntide-mug,7,Lovely\ntide-mug,five,Lovely\n"
    await stage.dialog.locator("input[type=file]").set_input_files(
        {"name": "reviews-of-the-old-shop.csv", "mimeType": "text/csv", "buffer": table}
    )
    await stage.dialog.get_by_role("button", name="Import", exact=True).click()
    await expect(stage.dialog).to_contain_text("3 lines were not taken")


@scene("reviews-none", shop="quiet", member="Ola")
async def none(stage: Stage) -> None:
    await stage.open("reviews")
    await expect(stage.page.get_by_role("heading", name="No reviews yet")).to_be_visible()


@scene("reviews-requests-off", shop="quiet", member="Ola", only=WIDE)
async def off(stage: Stage) -> None:
    await stage.open("reviews", "requests")
    await expect(stage.page.get_by_role("heading", name="Requests are off")).to_be_visible()
