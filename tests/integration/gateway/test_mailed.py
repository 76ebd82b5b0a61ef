"""What people get by mail, from the form and the buttons to the mailbox."""

from typing import Any

import httpx
import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.rest import Pages, Staff
from tests.support.waiting import eventually

FIELDS = {name: {"requested": True, "required": False} for name in ("first_name", "email", "phone", "message")}
MAIL_SECONDS = 60.0


async def mailed(shop: Shop, count: int = 1) -> list[dict[str, Any]]:
    """The mails of this shop, once there are so many; the newest first."""
    async with httpx.AsyncClient(base_url=shop.installation.mailbox_url, timeout=15) as mailbox:

        async def arrived() -> list[dict[str, Any]]:
            mails = (await mailbox.get("/mails.json")).json()
            ours = [mail for mail in mails if f"@{shop.id}.example" in mail["from"]]
            return ours if len(ours) >= count else []

        return await eventually(arrived, MAIL_SECONDS, what="the mail")


async def opened(shop: Shop) -> Staff:
    """Staff of the shop, which asks for all details and has addresses of its own."""
    staff = Staff(shop)
    addresses = {name: f"{word}@{shop.id}.example" for name, word in (("notify", "counter"), ("reply_to", "desk"))}
    await staff.settings(offline_form={"fields": FIELDS}, mail={**addresses, "from_address": f"bell@{shop.id}.example"})
    return staff


@pytest.mark.feature("D2")
async def test_message_is_mailed_and_an_answer_to_it_goes_to_the_visitor(shop: Shop) -> None:
    await opened(shop)
    details = {"first_name": "Żaneta", "email": "zaneta@poczta.example", "phone": "+48 601 555 018"}
    stored = await Pages(shop).leave({**details, "message": "Czy <b>dzbanek</b> wrócił?"}, locale="pl")
    assert stored.status_code == 201, stored.text
    (mail,) = await mailed(shop)
    assert mail["recipients"] == [f"counter@{shop.id}.example"]
    assert mail["from"].endswith(f"<bell@{shop.id}.example>")
    assert mail["reply_to"] == "Żaneta <zaneta@poczta.example>"
    assert all(text in mail["text"] for text in (*details.values(), "> Czy <b>dzbanek</b> wrócił?"))
    assert "Czy &lt;b&gt;dzbanek&lt;/b&gt; wrócił?" in mail["html"]


@pytest.mark.feature("D2")
async def test_without_an_address_of_the_visitor_the_shops_default_is_answered(shop: Shop) -> None:
    await opened(shop)
    stored = await Pages(shop).leave({"phone": "+48 601 555 018", "message": "Call me"})
    assert stored.status_code == 201, stored.text
    (mail,) = await mailed(shop)
    assert mail["reply_to"] == f"desk@{shop.id}.example"


@pytest.mark.feature("D3")
async def test_answer_from_the_inbox_is_mailed_to_the_visitor(shop: Shop) -> None:
    staff = await opened(shop)
    stored = await Pages(shop).leave({"email": "jan@bücher.example", "message": "Do you have a shop in Leeds?"})
    path = f"/offline-messages/{stored.json()['message']}/answer"
    answered = await staff.send("POST", path, json={"text": "No, in York."})
    assert answered.status_code in (201, 202), answered.text
    mails = await mailed(shop, 2)
    (mail,) = [one for one in mails if one["recipients"] == ["jan@xn--bcher-kva.example"]]
    assert "No, in York." in mail["text"]
    assert "> Do you have a shop in Leeds?" in mail["text"]


@pytest.mark.feature("A8")
async def test_transcript_is_mailed_to_the_visitor(shop: Shop) -> None:
    await opened(shop)
    visitor, operator = await shop.chat()
    await operator.say(visitor.conversation, "Up to 220 °C.")
    body = {"email": "zoe@posteo.example", "token": visitor.token}
    asked = await Pages(shop).post(f"/conversations/{visitor.conversation}/transcript", body)
    assert asked.status_code == 202, asked.text
    (mail,) = await mailed(shop)
    assert mail["recipients"] == ["zoe@posteo.example"]
    assert "Up to 220 °C." in mail["text"]
    assert mail["reply_to"] == f"desk@{shop.id}.example"
