"""Who votes: the same through all conversations, and nobody whom the log knows."""

import os

from services.common.master_key import MasterKey
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import Identity, Visitor, VisitorIds

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
