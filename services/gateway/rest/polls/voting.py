"""What visitors do with polls: see the one that is open, and vote once."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.answers import Rejected, Stored
from contracts.conversations.settings import ShopSettings
from contracts.engagement.poll_commands import CastVote
from contracts.engagement.polls import AnswerId, PollAnswer, PollContent
from contracts.envelope import rfc3339
from contracts.ids import CommandId, vote_id
from services.common.logs import correlation
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import Visitor
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.log_reader import uuid_or_none
from services.gateway.peers import peer_of
from services.gateway.polls.ballots import Ballots
from services.gateway.polls.counts import Counts
from services.gateway.polls.open_polls import OpenPolls
from services.gateway.polls.rows import PollRow
from services.gateway.polls.store import PollStore
from services.gateway.rest.bodies import decoded
from services.gateway.rest.cors import IDENTITY_HEADER, ShopPages
from services.gateway.rest.polls.desk import unknown
from services.gateway.rest.problems import Problem, check_pace, of_refusal
from services.gateway.rest.visitors import Visitors, bearer_of
from services.gateway.sockets.texts import locale_or_english

MAX_BODY: Final = 16_384


class NewVote(Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of `POST …/votes`. The same `id` from the same visitor again gives the first answer."""

    id: CommandId
    answer: AnswerId
    token: Annotated[str, Meta(max_length=4_000)] | None = None
    identity: Annotated[str, Meta(max_length=8_000)] | None = None


class CurrentPoll(Struct, kw_only=True, omit_defaults=True):
    """The poll to be shown. `voted`: this visitor's answer; `counts`, by answer, only after voting, if at all."""

    id: UUID
    question: str
    answers: list[PollAnswer]
    results: str
    closes_at: str | UnsetType = UNSET
    voted: str | UnsetType = UNSET
    counts: dict[str, int] | UnsetType = UNSET


class VoteStored(Struct, kw_only=True, omit_defaults=True):
    """The vote counts; it is in `counts`. `token` names the guest from now on, if they had none."""

    answer: str
    counts: dict[str, int] | UnsetType = UNSET
    token: str | UnsetType = UNSET


_decoder: Final = msgspec.json.Decoder(NewVote)
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class Voting:
    """For whoever is on the shop's pages."""

    open_polls: OpenPolls
    store: PollStore
    counts: Counts
    ballots: Ballots
    visitors: Visitors
    tokens: Tokens
    dispatch: Dispatch
    limits: Limits

    async def current(self, request: Request, _settings: ShopSettings) -> Response:
        """204 without an open poll. Of several, the newest in which the visitor has not voted comes first."""
        check_pace(await self.limits.page_read(peer_of(request.scope)))
        shop = request.path_params["shop"]
        asked = request.query_params
        polls = self.open_polls.on_page(shop, locale_or_english(asked.get("language", "")), asked.get("group"))
        if not polls:
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        voters = await self._voters(shop, bearer_of(request), request.headers.get(IDENTITY_HEADER))
        voted = await self._voted(shop, polls, voters)
        poll = next((one for one in polls if one.id not in voted), polls[0])
        return _json(await self._shown(poll, voted.get(poll.id)))

    async def vote(self, request: Request, _settings: ShopSettings) -> Response:
        """201 once it is stored."""
        shop, poll = request.path_params["shop"], uuid_or_none(request.path_params["poll"])
        peer = peer_of(request.scope)
        check_pace(await self.limits.vote(peer))
        given = await decoded(request, _decoder, MAX_BODY)
        row = await self._find(shop, poll) if poll is not None else None
        if row is None:
            raise unknown()
        visitor, known = await self.visitors.of(shop, given.token, given.identity, f"vote\n{given.id}")
        if not known:
            check_pace(await self.limits.new_voter(peer, row.id))
        voter = self._voter(shop, visitor)
        others = set(await self._voters(shop, given.token, None)) - {voter} if visitor.signed_in else set()
        await self._check_first(shop, row.id, others)
        before = await self.counts.of(row.id) if row.content.results == "after_vote" else None
        await self._cast(shop, row.id, given, voter)
        counts = UNSET if before is None else _with_vote(row.content, before, given.answer)
        token = UNSET if known else self.tokens.make(shop, visitor)
        return _json(VoteStored(answer=given.answer, counts=counts, token=token), 201)

    async def _find(self, shop: str, poll: UUID) -> PollRow | None:
        """Where many vote at once, nobody waits for the database to say what is known."""
        return self.open_polls.find(shop, poll) or await self.store.one(shop, poll)

    async def _shown(self, poll: PollRow, voted: str | None) -> CurrentPoll:
        content = poll.content
        counts: dict[str, int] | UnsetType = UNSET
        if voted is not None and content.results == "after_vote":
            known = _counts(content, await self.counts.of(poll.id))
            counts = {**known, voted: max(1, known.get(voted, 0))}  # the tables follow the log within moments
        return CurrentPoll(
            id=poll.id,
            question=content.question,
            answers=content.answers,
            results=content.results,
            closes_at=rfc3339(content.closes_at) if content.closes_at else UNSET,
            voted=UNSET if voted is None else voted,
            counts=counts,
        )

    def _voter(self, shop: str, visitor: Visitor) -> str:
        """By an id of their own, so that nobody who reads the log finds their vote by the one that it knows."""
        return self.visitors.ids.of_voter(shop, visitor.voter)

    async def _voters(self, shop: str, token: str | None, identity: str | None) -> list[str]:
        """Who it may be that votes: the customer, and the guest whom they were. What is damaged names nobody."""
        found = []
        for brought in ((None, identity), (token, None)):
            try:
                visitor = await self.visitors.known(shop, *brought)
            except Problem:
                continue
            if visitor is not None:
                found.append(self._voter(shop, visitor))
        return found

    async def _voted(self, shop: str, polls: list[PollRow], voters: list[str]) -> dict[UUID, str]:
        """The answers that they gave, by poll."""
        votes = {vote_id(poll.id, voter): poll.id for poll in polls for voter in voters}
        cast = await self.ballots.cast(shop, votes) if votes else {}
        return {votes[vote]: answer for vote, answer in cast.items()}

    async def _check_first(self, shop: str, poll: UUID, others: set[str]) -> None:
        """A customer has voted as the guest who they were."""
        if others and (cast := await self.ballots.cast(shop, [vote_id(poll, other) for other in others])):
            raise _voted_already(next(iter(cast.values())))

    async def _cast(self, shop: str, poll: UUID, given: NewVote, voter: str) -> None:
        n, vote = self.dispatch.next_number(), vote_id(poll, voter)
        command = CastVote(
            id=self.visitors.ids.of_vote_command(shop, given.id),
            shop=shop,
            sender_kind="visitor",
            sender=voter,
            digest=given.answer,
            gateway=self.dispatch.gateway,
            n=n,
            correlation=correlation() or f"vote-{n}",
            poll=poll,
            vote=vote,
            answer=given.answer,
        )
        answer = await self.dispatch.ask(command)
        if isinstance(answer, Stored):
            return
        if isinstance(answer, Rejected) and answer.code == "conflict":
            raise _voted_already((await self.ballots.cast(shop, [vote])).get(vote))
        raise of_refusal(answer) if isinstance(answer, Rejected) else Problem(500, "unexpected", "Not understood.")


def routes(voting: Voting, pages: ShopPages) -> list[Route]:
    """The routes under `/v1`; to stand before those of staff, of whose polls none is called `current`."""
    return [
        pages.route("/v1/shops/{shop}/polls/current", voting.current, "GET"),
        pages.route("/v1/shops/{shop}/polls/{poll}/votes", voting.vote, "POST"),
    ]


def _counts(content: PollContent, counts: dict[str, int]) -> dict[str, int]:
    return {answer.id: counts.get(answer.id, 0) for answer in content.answers}


def _with_vote(content: PollContent, before: dict[str, int], answer: str) -> dict[str, int]:
    counts = _counts(content, before)
    return {**counts, answer: counts.get(answer, 0) + 1}


def _voted_already(answer: str | None) -> Problem:
    more: dict[str, Any] = {} if answer is None else {"answer": answer}
    return Problem(409, "conflict", "This visitor has voted already.", **more)


def _json(body: Struct, status: int = 200) -> Response:
    return Response(_encode(body), status, {"Cache-Control": "no-store"}, "application/json")
