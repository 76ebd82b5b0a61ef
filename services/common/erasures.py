"""What the eraser and the gateway both know of erasures."""

from hashlib import sha256
from typing import Final

WHOLE_SHOP: Final = 0
"""The number of the erasure that is the removal of the shop itself; those of persons count from 1."""


def former(shop: str, person: str) -> str:
    """A one-way print of an erased person's opaque id, kept so that the old address can say that they were erased."""
    return sha256(f"{shop}|{person}".encode()).hexdigest()


def receipt_number(year: int, number: int) -> str:
    """`E-2026-0031`."""
    return f"E-{year}-{number:04d}"
