"""The ledger of campaigns as a queue: what is taken, and what came of it, which is told to the log, too.

Taken are those of campaigns that are not paused, and of push services that did not ask to wait, fairly among both. Who
takes one that another process took and never came back to does not know whether it went out: it is uncertain. Who takes
one after a second such process does not send it, for that could be a third copy. (It may have been merely at hand both
times, and never have gone out: writing down each push before it goes would cost as much as pushing.)
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from msgspec.structs import replace
from psycopg.rows import class_row

from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.person_keys import PersonKey, Unreadable
from services.notifier.outcomes import Outcome
from services.notifier.queue import Job, Queue

FIELD: Final = "address"

_TAKE: Final = """
    WITH lane AS MATERIALIZED (
        SELECT campaign.id AS campaign, service
        FROM push.campaign CROSS JOIN LATERAL unnest(services) AS service
        CROSS JOIN LATERAL (
            SELECT FROM push.delivery WHERE delivery.campaign = campaign.id AND delivery.service = service.service
              AND delivery.status IN ('pending', 'sending') AND next_at <= now()
            ORDER BY next_at LIMIT 1
        ) AS something
        WHERE status = 'sending' AND service <> ALL (%(without)s)
          AND NOT EXISTS (SELECT FROM push.slowed WHERE slowed.service = service.service AND until > now())
    ), due AS MATERIALIZED (
        SELECT chosen.id, chosen.status, chosen.uncertain
        FROM lane CROSS JOIN LATERAL (
            SELECT id, status, uncertain FROM push.delivery
            WHERE delivery.campaign = lane.campaign AND delivery.service = lane.service
              AND status IN ('pending', 'sending') AND next_at <= now() AND id <> ALL (%(held)s::uuid[])
            ORDER BY next_at
            LIMIT least(%(lane)s, greatest(1, %(most)s / (SELECT count(*) FROM lane))) FOR UPDATE SKIP LOCKED
        ) AS chosen
        ORDER BY random() LIMIT %(most)s -- where there are more lanes than that, all have their turn
    ), taken AS (
        UPDATE push.delivery AS job
        SET status = 'sending', attempts = attempts + 1, next_at = now() + make_interval(secs => %(lease)s),
            first_tried_at = coalesce(first_tried_at, now()), changed_at = now(),
            uncertain = job.uncertain OR due.status = 'sending'
        FROM due WHERE job.id = due.id
        RETURNING job.*, due.status = 'sending' AND due.uncertain AS spent
    )
    SELECT taken.id, taken.shop, kind, attempts, extract(epoch FROM now() - first_tried_at)::float8 AS tried_for,
           campaign, subscription, taken.service, taken.language, taken.zone, uncertain, spent,
           extract(epoch FROM now() - due_at)::float8 AS age, person, address
    FROM taken LEFT JOIN push.subscriber ON subscriber.id = subscription
"""
_SENT: Final = """
    WITH done AS (
        UPDATE push.delivery SET status = 'sent', sent_at = now(), changed_at = now(), error = NULL, quiet = false
        WHERE id IN (
            SELECT id FROM push.delivery WHERE id = ANY (%s) AND status IN ('pending', 'sending') ORDER BY id FOR UPDATE
        )
        RETURNING campaign, shop, subscription, language, service, uncertain
    )
    INSERT INTO push.outcome (campaign, shop, subscription, outcome, language, service, uncertain)
    SELECT campaign, shop, subscription, 'sent', language, service, uncertain FROM done
"""
_AGAIN: Final = """
    UPDATE push.delivery
    SET status = 'pending', error = %(error)s, next_at = now() + make_interval(secs => %(seconds)s),
        due_at = CASE WHEN %(quiet)s THEN now() + make_interval(secs => %(seconds)s) ELSE due_at END,
        quiet = %(quiet)s, attempts = attempts - %(untried)s, uncertain = uncertain OR %(uncertain)s,
        first_tried_at = CASE WHEN attempts > %(untried)s THEN first_tried_at END, changed_at = now()
    WHERE id = %(id)s AND status = 'sending' AND attempts = %(attempts)s
"""
_ENDED: Final = """
    WITH done AS (
        UPDATE push.delivery SET status = %(status)s, error = %(error)s, changed_at = now(), quiet = false,
            uncertain = uncertain OR %(uncertain)s
        WHERE id = %(id)s AND status = 'sending' AND attempts = %(attempts)s
        RETURNING campaign, shop, subscription, language, service, uncertain
    ), gone AS (
        UPDATE push.subscriber SET gone_at = now()
        FROM done WHERE subscriber.id = done.subscription AND address = %(address)s AND %(status)s = 'gone'
    )
    INSERT INTO push.outcome (campaign, shop, subscription, outcome, language, service, uncertain)
    SELECT campaign, shop, subscription, %(status)s, language, service, uncertain FROM done
"""
_COUNT: Final = """
    SELECT count(*), coalesce(extract(epoch FROM now() - min(delivery.next_at)), 0)
    FROM push.campaign JOIN push.delivery ON delivery.campaign = campaign.id
    WHERE campaign.status = 'sending' AND delivery.status IN ('pending', 'sending') AND delivery.next_at <= now()
"""


class DueDelivery(Job, frozen=True, kw_only=True):
    """A campaign for one browser. `age`: seconds since it was to go out; `address` is sealed, `clear` is not: None if
    the subscription has ended or its key is gone. `spent`: it may have gone out twice already."""

    campaign: UUID
    subscription: UUID
    service: str
    language: str
    zone: str
    uncertain: bool
    spent: bool
    age: float
    person: str | None
    address: str | None
    clear: str | None = None

    @property
    def lane(self) -> str:
        return self.service


class DeliveryQueue(Queue[DueDelivery]):
    """See the module."""

    def __init__(self, pool: Pool, keys: KeyStore, lease: float, lane: int) -> None:
        """`lane`: taken at once for one push service at most. `keys` holds those of subscriptions."""
        super().__init__(pool, lease, "push.delivery", DueDelivery)
        self._keys, self._lane = keys, lane

    async def take(self, most: int, without: Sequence[str] = (), held: Sequence[UUID] = ()) -> list[DueDelivery]:
        """With their addresses in clear: one question for all keys. While those are away nothing is taken."""
        given = {"most": most, "without": list(without), "held": list(held), "lane": self._lane, "lease": self.lease}
        row = class_row(DueDelivery)
        async with (
            self._pool.connection() as connection,
            connection.transaction(),
            connection.cursor(row_factory=row) as cursor,
        ):
            # Prepared, for any LIMIT whatever, it would read the whole ledger each time.
            await cursor.execute(_TAKE.encode(), given, prepare=False)
            return await self._opened(await cursor.fetchall())

    async def sent(self, jobs: list[UUID]) -> None:
        """The push services have them, whoever else may have taken them meanwhile."""
        if jobs:
            await self._run(_SENT, [jobs], prepare=False)

    async def settle(self, job: DueDelivery, outcome: Outcome) -> None:
        """It was not sent: it is tried again, or has ended, and the log is to know."""
        about = {
            "id": job.id,
            "attempts": job.attempts,
            "error": outcome.error,
            "uncertain": outcome.uncertain,
        }
        if outcome.status in ("pending", "not_yet", "quiet"):
            untried, quiet = int(outcome.status != "pending"), outcome.status == "quiet"
            again = {"seconds": outcome.seconds, "untried": untried, "quiet": quiet}
            await self._run(_AGAIN, {**about, **again})
        else:
            await self._run(_ENDED, {**about, "status": outcome.status, "address": job.address})

    async def waiting(self) -> tuple[int, float]:
        """How many could go out now, and for how many seconds the longest could."""
        row = await self._run(_COUNT, None)
        return (int(row[0]), float(row[1])) if row else (0, 0.0)

    async def _opened(self, taken: list[DueDelivery]) -> list[DueDelivery]:
        if not taken:
            return []
        self._keys.forget_all()  # who turned it off and on again has another key
        keys = await self._keys.get_many((job.shop, job.person) for job in taken if job.person)
        return [replace(job, clear=_clear(job, keys.get((job.shop, job.person or "")))) for job in taken]

    async def _run(self, statement: str, parameters: Any, *, prepare: bool | None = None) -> Any:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(statement.encode(), parameters, prepare=prepare)
            return await cursor.fetchone() if cursor.description else None


def _clear(job: DueDelivery, key: PersonKey | None) -> str | None:
    try:
        return key.open(job.address, FIELD) if key is not None and job.address is not None else None
    except Unreadable:
        return None
