"""The Shop (being built)."""

from services.conversations.domain.aggregate import Aggregate


class Shop(Aggregate):
    """A shop's settings."""
