"""What an operator says to a visitor who has left: it is pushed to their browser, or it comes by mail."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from contracts.conversations.settings import PushSettings
from tests.integration.gateway.conftest import MakeShop
from tests.integration.gateway.rest import Pages, Staff
from tests.integration.gateway.test_mailed import mailed, opened
from tests.support.installation import Installation
from tests.support.push_service import push_service
from tests.support.waiting import eventually

AWAY_SECONDS = 60.0
NEEDED = {"requested": True, "required": True}
HANNAH = {"email": "hannah@posteo.example", "message": "The rim is chipped."}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One in which nobody waits for ten minutes, and that pushes to machines of its own network."""
    soon = {"SHOPBELL_PUSH_PRIVATE_NETWORKS": "on", "SHOPBELL_UNREAD_MAIL_SECONDS": "1"}
    running = Installation(tmp_path_factory.mktemp("replying"), gateways=1, environment=soon)
    running.start()
    yield running
    running.stop()


@pytest.mark.feature("F5")
async def test_reply_reaches_a_visitor_who_has_left_by_push_if_they_agreed_else_by_mail(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=20, visitor_away_after=1, push=PushSettings(on=True), origins=["http://shop.example"])
    await opened(shop)
    await Staff(shop).settings(chat_fields={"email": NEEDED, "message": NEEDED})
    operator = await shop.operator(shop.a)
    agreed, without, reader = [await shop.visitor() for _ in range(3)]
    async with push_service() as service:
        for visitor in (agreed, without, reader):
            await visitor.start(fields=HANNAH)
            await operator.event(visitor.conversation, "message")
        assert agreed.welcome is not None
        browser = service.subscribe(agreed.welcome["push"]["key"])
        body = {"id": uuid4().hex, "subscription": browser.as_json(), "token": agreed.token}
        assert (await Pages(shop).post("/push-subscriptions", body)).status_code == 201
        answers = [
            await operator.say(each.conversation, "A new one leaves today.") for each in (agreed, without, reader)
        ]
        last = answers[2]["seq"]
        await reader.wait_for(lambda: reader.inbox.seen[reader.conversation] >= last)
        reader.tell("read", conversation=reader.conversation, upto=last)
        await operator.wait_for(lambda: operator.latest.get("read", {}).get("upto") == last)
        for visitor in (agreed, without, reader):
            await visitor.close()
        (pushed,) = await eventually(lambda: service.taken, AWAY_SECONDS, what="a push")
        assert pushed.payload["body"] == "A new one leaves today."
        assert pushed.payload["title"] == f"Ada, {pushed.payload['title'].partition(', ')[2]}"
        assert pushed.payload["url"] == "http://shop.example/"
        (mail,) = await mailed(shop)
        assert mail["recipients"] == ["hannah@posteo.example"]
        assert "A new one leaves today." in mail["text"]
        assert "http://shop.example/" in mail["text"]
        await operator.say(agreed.conversation, "Shall it go to the same address?")
        await eventually(lambda: len(service.taken) == 2, AWAY_SECONDS)
        assert service.wrong == []
    assert len(await mailed(shop)) == 1
