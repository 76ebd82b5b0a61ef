"""Refusals of polls and votes."""

from services.common.eventlog.refusals import Refusal


class TooFewAnswers(Refusal):
    code = "invalid"
    sentence = "A poll needs two answers at least."
    field = "content.answers"


class SameAnswers(Refusal):
    code = "invalid"
    sentence = "Two answers have the same id."
    field = "content.answers"


class AlikeAnswers(Refusal):
    code = "invalid"
    sentence = "Two answers have the same text."
    field = "content.answers"


class WrongTimes(Refusal):
    code = "invalid"
    sentence = "It would close before it opens."
    field = "content.closes_at"


class EndHasPassed(Refusal):
    code = "invalid"
    sentence = "This time has passed."
    field = "content.closes_at"


class OpeningHasPassed(Refusal):
    code = "invalid"
    sentence = "This time has passed."
    field = "content.opens_at"


class NeedsOpeningTime(Refusal):
    code = "invalid"
    sentence = "A planned poll needs the time at which it opens."
    field = "content.opens_at"


class NoSuchAnswer(Refusal):
    code = "invalid"
    sentence = "The poll has no such answer."
    field = "answer"


class FixedWhileOpen(Refusal):
    code = "conflict"
    sentence = "While the poll is open, only its end and what is shown after voting can change."


class StandsOtherwise(Refusal):
    code = "conflict"
    sentence = "The poll does not stand so that this can be done."


class NotOpen(Refusal):
    code = "not_open"
    sentence = "The poll is not open."


class AlreadyVoted(Refusal):
    code = "conflict"
    sentence = "This visitor has voted already."
