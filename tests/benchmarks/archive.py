"""A million conversations in history, put there by SQL, and how long lists and searches of them take over REST.

One shop has 700,000 of them over a year; the rest are those of a small shop and of three hundred others, which say
the same words. Lists read no messages, so there are none.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg

from services.gateway.rest.history import search
from services.gateway.rest.history.query import parse
from tests.benchmarks import product
from tests.benchmarks.figures import percentile
from tests.benchmarks.product import Shop
from tests.support.installation import Installation
from tests.support.protocol_client import sign_in

Figures = dict[str, float]
Parameters = dict[str, str]

SMALL_SHOP = 1_000
"""Conversations of the small one."""
VOCABULARY, TEXTS, WORDS_A_TEXT = 30_000, 8_000, 70
ROUNDS = 30
SHARE_OF_BIG = 0.7

# Share of the conversations with a word of this name: one in so many.
PLANTED = {"inhalf": 2, "inafifth": 5, "inatwentieth": 20, "inahundredth": 100, "inathousandth": 1_000}
ELSEWHERE = "elsewhere"
"""All other shops say it, the two that are searched never do."""
YEARLY = "yearly"
"""Everybody says it in one month half a year ago, and nobody else."""

_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes
    WHERE tablename = 'rm_conversation' AND schemaname = 'public' AND indexname NOT LIKE '%_pkey'
"""
_FILL = """
    INSERT INTO rm_conversation (
        id, shop, person, customer, signed_in, locale, name, email, phone, status, operator, started_at, active_at,
        last_message, last_message_at, last_from, ended_at, archived_at, rating, message_count, words, seq
    )
    SELECT gen_random_uuid(), shop, person, CASE WHEN signed_in THEN (n %% 90000)::text ELSE person END, signed_in,
        'en', CASE WHEN signed_in THEN 'Anna Kowalska' END,
        CASE WHEN signed_in THEN 'anna' || n %% 90000 || '@shop.example' END,
        CASE WHEN signed_in THEN '+48 ' || 600000000 + n %% 90000 END,
        CASE WHEN n > %(count)s - 200 THEN 'open' ELSE 'archived' END, 'o_' || random(1, 40), at - interval '9 minutes',
        at, 'Thank you, that is all that I wanted to know about it.', at, 'visitor', at, at,
        CASE WHEN random() < 0.3 THEN random(1, 5) END, 10,
        text || ' u' || n
            || CASE WHEN signed_in THEN ' anna nna kowalska owalska walska ' || 600000000 + n %% 90000 ELSE '' END
            || CASE WHEN n %% 2 = 0 THEN ' inhalf' ELSE '' END || CASE WHEN n %% 5 = 0 THEN ' inafifth' ELSE '' END
            || CASE WHEN n %% 20 = 0 THEN ' inatwentieth' ELSE '' END
            || CASE WHEN n %% 100 = 0 THEN ' inahundredth' ELSE '' END
            || CASE WHEN n %% 1000 = 0 THEN ' inathousandth' ELSE '' END
            || CASE WHEN shop LIKE 'other-%%' THEN ' elsewhere' ELSE '' END
            || CASE WHEN age BETWEEN interval '180 days' AND interval '210 days' THEN ' yearly' ELSE '' END,
        16
    FROM (
        SELECT n, (n * 7919) %% %(texts)s AS number, random() < 0.3 AS signed_in, 'g_' || md5(n::text) AS person,
            now() - age AS at, age,
            CASE WHEN random() < %(share)s THEN %(big)s
                 WHEN n %% greatest(1, %(count)s / %(small_count)s) = 0 THEN %(small)s
                 ELSE 'other-' || random(1, 300) END AS shop
        FROM generate_series(1, %(count)s::bigint) AS n,
            LATERAL (SELECT (%(count)s - n) * interval '1 year' / %(count)s AS age) AS ages
    ) AS conversations JOIN bench_text USING (number) ORDER BY n
"""


@dataclass
class Shops:
    """The two that are searched."""

    big: Shop
    small: Shop


def fill(one: Installation, shops: Shops, count: int) -> float:
    """Put `count` conversations into the read tables. Returns the seconds that their indexes took."""
    with psycopg.connect(one.settings.dsn_of("read"), autocommit=True) as read:
        indexes: dict[str, str] = dict(read.execute(_INDEXES).fetchall())
        for name in indexes:
            read.execute(f"DROP INDEX {name}".encode())
        read.execute("CREATE TEMPORARY TABLE bench_text (number bigint PRIMARY KEY, text text)")
        with read.cursor().copy("COPY bench_text FROM STDIN") as copy:
            for row in enumerate(_texts()):
                copy.write_row(row)
        parameters = {"count": count, "small_count": SMALL_SHOP * 3, "texts": TEXTS, "share": SHARE_OF_BIG}
        read.execute(_FILL, {**parameters, "big": shops.big.id, "small": shops.small.id})
        read.execute("SET maintenance_work_mem = '256MB'")
        started = time.monotonic()
        for definition in indexes.values():
            read.execute(definition.encode())
        taken = time.monotonic() - started
        read.execute("VACUUM ANALYZE rm_conversation")
    return taken


async def measure(one: Installation, count: int) -> Figures:
    """p50 and p99 in ms of lists and of searches, one request after the other."""
    shops = Shops(*(await product.make_shops(one, 2)))
    figures = {"history_index_s": fill(one, shops, count)}
    chance = random.Random(7)
    vocabulary = _vocabulary()
    for name, kinds in (("list", lists), ("search", searches)):
        times: list[float] = []
        for shop in (shops.big, shops.big, shops.small):
            async with await _client(one, shop) as client:
                for _ in range(ROUNDS):
                    for parameters in kinds(chance, vocabulary):
                        times.append(await _timed(client, shop, parameters))
        figures |= {f"history_{name}_p{p}_ms": percentile(times, p / 100) * 1e3 for p in (50, 99)}
    return figures


def at_database(one: Installation, shop: Shop) -> Figures:
    """p99 in ms of planning and running the queries of lists and searches, as PostgreSQL itself measures them."""
    chance, vocabulary = random.Random(7), _vocabulary()
    figures: Figures = {}
    with psycopg.connect(one.settings.dsn_of("read")) as read:
        for name, kinds in (("list", lists), ("search", searches)):
            times = [
                _explained_ms(read, shop, parameters) for _ in range(ROUNDS) for parameters in kinds(chance, vocabulary)
            ]
            figures[f"database_{name}_p99_ms"] = percentile(times, 0.99)
    return figures


def _explained_ms(read: psycopg.Connection[Any], shop: Shop, parameters: Parameters) -> float:
    sql, values = search.page(shop.id, parse(parameters))
    row = read.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}".encode(), values, prepare=False).fetchone()
    assert row is not None
    (plan,) = row[0]
    return float(plan["Planning Time"] + plan["Execution Time"])


Kinds = Callable[[random.Random, list[str]], Iterator[Parameters]]


def lists(chance: random.Random, _vocabulary: list[str]) -> Iterator[Parameters]:
    """Pages from the top and from deep within, in every order, narrowed in every way."""
    day = f"{datetime.now(UTC) - timedelta(days=chance.randrange(365)):%Y-%m-%d}"
    yield {}
    yield {"to": day}
    yield {"from": day, "sort": "last_message_at"}
    yield {"sort": "customer"}
    yield {"customer": str(chance.randrange(90_000))}
    yield {"status": "archived"}
    yield {"status": "open"}
    yield {"operator": f"o_{chance.randint(1, 40)}"}
    yield {"operator": f"o_{chance.randint(1, 40)}", "rating": "1", "signed_in": "true", "to": day}
    yield {"operator": "o_nobody"}


def searches(chance: random.Random, vocabulary: list[str]) -> Iterator[Parameters]:
    """Rare words and common ones, several of them, beginnings, names, numbers, and what nobody said."""

    def word() -> str:
        return vocabulary[min(int(chance.paretovariate(0.4)), len(vocabulary) - 1)]

    yield {"q": word()}
    yield {"q": f"{word()} {word()}"}
    yield {"q": chance.choice(vocabulary)}
    yield {"q": word()[:2]}
    yield {"q": chance.choice("abcdefghijklmnopqrstuvwxyz")}
    yield {"q": chance.choice(list(PLANTED))}
    yield {"q": f"inhalf {chance.choice(list(PLANTED))} {word()}"}
    yield {"q": "inhalf", "sort": "last_message_at"}
    yield {"q": "inafifth", "operator": f"o_{chance.randint(1, 40)}", "rating": "5"}
    yield {"q": ELSEWHERE}
    yield {"q": YEARLY}
    yield {"q": f"u{chance.randrange(1_000_000)}"}
    yield {"q": f"walska {600_000_000 + chance.randrange(90_000)}"}
    yield {"q": word() + "qx"}


async def _client(one: Installation, shop: Shop) -> httpx.AsyncClient:
    base = one.base_urls[0]
    cookie = await sign_in(base, shop.email, shop.password)
    return httpx.AsyncClient(base_url=base, headers={"Cookie": cookie, "Origin": base}, timeout=60)


async def _timed(client: httpx.AsyncClient, shop: Shop, parameters: Parameters) -> float:
    started = time.perf_counter()
    answer: Any = await client.get(f"/v1/shops/{shop.id}/conversations", params=parameters)
    taken = time.perf_counter() - started
    answer.raise_for_status()
    return taken


def _vocabulary() -> list[str]:
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["".join(chance.choices(letters, k=chance.randint(3, 10))) for _ in range(VOCABULARY)]


def _texts() -> Iterator[str]:
    """Columns `words`: some words in most texts, most words in few, as people speak (Zipf)."""
    chance, vocabulary = random.Random(2), _vocabulary()
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    for _ in range(TEXTS):
        yield " " + " ".join(dict.fromkeys(chance.choices(vocabulary, weights, k=WORDS_A_TEXT)))
