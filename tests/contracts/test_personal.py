"""Personal data stand only in marked fields, and every marked field shows it in its schema."""

import pytest

from contracts.conversations import commands, events
from contracts.engagement import campaign_commands, campaign_events, review_commands, review_events
from contracts.generate import event_schema
from contracts.logs import COMMANDS, EVENTS
from contracts.personal import personal_fields

ALL_EVENTS = [event for log in EVENTS.values() for event in log]
ALL_COMMANDS = [command for log in COMMANDS.values() for command in log]

PERSON = {"customer", "name", "email", "phone"}
MESSAGE = {"customer", "first_name", "last_name", "email", "phone", "text", "page"}

PERSONAL_OF_EVENTS = {
    events.ConversationStarted: PERSON | {"page", "fields"},
    events.MessageSaid: {"text", "attachment_details"},
    events.NoteAdded: {"text"},
    events.ConversationRated: {"comment"},
    events.VisitorIdentified: PERSON,
    events.TranscriptRequested: {"email"},
    events.OfflineMessageLeft: MESSAGE,
    events.OfflineMessageAnswered: {"text"},
    campaign_events.PushSubscriptionAdded: {"address"},
    campaign_events.PushSubscriptionRenewed: {"address"},
    review_events.OrderPlaced: {"customer", "email", "name"},
    review_events.ReviewRequestIssued: {"email", "name"},
    review_events.ReviewWritten: {"text", "author"},
    review_events.ReviewReplied: {"text"},
}
PERSONAL_OF_COMMANDS = {
    commands.StartConversation: PERSON | {"page", "fields", "text"},
    commands.SayMessage: {"text", "attachment_details"},
    commands.AddNote: {"text"},
    commands.RateConversation: {"comment"},
    commands.IdentifyVisitor: PERSON,
    commands.RequestTranscript: {"email"},
    commands.LeaveOfflineMessage: MESSAGE,
    commands.AnswerOfflineMessage: {"text"},
    campaign_commands.AddPushSubscription: {"address"},
    review_commands.PlaceOrder: {"customer", "email", "name"},
    review_commands.WriteReview: {"text", "author"},
    review_commands.ImportReview: {"text", "author", "reply"},
    review_commands.ReplyToReview: {"text"},
}


@pytest.mark.parametrize("event", ALL_EVENTS, ids=events.topic_of)
def test_personal_fields_of_events_are_where_they_should_be(event: type[events.Event]) -> None:
    assert set(personal_fields(event)) == PERSONAL_OF_EVENTS.get(event, set())


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=commands.kind_of)
def test_personal_fields_of_commands_are_where_they_should_be(command: type[commands.Command]) -> None:
    assert set(personal_fields(command)) == PERSONAL_OF_COMMANDS.get(command, set())


@pytest.mark.parametrize("event", ALL_EVENTS, ids=events.topic_of)
def test_names_that_sound_personal_are_marked(event: type[events.Event]) -> None:
    suspicious = {*MESSAGE, "comment", "fields", "address"}
    assert suspicious & set(event.__struct_fields__) <= set(personal_fields(event))


@pytest.mark.parametrize("event", PERSONAL_OF_EVENTS, ids=events.topic_of)
def test_schema_shows_the_mark(event: type[events.Event]) -> None:
    properties = event_schema(event)["properties"]
    marked = {name for name, schema in properties.items() if "'x-personal': True" in str(schema)}
    assert marked == PERSONAL_OF_EVENTS[event]
