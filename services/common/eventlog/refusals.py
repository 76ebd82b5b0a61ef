"""Refusals: what the rules forbid. Each has the protocol's code; nothing has changed when one is raised."""

from abc import abstractmethod
from typing import ClassVar

from contracts.answers import Answer, Code


class Refusal(Exception):
    """Base of all. `detail` is a sentence for people and names no person; `field` is the member that is wrong, if it is
    one, by its path in what clients send."""

    code: ClassVar[Code]
    sentence: ClassVar[str]
    field: ClassVar[str | None] = None

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail or self.sentence
        super().__init__(self.detail)


class IdReused(Refusal):
    code = "invalid"
    sentence = "This id, or Idempotency-Key, was used for something else."


class WrongSender(Refusal):
    code = "forbidden"
    sentence = "The sender may not do this."


class AnsweredOtherwise(Exception):
    """Not a refusal: nothing is done, and whoever asked hears something of its own."""

    @abstractmethod
    def answer(self, n: int) -> Answer:
        """What the gateway hears of its command `n`."""
