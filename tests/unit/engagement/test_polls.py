"""Polls, from their draft to the archive, and what a visitor may vote."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from contracts.engagement import poll_commands as c
from contracts.engagement.polls import PollAnswer, PollContent
from contracts.ids import poll_id, vote_id
from services.common.eventlog.refusals import IdReused, Refusal, WrongSender
from services.engagement.polls import errors
from services.engagement.slice import NotFound
from tests.unit.engagement.world import NOON, World

ANSWERS = [PollAnswer(id="moss", text="Moss"), PollAnswer(id="tide", text="Tide blue")]
GLAZE = PollContent(question="Which glaze shall we bring back?", answers=ANSWERS)
HOUR = timedelta(hours=1)
replace = msgspec.structs.replace


def drafted(content: PollContent = GLAZE) -> tuple[World, UUID]:
    world = World()
    poll = poll_id(world.shop, "o_ann", "draft-1234")
    world.staff(c.DraftPoll, id="draft-1234", digest="glaze", poll=poll, content=content)
    return world, poll


def opened(content: PollContent = GLAZE) -> tuple[World, UUID]:
    world, poll = drafted(content)
    world.staff(c.StartPoll, poll=poll)
    return world, poll


def vote(world: World, poll: UUID, visitor: str, answer: str, **fields: str) -> c.CastVote:
    command: c.CastVote = world.command(
        c.CastVote, "visitor", visitor, poll=poll, vote=vote_id(poll, visitor), answer=answer, **fields
    )
    return command


def test_draft_opens_closes_and_goes_out_of_sight() -> None:
    world, poll = opened()
    world.staff(c.ClosePoll, poll=poll)
    world.staff(c.ArchivePoll, poll=poll)
    assert world.events_of(poll) == ["PollDrafted", "PollOpened", "PollClosed", "PollArchived"]
    assert world.timers == {}
    world.check_replay()


def test_visitor_votes_once_whatever_is_sent() -> None:
    world, poll = opened()
    first = vote(world, poll, "g_ann", "moss", digest="moss")
    decided = world.do(first)
    assert world.do(first) == decided
    assert world.happened == []
    with pytest.raises(IdReused):
        world.do(replace(first, answer="tide", digest="tide"))
    with pytest.raises(errors.AlreadyVoted):
        world.do(vote(world, poll, "g_ann", "tide"))
    world.do(vote(world, poll, "g_bo", "tide"))
    assert world.names == ["VoteCast"]
    world.check_replay()


def test_vote_does_not_tell_whose_it_is() -> None:
    world, poll = opened()
    world.do(vote(world, poll, "g_ann", "moss"))
    assert b"g_ann" not in msgspec.json.encode(world.happened)


def test_nobody_votes_under_an_id_that_is_not_theirs() -> None:
    world, poll = opened()
    with pytest.raises(WrongSender):
        world.do(replace(vote(world, poll, "g_ann", "moss"), sender="g_bo"))
    with pytest.raises(NotFound):
        world.do(replace(vote(world, poll, "g_ann", "moss"), shop="other"))


def test_votes_count_only_while_the_poll_is_open_to_the_moment() -> None:
    world, poll = drafted(replace(GLAZE, closes_at=NOON + HOUR))
    refused = errors.NotOpen
    with pytest.raises(refused):
        world.do(vote(world, poll, "g_ann", "moss"))
    world.staff(c.StartPoll, poll=poll)
    with pytest.raises(errors.NoSuchAnswer):
        world.do(vote(world, poll, "g_ann", "plum"))
    world.later(hours=1)
    with pytest.raises(refused):  # also before anybody has noted that its time is over
        world.do(vote(world, poll, "g_ann", "moss"))
    assert world.fire() == ["PollClosed"]
    assert world.timers == {}


def test_planned_poll_opens_and_closes_by_itself() -> None:
    world, poll = opened(replace(GLAZE, opens_at=NOON + HOUR, closes_at=NOON + 2 * HOUR))
    assert world.names == ["PollPlanned"]
    assert world.fire() == []
    world.system(c.OpenPoll, poll=poll)  # a timer that was set anew meanwhile comes too early
    assert world.names == []
    world.later(hours=1)
    assert world.fire() == ["PollOpened"]
    world.system(c.ClosePoll, poll=poll)
    assert world.names == []
    world.later(hours=1)
    assert world.fire() == ["PollClosed"]
    assert world.timers == {}
    world.check_replay()


def test_end_of_an_open_poll_moves_and_nothing_else_does() -> None:
    content = replace(GLAZE, closes_at=NOON + HOUR)
    world, poll = opened(content)
    others = [*ANSWERS, PollAnswer(id="plum", text="Plum")]
    for fixed in (
        *({"question": "Which one?"}, {"answers": others}, {"language": "fr"}, {"groups": ["mugs"]}),
        {"opens_at": NOON},
    ):
        with pytest.raises(errors.FixedWhileOpen):
            world.staff(c.ChangePoll, poll=poll, content=replace(content, **fixed))
    with pytest.raises(errors.EndHasPassed):
        world.staff(c.ChangePoll, poll=poll, content=replace(content, closes_at=NOON))
    world.staff(c.ChangePoll, poll=poll, content=replace(content, closes_at=NOON + 2 * HOUR))
    world.later(hours=1)
    assert world.fire() == []
    world.do(vote(world, poll, "g_ann", "moss"))
    world.staff(c.ChangePoll, poll=poll, content=replace(GLAZE, results="never"))
    assert world.timers == {}


def test_poll_opened_before_its_time_may_close_before_it() -> None:
    content = replace(GLAZE, opens_at=NOON + 24 * HOUR, closes_at=NOON + 48 * HOUR)
    world, poll = opened(content)
    world.staff(c.StartPoll, poll=poll)
    world.staff(c.ChangePoll, poll=poll, content=replace(content, closes_at=NOON + HOUR))
    world.later(hours=1)
    assert world.fire() == ["PollClosed"]
    world.check_replay()


def test_what_visitors_have_seen_is_closed_before_it_is_put_away_and_does_not_open_again() -> None:
    world, poll = opened()
    for kind in (c.StartPoll, c.ArchivePoll, c.DiscardPoll):
        with pytest.raises(errors.StandsOtherwise, match="open"):
            world.staff(kind, poll=poll)
    world.staff(c.ClosePoll, poll=poll)
    for deed in (c.StartPoll, c.DiscardPoll):
        with pytest.raises(errors.StandsOtherwise, match="closed"):
            world.staff(deed, poll=poll)
    with pytest.raises(errors.StandsOtherwise, match="closed"):
        world.staff(c.ChangePoll, poll=poll, content=GLAZE)
    with pytest.raises(errors.NotOpen):
        world.do(vote(world, poll, "g_ann", "moss"))


def test_planned_poll_moves_to_another_time_or_is_thrown_away() -> None:
    world, poll = opened(replace(GLAZE, opens_at=NOON + HOUR))
    with pytest.raises(errors.NeedsOpeningTime):
        world.staff(c.ChangePoll, poll=poll, content=GLAZE)
    with pytest.raises(errors.StandsOtherwise, match=r"the poll is planned\."):
        world.staff(c.ClosePoll, poll=poll)
    world.staff(c.ChangePoll, poll=poll, content=replace(GLAZE, opens_at=NOON + 3 * HOUR))
    world.later(hours=2)
    assert world.fire() == []
    world.staff(c.DiscardPoll, poll=poll)
    assert world.timers == {}
    with pytest.raises(NotFound):
        world.staff(c.StartPoll, poll=poll)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (replace(GLAZE, answers=ANSWERS[:1]), errors.TooFewAnswers),
        (replace(GLAZE, closes_at=NOON), errors.EndHasPassed),
        (replace(GLAZE, opens_at=NOON - HOUR), errors.OpeningHasPassed),
    ],
)
def test_poll_that_nobody_could_vote_in_does_not_open(content: PollContent, refusal: type[Refusal]) -> None:
    world, poll = drafted(content)
    with pytest.raises(refusal):
        world.staff(c.StartPoll, poll=poll)


def test_draft_is_refused_if_its_answers_or_times_contradict() -> None:
    with pytest.raises(errors.SameAnswers):
        drafted(replace(GLAZE, answers=[ANSWERS[0], ANSWERS[0]]))
    with pytest.raises(errors.AlikeAnswers):
        drafted(replace(GLAZE, answers=[*ANSWERS, PollAnswer(id="again", text="tide  Blue")]))
    with pytest.raises(errors.WrongTimes):
        drafted(replace(GLAZE, opens_at=NOON + HOUR, closes_at=NOON + HOUR))
