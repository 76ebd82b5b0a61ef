"""This gateway's part: tells who of a shop's visitors is connected here, as long as somebody asks."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

import msgspec
import nats.errors

from contracts import subjects
from contracts.presence import OnSite, Seen, Watch
from services.common.broker import Broker
from services.common.direct import Message
from services.common.logs import logger
from services.gateway.live.crowd import Crowd, Present
from services.gateway.onsite.here import LINGER_SECONDS, Here
from services.gateway.onsite.sealing import Seal

log = logger(__name__)

WHOLE_EVERY_SECONDS: Final = 10.0
FORGOTTEN_AFTER_SECONDS: Final = 25.0
"""Without a word of anybody who watches."""
PAUSE_SECONDS: Final = 1.0
"""From one message about a shop to the next; the first goes out at once."""

_encode: Final = msgspec.json.Encoder().encode
_decoder: Final = msgspec.json.Decoder(Watch)


class _Site:
    """What was told of a shop."""

    __slots__ = ("changed", "here", "more", "number", "pausing", "told", "until", "whole")

    def __init__(self, here: Here) -> None:
        self.here = here
        self.until = 0.0
        self.number = 0
        self.told: dict[str, Seen] = {}
        self.more = 0
        self.whole = True
        """All of them are to be told next, not only what has changed."""
        self.changed = False
        self.pausing = False


class Teller:
    """Listens to `Crowd` for who comes and goes."""

    def __init__(
        self, broker: Broker, crowd: Crowd, seal: Seal, gateway: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._broker = broker
        self._crowd = crowd
        self._seal = seal
        self._gateway = gateway
        self._clock = clock
        self._sites: dict[str, _Site] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        crowd.changed, crowd.left = self.changed, self.left

    def heard(self, message: Message) -> None:
        """Somebody watches a shop, or still does."""
        shop, watch = message.subject.split(".")[1], _decoder.decode(message.data)
        site = self._sites.get(shop)
        if site is None:
            site = self._sites[shop] = _Site(Here(self._crowd.of(shop)))
        site.until = self._clock() + FORGOTTEN_AFTER_SECONDS
        site.whole |= watch.whole
        if site.whole:
            self._soon(shop)

    def changed(self, visitor: Present) -> None:
        """They came, or look at another page."""
        site = self._sites.get(visitor.shop)
        if site is not None:
            site.here.put(visitor)
            self._soon(visitor.shop)

    def left(self, visitor: Present) -> None:
        """They went, if only to the next page."""
        site = self._sites.get(visitor.shop)
        if site is None:
            return
        if site.here.remove(visitor, self._clock()):
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self._soon, visitor.shop)
        self._soon(visitor.shop)

    def _soon(self, shop: str) -> None:
        site = self._sites.get(shop)
        if site is None or site.changed:
            return
        site.changed = True
        if not site.pausing:
            asyncio.get_running_loop().call_soon(self._tell, shop)

    async def run(self) -> None:
        """Tell all again from time to time, until cancelled."""
        while True:
            await asyncio.sleep(WHOLE_EVERY_SECONDS)
            now = self._clock()
            for shop, site in list(self._sites.items()):
                if site.until < now:
                    del self._sites[shop]
                else:
                    site.whole = True
                    self._soon(shop)

    def _tell(self, shop: str) -> None:
        site = self._sites.get(shop)
        if site is None or not site.changed:
            if site is not None:
                site.pausing = False
            return
        site.changed, site.pausing = False, True
        message = self._news(site)
        if message is not None:
            self._later(self._publish(shop, message))
        asyncio.get_running_loop().call_later(PAUSE_SECONDS, self._tell, shop)

    def _news(self, site: _Site) -> OnSite | None:
        """What has changed since the last message; None if nothing has."""
        shown = site.here.shown(self._clock())
        more, whole = len(site.here) - len(shown), site.whole
        new = list(shown.values()) if whole else [one for id_, one in shown.items() if site.told.get(id_) != one]
        gone = [] if whole else [id_ for id_ in site.told if id_ not in shown]
        unchanged = not new and not gone and more == site.more
        if unchanged and (not whole or site.number == 0):
            site.whole = False
            return None
        site.number += 1
        site.told, site.more, site.whole = shown, more, False
        return OnSite(gateway=self._gateway, number=site.number, whole=whole, here=new, gone=gone, more=more)

    async def _publish(self, shop: str, message: OnSite) -> None:
        try:
            if self._broker.connected:
                sealed = self._seal.close(shop, _encode(message))
                await self._broker.client.publish(subjects.visitors_on_site(shop), sealed)
        except nats.errors.Error as error:  # they will find a hole, and ask
            log.warning("Visitors not told", shop=shop, error=type(error).__name__)

    def _later(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
