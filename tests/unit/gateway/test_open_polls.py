"""Which polls a gateway shows, and how often it counts their votes."""

import asyncio
import dataclasses
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from starlette.requests import Request

from services.gateway.polls import open_polls
from services.gateway.polls.counts import SECONDS, Counts
from services.gateway.polls.open_polls import AGAIN_SECONDS, OpenPolls
from services.gateway.polls.rows import PollRow
from services.gateway.rest.polls.desk import PollsDesk
from tests.support.waiting import eventually

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(
    shop: str = "demo", language: str | None = None, closes_at: datetime | None = None, group: str | None = None
) -> PollRow:
    spoken = f',"language":"{language}"' if language else ""
    place = f',"groups":["{group}","sale"]' if group else ""
    end = f',"closes_at":"{closes_at.isoformat()}"' if closes_at else ""
    return PollRow(
        id=uuid4(),
        shop=shop,
        json=f'{{"question":"Which?"{spoken}{place}{end}}}',
        state="open",
        author="o_ann",
        created_at=NOW,
        opens_at=None,
        opened_at=NOW,
        closed_at=None,
        seq=2,
    )


async def known(*rows: PollRow, now: datetime = NOW) -> OpenPolls:
    async def read() -> list[PollRow]:
        return list(rows)

    polls = OpenPolls(read, lambda: now)
    await polls._look()
    return polls


async def test_page_is_shown_the_polls_of_its_shop_and_language() -> None:
    everywhere, french, brazilian, others = row(), row(language="fr"), row(language="pt-BR"), row("other")
    polls = await known(everywhere, french, brazilian, others)
    assert polls.of("demo", "fr-CA") == [everywhere, french]
    assert polls.of("demo", "pt_BR") == [everywhere, brazilian]
    assert polls.of("demo", "en") == [everywhere]
    assert polls.of("nobody", "en") == []


async def test_page_is_shown_the_polls_of_its_group() -> None:
    everywhere, at_the_start = row(), row(group="start")
    polls = await known(everywhere, at_the_start)
    assert polls.on_page("demo", "en", "start") == polls.on_page("demo", "en", "sale") == [everywhere, at_the_start]
    assert polls.on_page("demo", "en", "mugs") == polls.on_page("demo", "en", None) == [everywhere]


async def test_poll_is_shown_until_its_end_however_late_that_is_noted() -> None:
    ending = row(closes_at=NOW + timedelta(hours=1))
    assert (await known(ending)).of("demo", "en") == [ending]
    assert (await known(ending, now=NOW + timedelta(hours=1))).of("demo", "en") == []


async def test_polls_stay_known_while_the_database_is_away() -> None:
    poll, away = row(), asyncio.Event()

    async def read() -> list[PollRow]:
        if away.is_set():
            raise psycopg.OperationalError
        away.set()
        return [poll]

    polls = OpenPolls(read, lambda: NOW)
    await polls._look()
    await polls._look()
    assert polls.of("demo", "en") == [poll]


async def test_database_that_was_away_is_asked_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_polls, "AWAY_SECONDS", 0.0)
    failures, poll = [psycopg.OperationalError(), psycopg.OperationalError()], row()

    async def read() -> list[PollRow]:
        if failures:
            raise failures.pop()
        return [poll]

    polls = OpenPolls(read, lambda: NOW)
    running = asyncio.create_task(polls.run())
    assert await eventually(lambda: polls.of("demo", "en")) == [poll]
    running.cancel()


async def test_what_slow_tables_do_not_have_yet_is_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_polls, "SOON_SECONDS", 0.0)
    monkeypatch.setattr(open_polls, "AGAIN_SECONDS", (0.0,) * len(open_polls.AGAIN_SECONDS))
    assert sum(AGAIN_SECONDS) >= 20
    poll, looks = row(), 0

    async def read() -> list[PollRow]:
        nonlocal looks
        looks += 1
        return [poll] if looks == 2 + len(AGAIN_SECONDS) else []

    polls = OpenPolls(read, lambda: NOW)
    await polls.heard(None)
    running = asyncio.create_task(polls.run())
    assert await eventually(lambda: polls.of("demo", "en")) == [poll]
    running.cancel()


async def test_many_who_ask_at_once_are_counted_for_once() -> None:
    asked: list[UUID] = []
    time = 0.0

    async def read(poll: UUID) -> dict[str, int]:
        asked.append(poll)
        await all_ask.wait()
        return {"moss": len(asked)}

    async def ask(last: bool) -> dict[str, int]:
        if last:
            all_ask.set()
        return await counts.of(poll)

    counts, poll, all_ask = Counts(read, lambda: time), uuid4(), asyncio.Event()
    assert await asyncio.gather(*(ask(n == 99) for n in range(100))) == [{"moss": 1}] * 100
    time = SECONDS + 0.1
    assert await counts.of(poll) == {"moss": 2}
    assert asked == [poll, poll]


async def test_failed_count_is_made_again() -> None:
    failures = [psycopg.OperationalError()]

    async def read(_poll: UUID) -> dict[str, int]:
        if failures:
            raise failures.pop()
        return {"moss": 1}

    counts, poll = Counts(read, lambda: 0.0), uuid4()
    with pytest.raises(psycopg.OperationalError):
        await counts.of(poll)
    assert await counts.of(poll) == {"moss": 1}


@pytest.mark.parametrize(("shown", "agrees"), [({"moss": 2}, True), ({"moss": 1}, False), ({}, False)])
async def test_recount_says_what_the_log_says_and_whether_the_shown_counts_agree(
    shown: dict[str, int], agrees: bool
) -> None:
    poll = row()

    async def account(_request: Request) -> SimpleNamespace:
        return SimpleNamespace(shop="demo")

    async def one(*_: object) -> PollRow:
        return poll

    async def counts_at(*_: object) -> tuple[dict[str, int], int]:
        return shown, 7

    async def count(_shop: str, _poll: UUID, upto: int) -> dict[str, int]:
        return {"moss": 2} if upto == 7 else {}

    parts: dict[str, Any] = {field.name: None for field in dataclasses.fields(PollsDesk)}
    parts |= {
        "access": SimpleNamespace(of_shop=account),
        "store": SimpleNamespace(one=one, counts_at=counts_at),
        "ballots": SimpleNamespace(count=count),
    }
    request = Request({"type": "http", "method": "POST", "path_params": {"poll": str(poll.id)}, "headers": []})
    told = msgspec.json.decode((await PollsDesk(**parts).recount(request)).body)
    assert (told["counts"], told["votes"], told["agrees"]) == ({"moss": 2}, 2, agrees)
