"""Puts these routes together."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import Route

from services.common.dkim_keys import DkimKeys
from services.common.master_key import MasterKey
from services.common.settings import GatewaySettings
from services.gateway.gateway import Gateway
from services.gateway.rest.site.contact import ContactRest
from services.gateway.rest.site.mail import MailRest
from services.gateway.rest.site.mails import Mails
from services.gateway.rest.site.tag import TagRest
from services.gateway.rest.staff import StaffAccess

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(gateway: Gateway, pools: dict[str, Pool], access: StaffAccess, settings: GatewaySettings) -> list[Route]:
    """All of them; `pools` are connected to all three databases."""
    dkim, shops = DkimKeys(pools["keys"], MasterKey.load(settings)), gateway.shops
    return [
        *TagRest(pool=pools["log"], shops=shops, access=access, public_url=settings.public_url).routes(),
        *MailRest(mails=Mails(pools["log"], pools["read"]), dkim=dkim, shops=shops, access=access).routes(),
        *ContactRest(pool=pools["log"], broker=gateway.broker, access=access, settings=settings).routes(),
    ]
