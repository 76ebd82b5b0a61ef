"""Reviews of a made-up shop: some to read, many published, and customers who are asked or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from tests.screens.staff import Shop
from tests.support.buying import AT_ONCE, link_of
from tests.support.waiting import eventually

LATER = {"on": True, "mode": "received", "days": 5, "hour": 10, "zone": "Europe/Warsaw"}
PICTURES = "https://morrow.example/images"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Bought:
    """A customer's order of one product, and what they write about it."""

    number: str
    name: str
    product: str
    sku: str
    language: str = "en"
    stars: int = 0
    text: str = ""
    variant: str | None = None


WRITTEN = [
    Bought("20340", "Ingrid Nilsen", "Salt bowl", "moss-bowl", "en", 5,
           "Came all the way to Bergen in one piece. The salt glaze is lovely in low light.", "large"),
    Bought("20355", "", "Milk jug", "harbour-jug", "en", 1, "call me on 601 555 018 for cheap pots"),
    Bought("20369", "Jan Kowalczyk", "Wazon „Fala”", "ember-vase", "pl", 4,
           "Bardzo ładny, trochę cięższy, niż myślałem.", "40 cm"),
    Bought("20377", "Claire Renaud", "Assiette, grand modèle", "rowan-plate", "fr", 5,
           "Magnifique, et l’emballage sans plastique est un vrai plus."),
    Bought("20391", "Mateusz Zieliński", "Czajnik „Fala”", "night-teapot", "pl", 2,
           "Czajnik piękny, ale w paczce zabrakło pokrywki. Po telefonie dosłali następnego dnia."),
    Bought("20418", "Hannah Weiss", "Tide mug", "tide-mug", "en", 5,
           "Holds the heat well and the foot does not scratch the table. The glaze is bluer than in the picture,"
           " which I like.", "340 ml"),
]  # fmt: skip
TO_COME = [
    Bought("20431", "Oliver Brandt", "Night teapot", "night-teapot"),
    Bought("20433", "Agnieszka Wiśniewska-Dąbrowska", "Serwis „Fala” dla dwunastu osób", "tide-set", "pl"),
    Bought("20436", "", "Moss bowl", "moss-bowl"),
]
PUBLISHED: dict[int, tuple[int, Sequence[str]]] = {
    5: (41, ("Beautiful, and it pours without a drip.", "Parfait.", "")),
    4: (9, ("Slightly smaller than I thought.", "Ładna, ale ciężka.")),
    3: (3, ("The glaze has a spot.",)),
    2: (2, ("Came late.",)),
    1: (1, ("Broken, though replaced at once.",)),
}
HEAD = "id,sku,product,stars,text,author,language,written_at,state,confirmed,reply\n"


async def written(shop: Shop, manager: str) -> None:
    """Make them: those that customers write one after another, so that the newest is known."""
    await _ask(shop, manager, "PUT", "/review-rules", json=AT_ONCE)
    for one in WRITTEN:
        await _order(shop, manager, one, "received")
        await _write(shop, one)
    await _ask(shop, manager, "PUT", "/review-rules", json=LATER)
    for one in TO_COME:
        await _order(shop, manager, one, "received")
    await _order(shop, manager, Bought("20437", "Rosa Pellegrini", "Tide mug", "tide-mug"), "received", "cancelled")
    headers = {"Content-Type": "text/csv"}
    await _ask(shop, manager, "POST", "/reviews.csv", content=_table().encode(), headers=headers)

    spam = (await _ask(shop, manager, "GET", "/reviews?q=cheap-pots")).json()["items"]
    await _ask(shop, manager, "POST", f"/reviews/{spam[0]['id']}/reject", json={})

    async def read() -> bool:
        counts = (await _ask(shop, manager, "GET", "/reviews")).json()["counts"]
        return bool(counts["waiting"] == len(WRITTEN) and counts["rejected"] == 1)

    await eventually(read, PATIENCE_SECONDS, what="reviews to read")


async def _order(shop: Shop, manager: str, one: Bought, *statuses: str) -> None:
    item = {"sku": one.sku, "name": one.product, "variant": one.variant, "image": f"{PICTURES}/{one.sku}.svg"}
    customer = {"id": f"C-{one.number}", "name": one.name or None, "email": f"c{one.number}@customer.example"}
    now = datetime.now(UTC)
    order = {
        "number": one.number,
        "placed_at": (now - timedelta(days=3)).isoformat(),
        "items": [{name: value for name, value in item.items() if value}],
        "language": one.language,
        "customer": customer,
    }
    await _ask(shop, manager, "POST", "/orders", json=order)
    for later, status in enumerate(statuses):
        at = (now - timedelta(hours=30 - later)).isoformat()
        await _ask(shop, manager, "POST", f"/orders/{one.number}/status", json={"status": status, "at": at})


async def _write(shop: Shop, one: Bought) -> None:
    token = await link_of(shop.installation, shop.id, one.number)
    review = {"sku": one.sku, "stars": one.stars, "text": one.text}
    body: dict[str, Any] = {"token": token, "id": uuid4().hex, "reviews": [review], "language": one.language}
    async with httpx.AsyncClient(headers={"Origin": shop.base}, timeout=15) as http:
        answer = await http.post(f"{shop.base}/v1/reviews", json=body)
    assert answer.status_code == 200, answer.text


def _table() -> str:
    """Published ones of the last months, and one that was rejected."""
    day, rows = datetime.now(UTC).date(), [HEAD]
    for stars, (count, texts) in PUBLISHED.items():
        for number in range(count):
            text, at = texts[number % len(texts)], day - timedelta(days=3 * number + 2 * stars)
            reply = "Thank you for telling us." if stars < 3 else ""
            rows.append(
                f'p{stars}-{number},rowan-plate,Rowan plate,{stars},"{text}",Ewa P.,en,{at},published,yes,"{reply}"\n'
            )
    rows.append(f'r1,moss-bowl,Moss bowl,1,"best pots at cheap-pots.shop",,en,{day - timedelta(days=9)},waiting,no,\n')
    return "".join(rows)


async def _ask(shop: Shop, manager: str, method: str, path: str, **options: Any) -> httpx.Response:
    answer = await shop.request(manager, method, path, **options)
    answer.raise_for_status()
    return answer
