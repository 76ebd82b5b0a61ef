"""What a mail says, read from the log in clear when it is sent: nothing of it is kept anywhere else."""

from datetime import UTC, datetime
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from contracts import registry, subjects
from contracts.conversations import events as happened
from contracts.conversations.settings import ShopSettings
from contracts.logs import AnyEvent
from services.common.following import Pool
from services.common.key_store import KeyStore
from services.common.person_keys import PersonKey, Unreadable, open_fields
from services.notifier.letters import answer, offline_message, receipt, review, staff, transcript, trial, unread
from services.notifier.letters.letter import Letter, Office
from services.notifier.queue import Due
from services.notifier.replies.source import UnreadSource, missed
from services.notifier.reviews.source import ReviewMails, ReviewSource
from services.notifier.reviews.trying import TrialSource, trial_of, trial_source
from services.notifier.shops import names_of, settings_of
from services.notifier.staff_mails import StaffMails, StaffSource

_EVENTS: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = %s ORDER BY originator_version")
_ONE: Final = SQL("SELECT topic, state FROM {} WHERE originator_id = %s AND originator_version = %s")
_ERASURE: Final = """
    SELECT done_at, key_print, conversations, offline_messages, log_entries, backup_days
    FROM erasure.erasure WHERE shop = %s AND number = %s AND done_at IS NOT NULL
"""

MANY_EVENTS: Final = 30
LONG_TEXT: Final = 50_000

Connection = AsyncConnection[Any]


class Gone(Exception):
    """Erased, deleted or removed: there is nothing to send any more."""


class NotYet(Exception):
    """What the mail tells of is still under way."""


class Source:
    """Everything that a letter is composed of; composing itself is `letter`, which waits for nothing."""

    def __init__(self, mail: Due, events: list[AnyEvent], key: PersonKey | None, office: Office) -> None:
        self.mail, self._events, self._key, self._office = mail, events, key, office
        self.erasure: receipt.Erasure | None = None

    @property
    def is_large(self) -> bool:
        """Whether composing takes more than a moment."""
        texts = (getattr(event, "text", None) or "" for event in self._events)
        return len(self._events) > MANY_EVENTS or any(len(text) > LONG_TEXT for text in texts)

    def letter(self) -> Letter:
        """Raises Gone, Unsendable or NotWanted."""
        if self.mail.kind == trial.KIND:
            return trial.compose(self._office, datetime.now(UTC))
        match self._event():
            case happened.OfflineMessageLeft() as left:
                return offline_message.compose(left, self._office)
            case happened.OfflineMessageAnswered() as answered:
                return self._answer(answered)
            case happened.TranscriptRequested() as asked:
                return self._transcript(asked)
            case happened.PersonErased() as erased if self.erasure is not None:
                return receipt.compose(erased, self.erasure, self._office)
        raise Gone

    def _answer(self, answered: happened.OfflineMessageAnswered) -> Letter:
        left = self._open(self._events[0])
        if not isinstance(left, happened.OfflineMessageLeft):
            raise Gone
        answers = [one for one in self._events if isinstance(one, happened.OfflineMessageAnswered)]
        earlier = [one for one in answers if one.originator_version < answered.originator_version]
        return answer.compose(left, answered, earlier, self._office)

    def _transcript(self, asked: happened.TranscriptRequested) -> Letter:
        started = self._open(self._events[0])
        if not isinstance(started, happened.ConversationStarted):
            raise Gone
        said = [self._open(one) for one in self._events if isinstance(one, happened.MessageSaid)]
        return transcript.compose(started, said, asked, self._office)

    def _event(self) -> Any:
        """The one that called for the mail."""
        event = next((one for one in self._events if one.originator_version == self.mail.seq), None)
        if event is None:
            raise Gone
        return self._open(event)

    def _open(self, event: AnyEvent) -> Any:
        if self._key is None:
            return event
        try:
            return open_fields(event, self._key)
        except Unreadable:
            raise Gone from None


AnySource = Source | StaffSource | ReviewSource | TrialSource | UnreadSource


class Reader:
    """Reads sources, each by key within one partition."""

    def __init__(
        self,
        pool: Pool,
        keys: KeyStore,
        staff_mails: StaffMails,
        review_mails: ReviewMails,
        *,
        public_url: str = "",
        mail_from: str = "",
    ) -> None:
        self._pool, self._keys, self._staff, self._reviews = pool, keys, staff_mails, review_mails
        self._public_url, self._mail_from = public_url, mail_from

    async def source(self, mail: Due) -> AnySource:
        """Raises Gone, NotYet or NotWanted, and psycopg's errors while a database is away."""
        if mail.kind in staff.KINDS:
            return await self._of_staff(mail)
        key = await self._keys.get(mail.shop, mail.person) if mail.person else None
        if mail.person and key is None:
            raise Gone
        if mail.kind in review.KINDS and key is not None:
            return await self._of_review(mail, key)
        async with self._pool.connection() as connection:
            events = await _events(connection, mail)
            settings = await _settings(connection, mail.shop)
            names = await names_of(connection, mail.shop, events)
            office = Office(settings, names, self._public_url, self._mail_from)
            if mail.kind == trial.KIND and (wanted := await trial_of(connection, mail)) is not None:
                return await trial_source(connection, mail, wanted, office)
            if mail.kind == unread.KIND and key is not None:
                return await self._of_unread(connection, mail, events, office, key)
            source = Source(mail, events, key, office)
            if mail.kind == receipt.KIND:
                source.erasure = await _erasure(connection, mail.shop, events)
        return source

    async def _of_staff(self, mail: Due) -> StaffSource:
        async with self._pool.connection() as connection:
            told = await self._staff.told(connection, mail)
            if told is None:
                raise Gone
            settings = await _settings(connection, mail.shop)
        return StaffSource(told, Office(settings, {}, self._public_url, self._mail_from))

    async def _of_unread(
        self, connection: Connection, mail: Due, events: list[AnyEvent], office: Office, key: PersonKey
    ) -> UnreadSource:
        found = await missed(connection, mail, events, office, key)
        if found is None:
            raise Gone
        return found

    async def _of_review(self, mail: Due, key: PersonKey) -> ReviewSource:
        links = await self._reviews.links()
        async with self._pool.connection() as connection:
            asked = await self._reviews.asked(connection, mail, key)
            if asked is None:
                raise Gone
            settings = await _settings(connection, mail.shop)
        return ReviewSource(asked, Office(settings, {}, self._public_url, self._mail_from), links)


async def _events(connection: Connection, mail: Due) -> list[AnyEvent]:
    """Of the aggregate, sealed as they are; of a Shop only the one; for a test there are none."""
    if mail.kind == trial.KIND:
        return []
    if mail.kind == receipt.KIND:
        found = await _read(connection, mail.shop, _ONE, [mail.aggregate, mail.seq])
    else:
        found = await _read(connection, mail.shop, _EVENTS, [mail.aggregate])
    gone = happened.ConversationDeleted | happened.OfflineMessageDeleted
    if not found or any(isinstance(event, gone) for event in found):
        raise Gone
    return found


async def _settings(connection: Connection, shop: str) -> ShopSettings:
    settings = await settings_of(connection, shop)
    if settings is None:
        raise Gone
    return settings


async def _erasure(connection: Connection, shop: str, events: list[AnyEvent]) -> receipt.Erasure:
    numbers = [event.number for event in events if isinstance(event, happened.PersonErased)]
    row = await (await connection.execute(_ERASURE, [shop, *numbers])).fetchone()
    if row is None:
        raise NotYet
    return receipt.Erasure(*row)


async def _read(connection: Connection, shop: str, query: SQL, parameters: list[Any]) -> list[AnyEvent]:
    schema = subjects.log_schema(subjects.CONVERSATIONS, subjects.partition_of(shop))
    cursor = await connection.execute(query.format(Identifier(schema, "stored_events")), parameters)
    return [registry.decode(topic, bytes(state)) for topic, state in await cursor.fetchall()]
