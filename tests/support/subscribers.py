"""Thousands of browsers that want a shop's pushes, written straight into the tables of a notifier."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from contracts.engagement.campaigns import CampaignContent, Notice
from contracts.ids import push_subscription_id
from services.common.key_store import owner_of
from services.common.master_key import KEY_BYTES, MasterKey
from services.common.person_keys import PersonKey
from services.common.settings import Settings
from services.common.vapid import CURVE, base64url

CONTENT = CampaignContent(
    notices={"en": Notice(subject="The blue mug is back today", text="Forty came out of the kiln this morning.")},
    url="https://morrow.example/tide-blue?utm_source=push",
)


def subscribe_many(settings: Settings, shop: str, origin: str, count: int) -> dict[str, UUID]:
    """`count` browsers of one push service: their subscriptions, by path."""
    master, since = MasterKey.load(settings), datetime.now(UTC) - timedelta(days=30)
    point = ec.generate_private_key(CURVE).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    address = {"p256dh": base64url(point), "auth": base64url(os.urandom(16))}
    subscribers, keys, paths = [], [], {}
    for number in range(count):
        path = f"/push/{number}"
        subscription, person, secret = push_subscription_id(shop, origin + path), f"s_{number}", os.urandom(KEY_BYTES)
        clear = msgspec.json.encode({"endpoint": origin + path, **address}).decode()
        sealed = PersonKey(shop, person, secret).seal(clear, "address")
        subscribers.append((subscription, shop, person, sealed, "127.0.0.1", "en", "UTC", since))
        keys.append((shop, person, master.wrap(secret, owner_of(shop, person))))
        paths[path] = subscription
    columns = "id, shop, person, address, service, language, zone, since"
    _copy(settings.dsn_of("log"), f"push.subscriber ({columns})", subscribers)
    _copy(settings.dsn_of("keys"), "person_key (shop, person, wrapped)", keys)
    return paths


def start_campaign(settings: Settings, shop: str, content: CampaignContent = CONTENT) -> UUID:
    """As if the log had said that it has begun."""
    campaign = uuid4()
    with psycopg.connect(settings.dsn_of("log")) as log:
        log.execute(
            "INSERT INTO push.campaign (id, shop, content, send_at, local, zone, started_at)"
            " VALUES (%s, %s, %s, now(), false, 'UTC', now())",
            [campaign, shop, msgspec.json.encode(content).decode()],
        )
    return campaign


def _copy(dsn: str, table: str, rows: list[Any]) -> None:
    with psycopg.connect(dsn) as connection, connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
