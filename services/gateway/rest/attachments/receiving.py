"""Takes a file from a request: sealed as it comes, told by its content, kept in the object store if it is taken."""

import asyncio
import tempfile
from dataclasses import dataclass
from io import BufferedReader
from typing import BinaryIO, Final, cast
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request

from contracts.conversations.attachments import FILE_BYTES_MOST, AttachmentDetails
from services.common.attachments.details import sealed, unsealed
from services.common.attachments.sealed_files import Opened, Sealer
from services.common.attachments.store import Away
from services.common.database import DatabaseAway
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.common.person_keys import PersonKey
from services.gateway.attachments.attachments import Attachments
from services.gateway.attachments.book import Held, Sender, TooMany, TooMuch
from services.gateway.attachments.kinds import Kind, kind_of
from services.gateway.attachments.names import file_name
from services.gateway.rest.cors import NAME_HEADER
from services.gateway.rest.problems import Problem, unavailable

log = logger(__name__)

IN_MEMORY: Final = 1 << 20
"""Bytes of one file, sealed; what is more waits in a temporary file, which has no name."""
SECONDS_MOST: Final = 600.0
"""For one file to arrive."""


@dataclass(frozen=True)
class Receiving:
    """What receiving works with."""

    attachments: Attachments
    keys: KeyStore

    async def receive(self, request: Request, sender: Sender) -> AttachmentDetails:
        """The file in the request's body, kept; or what the same command brought before. Raises Problem."""
        size = _size(request)
        key = await self.keys.get(sender.shop, sender.person)
        if key is None:
            raise not_found()
        held = await self._begin(sender, size)
        if held.stored:
            return unsealed(held.details, key)
        kept = False
        try:
            details = await self._take(request, held, key)
            kept = await self.attachments.book.stored(held.id, details.size, sealed(details, key))
            if not kept:  # perhaps so late that its row is forgotten: then nobody else would remove what has come since
                await self.attachments.store.remove(held.id)
        except Away:
            raise unavailable() from None
        finally:
            if not kept:
                await asyncio.shield(self._discard(held))
        if not kept:
            raise Problem(409, "not_open", "The conversation is gone, or the file was sent once more meanwhile.")
        return details

    async def _begin(self, sender: Sender, size: int) -> Held:
        try:
            return await self.attachments.book.begin(sender, size)
        except TooMany as many:
            headers = {"Retry-After": str(max(1, round(many.seconds)))}
            raise Problem(429, "rate_limited", "So many files at once can't be sent; wait a while.", headers) from None
        except TooMuch:
            raise Problem(
                409, "conversation_full", "This conversation has as many files as it may have, taken together."
            ) from None

    async def _take(self, request: Request, held: Held, key: PersonKey) -> AttachmentDetails:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as spooled:
            spool = cast("BinaryIO", spooled)
            size = await _read(request, Sealer(spool, key, held.id))
            clear = cast("BinaryIO", BufferedReader(Opened(spool, size, key, held.id)))
            kind = await asyncio.to_thread(kind_of, clear)
            if kind is None:
                raise _unfit(size)
            spool.seek(0)
            await self.attachments.store.put(held.id, spool)
        return AttachmentDetails(id=held.id, name=_name(request, kind), type=kind.type, size=size)

    async def _discard(self, held: Held) -> None:
        """Who can't write down that it is not wanted leaves that to the hour after which nobody wants it."""
        try:
            await self.attachments.book.discard(held.id)
        except DatabaseAway:
            log.warning("A file that is not wanted stays for an hour", shop=held.shop)


def not_found() -> Problem:
    return Problem(404, "not_found", "There is no such conversation.")


def _size(request: Request) -> int:
    """How many bytes will come at most. Raises Problem."""
    said = request.headers.get("content-length")
    size = int(said) if said is not None and said.isdecimal() else FILE_BYTES_MOST
    if size > FILE_BYTES_MOST:
        raise _too_large()
    return size


async def _read(request: Request, sealer: Sealer) -> int:
    """All of the body. Returns its bytes."""
    try:
        async with asyncio.timeout(SECONDS_MOST):
            async for some in request.stream():
                if sealer.size + len(some) > FILE_BYTES_MOST:
                    raise _too_large()
                sealer.take(some)
    except (TimeoutError, ClientDisconnect):
        raise Problem(408, "incomplete", "The file did not arrive whole; send it again.") from None
    sealer.finish()
    return sealer.size


def _name(request: Request, kind: Kind) -> str:
    return file_name(unquote(request.headers.get(NAME_HEADER, "")[:3_000])[:1_000], kind)


def _too_large() -> Problem:
    return Problem(413, "too_large", f"A file may have {FILE_BYTES_MOST // 2**20} MiB at most.")


def _unfit(size: int) -> Problem:
    why = (
        "Files of this kind can't be sent: pictures, PDF, text, office documents without macros, ZIP and videos can."
        if size
        else "The file is empty."
    )
    return Problem(415, "unfit_type", why)
