"""How events look on the wire: every kind, for visitors and for operators."""

from datetime import UTC, datetime
from typing import Any, cast, get_args
from uuid import uuid4

import msgspec
import pytest

from contracts.conversations import events
from contracts.conversations.events import ConversationEvent
from contracts.sockets.common import Operator
from services.common.master_key import MasterKey
from services.common.person_keys import PersonKey, seal_fields
from services.gateway.attachments.links import Links
from services.gateway.live.views import OPERATOR, VISITOR, Views
from services.gateway.outlines import Outline, fold
from services.gateway.shops import StaffNames

KEY = PersonKey("demo", "g_1", b"k" * 32)
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINKS = Links(MasterKey(bytes(32)))


class Names:
    """Everybody is called Ada."""

    def name(self, _shop: str, _operator: str) -> str:
        return "Ada"

    def operator(self, _shop: str, operator: str) -> Operator:
        return Operator(operator, "Ada")

    def department(self, _shop: str, _department: str) -> str:
        return "Glazes"

    def invitation(self, _shop: str, _invitation: str) -> str:
        return "Mugs"


def event(kind: type[ConversationEvent], **fields: Any) -> ConversationEvent:
    common: dict[str, Any] = {"originator_id": uuid4(), "originator_version": 3, "timestamp": AT, "shop": "demo"}
    made: ConversationEvent = seal_fields(kind(**common, **fields), KEY)
    return made


ADA = {"id": "o_1", "name": "Ada"}
ANNA = {"customer": "7", "name": "Anna", "email": "a@shop.example"}
SHOWN: list[tuple[ConversationEvent, dict[str, Any], dict[str, Any] | None]] = [
    (
        event(events.ConversationStarted, visitor="g_1", origin="o"),
        {"kind": "started"},
        {"kind": "started", "visitor": {"id": "g_1", "signed_in": False, "locale": "en"}},
    ),
    (
        event(events.ConversationStarted, visitor="c_1", origin="o", signed_in=True, **ANNA),
        {"kind": "started"},
        {
            "kind": "started",
            "visitor": {"id": "7", "signed_in": True, "locale": "en", "name": "Anna", "email": "a@shop.example"},
        },
    ),
    (
        event(events.ConversationStarted, visitor="g_1", origin="o", department="glazes"),
        {"kind": "started"},
        {
            "kind": "started",
            "visitor": {"id": "g_1", "signed_in": False, "locale": "en"},
            "department": "glazes",
        },
    ),
    (
        event(events.ConversationStarted, visitor="g_1", origin="o", consent=True, invitation="mugs"),
        {"kind": "started"},
        {
            "kind": "started",
            "visitor": {"id": "g_1", "signed_in": False, "locale": "en"},
            "consent": True,
            "invitation": "Mugs",
        },
    ),
    (event(events.ConversationQueued, place=2), {"kind": "waiting", "place": 2}, None),
    (event(events.ConversationLeftLine, reason="absent"), {"kind": "left_line"}, None),
    (event(events.OperatorAssigned, operator="o_1", channel=1), {"kind": "assigned", "operator": ADA}, None),
    (
        event(events.MessageSaid, sender="visitor", message="m-1", text="Hé"),
        {"kind": "message", "from": "visitor", "id": "m-1", "text": "Hé"},
        None,
    ),
    (
        event(events.MessageSaid, sender="operator", message="m-2", text="Yes?", operator="o_1"),
        {"kind": "message", "from": "operator", "author": "Ada", "id": "m-2", "text": "Yes?"},
        None,
    ),
    (
        event(events.NoteAdded, operator="o_1", text="rude"),
        {"kind": "none"},
        {"kind": "note", "operator": ADA, "author": "Ada", "text": "rude"},
    ),
    (
        event(events.ConversationTransferred, to="o_1", channel=1, how="transfer"),
        {"kind": "transferred", "operator": ADA},
        None,
    ),
    (
        event(events.TransferAsked, operator="o_1", department="glazes"),
        {"kind": "none"},
        {"kind": "transfer_asked", "operator": ADA, "department": "Glazes"},
    ),
    (
        event(events.LeftUnanswered, since=AT, operator="o_1"),
        {"kind": "none"},
        {"kind": "unanswered", "operator": ADA, "since": "2026-03-01T12:00:00Z"},
    ),
    (
        event(events.LeftUnanswered, since=AT),
        {"kind": "none"},
        {"kind": "unanswered", "since": "2026-03-01T12:00:00Z"},
    ),
    (event(events.ConversationEnded, by="operator"), {"kind": "ended", "by": "operator"}, None),
    (event(events.ConversationReopened, by="visitor"), {"kind": "reopened", "by": "visitor"}, None),
    (event(events.ConversationRated, score=5, comment="good"), {"kind": "rated", "score": 5, "comment": "good"}, None),
    (
        event(events.VisitorIdentified, visitor="c_1", **ANNA),
        {"kind": "none"},
        {"kind": "identified", "visitor": {"id": "7", "signed_in": True, "name": "Anna", "email": "a@shop.example"}},
    ),
    (
        event(events.TranscriptRequested, by="visitor", email="a@shop.example"),
        {"kind": "none"},
        {"kind": "transcript", "by": "visitor"},
    ),
    (event(events.ConversationArchived), {"kind": "archived"}, None),
    (event(events.ConversationDeleted, author="o_1"), {"kind": "deleted"}, None),
]


@pytest.mark.parametrize(("one", "visitor", "operator"), SHOWN, ids=[type(one).__name__ for one, _, _ in SHOWN])
def test_event_is_shown(one: ConversationEvent, visitor: dict[str, Any], operator: dict[str, Any] | None) -> None:
    frames = Views(cast(StaffNames, Names()), LINKS).frames(one, KEY)
    common = {"type": "event", "conversation": str(one.originator_id), "seq": 3, "at": "2026-03-01T12:00:00Z"}
    assert msgspec.json.decode(frames[VISITOR]) == {**common, **visitor}
    assert msgspec.json.decode(frames[OPERATOR]) == {**common, **(operator or visitor)}


def test_every_event_of_a_conversation_is_in_the_table() -> None:
    assert {type(one) for one, _, _ in SHOWN} == set(get_args(ConversationEvent))


def test_without_its_key_an_event_shows_no_text() -> None:
    said = event(events.MessageSaid, sender="visitor", message="m-1", text="Hé")
    for frame in Views(cast(StaffNames, Names()), LINKS).frames(said, None):
        assert msgspec.json.decode(frame)["text"] == ""


def test_outline_follows_what_happened() -> None:
    happened = [
        event(events.ConversationStarted, visitor="g_1", origin="o"),
        event(events.ConversationQueued, place=1),
        event(events.OperatorAssigned, operator="o_1", channel=1),
        event(events.ConversationTransferred, to="o_2", channel=2, how="transfer"),
        event(events.ConversationEnded, by="visitor"),
        event(events.ConversationReopened, by="visitor"),
        event(events.ConversationArchived),
    ]
    outline, seen = Outline(), []
    for one in happened:
        outline = fold(outline, one)
        seen.append((outline.status, outline.operator))
    assert seen == [
        ("open", None),
        ("waiting", None),
        ("open", "o_1"),
        ("open", "o_2"),
        ("ended", "o_2"),
        ("open", "o_2"),
        ("archived", "o_2"),
    ]
    assert outline.seq == 3
