"""The wiring of what visitors leave and take away: offline messages, their inbox, and transcripts."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.gateway.gateway import Gateway
from services.gateway.rest import transcript
from services.gateway.rest.cors import ShopPages
from services.gateway.rest.offline import form, inbox
from services.gateway.rest.offline.form import OfflineForm
from services.gateway.rest.offline.inbox import Inbox
from services.gateway.rest.offline.inbox_store import InboxStore
from services.gateway.rest.offline.mail_store import MailStore
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.transcript import Transcripts
from services.gateway.rest.visitors import Visitors

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess) -> list[Route]:
    """All of them; `pools` are connected to the databases `log` and `read`."""
    pages = ShopPages(gateway.shops, gateway.origins)
    visitors = Visitors(gateway.ids, gateway.tokens, gateway.identities)
    filled_in = OfflineForm(
        visitors=visitors,
        tokens=gateway.tokens,
        tickets=gateway.tickets,
        keys=gateway.keys,
        dispatch=gateway.dispatch,
        limits=gateway.limits,
    )
    left = Inbox(
        store=InboxStore(pools["read"]),
        mails=MailStore(pools["log"]),
        log=gateway.log,
        keys=gateway.keys,
        names=gateway.names,
        dispatch=gateway.dispatch,
        access=access,
    )
    transcripts = Transcripts(
        visitors=visitors,
        ids=gateway.ids,
        access=access,
        directory=gateway.directory,
        keys=gateway.keys,
        dispatch=gateway.dispatch,
        limits=gateway.limits,
    )
    return [*form.routes(filled_in, pages), *inbox.routes(left), *transcript.routes(transcripts, pages)]
