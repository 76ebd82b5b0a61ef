"""A shop's settings, as its events carry them whole."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Limit = Annotated[int, Meta(ge=0, le=100_000)]
Seconds = Annotated[int, Meta(ge=1, le=86_400)]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?$(?!\n)")]
Languages = Annotated[list[Language], Meta(min_length=1, max_length=30)]
Text = Annotated[str, Meta(max_length=2_000)]
Name = Annotated[str, Meta(min_length=1, max_length=80)]


class DeskRules(Struct, frozen=True, kw_only=True):
    """What of the settings the Desk decides by.

    `limit`: simultaneous conversations of the shop. `mode`: `slots` (going online opens `channels_per_operator`
    channels, each reopening by itself) or `manual` (channels are opened one by one, and reopen only with
    `reopen_channels`). `on_leave`: what an operator's leaving does to ongoing conversations. Times in seconds:
    `visitor_away_after` without a connection a visitor is marked away, `forgotten_after` that, with the last word
    the operator's, the conversation ends; `operator_grace` without a connection an operator goes offline,
    `line_grace` without one a waiting visitor loses the place.
    """

    limit: Limit = 4
    line: bool = False
    offline_mode: bool = True
    mode: Literal["slots", "manual"] = "slots"
    channels_per_operator: Limit = 4
    reopen_channels: bool = True
    on_leave: Literal["keep", "end"] = "keep"
    visitor_away_after: Seconds = 120
    forgotten_after: Seconds = 600
    operator_grace: Seconds = 120
    line_grace: Seconds = 60


class ShopSettings(DeskRules, frozen=True, kw_only=True):
    """All settings of a shop. `header` and `welcome` are texts by language; `origins` are allowed web origins."""

    name: Name = "Shop"
    operator_name: Name = "Online consultant"
    languages: Annotated[list[Language], Meta(min_length=1, max_length=30)] = msgspec.field(
        default_factory=lambda: ["en"]
    )
    header: dict[Language, Text] = {}
    welcome: dict[Language, Text] = {}
    origins: Annotated[list[Annotated[str, Meta(max_length=300)]], Meta(max_length=50)] = []

    def rules(self) -> DeskRules:
        """The part that the Desk keeps."""
        return DeskRules(**{name: getattr(self, name) for name in DeskRules.__struct_fields__})
