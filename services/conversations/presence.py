"""Who is connected to any gateway, of one partition, as far as the leases say."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.desks import Leases
from services.conversations.deadlines import Presence

LEASE_SECONDS: Final = 25.0
"""A gateway names who is connected every 10 s; after this long without it nobody of it is."""
REMEMBER_SECONDS: Final = 86_400
"""How long it is remembered since when somebody is gone; the longest time of a shop's rules."""


class _Lease:
    __slots__ = ("heard", "operators", "visitors")

    def __init__(self, leases: Leases, heard: datetime) -> None:
        self.heard = heard
        self.visitors = {one.conversation: one.shop for one in leases.visitors}
        self.operators = {(one.shop, one.operator) for one in leases.operators}


class _AnyOf:
    """What is in any of these; not copied, since a partition may have very many visitors."""

    def __init__(self, parts: list[dict[UUID, str]]) -> None:
        self._parts = parts

    def __contains__(self, one: object) -> bool:
        return any(one in part for part in self._parts)


class Connections:
    """The newest lease of each gateway. Times are aware, UTC; `now` is an argument so that tests can turn it."""

    def __init__(self, now: datetime) -> None:
        self._up_since = now
        self._leases: dict[str, _Lease] = {}
        self._lost: dict[str, dict[UUID | str, datetime]] = {}

    def grace_starts_again(self, now: datetime) -> None:
        """We or the broker were away: nobody can have told us anything, so what was said last still holds."""
        self._up_since = now
        self._lost.clear()
        for lease in self._leases.values():
            lease.heard = now

    def renew(self, leases: Leases, now: datetime) -> set[str]:
        """Take a gateway's word. Returns the shops in which somebody came or went."""
        before, after = self._leases.get(leases.gateway), _Lease(leases, now)
        self._leases[leases.gateway] = after
        if before is None:
            before = _Lease(Leases(gateway=leases.gateway, visitors=[], operators=[]), now)
        return self._compare(before, after, now)

    def expire(self, now: datetime) -> set[str]:
        """Forget gateways that say nothing any more. Returns the shops in which somebody went."""
        shops: set[str] = set()
        for gateway, lease in list(self._leases.items()):
            if (now - lease.heard).total_seconds() > LEASE_SECONDS:
                del self._leases[gateway]
                nobody = _Lease(Leases(gateway=gateway, visitors=[], operators=[]), now)
                shops |= self._compare(lease, nobody, now)
        return shops

    def of(self, shop: str, now: datetime) -> Presence:
        """Who of a shop is connected, and who was."""
        leases = list(self._leases.values())
        operators = {name for lease in leases for of, name in lease.operators if of == shop}
        lost = self._lost.get(shop, {})
        too_long_ago = now - timedelta(seconds=REMEMBER_SECONDS)
        for one in [one for one, since in lost.items() if since < too_long_ago]:
            del lost[one]
        return Presence(self._up_since, _AnyOf([lease.visitors for lease in leases]), operators, lost)

    def _compare(self, before: _Lease, after: _Lease, now: datetime) -> set[str]:
        shops = set()
        for conversation, shop in before.visitors.items() - after.visitors.items():
            shops.add(shop)
            if not any(conversation in lease.visitors for lease in self._leases.values()):
                self._lost.setdefault(shop, {})[conversation] = now
        for conversation, shop in after.visitors.items() - before.visitors.items():
            shops.add(shop)
            self._lost.get(shop, {}).pop(conversation, None)
        for shop, operator in before.operators - after.operators:
            shops.add(shop)
            if not any((shop, operator) in lease.operators for lease in self._leases.values()):
                self._lost.setdefault(shop, {})[operator] = now
        for shop, operator in after.operators - before.operators:
            shops.add(shop)
            self._lost.get(shop, {}).pop(operator, None)
        return shops
