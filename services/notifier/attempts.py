"""One attempt at one mail: read what it says, write it out, hand it over, and judge what came of it."""

import asyncio
import random
import traceback
from collections.abc import Callable
from typing import Final, TypeVar
from uuid import UUID

from services.common.dkim_keys import DkimKey, DkimKeys
from services.common.logs import logger
from services.common.master_key import WrongMasterKey
from services.notifier.letters import trial
from services.notifier.letters.letter import Letter, NotWanted, Unsendable
from services.notifier.message import build
from services.notifier.outcomes import Later, Never, Outcome
from services.notifier.persisting import persist
from services.notifier.policy import pause_after
from services.notifier.queue import Due
from services.notifier.reading import AnySource, Gone, NotYet, Reader
from services.notifier.rendering import Written, render
from services.notifier.signing import sign
from services.notifier.smtp import Connection

log = logger(__name__)

NOT_YET_SECONDS: Final = 5.0
AFTER_OUR_OWN_FAULT_SECONDS: Final = 300.0

T = TypeVar("T")


class Attempts:
    """Makes attempts, any number at the same time."""

    def __init__(self, reader: Reader, dkim: DkimKeys, *, first_pause: float, give_up_after: float) -> None:
        """`first_pause`: seconds before the second attempt; `give_up_after`: seconds since the first."""
        self._reader, self._dkim = reader, dkim
        self._first_pause, self._give_up_after = first_pause, give_up_after

    async def make(self, mail: Due, connection: Connection) -> Outcome:
        """What comes of it. Raises WrongMasterKey: with that, nothing can be read."""
        try:
            await self._hand_over(mail, connection)
        except Gone:
            return Outcome("dropped")
        except NotWanted as reason:
            return Outcome("dropped", str(reason))
        except NotYet:
            return Outcome("not_yet", seconds=NOT_YET_SECONDS)
        except (Never, Unsendable) as reason:
            return Outcome("failed", str(reason))
        except Later as reason:
            return self._later(mail, str(reason), self._first_pause)
        except WrongMasterKey:
            raise
        except Exception as error:  # the message of an error of ours may hold what the mail says
            log.error("A mail could not be made", mail=str(mail.id), kind=mail.kind, error=_place(error))
            return self._later(mail, "The mail could not be made.", AFTER_OUR_OWN_FAULT_SECONDS)
        return Outcome("sent")

    async def _hand_over(self, mail: Due, connection: Connection) -> None:
        source = await persist(lambda: self._reader.source(mail))
        key = await persist(lambda: self._dkim.signing(mail.shop))
        letter, written = await _aside(source.is_large, _compose, source)

        async def wire(utf8: bool) -> bytes:
            return await _aside(source.is_large or key is not None, _wire, letter, written, mail.id, key, utf8)

        await connection.send(letter.sender, letter.to, wire)

    def _later(self, mail: Due, reason: str, first_pause: float) -> Outcome:
        patience = trial.GIVE_UP_SECONDS if mail.kind == trial.KIND else self._give_up_after
        if mail.tried_for > patience:
            return Outcome("failed", reason)
        return Outcome("pending", reason, pause_after(mail.attempts, first_pause, random.random()))


async def _aside(long: bool, work: Callable[..., T], *arguments: object) -> T:
    """What takes long is done beside the event loop; for what doesn't, a thread would take longer."""
    return await asyncio.to_thread(work, *arguments) if long else work(*arguments)


def _compose(source: AnySource) -> tuple[Letter, Written]:
    letter = source.letter()
    return letter, render(letter)


def _wire(letter: Letter, written: Written, mail: UUID, key: DkimKey | None, utf8: bool) -> bytes:
    return sign(build(letter, written, mail, utf8=utf8), letter.sender, key)


def _place(error: Exception) -> str:
    """What kind of error, and in which line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
