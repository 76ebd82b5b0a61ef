"""Operators who watch who is on the site: gathers what all gateways tell, and shows them what changes."""

import asyncio
import time
from collections.abc import Callable
from typing import Final, Protocol

import msgspec
import nats.errors

from contracts import subjects
from contracts.presence import OnSite, Watch
from contracts.sockets.operator import VisitorOnSite, Visitors
from services.common.broker import Broker
from services.common.direct import Message
from services.common.logs import logger
from services.gateway.live.subscriptions import Subscriptions
from services.gateway.onsite.gathering import Gathered
from services.gateway.onsite.sealing import Broken, Seal
from services.gateway.sockets.outbox import Outbox

log = logger(__name__)

EVERY_SECONDS: Final = 10.0
FIRST_SECONDS: Final = 0.3
"""So long the first list waits for the gateways' answers; who is alone with no visitor gets it empty."""
PAUSE_SECONDS: Final = 0.25
SHARE_OF_TIME: Final = 0.05

_encode: Final = msgspec.json.Encoder().encode
_decoder: Final = msgspec.json.Decoder(OnSite)


class Watcher(Protocol):
    """An operator's socket."""

    shop: str
    outbox: Outbox


class _Site:
    """A shop that is watched here."""

    __slots__ = ("asking", "changed", "gathered", "more", "pausing", "shown", "watchers")

    def __init__(self) -> None:
        self.gathered = Gathered()
        self.watchers: set[Watcher] = set()
        self.shown: dict[str, VisitorOnSite] | None = None
        """None until something was shown."""
        self.more = 0
        self.changed = False
        self.pausing = True
        self.asking = False


class Watching:
    """Holds the subscription to a shop's visitors as long as somebody here watches them."""

    def __init__(
        self,
        broker: Broker,
        subscriptions: Subscriptions,
        seal: Seal,
        gateway: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._broker = broker
        self._subscriptions = subscriptions
        self._seal = seal
        self._gateway = gateway
        self._clock = clock
        self._sites: dict[str, _Site] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def add(self, watcher: Watcher) -> None:
        """From now on the socket gets `visitors`: all of them first, within a moment."""
        shop = watcher.shop
        site = self._sites.get(shop)
        if site is not None:
            if watcher not in site.watchers and site.shown is not None:
                watcher.outbox.put(_whole(site))
            site.watchers.add(watcher)
            return
        site = self._sites[shop] = _Site()
        site.watchers.add(watcher)
        asyncio.get_running_loop().call_later(FIRST_SECONDS, self._first, shop, site)
        await self._subscriptions.hold(subjects.visitors_on_site(shop), self._heard)
        await self._subscriptions.settle()
        await self._ask(shop, whole=True)

    async def remove(self, watcher: Watcher) -> None:
        """It gets no more."""
        site = self._sites.get(watcher.shop)
        if site is None or watcher not in site.watchers:
            return
        site.watchers.discard(watcher)
        if not site.watchers:
            del self._sites[watcher.shop]
            await self._subscriptions.release(subjects.visitors_on_site(watcher.shop))

    async def run(self) -> None:
        """Say from time to time that the sites are still watched, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            for shop, site in list(self._sites.items()):
                if site.gathered.forget_silent(self._clock()):
                    self._changed(shop, site)
                await self._ask(shop, whole=False)

    def again(self) -> None:
        """The broker was away: ask for everything."""
        for shop in self._sites:
            self._later(self._ask(shop, whole=True))

    def _heard(self, message: Message) -> None:
        shop = message.subject.split(".")[1]
        site = self._sites.get(shop)
        if site is None:
            return
        try:
            told = _decoder.decode(self._seal.open(shop, message.data))
        except (Broken, msgspec.MsgspecError):
            log.warning("Visitors that can't be read", shop=shop)
            return
        if site.gathered.take(told, self._clock()):
            self._changed(shop, site)
        elif not site.asking:
            site.asking = True
            self._later(self._ask(shop, whole=True))

    async def _ask(self, shop: str, *, whole: bool) -> None:
        try:
            if self._broker.connected:
                question = Watch(gateway=self._gateway, whole=whole)
                await self._broker.client.publish(subjects.watched_site(shop), _encode(question))
        except nats.errors.Error:
            return  # asked again in a moment
        finally:
            if shop in self._sites:
                self._sites[shop].asking = False

    def _first(self, shop: str, site: _Site) -> None:
        """By now all gateways have told."""
        if self._sites.get(shop) is site:
            site.changed = True
            self._show(shop, site)

    def _changed(self, shop: str, site: _Site) -> None:
        site.changed = True
        if not site.pausing:
            self._show(shop, site)

    def _show(self, shop: str, site: _Site) -> None:
        site.pausing = self._sites.get(shop) is site and site.changed
        if not site.pausing:
            return
        started = time.perf_counter()
        site.changed = False
        before = site.shown, site.more
        site.shown, site.more = site.gathered.shown()
        frame = _whole(site) if before[0] is None else _difference(before[0], before[1], site)
        for watcher in site.watchers if frame else ():
            watcher.outbox.put(frame)
        pause = max(PAUSE_SECONDS, (time.perf_counter() - started) / SHARE_OF_TIME)
        asyncio.get_running_loop().call_later(pause, self._show, shop, site)

    def _later(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _whole(site: _Site) -> str:
    return _encode(Visitors(whole=True, here=list((site.shown or {}).values()), more=site.more)).decode()


def _difference(before: dict[str, VisitorOnSite], more: int, site: _Site) -> str:
    """The frame that leads from what was shown to what is to be shown; empty if they are the same."""
    now = site.shown or {}
    here = [one for id_, one in now.items() if before.get(id_) != one]
    gone = tuple(id_ for id_ in before if id_ not in now)
    if not here and not gone and more == site.more:
        return ""
    return _encode(Visitors(whole=False, here=here, gone=gone, more=site.more)).decode()
