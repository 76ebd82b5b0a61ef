"""Bodies of requests as typed values; what is wrong with one is said with the member's name."""

import re
from typing import Any, Final, TypeVar

import msgspec
from starlette.requests import Request

from services.gateway.forms import BadForm
from services.gateway.rest.problems import Problem
from services.gateway.rest.staff import MAX_BODY, body_of
from services.gateway.rest.wording import choices_in_words, in_words

T = TypeVar("T")

_WHERE: Final = re.compile(r" - at `(?:key` in `)?\$(.*)`$")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.{1,80}?)`")
_MISSING: Final = re.compile(r"Object missing required field `(\w+)`")


async def decoded(request: Request, decoder: msgspec.json.Decoder[T], most: int = MAX_BODY) -> T:
    """The body. Raises Problem: 400 for what is no JSON, 422 with `field` for a wrong member."""
    try:
        return decoder.decode(await body_of(request, most))
    except msgspec.ValidationError as error:
        raise invalid(*place_of(error, decoder.type)) from None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Problem(400, "invalid", "The body is no JSON.") from None


def member_of(error: msgspec.ValidationError) -> tuple[str, str]:
    """Which member the error is about, as `mail.notify`, and what is wrong with it; of a list, the list as a whole."""
    return _member(error, "[")


def place_of(error: msgspec.ValidationError, wanted: Any = None) -> tuple[str, str]:
    """The same to the very place in a list, as `items[3].quantity`; `wanted`, the body's type, knows what may stand
    there."""
    return _member(error, "[...]", wanted)


def _member(error: msgspec.ValidationError, upto: str, wanted: Any = None) -> tuple[str, str]:
    """`upto`: where its path ends for us. `[...]` is the key of an object, which anybody may have chosen."""
    said, where = str(error), _WHERE.search(str(error))
    path = ""
    if where is not None:
        said, path = said[: where.start()], where[1].partition(upto)[0].strip(".")
    found = _UNKNOWN.search(said) or _MISSING.search(said)
    name = ".".join(part for part in (path, found[1] if found else "") if part)
    if _UNKNOWN.search(said):
        return name, f"There is no member {name}."
    if found:
        return name, f"The member {name} is missing."
    return name or "body", f"{choices_in_words(said, path, wanted) or in_words(said)}."


def invalid(field: str, detail: str, **more: Any) -> Problem:
    """422: this member can't be taken."""
    return Problem(422, "invalid", detail, field=field, errors=[{"field": field, "detail": detail}], **more)


def invalid_form(bad: BadForm) -> Problem:
    """422: these fields of the form can't be taken, the first of them by name."""
    errors = [{"field": wrong.field, "reason": wrong.reason, "detail": wrong.detail} for wrong in bad.wrong]
    return Problem(422, "invalid", bad.wrong[0].detail, field=bad.wrong[0].field, errors=errors)
