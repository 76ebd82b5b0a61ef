"""Shops from the command line: creating one, and the secrets it signs with."""

import asyncio
import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from nats.aio.msg import Msg
from psycopg.sql import SQL

from contracts import subjects
from contracts.answers import Answer, Stored, answers_decoder
from contracts.command import Command, kind_of
from contracts.conversations.commands import CreateShop
from contracts.conversations.settings import ShopSettings
from contracts.ids import ShopId, shop_aggregate_id
from contracts.logs import log_of
from services.common.broker import Broker, connect
from services.common.database import open_pool
from services.common.log_pages import table_of
from services.common.master_key import MasterKey
from services.common.settings import Settings
from services.common.signing_secrets import SigningSecret, SigningSecrets
from services.common.staff import record

ANSWER_SECONDS = 1.0
COMMAND_SECONDS = 10.0


_SHOPS = "SELECT shop, state FROM rm_shop ORDER BY shop"
_STAFF = "SELECT shop, count(*) FROM staff.membership WHERE left_at IS NULL GROUP BY shop"


class Unanswered(Exception):
    """No worker answered in time."""


class Refused(Exception):
    """The worker refused; the message says why."""


async def create(settings: Settings, shop: str, wanted: dict[str, Any]) -> None:
    """Create a shop with these of its settings. Raises what create_shop raises, and Refused for a wrong value."""
    try:
        msgspec.convert(shop, ShopId)
        shop_settings = msgspec.convert(wanted, ShopSettings)
    except msgspec.ValidationError as error:
        raise Refused(f"{error}.") from None
    broker = await connect(settings.nats_url, "cli")
    try:
        await create_shop(broker, shop, shop_settings, COMMAND_SECONDS)
    finally:
        await broker.close()


def listed(settings: Settings) -> list[str]:
    """A line a shop: its id, how many work there, its name."""
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5) as connection:
        staff: dict[str, int] = dict(connection.execute(_STAFF).fetchall())
    with psycopg.connect(settings.dsn_of("read"), connect_timeout=5) as connection:
        shops = connection.execute(_SHOPS).fetchall()
    return [f"{shop:30} {staff.get(shop, 0):5}  {_name(whole)}" for shop, whole in shops] or ["There is no shop yet."]


def require_shop(settings: Settings, shop: str) -> None:
    """Raise Refused unless the log knows this shop."""
    found = SQL("SELECT FROM {} WHERE originator_id = %s LIMIT 1").format(table_of(shop))
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5) as connection:
        if connection.execute(found, [shop_aggregate_id(shop)]).fetchone() is None:
            raise Refused(f"There is no shop {shop} in this installation.")


def is_logged(settings: Settings, shop: str, aggregate: UUID) -> bool:
    """Whether the log `engagement` knows of this."""
    found = SQL("SELECT FROM {} WHERE originator_id = %s LIMIT 1").format(table_of(shop, subjects.ENGAGEMENT))
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5) as connection:
        try:
            return connection.execute(found, [aggregate]).fetchone() is not None
        except psycopg.errors.UndefinedTable:  # before the first worker has come up
            return False


async def create_secret(settings: Settings, shop: str) -> SigningSecret:
    """A new secret with which the shop vouches for its customers; the one before stays valid for two weeks."""
    require_shop(settings, shop)
    async with await open_pool(settings.dsn_of("keys"), "cli") as pool:
        made = await SigningSecrets(pool, MasterKey.load(settings)).create(shop)
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5) as connection:
        record(connection, shop, "secret.made", made.kid, {"kid": made.kid})
    return made


async def create_shop(broker: Broker, shop: str, settings: ShopSettings, seconds: float) -> None:
    """Create a shop and its desk; doing it again with the same settings changes nothing.

    Raises Refused (another shop has this id, say) or Unanswered after `seconds`.
    """
    await send(broker, lambda gateway: _command(shop, settings, gateway), seconds)


async def send(broker: Broker, make: Callable[[str], Command], seconds: float) -> None:
    """Send a command until it is stored. `make` gets the name under which the answer is waited for.

    Raises Refused, or Unanswered after `seconds`.
    """
    name = f"cli-{secrets.token_hex(8)}"
    answer: asyncio.Queue[Answer] = asyncio.Queue()

    async def heard(message: Msg) -> None:
        for one in answers_decoder.decode(message.data):
            answer.put_nowait(one)

    subscription = await broker.client.subscribe(subjects.answers(name), cb=heard)
    command = make(name)
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            subject = subjects.command(log_of(command), command.shop, kind_of(command))
            await broker.client.publish(subject, msgspec.json.encode(command))
            try:
                said = await asyncio.wait_for(answer.get(), ANSWER_SECONDS)
            except TimeoutError:
                continue
            _judge(said)
            return
    finally:
        await subscription.unsubscribe()
    raise Unanswered(f"No worker answered within {seconds:.0f} s: is `shopbell serve conversations` running?")


def _name(state: str | None) -> str:
    """Of the event that told the settings last, whichever release wrote it."""
    return str(msgspec.json.decode(state)["settings"].get("name", "")) if state else ""


def _command(shop: str, settings: ShopSettings, gateway: str) -> CreateShop:
    """Its id derives from the shop, so that doing it twice is one command sent again."""
    digest = sha256(msgspec.json.encode(settings)).hexdigest()
    return CreateShop(
        id=f"create-shop-{shop}",
        shop=shop,
        sender_kind="system",
        sender="shopbell",
        digest=digest,
        gateway=gateway,
        settings=settings,
    )


def _judge(answer: Answer) -> None:
    if not isinstance(answer, Stored):
        raise Refused(getattr(answer, "detail", "the worker answered something unexpected"))
