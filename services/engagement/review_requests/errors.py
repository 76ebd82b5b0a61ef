"""What the rules of reviews forbid."""

from services.common.eventlog.refusals import Refusal


class LinkOver(Refusal):
    code = "not_open"
    sentence = "This link is over."


class NotOrdered(Refusal):
    code = "invalid"
    sentence = "This product is not in the order."


class ReviewedAlready(Refusal):
    code = "conflict"
    sentence = "This product of the order is reviewed already."


class ImportedAlready(Refusal):
    code = "conflict"
    sentence = "This review is here already."
