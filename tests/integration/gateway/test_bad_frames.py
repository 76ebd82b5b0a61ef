"""Whatever a client sends: it gets its code, nothing changes, nobody else is hurt."""

import json
import unicodedata
from typing import Any

import pytest

from tests.integration.gateway.conftest import Shop
from tests.integration.gateway.raw import opened
from tests.support.installation import Installation
from tests.support.protocol_client import RejectedError
from tests.support.websocket import TEXT

BINARY = 0x82


@pytest.fixture
def demo(installation: Installation) -> str:
    """Where visitors of the demo shop connect; nobody starts a conversation there."""
    return f"{installation.base_urls[0]}/v1/visitor?shop={installation.shop}"


NO_FRAMES: list[tuple[str, bytes, str | None]] = [
    ("no json", b"hello?", None),
    ("nothing", b"", None),
    ("an array", b'[{"type":"typing"}]', None),
    ("a number", b"5", None),
    ("null", b"null", None),
    ("no type", b'{"id":"abcd-1234"}', "abcd-1234"),
    ("a type that is no text", b'{"type":7,"id":"abcd-1234"}', "abcd-1234"),
    ("an unknown type", b'{"type":"dance","id":"abcd-1234"}', "abcd-1234"),
    ("an operator's frame", b'{"type":"go_online","id":"abcd-1234"}', "abcd-1234"),
    ("a missing field", b'{"type":"say","id":"abcd-1234","text":"x"}', "abcd-1234"),
    ("a wrong type", b'{"type":"say","id":"abcd-1234","conversation":1,"text":"x"}', "abcd-1234"),
    ("an unknown field", b'{"type":"start","id":"abcd-1234","admin":true}', "abcd-1234"),
    ("no id", b'{"type":"start"}', None),
    ("a short id", b'{"type":"start","id":"abc"}', None),
    ("an id with a newline", b'{"type":"start","id":"abcd-1234\\n"}', None),
    ("an id that is too long", b'{"type":"start","id":"' + b"a" * 65 + b'"}', None),
    ("half a character", b'{"type":"start","id":"abcd-1234","text":"\\ud800"}', "abcd-1234"),
    ("deep nesting", b'{"type":"page","url":"x","cart":{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}}", None),
    ("a score of 6", b'{"type":"rate","id":"abcd-1234","conversation":"x","score":6}', "abcd-1234"),
    (
        "an attachment",
        b'{"type":"say","id":"abcd-1234","conversation":"x","text":"x","attachments":["y"]}',
        "abcd-1234",
    ),
    ("a second hello", b'{"type":"hello"}', None),
]


@pytest.mark.parametrize(("frame", "id_"), [(f, i) for _, f, i in NO_FRAMES], ids=[name for name, _, _ in NO_FRAMES])
async def test_bad_frame_is_invalid_and_the_third_in_a_row_closes(demo: str, frame: bytes, id_: str | None) -> None:
    async with opened(demo) as raw:
        await raw.hello()
        for _ in range(2):
            raw.send(frame)
            assert (await raw.expect(type="rejected", code="invalid"))["id"] == id_
        raw.send({"type": "typing", "on": True})
        raw.send(frame)
        await raw.expect(type="rejected", code="invalid")
        assert raw.code is None
        for _ in range(2):
            raw.send(frame)
        assert await raw.closed() == 1008


async def test_binary_frame_is_a_bad_one(demo: str) -> None:
    async with opened(demo) as raw:
        await raw.hello()
        assert raw.socket is not None
        raw.socket.send_frame(BINARY, b'{"type":"typing"}')
        await raw.expect(type="rejected", code="invalid")


@pytest.mark.parametrize("size", [65_537, 1 << 20])
async def test_frame_above_64_kib_closes_at_once(demo: str, size: int) -> None:
    async with opened(demo) as raw:
        await raw.hello()
        assert raw.socket is not None
        raw.socket.send_frame(TEXT, b" " * size)
        assert await raw.closed() == 1009


async def test_command_before_hello_is_invalid(demo: str) -> None:
    async with opened(demo) as raw:
        raw.send({"type": "start", "id": "abcd-1234"})
        assert (await raw.expect(type="rejected", code="invalid"))["id"] == "abcd-1234"
        await raw.hello()


@pytest.mark.slow
async def test_no_hello_in_ten_seconds_closes(demo: str) -> None:
    async with opened(demo) as raw:
        assert await raw.closed(within=13) == 4408


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid"),
        ("\x00", "invalid"),
        ("a\rb", "invalid"),
        ("\x1b[31m", "invalid"),
        ("a\x7f", "invalid"),
        ("a\x85", "invalid"),
        ("x" * 4_001, "too_long"),
        ("🙂" * 4_001, "too_long"),
    ],
)
async def test_text_that_cannot_be_taken_changes_nothing(shop: Shop, text: str, code: str) -> None:
    visitor, operator = await shop.chat()
    for say in (visitor.say(visitor.conversation, text), operator.say(visitor.conversation, text), visitor.start(text)):
        with pytest.raises(RejectedError) as refused:
            await say
        assert refused.value.code == code
    answer = await visitor.say_here("still here")
    assert answer["seq"] == 4


@pytest.mark.parametrize("text", ["x" * 4_000, "🙂" * 4_000, "two\nlines\tand a tab", "\u0065\u0301" * 4_000, " "])
async def test_text_arrives_normalised(shop: Shop, text: str) -> None:
    visitor, operator = await shop.chat()
    await visitor.say_here(text)
    wanted = unicodedata.normalize("NFC", text)
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text=wanted))


async def test_id_reused_for_another_command_is_invalid(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    first = await visitor.say(here, "one", id="reused-id-1")
    assert (await visitor.say(here, "one", id="reused-id-1"))["seq"] == first["seq"]
    other: list[dict[str, Any]] = [{"kind": "say", "text": "two"}, {"kind": "end"}, {"kind": "rate", "score": 5}]
    for fields in other:
        with pytest.raises(RejectedError) as refused:
            await visitor.command(**fields, conversation=here, id="reused-id-1")
        assert refused.value.code == "invalid"
    assert operator.inbox.texts(here) == ["Good morning", "one"]


async def test_the_same_id_of_another_sender_is_another_command(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    mine = await visitor.say(visitor.conversation, "mine", id="shared-id-1")
    theirs = await operator.say(visitor.conversation, "theirs", id="shared-id-1")
    assert theirs["seq"] == mine["seq"] + 1


async def test_conversation_of_another_visitor_is_forbidden(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    stranger = await shop.visitor(shop.b)
    await stranger.start("Me too")
    kinds: list[tuple[str, dict[str, Any]]] = [("say", {"text": "boo"}), ("end", {}), ("rate", {"score": 1})]
    for kind, fields in kinds:
        with pytest.raises(RejectedError) as refused:
            await stranger.command(kind, conversation=visitor.conversation, **fields)
        assert refused.value.code == "forbidden"
    stranger.tell("resume", conversation=visitor.conversation, after=0)
    stranger.tell("read", conversation=visitor.conversation, upto=3)
    stranger.tell("typing", conversation=visitor.conversation, on=True)
    assert (await visitor.say_here("untouched"))["seq"] == 4
    assert visitor.conversation not in stranger.inbox.seen
    assert "read" not in operator.latest


@pytest.mark.parametrize("conversation", ["nothing", "4ead9489-79a5-5125-94bd-86cc72d2ada5", "x" * 64, "Ω"])
async def test_unknown_conversation_is_not_found(shop: Shop, conversation: str) -> None:
    visitor, operator = await shop.chat()
    for who in (visitor, operator):
        with pytest.raises(RejectedError) as refused:
            await who.say(conversation, "hello?")
        assert refused.value.code == "not_found"


@pytest.mark.feature("A4")
async def test_word_after_the_end_reopens_and_after_the_archive_does_not(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    here = visitor.conversation
    await visitor.end(here)
    with pytest.raises(RejectedError) as refused:
        await operator.say(here, "wait")
    assert refused.value.code == "not_open"
    await visitor.say_here("one more thing")
    await operator.event(here, "reopened")
    await visitor.end(here)
    await operator.go_offline()
    await visitor.event(here, "archived")
    for command in (visitor.say_here("too late"), visitor.end(here)):
        with pytest.raises(RejectedError) as refused:
            await command
        assert refused.value.code == "not_open"
    await visitor.command("rate", conversation=here, score=5)


async def test_bad_frames_of_one_do_not_disturb_another(shop: Shop) -> None:
    visitor, operator = await shop.chat()
    async with opened(shop.visitor_url()) as raw:
        await raw.hello()
        for _ in range(3):
            raw.send(json.dumps({"type": "nonsense"}).encode())
        assert await raw.closed() == 1008
    await visitor.say_here("still fine")
    await operator.wait_for(lambda: operator.inbox.first(visitor.conversation, text="still fine"))
    assert not visitor.close_codes
