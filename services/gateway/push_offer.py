"""What a shop's pages need to offer push to a visitor."""

from msgspec import UNSET, UnsetType

from contracts.conversations.settings import ShopSettings
from contracts.sockets.visitor import PushOffer
from services.common.database import DatabaseAway
from services.common.vapid import ShopKeys


async def push_offer(shop: str, settings: ShopSettings, keys: ShopKeys) -> PushOffer | UnsetType:
    """Absent where the shop does not push. While the database of keys is away there is none either: nobody's chat is
    kept waiting for it."""
    if not settings.push.on:
        return UNSET
    try:
        key = await keys.of(shop)
    except DatabaseAway:
        return UNSET
    return PushOffer(key=key.public, worker=settings.push.worker)
