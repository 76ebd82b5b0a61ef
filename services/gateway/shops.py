"""Settings of shops, and the display names of their staff, close at hand."""

import time
from collections.abc import Callable, Collection
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from contracts.conversations.appearance import BY_STAFF
from contracts.conversations.departments import Department
from contracts.conversations.events import SettingsChanged, ShopCreated, ShopRemoved
from contracts.conversations.settings import ShopSettings
from contracts.sockets.common import Operator
from services.gateway.batching import Batcher
from services.gateway.log_reader import LogReader, decode_event

SETTINGS_SECONDS: Final = 60.0
"""Changes are heard at once; this heals a change that was not heard."""
UNKNOWN_SECONDS: Final = 2.0
NAMES_SECONDS: Final = 60.0
MOST: Final = 20_000

_NAMES = """
    SELECT account, shop, coalesce(membership.name, account.name)
    FROM staff.membership JOIN staff.account ON account.id = account WHERE shop = ANY (%(shops)s)
    UNION ALL SELECT id, shop, name FROM staff.api_key WHERE shop = ANY (%(shops)s)
"""


_WORKING = "SELECT account FROM staff.membership WHERE shop = %s AND left_at IS NULL"


class Shops:
    """The settings of shops."""

    def __init__(self, log: LogReader, clock: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._clock = clock
        self._cache: dict[str, tuple[float, ShopSettings | None]] = {}

    async def settings(self, shop: str) -> ShopSettings | None:
        """None if there is no such shop. Raises psycopg's errors while the database is away."""
        cached = self._cache.get(shop)
        if cached is not None and cached[0] > self._clock():
            return cached[1]
        return await self.read(shop)

    async def read(self, shop: str) -> ShopSettings | None:
        """The same as it stands in the log now."""
        settings = await self._log.settings(shop)
        self.keep(shop, settings)
        return settings

    def known(self, shop: str) -> ShopSettings:
        """What was last known of a shop that is in use here."""
        cached = self._cache.get(shop)
        return cached[1] if cached and cached[1] else ShopSettings()

    def heard(self, payload: bytes) -> str | None:
        """Take the settings from an event of a Shop. Returns the shop's id if it is gone now."""
        event = decode_event(payload)
        if isinstance(event, ShopCreated | SettingsChanged):
            self.keep(event.shop, event.settings)
        elif isinstance(event, ShopRemoved):
            self.keep(event.shop, None)
            return event.shop
        return None

    def keep(self, shop: str, settings: ShopSettings | None) -> None:
        """These are the newest settings of a shop."""
        if len(self._cache) >= MOST:
            self._cache.clear()
        seconds = UNKNOWN_SECONDS if settings is None else SETTINGS_SECONDS
        self._cache[shop] = (self._clock() + seconds, settings)


class StaffNames:
    """Display names of operators and departments, by shop."""

    def __init__(
        self,
        pool: AsyncConnectionPool[AsyncConnection[Any]],
        shops: Shops,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool = pool
        self._shops = shops
        self._clock = clock
        self._cache: dict[str, tuple[float, dict[str, str]]] = {}
        self._reader: Batcher[str, dict[str, str]] = Batcher(self._load)

    def fresh(self, shop: str, operators: Collection[str] = ()) -> bool:
        """Whether names of the shop are at hand, those of these operators among them."""
        cached = self._cache.get(shop)
        if cached is None or cached[0] <= self._clock():
            return False
        return all(operator in cached[1] for operator in operators)

    async def refresh(self, shop: str, operators: Collection[str] = ()) -> None:
        """Read the names of a shop, unless they are at hand: somebody may have joined a moment ago."""
        if self.fresh(shop, operators):
            return
        await self._reader.get(shop)
        names = self._cache[shop][1]
        for operator in operators:
            names.setdefault(operator, "")  # gone: not to be looked for again and again

    async def read(self, shop: str) -> dict[str, str]:
        """The same as they stand in the table now. Raises psycopg's errors while the database is away."""
        return await self._reader.get(shop) or {}

    async def working(self, shop: str) -> set[str]:
        """Who works there now, by the table. Raises psycopg's errors while the database is away."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_WORKING, [shop])).fetchall()
        return {account for (account,) in rows}

    def forget(self, shop: str) -> None:
        """Somebody of the shop has another name now; other gateways find out within NAMES_SECONDS."""
        if shop in self._cache:
            self._cache[shop] = 0.0, self._cache[shop][1]

    def own(self, shop: str, operator: str) -> str:
        """The account's own display name; empty where it has none, or there is no such account."""
        cached = self._cache.get(shop)
        return cached[1].get(operator, "") if cached else ""

    def name(self, shop: str, operator: str) -> str:
        """The account's own display name, else the one that the shop's settings give to all."""
        return self.own(shop, operator) or self._shops.known(shop).operator_name

    def operator(self, shop: str, operator: str) -> Operator:
        return Operator(operator, self.name(shop, operator))

    def department(self, shop: str, department: str) -> str:
        """The name of a department; of one that is no more, its id."""
        departments = self._shops.known(shop).departments
        return next((one.name for one in departments if one.id == department), department)

    def invitation(self, shop: str, invitation: str) -> str:
        """The name of a rule by which visitors are invited; of one that is no more, its id; empty for staff's own."""
        if invitation == BY_STAFF:
            return ""
        rules = self._shops.known(shop).invitations
        return next((one.name for one in rules if one.id == invitation), invitation)

    def departments(self, shop: str) -> list[Department]:
        return self._shops.known(shop).departments

    async def _load(self, shops: list[str]) -> dict[str, dict[str, str]]:
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_NAMES, {"shops": shops})).fetchall()
        names: dict[str, dict[str, str]] = {shop: {} for shop in shops}
        for operator, shop, name in rows:
            names[shop][operator] = name
        if len(self._cache) >= MOST:
            self._cache.clear()
        until = self._clock() + NAMES_SECONDS
        self._cache |= {shop: (until, found) for shop, found in names.items()}
        return names
