"""OpenAPI of polls."""

from typing import Final

from services.gateway.rest.openapi_parts import (
    KEY,
    SHOP,
    Json,
    content_of,
    json_of,
    nothing,
    operation,
    path_parameter,
    problem,
    query_parameters,
    staff_operation,
    with_body,
)
from services.gateway.rest.polls.desk import NewPoll
from services.gateway.rest.polls.views import Polls, PollWithVotes, Recount
from services.gateway.rest.polls.voting import CurrentPoll, NewVote, VoteStored

TYPES: Final[tuple[type, ...]] = (CurrentPoll, NewPoll, NewVote, PollWithVotes, Polls, Recount, VoteStored)

_ALL: Final = "/v1/shops/{shop}/polls"
_ONE: Final = f"{_ALL}/{{poll}}"
_PARAMETERS: Final = [SHOP, path_parameter("poll", uuid=True)]
_PAGE: Final = query_parameters(
    state="draft, planned, open, closed or archived; all but the archive unless told.",
    cursor="`next` of the page before.",
    limit="1 to 200 items; 50 unless told.",
)
_DEEDS: Final = {
    "start": "Open a poll, or plan it for its time",
    "close": "Close an open poll",
    "archive": "Put a closed poll out of sight",
}


def paths() -> Json:
    """Those of these routes."""
    poll, refused = json_of("PollWithVotes", "The poll."), {"400": problem(), "409": problem()}
    written = {**refused, **{status: problem() for status in ("413", "415", "422")}}
    add = staff_operation("Draft a poll", {"201": poll, **written}, [KEY])
    change = staff_operation(
        "Change a poll; an open one only in its end and its results", {"200": poll, **written}, [KEY]
    )
    discard = staff_operation("Throw a draft or a planned poll away", {"204": nothing("Gone."), **refused}, [KEY])
    table = content_of("text/csv", "A line a vote; none tells whose it is.")
    separator = query_parameters(separator="`comma` or `semicolon`; a comma unless told.")
    return {
        _ALL: {
            "parameters": [SHOP],
            "get": staff_operation("Polls, the newest first", {"200": json_of("Polls"), "400": problem()}, _PAGE),
            "post": with_body(add, "NewPoll"),
        },
        _ONE: {
            "parameters": _PARAMETERS,
            "get": staff_operation("A poll with its votes", {"200": poll}),
            "put": with_body(change, "NewPoll"),
            "delete": discard,
        },
        f"{_ONE}.csv": {
            "parameters": _PARAMETERS,
            "get": staff_operation("Votes as CSV", {"200": table, "400": problem()}, separator),
        },
        f"{_ONE}/recount": {
            "parameters": _PARAMETERS,
            "post": staff_operation("Count the votes in the log itself", {"200": json_of("Recount")}),
        },
        **{
            f"{_ONE}/{deed}": {
                "parameters": _PARAMETERS,
                "post": staff_operation(summary, {"200": poll, **refused}, [KEY]),
            }
            for deed, summary in _DEEDS.items()
        },
        **_of_visitors(),
    }


def _of_visitors() -> Json:
    page = query_parameters(language="Of the page, as BCP 47 has it.", group="Of pages, that this one is in.")
    current = operation(
        "The poll to be shown to a visitor, named by token (Bearer) or identity",
        {
            "200": json_of("CurrentPoll"),
            "204": nothing("There is none."),
            **{status: problem() for status in ("403", "404", "429")},
        },
        page,
    )
    refusals = {status: problem() for status in ("400", "403", "404", "409", "422", "429", "503")}
    vote = operation("Vote, once", {"201": json_of("VoteStored", "The vote counts."), **refusals})
    return {
        f"{_ALL}/current": {"parameters": [SHOP], "get": current},
        f"{_ONE}/votes": {"parameters": _PARAMETERS, "post": with_body(vote, "NewVote")},
    }
