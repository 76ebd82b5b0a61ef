"""What became of one of several things that a request asks for at once."""

from msgspec import UNSET, Struct, UnsetType


class Outcome(Struct, kw_only=True):
    """It is `stored`; or else why not, with the members of a problem document: `code` is stable and for programs,
    `detail` one sentence, `field` the member that it is about, if about one."""

    stored: bool | UnsetType = UNSET
    code: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    field: str | UnsetType = UNSET
