"""What visitors and operators say: starts, messages, notes, ratings, and who the visitor is."""

from datetime import datetime

from contracts.conversations.commands import (
    AddNote,
    IdentifyVisitor,
    RateConversation,
    RequestTranscript,
    SayMessage,
    StartConversation,
)
from services.common.eventlog.aggregate import Cause
from services.common.eventlog.refusals import IdReused
from services.common.eventlog.unit import Decided, Unit
from services.conversations.domain.conversation import Conversation
from services.conversations.domain.desk import Desk
from services.conversations.domain.errors import InProgress, NobodyOnline, NoFreeChannel, NotFound
from services.conversations.handlers.steps import conversation_of, desk_of, on_desk, take_place


def start_conversation(command: StartConversation, unit: Unit, now: datetime) -> Decided:
    """A visitor rings: a channel, the line, or a refusal; a second start belongs to the conversation that goes on."""
    if unit.get(command.conversation) is not None:
        return _started_before(command, unit)
    desk = desk_of(unit, command.shop)
    desk.check_not_blocked(command.visitor, command.sender, command.origin)
    _check_new(command, desk, unit)
    cause = Cause(command, now, sender=command.visitor)
    channel = _place_or_turn_away(command, desk, cause)
    conversation = Conversation.blank(command.conversation, command.shop, now)
    cause.keeper = conversation
    conversation.start(command, desk.known_department(command.department), cause)
    unit.add(conversation)
    take_place(desk, conversation, channel, cause)
    if command.text is not None:
        conversation.say("visitor", command.visitor, command.id, command.text, cause)
    return Decided(conversation.id, cause.seq)


def _started_before(command: StartConversation, unit: Unit) -> Decided:
    """A start is kept under the visitor that it made, so that it is found under the old and the new token.

    Once the guest has signed in, the guest's tokens lead nowhere: others may use the same computer.
    """
    conversation = conversation_of(unit, command.shop, command.conversation)
    if conversation.visitor != command.visitor:
        raise NotFound
    seq = conversation.answer_to(command, sender=command.visitor)
    if seq is None:
        raise IdReused
    return Decided(conversation.id, seq)


def _check_new(command: StartConversation, desk: Desk, unit: Unit) -> None:
    people = command.visitor, command.sender, command.origin
    for mine in desk.seats.of(*people):
        conversation = on_desk(unit, mine)
        if conversation.knows(conversation.visitor, command.id):
            raise InProgress(mine)
    active = desk.seats.active_of(*people)
    if active is not None:
        raise InProgress(active)


def _place_or_turn_away(command: StartConversation, desk: Desk, cause: Cause) -> int | None:
    try:
        return desk.place_for_one_more(command.department)
    except NobodyOnline:
        desk.turn_away(command.sender, "offline", cause)
        raise
    except NoFreeChannel:
        desk.turn_away(command.sender, "limit", cause)
        raise


def say_message(command: SayMessage, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """A word; a visitor's in an ended conversation reopens it, if there is room, else at the end of the line."""
    party = conversation.check_party(command)
    if party == "visitor":
        desk_of(unit, command.shop).check_not_blocked(conversation.visitor, conversation.origin)
    conversation.check_may_say(party, command.sender)
    if conversation.status == "ended":
        _reopen_by_visitor(conversation, desk_of(unit, command.shop), cause)
    files = (command.attachments, command.attachment_details)
    conversation.say(party, command.sender, command.id, command.text, cause, files)


def _reopen_by_visitor(conversation: Conversation, desk: Desk, cause: Cause) -> None:
    desk.check_not_elsewhere(conversation.visitor, conversation.origin)
    channel = desk.place_for_one_more(conversation.department, prefer=conversation.operator)
    conversation.reopen("visitor", cause)
    take_place(desk, conversation, channel, cause)


def add_note(command: AddNote, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """Any operator of the shop may note something, until the conversation is history."""
    conversation.check_party(command)
    conversation.check_not_archived()
    conversation.note(command.sender, command.text, cause)


def rate_conversation(command: RateConversation, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """The visitor's verdict."""
    conversation.check_party(command)
    conversation.check_may_rate(cause.at)
    conversation.rate(command.score, command.comment, cause)


def request_transcript(command: RequestTranscript, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """Either side has the conversation sent by mail."""
    party = conversation.check_party(command)
    conversation.check_may_have_transcript(party, cause.at)
    operator = command.sender if party == "operator" else None
    conversation.request_transcript(party, operator, command.email, cause)


def identify_visitor(command: IdentifyVisitor, conversation: Conversation, unit: Unit, cause: Cause) -> None:
    """The guest signs in and keeps the conversation, unless they are in another one as who they are, or blocked."""
    conversation.check_party(command)
    conversation.check_may_identify(command.visitor)
    if conversation.visitor == command.visitor:
        return
    desk = desk_of(unit, command.shop)
    desk.check_not_blocked(conversation.visitor, conversation.origin, command.visitor)
    if conversation.status != "ended":
        desk.check_not_elsewhere(command.visitor)
    conversation.identify(command, cause)
    desk.reidentify(conversation.id, command.visitor, cause)
