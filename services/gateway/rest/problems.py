"""Errors of REST as problem documents (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
import psycopg
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from contracts.answers import Rejected
from services.gateway.access.hashing import TooMany
from services.gateway.access.standing import Dismissed

CONTENT_TYPE = "application/problem+json"

STATUS_OF_CODE: Mapping[str, int] = {
    "invalid": 400,
    "too_long": 400,
    "forbidden": 403,
    "blocked": 403,
    "not_found": 404,
    "not_open": 409,
    "no_capacity": 409,
    "offline": 409,
    "conflict": 409,
    "rate_limited": 429,
    "unavailable": 503,
}
"""How a refusal that the sockets know by its code is told over REST."""


class Problem(Exception):
    """Raised by a route; becomes the response."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        """`code` is stable and for programs, `detail` one sentence for people; `more` are further members."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> Response:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.more,
        }
        # What is not there may be there soon: some of these caches keep by themselves (RFC 9110, section 15.1).
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(msgspec.json.encode(body), self.status, headers, CONTENT_TYPE)


def of_refusal(refusal: Rejected) -> Problem:
    """The problem that a refused command is."""
    headers = {} if refusal.retry_after is None else {"Retry-After": str(max(1, round(refusal.retry_after)))}
    more = {"field": refusal.field} if refusal.field else {}
    return Problem(STATUS_OF_CODE[refusal.code], refusal.code, refusal.detail, headers, **more)


def unavailable() -> Problem:
    """The database or the broker is away, or too much is asked at once."""
    return Problem(503, "unavailable", "This is not available at the moment; try again soon.", {"Retry-After": "2"})


def not_shown_yet() -> Problem:
    """The log has something that the read tables have not."""
    return Problem(503, "unavailable", "This was changed a moment ago; try again soon.", {"Retry-After": "2"})


def check_pace(seconds: float) -> None:
    """`seconds` until it may be asked again, as `Limits` has it. Raises Problem if there are any."""
    if seconds:
        headers = {"Retry-After": str(max(1, round(seconds)))}
        raise Problem(429, "rate_limited", "This was asked too often; wait a moment.", headers)


async def problem_response(_request: Request, error: Exception) -> Response:
    """Starlette's handler of `Problem`."""
    assert isinstance(error, Problem)
    return error.response()


async def _http_exception(_request: Request, error: Exception) -> Response:
    """What Starlette itself refuses: unknown paths and methods."""
    assert isinstance(error, HTTPException)
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return Problem(error.status_code, code, f"{error.detail}.", error.headers).response()


async def _try_again(_request: Request, _error: Exception) -> Response:
    return unavailable().response()


async def _dismissed(_request: Request, _error: Exception) -> Response:
    return Problem(403, "forbidden", "This account may not do this any more.").response()


async def _bad_data(_request: Request, error: Exception) -> Response:
    """A sign that no text of the database may have, which came in a path or a query: NUL. All else is our fault."""
    assert isinstance(error, psycopg.DataError)
    if error.sqlstate not in (None, "22021"):
        raise error
    return Problem(400, "invalid", "There is a sign in this that can't be stored.").response()


EXCEPTION_HANDLERS: dict[Any, Any] = {
    Problem: problem_response,
    HTTPException: _http_exception,
    Dismissed: _dismissed,
    TooMany: _try_again,
    psycopg.DataError: _bad_data,
    psycopg.OperationalError: _try_again,
    PoolTimeout: _try_again,
}
