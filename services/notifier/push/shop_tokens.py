"""Who pushes to a shop's visitors: the shop, by a key of its own."""

from collections.abc import Awaitable, Callable
from typing import Final

from services.common.vapid import VapidKey
from services.notifier.persisting import persist
from services.notifier.push.sealing import Tokens

MOST_KEPT: Final = 200


class ShopTokens:
    """The shops' words for who they are."""

    def __init__(self, key_of: Callable[[str], Awaitable[VapidKey]], contact: str) -> None:
        """`key_of` reads a shop's; `contact`: see `Tokens`."""
        self._key_of, self._contact = key_of, contact
        self._kept: dict[str, Tokens] = {}

    async def of(self, shop: str) -> Tokens:
        """Raises WrongMasterKey."""
        tokens = self._kept.get(shop)
        if tokens is None:
            tokens = Tokens(await persist(lambda: self._key_of(shop)), self._contact)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[shop] = tokens
        return tokens
