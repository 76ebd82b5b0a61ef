"""Reads what clients send, and says what is wrong with what can't be read."""

import json
import re
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

FrameT = TypeVar("FrameT", bound=Struct)

_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


class BadFrame(ValueError):
    """No frame of the protocol. `id` is the command's, if one could be read."""

    def __init__(self, command: str | None, detail: str) -> None:
        super().__init__(detail)
        self.id = command
        self.detail = detail


class _OnlyId(Struct):
    id: Any = None


_id_decoder: Final = msgspec.json.Decoder(_OnlyId)


def read(decoder: msgspec.json.Decoder[FrameT], text: str | None) -> FrameT:
    """The frame in a text message; None stands for a binary one. Raises BadFrame."""
    if text is None:
        raise BadFrame(None, "frames are text")
    try:
        return decoder.decode(text)
    except msgspec.ValidationError as error:
        raise BadFrame(_id_of(text), str(error)) from None
    except (msgspec.DecodeError, UnicodeError):
        raise BadFrame(_id_of(text), "the frame is no JSON") from None
    except RecursionError:
        raise BadFrame(None, "the frame is nested too deeply") from None


def _id_of(text: str) -> str | None:
    """The command's id of a frame that is otherwise wrong."""
    try:
        found = _id_decoder.decode(text).id
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        found = _id_of_lenient(text)
    return found if isinstance(found, str) and _ID.fullmatch(found) else None


def _id_of_lenient(text: str) -> Any:
    """The standard library's decoder lets half characters pass, so that the id beside them is found."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed.get("id") if isinstance(parsed, dict) else None
