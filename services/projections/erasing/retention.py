"""What retention removed from history could still be opened in the log: once a person has nothing left, their key goes.

A key goes only if nothing new was begun under it yesterday or today, and if no row is there when history has come to
retention's event. Whatever was sealed two days ago is in history by then, so nothing on its way is lost; whoever begins
something in this very moment is stopped by the row's lock, or gets a new key.
"""

from typing import Final

from services.common import erased
from services.common.broker import Broker
from services.common.following import Pool
from services.common.logs import logger
from services.projections.erasing import keys
from services.projections.erasing.engagement import EngagementRows
from services.projections.erasing.rows import Rows

log = logger(__name__)

PAGE: Final = 5_000


async def let_go(
    shop: str, notification_id: int, keys_pool: Pool, rows: Rows, engagement: EngagementRows, broker: Broker
) -> int:
    """Destroy the keys of a shop's persons who have nothing left. Returns how many.

    Raises HistoryBehind if history is not at the event any more, because a migration has emptied its tables, or if the
    tables of engagement are late.
    """
    after, gone, head = "", 0, await engagement.caught_up(shop)
    while page := await keys.long_unused(keys_pool, shop, after, PAGE):
        after = page[-1]
        with_something = await rows.with_something(shop, notification_id, page)
        with_something |= await engagement.with_something(shop, head, page)
        nothing_left = [person for person in page if person not in with_something]
        if nothing_left:
            destroyed = await keys.destroy_unused(keys_pool, shop, nothing_left)
            if destroyed:
                await erased.tell(broker, shop, destroyed)
            gone += len(destroyed)
    if gone:
        log.info("Keys of persons with nothing left are destroyed", shop=shop, keys=gone)
    return gone
