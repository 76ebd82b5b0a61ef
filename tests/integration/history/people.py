"""Customers to tell about."""

from datetime import timedelta

from tests.support.told import START, Told


def customer(sub: str, start: int, **known: str) -> Told:
    """A signed-in customer's conversation, `start` minutes after the first."""
    told = Told(person=f"c_{sub}", start=START + timedelta(minutes=start))
    told.secret = sub.encode().ljust(32, b"\0")
    told.key = type(told.key)(told.shop, told.person, told.secret)
    return told.started(customer=sub, signed_in=True, **known)
