"""What may have been meant by words that nobody has said: the most alike of those said lately, by their trigrams."""

from typing import Final

from services.gateway.rest.history.store import HistoryStore

LATELY: Final = 300
"""How many conversations are looked at: enough for the words of a shop, few enough to be quick."""
ALIKE: Final = 0.4
SHORTEST: Final = 3


async def other_words(store: HistoryStore, shop: str, words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words with those replaced that begin no word of lately; None if there is nothing better."""
    alike = await store.alike(shop, [word for word in words if len(word) >= SHORTEST], LATELY, ALIKE)
    found = tuple(dict.fromkeys(alike.get(word, word) for word in words))
    return found if found != words else None
