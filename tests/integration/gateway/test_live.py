"""Events as they come and as they are read up: each once, in order, none left out, on every socket."""

import asyncio

import pytest

from tests.integration.gateway.conftest import MakeShop, Shop
from tests.integration.gateway.raw import Raw, opened
from tests.support.protocol_client import Operator, Session, put_settings
from tests.support.waiting import eventually

MANY = 350
"""Of long messages: several pages by number and by size."""


def seqs(raw: Raw, conversation: str) -> list[int]:
    return [f["seq"] for f in raw.frames if f["type"] == "event" and f["conversation"] == conversation]


async def reaches(one: Session, conversation: str, seq: int) -> None:
    await one.wait_for(lambda: one.inbox.seen[conversation] == seq)


async def is_busy(one: Operator) -> None:
    await one.wait_for(lambda: one.desk["busy"] == 1)


async def fill(shop: Shop, count: int, size: int = 500) -> tuple[str, str | None]:
    """A conversation of `count` messages, and its visitor's token."""
    visitor, _ = await shop.chat()
    here = visitor.conversation
    for first in range(0, count, 50):
        texts = [f"{number} ".ljust(size, "x") for number in range(first, min(count, first + 50))]
        await asyncio.gather(*(visitor.say(here, text) for text in texts))
    return here, visitor.token


@pytest.mark.feature("A5")
async def test_page_load_brings_the_whole_conversation_in_order(shop: Shop) -> None:
    here, token = await fill(shop, MANY)
    async with opened(shop.visitor_url(shop.b)) as raw:
        await raw.hello(token=token)
        resumed = await raw.expect(type="resumed")
        assert resumed["seq"] == MANY + 3
        assert seqs(raw, here) == list(range(1, MANY + 4))


async def test_resume_sends_what_is_missing_and_then_says_so(shop: Shop) -> None:
    here, token = await fill(shop, 20)
    async with opened(shop.visitor_url()) as raw:
        await raw.hello(token=token, resume={"conversation": here, "after": 21})
        assert (await raw.expect(type="resumed"))["seq"] == 23
        assert seqs(raw, here) == [22, 23]
        raw.frames.clear()
        raw.send({"type": "resume", "conversation": here, "after": 0})
        await raw.expect(type="resumed")
        assert seqs(raw, here) == list(range(1, 24))
        raw.frames.clear()
        raw.send({"type": "resume", "conversation": here, "after": 9_999})
        assert (await raw.expect(type="resumed"))["seq"] == 23
        assert seqs(raw, here) == []


async def test_what_happened_meanwhile_is_told_of_an_archived_conversation_too(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    visitor.drop()
    await operator.say(here, "Are you still there?")
    await operator.end(here)
    await operator.go_offline()
    await operator.event(here, "archived")
    async with opened(shop.visitor_url()) as raw:
        welcome = await raw.hello(token=visitor.token, resume={"conversation": here, "after": 3})
        assert "conversation" not in welcome
        await raw.expect(type="resumed")
        kinds = [f["kind"] for f in raw.frames if f["type"] == "event"]
        assert kinds == ["message", "ended", "archived"]


async def test_client_that_asks_for_what_comes_unasked_gets_it_once(shop: Shop) -> None:
    here, token = await fill(shop, 5)
    async with opened(shop.visitor_url()) as raw:
        await raw.hello(token=token)
        raw.send({"type": "resume", "conversation": here, "after": 0})
        await raw.expect(type="resumed")
        await raw.expect(type="resumed")
        assert seqs(raw, here) == list(range(1, 9))


async def test_events_go_on_live_after_a_resume_that_they_overtook(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    saying = [asyncio.create_task(operator.say(here, f"{number}".ljust(300, "x"))) for number in range(200)]
    async with opened(shop.visitor_url(shop.b)) as raw:
        await raw.hello(token=visitor.token)
        await asyncio.gather(*saying)
        await raw.wait_for(lambda: (seqs(raw, here) or [0])[-1] == 203)
        assert seqs(raw, here) == list(range(1, 204))
    assert visitor.inbox.gaps == visitor.inbox.doubles == operator.inbox.gaps == operator.inbox.doubles == 0


@pytest.mark.feature("B13")
async def test_two_tabs_and_two_operators_see_the_same(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    tab, colleague = await shop.visitor(shop.b, token=visitor.token), await shop.operator(shop.a, channels=None)
    for number in range(10):
        await (visitor if number % 2 else tab).say(here, f"visitor {number}")
        await (operator if number % 2 else colleague).say(here, f"operator {number}")
    for one in (visitor, tab, operator, colleague):
        await reaches(one, here, 23)
    texts = {tuple(one.inbox.texts(here)) for one in (visitor, tab, operator, colleague)}
    assert len(texts) == 1
    assert len(texts.pop()) == 21


async def test_note_is_for_operators_and_leaves_no_hole_for_visitors(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    await operator.command("note", conversation=here, text="is rude")
    note = await operator.event(here, "note")
    assert (note["text"], note["author"]) == ("is rude", "Ada")
    hidden = await visitor.event(here, "none")
    assert hidden["seq"] == note["seq"]
    assert "is rude" not in str(hidden)
    again = await shop.visitor(shop.b, token=visitor.token)
    await again.wait_for(lambda: again.inbox.seen[here] == note["seq"])
    assert "is rude" not in str(again.inbox.events[here])


@pytest.mark.feature("A8")
async def test_typing_and_read_marks_reach_the_other_side_and_marks_are_kept(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    visitor.tell("typing", conversation=here, on=True)
    typing = await operator.wait_for(lambda: operator.latest.get("typing"))
    assert typing == {"type": "typing", "conversation": here, "from": "visitor", "on": True}
    operator.tell("read", conversation=here, upto=3)
    await visitor.wait_for(lambda: visitor.latest.get("read", {}).get("upto") == 3)
    operator.tell("read", conversation=here, upto=1)
    await reaches(visitor, here, 3)
    visitor.tell("read", conversation=here, upto=9_999)
    await operator.wait_for(lambda: operator.latest.get("read", {}).get("from") == "visitor")

    async def kept() -> bool:
        again = await shop.visitor(shop.b, token=visitor.token)
        return again.welcome is not None and again.welcome["read"] == {"operator": 3, "visitor": 3}

    await eventually(kept, 5.0, "the marks of both in a welcome")
    assert "typing" not in visitor.latest


@pytest.mark.feature("A8")
async def test_what_has_arrived_is_known_before_it_is_read_and_stays_known(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    await operator.say(here, "Good morning")
    await reaches(visitor, here, 4)
    visitor.tell("received", upto=9_999)
    got = await operator.wait_for(lambda: operator.latest.get("received"))
    assert got == {"type": "received", "conversation": here, "from": "visitor", "upto": 4}
    operator.tell("received", conversation=here, upto=3)
    await visitor.wait_for(lambda: visitor.latest.get("received", {}).get("from") == "operator")

    async def kept() -> bool:
        again = await shop.visitor(shop.b, token=visitor.token)
        late = await shop.operator(shop.a, channels=None)
        assert again.welcome is not None
        assert late.welcome is not None
        marks = {"visitor": 4, "operator": 3}
        (summary,) = late.welcome["conversations"]
        return again.welcome.get("received") == summary.get("received") == marks and "read" not in again.welcome

    await eventually(kept, 5.0, "the marks of both in both welcomes")


@pytest.mark.feature("A7")
async def test_availability_is_pushed_within_a_second(make_shop: MakeShop) -> None:
    shop = await make_shop(limit=1)
    visitor = await shop.visitor()
    assert visitor.welcome is not None
    assert visitor.welcome["availability"] == "form"

    async def becomes(state: str) -> None:
        await visitor.wait_for(lambda: visitor.latest.get("availability", {}).get("state") == state, within=3)

    operator = await shop.operator(channels=1)
    await becomes("online")
    other = await shop.visitor()
    await other.start("Me first")
    await becomes("form")
    await put_settings(shop.a, shop.cookie, shop.id, line=True)
    await becomes("line")
    await put_settings(shop.a, shop.cookie, shop.id, line=False, offline_mode=False)
    await becomes("hidden")
    await other.end(other.conversation)
    await operator.command("close_channel")
    await operator.go_offline()
    await put_settings(shop.a, shop.cookie, shop.id, offline_mode=True)
    await becomes("form")


async def test_desk_is_shown_to_all_operators_of_the_shop(shop: Shop) -> None:
    operator, colleague = await shop.operator(), await shop.operator(shop.a, channels=None)
    visitor = await shop.visitor()
    await visitor.start("Hello")
    for one in (operator, colleague):
        await is_busy(one)
        assert one.desk["online"] is True
        assert [c["conversation"] for c in one.desk["channels"] if "conversation" in c] == [visitor.conversation]
        assert one.desk["operators"][0]["name"] == "Ada"


async def test_operators_welcome_lists_what_goes_on(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    await operator.say(visitor.conversation, "How can I help?")
    late = await shop.operator(shop.a, channels=None, whole=False)
    assert late.welcome is not None
    [summary] = late.welcome["conversations"]
    assert summary["id"] == visitor.conversation
    assert summary["status"] == "open"
    assert summary["seq"] == 4
    assert summary["last"]["from"] == "operator"
    assert summary["last"]["text"] == "How can I help?"
    await visitor.say_here("With a lamp")
    await late.wait_for(lambda: late.inbox.first(visitor.conversation, seq=5))
    assert late.inbox.gaps == 0


async def test_reader_that_stops_reading_is_told_to_come_back(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    async with opened(shop.visitor_url(shop.b)) as raw:
        await raw.hello(token=visitor.token)
        await raw.expect(type="resumed")
        assert raw.socket is not None
        raw.socket.pause_reading()
        for _ in range(60):  # for longer than a burst may take
            await asyncio.sleep(0.03)
            await asyncio.gather(*(operator.say(here, "x" * 4_000) for _ in range(20)))
        raw.socket.resume_reading()
        assert await raw.closed() == 4503
        last = seqs(raw, here)[-1]
        assert seqs(raw, here) == list(range(1, last + 1))
    back = await shop.visitor(token=visitor.token)
    await back.wait_for(lambda: back.inbox.seen[here] == 1_203)
    assert not visitor.close_codes


async def test_slow_reader_of_a_long_past_is_not_hurried(shop: Shop) -> None:
    here, token = await fill(shop, 600, 4_000)
    async with opened(shop.visitor_url()) as raw:
        await raw.hello(token=token)
        assert raw.socket is not None
        for _ in range(20):
            raw.socket.pause_reading()
            await asyncio.sleep(0.05)  # the pace of the reader is what this is about
            raw.socket.resume_reading()
            await asyncio.sleep(0.01)
        await raw.expect(type="resumed", within=20)
        assert seqs(raw, here) == list(range(1, 604))
