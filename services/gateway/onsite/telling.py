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
from services.gateway.onsite.choosing import by_visitor, chosen
from services.gateway.onsite.sealing import Seal

log = logger(__name__)

WHOLE_EVERY_SECONDS: Final = 10.0
FORGOTTEN_AFTER_SECONDS: Final = 25.0
"""Without a word of anybody who watches."""
PAUSE_SECONDS: Final = 1.0
"""From one message about a shop to the next; the first goes out at once."""
SHARE_OF_TIME: Final = 0.05
"""With ten thousand visitors it takes a while to go through them: it gets a small part of the time."""
LINGER_SECONDS: Final = 3.0
"""Whoever goes to the shop's next page is gone for a moment."""

_encode: Final = msgspec.json.Encoder().encode
_decoder: Final = msgspec.json.Decoder(Watch)


class _Site:
    """What was told of a shop."""

    __slots__ = ("changed", "leaving", "more", "number", "pausing", "told", "until", "whole")

    def __init__(self) -> None:
        self.until = 0.0
        self.number = 0
        self.told: dict[str, Seen] = {}
        self.more = 0
        self.leaving: dict[str, tuple[float, Seen]] = {}
        """Who may be back in a moment, and until when that is waited for."""
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
        site = self._sites.setdefault(shop, _Site())
        site.until = self._clock() + FORGOTTEN_AFTER_SECONDS
        site.whole |= watch.whole
        if site.whole:
            self.changed(shop)

    def changed(self, shop: str) -> None:
        """A visitor came, went, or looks at another page."""
        site = self._sites.get(shop)
        if site is None or site.changed:
            return
        site.changed = True
        if not site.pausing:
            asyncio.get_running_loop().call_soon(self._tell, shop)

    def left(self, visitor: Present) -> None:
        """One that we will know again is waited for a moment; a guest without a memory never comes back as the same."""
        site = self._sites.get(visitor.shop)
        if site is None:
            return
        if visitor.remembered:
            seen = visitor.seen()
            site.leaving[seen.visitor.id] = self._clock() + LINGER_SECONDS, seen
            asyncio.get_running_loop().call_later(LINGER_SECONDS, self.changed, visitor.shop)
        self.changed(visitor.shop)

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
                    self.changed(shop)

    def _tell(self, shop: str) -> None:
        site = self._sites.get(shop)
        if site is None or not site.changed:
            if site is not None:
                site.pausing = False
            return
        started = time.perf_counter()
        site.changed, site.pausing = False, True
        message = self._news(shop, site)
        if message is not None:
            self._later(self._publish(shop, message))
        pause = max(PAUSE_SECONDS, (time.perf_counter() - started) / SHARE_OF_TIME)
        asyncio.get_running_loop().call_later(pause, self._tell, shop)

    def _news(self, shop: str, site: _Site) -> OnSite | None:
        """What has changed since the last message; None if nothing has."""
        here = self._here(shop, site)
        shown = chosen(here)
        more, whole = len(here) - len(shown), site.whole
        new = list(shown.values()) if whole else [one for id_, one in shown.items() if site.told.get(id_) != one]
        gone = [] if whole else [id_ for id_ in site.told if id_ not in shown]
        unchanged = not new and not gone and more == site.more
        if unchanged and (not whole or site.number == 0):
            site.whole = False
            return None
        site.number += 1
        site.told, site.more, site.whole = shown, more, False
        return OnSite(gateway=self._gateway, number=site.number, whole=whole, here=new, gone=gone, more=more)

    def _here(self, shop: str, site: _Site) -> dict[str, Seen]:
        here = by_visitor(visitor.seen() for visitor in self._crowd.of(shop))
        now = self._clock()
        site.leaving = {id_: one for id_, one in site.leaving.items() if one[0] > now and id_ not in here}
        return here | {id_: seen for id_, (_, seen) in site.leaving.items()}

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
