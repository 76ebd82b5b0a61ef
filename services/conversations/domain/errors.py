"""Refusals: what the rules forbid. Each has the protocol's code; nothing has changed when one is raised."""

from uuid import UUID

from contracts import answers
from services.common.eventlog.refusals import AnsweredOtherwise, Refusal


class InProgress(AnsweredOtherwise):
    """Not a refusal: the visitor is in this conversation already, and what a start says belongs there."""

    def __init__(self, conversation: UUID) -> None:
        self.conversation = conversation
        super().__init__(str(conversation))

    def answer(self, n: int) -> answers.Answer:
        return answers.InProgress(n=n, conversation=self.conversation)


class NotFound(Refusal):
    code = "not_found"
    sentence = "There is no such conversation."


class MessageNotFound(Refusal):
    code = "not_found"
    sentence = "There is no such message."


class ShopNotFound(Refusal):
    code = "not_found"
    sentence = "There is no such shop."


class ChannelNotFound(Refusal):
    code = "not_found"
    sentence = "There is no such open channel of yours."


class DepartmentNotFound(Refusal):
    code = "not_found"
    sentence = "There is no such department."


class ReplyNotFound(Refusal):
    code = "not_found"
    sentence = "There is no such canned reply."


class NotBlocked(Refusal):
    code = "not_found"
    sentence = "The visitor is not blocked."


class Blocked(Refusal):
    code = "blocked"
    sentence = "The shop wants to hear no more of this visitor."


class ShortcutTaken(Refusal):
    code = "invalid"
    sentence = "Another canned reply has this shortcut."


class TooManyReplies(Refusal):
    code = "invalid"
    sentence = "The shop has as many canned replies as are kept."


class AskedAlready(Refusal):
    code = "invalid"
    sentence = "The conversation waits for this department already."


class ShopExists(Refusal):
    code = "invalid"
    sentence = "The shop exists, with other settings."


class SettingsOvertaken(Refusal):
    code = "not_open"
    sentence = "The settings were changed since."


class Pointless(Refusal):
    code = "invalid"
    sentence = "The operator holds this conversation already."


class NoAddress(Refusal):
    code = "invalid"
    sentence = "The visitor left no email address."


class TooManyTranscripts(Refusal):
    code = "rate_limited"
    sentence = "The conversation was sent by mail often enough."


class NotOpen(Refusal):
    code = "not_open"
    sentence = "The conversation is not open."


class NotAllowed(Refusal):
    code = "forbidden"
    sentence = "Somebody else holds this conversation."


class NotInHistory(Refusal):
    code = "forbidden"
    sentence = "Only conversations in history can be deleted."


class NoFreeChannel(Refusal):
    code = "no_capacity"
    sentence = "No channel is free."


class NobodyOnline(Refusal):
    code = "offline"
    sentence = "Nobody is online."


class OperatorOffline(Refusal):
    code = "offline"
    sentence = "The operator is not online."


class InAnotherConversation(Refusal):
    code = "not_open"
    sentence = "The visitor is in another conversation."
