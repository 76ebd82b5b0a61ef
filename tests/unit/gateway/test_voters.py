"""Who votes: the same through all conversations, and nobody whom the log knows."""

import os
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

from contracts.answers import Stored
from contracts.command import Command
from contracts.engagement.poll_commands import CastVote
from services.common.master_key import MasterKey
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import Identity, Visitor, VisitorIds
from services.gateway.rest.polls.voting import NewVote, Voting

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
