"""Orders, what is asked about them, and reviews: what the log `engagement` has of them."""

from typing import Final

from services.engagement.slice import Slice

SLICE: Final = Slice()
