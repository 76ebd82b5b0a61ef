"""Marks the fields that hold personal data, and finds them again.

On the wire and in the log the value of a marked field is ciphertext (see `services.common.person_keys`),
in a gateway, a projection or a notifier it may be the clear text. The mark also stands in the JSON Schemas
(`x-personal`), so that whoever reads the stream knows what cannot be read without a grant.
"""

from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

_MARK = {"x-personal": True}

Personal = Annotated[str, Meta(extra_json_schema=_MARK)]
"""A text about a person: a name, an address, a number, what somebody wrote."""


def _is_personal(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return any(isinstance(meta, Meta) and meta.extra_json_schema == _MARK for meta in get_args(annotation)[1:])
    return any(_is_personal(arg) for arg in get_args(annotation))


@cache
def personal_fields(struct: type[Struct]) -> tuple[str, ...]:
    """The names of the marked fields of a contract type, in the order of their definition."""
    hints = get_type_hints(struct, include_extras=True)
    return tuple(name for name in struct.__struct_fields__ if _is_personal(hints[name]))
