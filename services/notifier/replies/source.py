"""What the mail of unread replies is made of, read from the log when it is sent; and whether it is wanted still."""

from typing import Any, Final

from psycopg import AsyncConnection

from contracts.conversations import events as happened
from contracts.logs import AnyEvent
from services.common.person_keys import PersonKey, Unreadable, open_fields
from services.notifier.letters import unread
from services.notifier.letters.letter import Letter, NotWanted, Office
from services.notifier.queue import Due
from services.notifier.replies.words import READ, mailed_before, mark, unread_of

READ_MEANWHILE: Final = "The visitor has read it meanwhile."
TURNED_OFF: Final = "The shop sends no mails of unread replies now."

Connection = AsyncConnection[Any]


class UnreadSource:
    """Everything that such a mail is composed of; as `Source` is for the others."""

    is_large: Final = False

    def __init__(self, missed: unread.Missed, office: Office) -> None:
        self._missed, self._office = missed, office

    def letter(self) -> Letter:
        """Raises Unsendable."""
        return unread.compose(self._missed, self._office)


async def missed(
    connection: Connection, mail: Due, events: list[AnyEvent], office: Office, key: PersonKey
) -> UnreadSource | None:
    """None if nobody can open it any more. `events` are the conversation's. Raises NotWanted if it is not to go, as
    things stand now."""
    if not office.settings.unread_mails:
        raise NotWanted(TURNED_OFF)
    read = await mark(connection, mail.shop, mail.aggregate, READ)
    after = max(read, await mailed_before(connection, mail.aggregate, mail.seq))
    words = [word for word in unread_of(events, after) if word.originator_version <= mail.seq]
    if not words:
        raise NotWanted(READ_MEANWHILE)
    try:
        started = [open_fields(event, key) for event in events if isinstance(event, happened.ConversationStarted)]
        identified = [open_fields(event, key) for event in events if isinstance(event, happened.VisitorIdentified)]
        said = [open_fields(word, key) for word in words]
    except Unreadable:
        return None
    found = unread.Missed(started[0], identified, said)
    if unread.address_of(found) is None:
        raise NotWanted(unread.NO_ADDRESS)
    return UnreadSource(found, office)
