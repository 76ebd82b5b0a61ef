"""What mails to staff are made of, read from the tables of access when they are sent."""

from typing import Any, Final

from psycopg import AsyncConnection

from services.common.following import Pool
from services.common.installation_root import rooted
from services.common.master_key import MasterKey
from services.common.staff_links import StaffLinks
from services.notifier.letters import staff
from services.notifier.letters.letter import Letter, Office
from services.notifier.letters.staff import Told
from services.notifier.queue import Due

_INVITATION: Final = """
    SELECT email, invitation.name, invitation.language, sent_at, expires_at, role,
        coalesce((SELECT coalesce(membership.name, account.name)
                  FROM staff.membership JOIN staff.account ON account.id = account
                  WHERE membership.shop = invitation.shop AND account = invited_by), '')
    FROM staff.invitation WHERE id = %s AND seq = %s AND shop = %s AND expires_at > now()
"""
_LETTER: Final = """
    SELECT email, name, letter.language, letter.created_at, letter.expires_at
    FROM staff.letter JOIN staff.account ON account.id = account
    WHERE letter.id = %s AND kind = %s AND disabled_at IS NULL
      AND (kind <> 'password_reset' OR (used_at IS NULL AND expires_at > now()))
"""


class StaffSource:
    """Everything that such a mail is composed of; as `Source` is for the others."""

    is_large: Final = False

    def __init__(self, told: Told, office: Office) -> None:
        self._told, self._office = told, office

    def letter(self) -> Letter:
        """Raises Unsendable."""
        return staff.compose(self._told, self._office)


class StaffMails:
    """Reads them, and makes their links anew, which are kept nowhere."""

    def __init__(self, keys_pool: Pool, master: MasterKey) -> None:
        """`keys_pool` connects to the database of keys."""
        self._keys_pool, self._master = keys_pool, master
        self._links: StaffLinks | None = None

    async def told(self, connection: AsyncConnection[Any], mail: Due) -> Told | None:
        """None if there is nothing to send any more: withdrawn, used or sent again meanwhile."""
        if mail.kind == staff.INVITATION:
            return await self._invitation(connection, mail)
        row = await (await connection.execute(_LETTER, [mail.aggregate, mail.kind])).fetchone()
        if row is None:
            return None
        email, name, language, at, until = row
        if mail.kind != staff.RESET:
            return Told(mail.kind, email, name, language, at)
        token = (await self._made()).make("password_reset", mail.aggregate)
        return Told(mail.kind, email, name, language, at, until, token)

    async def _invitation(self, connection: AsyncConnection[Any], mail: Due) -> Told | None:
        row = await (await connection.execute(_INVITATION, [mail.aggregate, mail.seq, mail.shop])).fetchone()
        if row is None:
            return None
        email, name, language, at, until, role, author = row
        token = (await self._made()).make("invitation", mail.aggregate, mail.seq)
        return Told(mail.kind, email, name, language, at, until, token, author, role)

    async def _made(self) -> StaffLinks:
        if self._links is None:
            self._links = StaffLinks(await rooted(self._master, self._keys_pool))
        return self._links
