"""Who votes: the same through all conversations, and nobody whom the log knows."""

import os
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import msgspec
from starlette.requests import Request

from contracts.answers import Stored
from contracts.command import Command
from contracts.conversations.settings import ShopSettings
from contracts.engagement.poll_commands import CastVote
from contracts.engagement.polls import PollAnswer, PollContent
from contracts.ids import vote_id
from services.common.master_key import MasterKey
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import Identity, Visitor, VisitorIds
from services.gateway.polls.rows import PollRow
from services.gateway.rest.polls.voting import NewVote, Voting
from tests.unit.gateway.test_open_polls import NOW, known

SHOP = "demo"


def test_guest_votes_as_who_they_were_before_their_conversations() -> None:
    tokens, guest = Tokens(MasterKey(os.urandom(32))), Visitor("g_first")
    assert tokens.read(SHOP, tokens.make(SHOP, guest)).voter == "g_first"
    talking = Visitor("g_second", "start-12345", first=guest.voter)
    assert tokens.read(SHOP, tokens.make(SHOP, talking)).voter == "g_first"
    again = Visitor("g_third", "start-67890", first=tokens.read(SHOP, tokens.make(SHOP, talking)).voter)
    assert again.voter == "g_first"
    assert Visitor("c_ann", "start-12345", Identity("C-1", "Ann"), first="g_first").voter == "c_ann"


def test_voter_leads_to_nobody_without_the_installations_secret() -> None:
    ids, others = VisitorIds(MasterKey(os.urandom(32))), VisitorIds(MasterKey(os.urandom(32)))
    voter = ids.of_voter(SHOP, "g_first")
    assert voter == ids.of_voter(SHOP, "g_first")
    assert "g_first" not in voter
    assert (
        len({voter, ids.of_voter(SHOP, "g_second"), ids.of_voter("other", "g_first"), others.of_voter(SHOP, "g_first")})
        == 4
    )


async def test_command_of_a_vote_in_the_log_is_no_key_to_the_guest_whom_its_id_has_made() -> None:
    """Sent again with that id, a vote is answered with its guest's token."""
    ids, sent = VisitorIds(MasterKey(os.urandom(32))), []

    async def ask(command: Command) -> Stored:
        sent.append(command)
        return Stored(n=1, conversation=uuid4(), seq=1)

    parts: dict[str, Any] = dict.fromkeys(("open_polls", "store", "counts", "ballots", "tokens", "limits"))
    dispatch = SimpleNamespace(ask=ask, gateway="gw1", next_number=lambda: 1)
    voting = Voting(**parts, visitors=cast(Any, SimpleNamespace(ids=ids)), dispatch=cast(Any, dispatch))
    poll, given = uuid4(), NewVote(id="vote-0001", answer="tide")
    for _ in range(2):
        await voting._cast(SHOP, poll, given, ids.of_voter(SHOP, "g_first"))
    first, again = sent
    assert isinstance(first, CastVote)
    assert isinstance(again, CastVote)
    assert given.id not in str(first)
    assert (first.id, first.vote, first.digest) == (again.id, again.vote, again.digest), "a retry stays one"
    assert first.id not in (ids.of_vote_command("other", given.id), ids.of_vote_command(SHOP, "vote-0002"))


GLAZE = PollContent(question="Which?", answers=[PollAnswer(id="moss", text="Moss"), PollAnswer(id="tide", text="Tide")])


def poll(**content: Any) -> PollRow:
    """An open one."""
    said = msgspec.json.encode(msgspec.structs.replace(GLAZE, **content)).decode()
    return PollRow(uuid4(), SHOP, said, "open", "o_ann", NOW, None, NOW, None, 2)


class Booth:
    """Where a known guest comes to these open polls; `cast` are the votes in the log, `asked` the commands."""

    def __init__(self, *polls: PollRow) -> None:
        self.ids, self.asked = VisitorIds(MasterKey(bytes(32))), list[Command]()
        self.cast: dict[UUID, str] = {}
        self._polls = polls
        self._guest = Visitor("g_first")

    def voted(self, row: PollRow, answer: str) -> None:
        self.cast[vote_id(row.id, self.ids.of_voter(SHOP, "g_first"))] = answer

    async def voting(self) -> Voting:
        async def seconds(*_: object) -> float:
            return 0.0

        async def cast(_shop: str, votes: Iterable[UUID]) -> dict[UUID, str]:
            return {vote: self.cast[vote] for vote in votes if vote in self.cast}

        async def of(*_: object) -> tuple[Visitor, bool]:
            return self._guest, True

        async def known_as(_shop: str, token: str | None, _identity: str | None) -> Visitor | None:
            return self._guest if token else None

        async def ask(command: Command) -> Stored:
            self.asked.append(command)
            return Stored(n=1, conversation=uuid4(), seq=1)

        async def counts(_poll: UUID) -> dict[str, int]:
            return {"tide": 4}

        parts: dict[str, Any] = {
            "open_polls": await known(*self._polls),
            "store": None,
            "tokens": None,
            "counts": SimpleNamespace(of=counts),
            "ballots": SimpleNamespace(cast=cast),
            "visitors": SimpleNamespace(ids=self.ids, of=of, known=known_as),
            "dispatch": SimpleNamespace(ask=ask, gateway="gw1", next_number=lambda: 1),
            "limits": SimpleNamespace(page_read=seconds, vote=seconds),
        }
        return Voting(**parts)

    async def current(self) -> dict[str, Any]:
        """What their page is told to show."""
        scope = {"type": "http", "method": "GET", "path_params": {"shop": SHOP}, "query_string": b"language=en"}
        request = Request({**scope, "headers": [(b"authorization", b"Bearer token")]})
        shown: dict[str, Any] = msgspec.json.decode((await (await self.voting()).current(request, ShopSettings())).body)
        return shown

    async def vote(self, row: PollRow, answer: str) -> dict[str, Any]:
        """What they are told, having voted."""
        given = msgspec.json.encode({"id": "vote-0001", "answer": answer, "token": "token"})

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": given}

        scope = {"type": "http", "method": "POST", "path_params": {"shop": SHOP, "poll": str(row.id)}, "headers": []}
        answered = await (await self.voting()).vote(Request(scope, receive), ShopSettings())
        assert answered.status_code == 201
        told: dict[str, Any] = msgspec.json.decode(answered.body)
        return told


async def test_visitor_is_asked_what_they_have_not_answered_and_else_shown_what_they_have() -> None:
    newer, older = poll(), poll()
    booth = Booth(newer, older)
    assert (await booth.current())["id"] == str(newer.id)
    booth.voted(newer, "tide")
    assert (await booth.current())["id"] == str(older.id)
    booth.voted(older, "moss")
    shown = await booth.current()
    assert (shown["id"], shown["voted"], shown["counts"]) == (str(newer.id), "tide", {"moss": 0, "tide": 4})


async def test_counts_are_for_who_has_voted_and_for_nobody_where_the_shop_keeps_them() -> None:
    told, kept = poll(), poll(results="never")
    assert "counts" not in await Booth(told).current()
    assert await Booth(told).vote(told, "moss") == {"answer": "moss", "counts": {"moss": 1, "tide": 4}}
    secret = Booth(kept)
    assert await secret.vote(kept, "moss") == {"answer": "moss"}
    assert len(secret.asked) == 1
    secret.voted(kept, "moss")
    shown = await secret.current()
    assert (shown["voted"], "counts" in shown) == ("moss", False)
