"""Polls of a made-up shop: an open one, one to come, one that is over, and a draft. And what the widget asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import httpx

from tests.support.waiting import eventually

if TYPE_CHECKING:
    from tests.screens.staff import Shop
    from tests.screens.widget import Walk

GLAZES = ("Moss", "Tide blue", "Salt white", "Plum")
VOTES = (22, 41, 8, 13)
ASKED = {
    "en": ("Which glaze shall we bring back this winter?", GLAZES),
    "fr": ("Quel émail faut-il reprendre cet hiver ?", ("Mousse", "Bleu marée", "Blanc de sel", "Prune")),
    "pl": ("Które szkliwo ma wrócić tej zimy?", ("Mech", "Błękit fali", "Biel soli", "Śliwka")),
}
KNOWN_SECONDS = 45.0
END = "2027-11-30T17:00:00Z"


async def asked(shop: Shop, member: str) -> None:
    """Make them."""
    await _drafted(shop, member, "Name for the new bowl", ("Dune", "Shore"))
    over = await _started(shop, member, "Une tasse de 240 ou de 340 ml ?", ("240 ml", "340 ml"), language="fr")
    await _voted(shop, over, (17, 34))
    await _done(shop, member, over, "close")
    opens = {"language": "pl", "opens_at": "2027-12-01T08:00:00Z"}
    await _started(shop, member, "Jak pakować zamówienia?", ("Papier", "Słoma", "Karton bez wypełnienia"), **opens)
    await _voted(shop, await _started(shop, member, ASKED["en"][0], GLAZES, language="en", closes_at=END), VOTES)


async def go(walk: Walk) -> None:
    """Whether anybody is at the counter or not."""
    question, answers = ASKED.get(walk.language, ASKED["en"])
    poll = await _started(walk.shop, "Maja", question, answers, closes_at=END)
    await _voted(walk.shop, poll, VOTES)

    async def is_known() -> bool:
        async with httpx.AsyncClient(timeout=15) as pages:
            return (await pages.get(f"{walk.shop.base}/v1/shops/{walk.shop.id}/polls/current")).status_code == 200

    await eventually(is_known, KNOWN_SECONDS)
    visitor = await walk.visitor()
    card = visitor.page.locator("shopbell-widget .ask")
    await walk.take(visitor, "33-poll", card)
    await card.locator("input").nth(1).check()
    await walk.take(visitor, "34-poll-chosen", card.locator(".ask-vote:enabled"))
    await card.locator(".ask-vote").click()
    await walk.take(visitor, "35-poll-voted", card.locator(".ask-results"))
    await visitor.context.close()
    late = await walk.visitor()
    card = late.page.locator("shopbell-widget .ask")
    await card.locator("input").first.check()
    await _done(walk.shop, "Maja", poll, "close")
    await card.locator(".ask-vote").click()
    await walk.take(late, "36-poll-closed", card.locator(".ask-body:not(:has(.ask-vote))"))
    await late.context.close()


async def _drafted(shop: Shop, member: str, question: str, answers: Sequence[str], **times: str) -> str:
    choices = [{"id": f"a{number}", "text": text} for number, text in enumerate(answers)]
    content = {"question": question, "answers": choices, **times}
    answer = await shop.request(member, "POST", "/polls", json={"content": content})
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def _started(shop: Shop, member: str, question: str, answers: Sequence[str], **times: str) -> str:
    poll = await _drafted(shop, member, question, answers, **times)
    await _done(shop, member, poll, "start")
    return poll


async def _done(shop: Shop, member: str, poll: str, deed: str) -> None:
    answer = await shop.request(member, "POST", f"/polls/{poll}/{deed}")
    assert answer.is_success, answer.text


async def _voted(shop: Shop, poll: str, votes: Sequence[int]) -> None:
    """So often for each answer."""
    async with httpx.AsyncClient(base_url=shop.base, timeout=15) as pages:
        for answer, count in enumerate(votes):
            for number in range(count):
                vote: dict[str, Any] = {"id": f"vote-{answer}-{number}", "answer": f"a{answer}"}
                (await pages.post(f"/v1/shops/{shop.id}/polls/{poll}/votes", json=vote)).raise_for_status()
