"""The demo shop: a shop, an owner, and where to find them."""

import asyncio
import contextlib

import psycopg

from contracts.conversations.settings import MailSettings, PushSettings, ShopSettings
from services.common.broker import connect
from services.common.database import open_pool
from services.common.master_key import MasterKey
from services.common.settings import LaptopSettings, Settings
from services.common.signing_secrets import SigningSecrets
from services.common.staff import NewAccount, ensure_account
from services.standalone import demo_campaigns, demo_polls, demo_reviews, plan, secret_files
from services.standalone.shops import Refused, create_shop

SHOP = "demo"
OWNER = "owner@demo.example"
OWNER_NAME = "Maja"
CREATE_SECONDS = 60.0

_OWNER = "SELECT id FROM staff.account WHERE email = %s"

SETTINGS = ShopSettings(
    name="Morrow Ceramics",
    operator_name="Maja from Morrow Ceramics",
    languages=["en", "fr", "pl"],
    header={"en": "We are at the counter", "fr": "Nous sommes au comptoir", "pl": "Jesteśmy za ladą"},
    welcome={
        "en": "Hello, and welcome. Ask us about glazes, sizes or your order.",
        "fr": "Bonjour et bienvenue. Une question sur les émaux, les tailles ou votre commande\u00a0?",
        "pl": "Dzień dobry! Pytaj śmiało o szkliwa, rozmiary albo swoje zamówienie.",
    },
    time_zone="Europe/Warsaw",
    mail=MailSettings(
        notify="counter@morrow.example",
        from_address="counter@morrow.example",
        from_name="Morrow Ceramics",
        postal_address="Morrow Ceramics, ulica Józefa 12, 31-056 Kraków",
    ),
    push=PushSettings(on=True),
)


async def prepare(settings: Settings, password: str, address: str) -> None:
    """Make the owner's account and the shop, with what its customers bought, said and voted, if they aren't there.

    `address` is that of the gateway, without a slash at its end. Raises shops.Unanswered if no worker comes up in time.
    """
    with psycopg.connect(settings.dsn_of("log"), connect_timeout=5) as connection:
        ensure_account(connection, NewAccount(SHOP, OWNER, OWNER_NAME, "owner", password))
        owner = connection.execute(_OWNER, [OWNER]).fetchone()
    broker = await connect(settings.nats_url, "demo")
    try:
        # Refused is only a shop whose settings were changed since it was made: it goes on with them.
        with contextlib.suppress(Refused):
            await create_shop(broker, SHOP, SETTINGS, CREATE_SECONDS)
        if owner is not None:
            await asyncio.gather(
                demo_reviews.prepare(settings, broker, SHOP, owner[0], CREATE_SECONDS),
                demo_polls.prepare(settings, broker, SHOP, owner[0], CREATE_SECONDS),
                demo_campaigns.prepare(settings, broker, SHOP, owner[0], address, CREATE_SECONDS),
            )
    finally:
        await broker.close()
    await _vouch(settings)


async def _vouch(settings: Settings) -> None:
    """Let the demo shop sign for its customers."""
    async with await open_pool(settings.dsn_of("keys"), "demo") as pool:
        secrets = SigningSecrets(pool, MasterKey.load(settings))
        if not await secrets.valid(SHOP):
            await secrets.create(SHOP)


def password(settings: LaptopSettings) -> str:
    """The one that is set, else one made up at the first start."""
    if settings.demo_password is not None:
        return settings.demo_password.get_secret_value()
    return secret_files.demo_password(settings.home)


def address(settings: LaptopSettings) -> str:
    """Of the first gateway, without a slash at its end."""
    return settings.public_url.rstrip("/") or f"http://127.0.0.1:{settings.port}"


def banner(settings: LaptopSettings, seconds: float) -> str:
    """What to do next, for who started it."""
    bases = [f"http://127.0.0.1:{settings.port + number}" for number in range(settings.gateways)]
    lines = [f"Shopbell is ready after {seconds:.1f} s. Data: {settings.home}. Ctrl-C stops it.", ""]
    if settings.demo:
        lines.append(f"  Demo shop   {bases[0]}/demo")
    lines.append(f"  Operators   {bases[0]}/")
    if settings.demo:
        shown = "(as set in SHOPBELL_DEMO_PASSWORD)" if settings.demo_password else password(settings)
        lines.append(f"  Sign in     {OWNER}  {shown}")
    if not settings.smtp_url:
        lines.append(f"  Mails       http://127.0.0.1:{plan.mailbox_port(settings)}/")
    if len(bases) > 1:
        lines.append(f"  Gateways    {'  '.join(bases)}")
    return "\n".join([*lines, ""])
