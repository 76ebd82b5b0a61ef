"""Polls and votes: what the log `engagement` has of them."""

from typing import Final

from services.engagement.slice import Slice

SLICE: Final = Slice()
