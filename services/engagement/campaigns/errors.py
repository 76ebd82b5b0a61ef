"""Refusals of push campaigns."""

from services.common.eventlog.refusals import Refusal


class NoDraft(Refusal):
    code = "conflict"
    sentence = "The campaign is no draft any more."


class NoPage(Refusal):
    code = "invalid"
    sentence = "The campaign opens no page yet."


class NotScheduled(Refusal):
    code = "conflict"
    sentence = "The campaign does not wait for its time."


class NotSending(Refusal):
    code = "conflict"
    sentence = "The campaign is not being sent."


class TimeIsOver(Refusal):
    code = "invalid"
    sentence = "This time has passed."


class TooFarAhead(Refusal):
    code = "invalid"
    sentence = "This time is more than a year ahead."


class NoSuchZone(Refusal):
    code = "invalid"
    sentence = "There is no such time zone."


class Unsubscribed(Refusal):
    code = "not_found"
    sentence = "This browser has no push."
