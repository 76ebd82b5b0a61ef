"""How a shop's widget looks and what it says before anybody has: colours, privacy, invitations."""

from typing import Annotated, Final

from msgspec import Meta, Struct

Language = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?$(?!\n)")]
Text = Annotated[str, Meta(max_length=2_000)]
Color = Annotated[str, Meta(pattern=r"^(#[0-9a-fA-F]{6})?$(?!\n)")]
InvitationId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]

BY_STAFF: Final = "operator"
"""Stands for a rule's id where one of the staff invited."""


class ColourPair(Struct, frozen=True, kw_only=True):
    """A background and the text on it, as #rrggbb; empty: as shipped."""

    background: Color = ""
    text: Color = ""


class Colours(Struct, frozen=True, kw_only=True):
    """The widget's header and the bubbles of either side."""

    header: ColourPair = ColourPair()
    operator: ColourPair = ColourPair()
    visitor: ColourPair = ColourPair()


class Privacy(Struct, frozen=True, kw_only=True):
    """What visitors read before they say anything; `consent`: a box beside it must be ticked.

    `notice` is a text by language, none: nothing is shown. `link` leads to the shop's own page about it.
    """

    notice: dict[Language, Text] = {}
    link: Annotated[str, Meta(max_length=300)] = ""
    consent: bool = False


class Invitation(Struct, frozen=True, kw_only=True):
    """A rule by which a visitor is asked, of the shop's own accord, whether they want to talk.

    All of its conditions hold at once: `after` so many seconds on the page; `page`, a pattern of the address's path
    in which `*` stands for anything (empty: any page); `cart`, what the cart is worth at least (None: any or none).
    `text` by language; `on`: whether it counts.
    """

    id: InvitationId
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    on: bool = True
    after: Annotated[int, Meta(ge=0, le=3_600)] = 30
    page: Annotated[str, Meta(max_length=300)] = ""
    cart: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    text: dict[Language, Text] = {}
