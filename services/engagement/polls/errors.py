"""Refusals of polls and votes."""

from services.common.eventlog.refusals import Refusal


class TooFewAnswers(Refusal):
    code = "invalid"
    sentence = "A poll needs two answers at least."


class SameAnswers(Refusal):
    code = "invalid"
    sentence = "Two answers have the same id."


class WrongTimes(Refusal):
    code = "invalid"
    sentence = "It would close before it opens."


class TimeHasPassed(Refusal):
    code = "invalid"
    sentence = "This time has passed."


class NeedsOpeningTime(Refusal):
    code = "invalid"
    sentence = "A planned poll needs the time at which it opens."


class NoSuchAnswer(Refusal):
    code = "invalid"
    sentence = "The poll has no such answer."


class FixedWhileOpen(Refusal):
    code = "conflict"
    sentence = "Question, answers and language stay while the poll is open."


class StandsOtherwise(Refusal):
    code = "conflict"
    sentence = "The poll does not stand so that this can be done."


class NotOpen(Refusal):
    code = "not_open"
    sentence = "The poll is not open."


class AlreadyVoted(Refusal):
    code = "conflict"
    sentence = "This visitor has voted already."
