"""The keys by which push services know us (VAPID, RFC 8292): one of the installation, for its staff, and one a shop.

Each is made once. Browsers bind their subscriptions to its public half, so it stays for good. They stand in
`installation_secret`, wrapped by the master key, whose rotation they outlive.
"""

import base64
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.common.installation_root import root_owner_of
from services.common.master_key import MasterKey

NAME: Final = "vapid"
MOST_KEPT: Final = 10_000
CURVE: Final = ec.SECP256R1()
SCALAR_BYTES: Final = 32

_SELECT: Final = "SELECT wrapped FROM installation_secret WHERE name = %s"
_INSERT: Final = "INSERT INTO installation_secret (name, wrapped) VALUES (%s, %s) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class VapidKey:
    """A key pair on P-256."""

    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        """The public half as browsers and headers want it: the uncompressed point in base64url."""
        return base64url(self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


Pool = AsyncConnectionPool[AsyncConnection[Any]]


async def vapid_key(pool: Pool, master: MasterKey) -> VapidKey:
    """The installation's key, which is made if there is none. `pool` is that of the keys database.

    Raises WrongMasterKey, or psycopg's errors while the database is away.
    """
    return await _key(pool, master, NAME)


class ShopKeys:
    """The keys of shops, for their visitors."""

    def __init__(self, pool: Pool, master: MasterKey) -> None:
        """`pool` is that of the keys database."""
        self._pool, self._master = pool, master
        self._kept: dict[str, VapidKey] = {}

    async def of(self, shop: str) -> VapidKey:
        """Made if there is none; read once. Raises as `vapid_key`."""
        key = self._kept.get(shop)
        if key is None:
            key = await _key(self._pool, self._master, name_of(shop))
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[shop] = key
        return key


def name_of(shop: str) -> str:
    """Under which a shop's key stands in `installation_secret`."""
    return f"{NAME}|{shop}"


async def _key(pool: Pool, master: MasterKey, name: str) -> VapidKey:
    async with pool.connection() as connection:
        row = await (await connection.execute(_SELECT, [name])).fetchone()
        if row is None:
            scalar = ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(SCALAR_BYTES)
            await connection.execute(_INSERT, [name, master.wrap(scalar, root_owner_of(name))])
            row = await (await connection.execute(_SELECT, [name])).fetchone()
    if row is None:
        raise RuntimeError("a row that was just written is not there")
    scalar = master.unwrap(bytes(row[0]), root_owner_of(name))
    return VapidKey(ec.derive_private_key(int.from_bytes(scalar), CURVE))


def base64url(data: bytes) -> str:
    """Without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Raises ValueError for what is none."""
    if not text.isascii() or set(text) & set("+/"):
        raise ValueError("no base64url")
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
