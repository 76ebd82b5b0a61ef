"""All routes of REST, each with what it works with."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from starlette.routing import BaseRoute

from services.common.master_key import MasterKey
from services.common.push_services import KnownServices
from services.common.settings import GatewaySettings
from services.common.signing_secrets import SigningSecrets
from services.gateway.access.api_keys import ApiKeys
from services.gateway.gateway import Gateway
from services.gateway.rest import messages
from services.gateway.rest.access import wiring as staff
from services.gateway.rest.attachments import wiring as files_of_messages
from services.gateway.rest.campaigns import wiring as campaigns
from services.gateway.rest.changes import wiring as changes
from services.gateway.rest.demo_shop import DemoShop
from services.gateway.rest.docs import DocsRoutes
from services.gateway.rest.history import routes as history
from services.gateway.rest.history.store import HistoryStore
from services.gateway.rest.lists import wiring as lists
from services.gateway.rest.operations import OperationsRoutes
from services.gateway.rest.orders import wiring as orders
from services.gateway.rest.persons import wiring as persons
from services.gateway.rest.polls import wiring as polls
from services.gateway.rest.push import PushRoutes
from services.gateway.rest.reviews import wiring as reviews
from services.gateway.rest.settings import SettingsRoutes
from services.gateway.rest.site import wiring as site
from services.gateway.rest.staff import StaffAccess
from services.gateway.rest.static_files import StaticFiles

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def routes(
    settings: GatewaySettings,
    gateway: Gateway,
    pools: dict[str, Pool],
    master: MasterKey,
    operations: OperationsRoutes,
) -> list[BaseRoute]:
    """`pools` are connected to all three databases; `master` has the installation's root."""
    keys = ApiKeys(pools["log"], gateway.limits.key)
    access = StaffAccess(gateway.sessions, gateway.origins, gateway.shops, keys)
    past = history.HistoryRest(
        store=HistoryStore(pools["read"]),
        names=gateway.names,
        shops=gateway.shops,
        dispatch=gateway.dispatch,
        access=access,
        links=gateway.attachments.links,
    )
    services = KnownServices.of_settings(settings.push_private_networks, settings.push_services)
    files, secrets = StaticFiles(demo=settings.demo), SigningSecrets(pools["keys"], master)
    settings_routes = SettingsRoutes(access, gateway.shops, gateway.names, gateway.dispatch)
    return [
        *operations.routes(),
        *staff.routes(gateway, pools, master, access, keys),
        *settings_routes.routes(),
        *changes.routes(gateway, pools, access, settings_routes),
        *history.routes(past),
        *lists.routes(gateway, pools, access),
        *messages.routes(gateway, pools, access),
        *files_of_messages.routes(gateway, access),
        *persons.routes(gateway, pools, access, settings.keys_backup_days),
        *polls.routes(gateway, pools, access),
        *campaigns.routes(gateway, pools, access, settings, services),
        *orders.routes(gateway, pools, access, master),
        *reviews.routes(gateway, pools, master, access, settings.public_url),
        *site.routes(gateway, pools, access, settings),
        *PushRoutes(pools["log"], pools["keys"], master, access, services).routes(),
        *DocsRoutes().routes(),
        *(DemoShop(files, secrets).routes() if settings.demo else []),
        *files.routes(),
    ]
