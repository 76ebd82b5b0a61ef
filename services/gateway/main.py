"""The wiring of `shopbell serve gateway`."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from contracts import subjects
from services.common import erased
from services.common.broker import Broker, connect
from services.common.database import open_pool
from services.common.installation_root import rooted
from services.common.key_store import KeyStore
from services.common.logs import logger
from services.common.master_key import MasterKey
from services.common.settings import GatewaySettings
from services.common.signing_secrets import SigningSecrets
from services.common.stopping import end_tasks, stop_event
from services.common.vapid import ShopKeys
from services.gateway.access.identities import Identities
from services.gateway.access.origins import Origins
from services.gateway.access.sessions import Sessions
from services.gateway.access.tickets import Tickets
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.app import Application
from services.gateway.archive import Archive
from services.gateway.asks import Asks
from services.gateway.attachments.wiring import attachments
from services.gateway.directory import Directory
from services.gateway.dispatch import Dispatch
from services.gateway.gateway import Gateway
from services.gateway.limits import Limits
from services.gateway.live.availability import Availabilities
from services.gateway.live.blocks import Blocks
from services.gateway.live.catching_up import CatchingUp
from services.gateway.live.crowd import Crowd
from services.gateway.live.desk_views import DeskViews
from services.gateway.live.heads import HeadsCheck
from services.gateway.live.hub import Hub
from services.gateway.live.leases import LeaseKeeper
from services.gateway.live.marks import Marks
from services.gateway.live.passing import Live
from services.gateway.live.places import Places
from services.gateway.live.rooms import Rooms
from services.gateway.live.subscriptions import Subscriptions
from services.gateway.live.views import Views
from services.gateway.log_reader import LogReader
from services.gateway.onsite.inviting import Inviting
from services.gateway.onsite.sealing import Seal
from services.gateway.onsite.telling import Teller
from services.gateway.onsite.watching import Watching
from services.gateway.polls.open_polls import OpenPolls
from services.gateway.polls.store import PollStore
from services.gateway.rest.operations import OperationsRoutes
from services.gateway.rest.wiring import routes as rest
from services.gateway.server import allow_many_files, drain, listening_socket, server
from services.gateway.shared_buckets import SharedBuckets
from services.gateway.shops import Shops, StaffNames
from services.gateway.sockets.endpoints import SocketEndpoints
from services.gateway.sockets.storm import Storm
from services.gateway.tag.sightings import Sightings

log = logger(__name__)

NAME: Final = "shopbell-gateway"
LOG_CONNECTIONS: Final = 6
READ_TIMEOUT_MS: Final = 10_000
"""For one question to the read tables: whoever searches must not hold connections that others wait for."""
GC_THRESHOLDS: Final = (50_000, 20, 100)
"""A full collection of ten thousand sockets stops everything for a tenth of a second; nothing here needs one often."""

Pool = AsyncConnectionPool[AsyncConnection[Any]]


async def serve(settings: GatewaySettings) -> None:
    """Serve sockets and REST until told to stop, then ask the sockets to leave and go. Raises OSError if the
    port is taken."""
    allow_many_files()
    listening = listening_socket(settings.host, settings.port)
    try:
        async with connected(settings) as (broker, pools):
            await _serve(settings, broker, pools, listening)
    finally:
        listening.close()


@asynccontextmanager
async def connected(settings: GatewaySettings) -> AsyncIterator[tuple[Broker, dict[str, Pool]]]:
    """The broker and a pool of connections to each database."""
    async with AsyncExitStack() as stack:
        pools: dict[str, Pool] = {}
        patience: dict[str, Any] = {"options": f"-c statement_timeout={READ_TIMEOUT_MS}"}
        for database, size, more in (("log", LOG_CONNECTIONS, {}), ("read", 4, patience), ("keys", 3, {})):
            pools[database] = await open_pool(settings.dsn_of(database), NAME, max_size=size, **more)
            stack.push_async_callback(pools[database].close)
        broker = await connect(settings.nats_url, NAME)
        stack.push_async_callback(broker.close)
        yield broker, pools


async def _serve(settings: GatewaySettings, broker: Broker, pools: dict[str, Pool], listening: Any) -> None:
    master = await rooted(MasterKey.load(settings), pools["keys"])
    gateway = build(settings, broker, pools, master)
    endpoints = SocketEndpoints(gateway)
    operations = OperationsRoutes(broker, pools["log"], gateway.availabilities, gateway.storm)
    await listen(gateway)
    web = server(Application(endpoints, rest(settings, gateway, pools, master, operations)), settings)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    background = [asyncio.create_task(work()) for work in _background(gateway)]
    serving = asyncio.create_task(web.serve([listening]))
    stopping = asyncio.create_task(stop_event().wait())
    try:
        await asyncio.wait((*background, serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        endpoints.draining = operations.draining = True
        await drain(gateway.sockets)
        await gateway.leases.send_all()
        await gateway.marks.write()
        web.should_exit = True
        await serving
    finally:
        await end_tasks(*background, stopping)
    for task in background:
        if not task.cancelled():
            task.result()


def build(settings: GatewaySettings, broker: Broker, pools: dict[str, Pool], master: MasterKey) -> Gateway:
    """All parts that sockets share."""
    keys = KeyStore(pools["keys"], master)
    log_reader = LogReader(pools["log"])
    directory = Directory(log_reader)
    shops = Shops(log_reader)
    names = StaffNames(pools["log"], shops)
    files = attachments(settings, broker, pools["log"], master)
    views, desk_views = Views(names, files.links), DeskViews(names)
    marks = Marks(pools["log"])
    catching_up = CatchingUp(log_reader, directory, keys, names, views, marks)
    hub = Hub(directory, keys, names, views, catching_up)
    asks = Asks(broker)
    rooms = Rooms(hub, asks, names, desk_views)
    dispatch = Dispatch(broker)
    crowd = Crowd()
    places, subscriptions, seal = Places(hub, asks), Subscriptions(broker), Seal(master)
    return Gateway(
        broker=broker,
        log=log_reader,
        directory=directory,
        keys=keys,
        push_keys=ShopKeys(pools["keys"], master),
        shops=shops,
        names=names,
        marks=marks,
        catching_up=catching_up,
        hub=hub,
        live=Live(broker, hub),
        rooms=rooms,
        desk_views=desk_views,
        places=places,
        heads=HeadsCheck(hub, rooms, places, log_reader),
        archive=Archive(pools["read"]),
        attachments=files,
        asks=asks,
        dispatch=dispatch,
        subscriptions=subscriptions,
        availabilities=Availabilities(broker, crowd.tell),
        leases=LeaseKeeper(broker, dispatch.gateway),
        sessions=Sessions(pools["log"], broker),
        ids=VisitorIds(master),
        tokens=Tokens(master),
        tickets=Tickets(master),
        identities=Identities(SigningSecrets(pools["keys"], master)),
        origins=Origins(settings.public_url),
        limits=Limits(settings, SharedBuckets(pools["log"], master)),
        storm=Storm(settings.hellos_at_once),
        sightings=Sightings(pools["log"]),
        crowd=crowd,
        teller=Teller(broker, crowd, seal, dispatch.gateway),
        watching=Watching(broker, subscriptions, seal, dispatch.gateway),
        inviting=Inviting(broker, crowd, seal),
        open_polls=OpenPolls(PollStore(pools["read"]).open_ones),
    )


async def listen(gateway: Gateway) -> None:
    """Subscribe to what every gateway hears, and look again after the broker was away."""
    broker, client = gateway.broker, gateway.broker.client
    await gateway.dispatch.start()
    await client.subscribe(subjects.all_shop_settings(), cb=gateway.on_settings)
    blocks = Blocks(gateway.crowd, gateway.asks, gateway.ids)
    for subject in (subjects.all_blocks(), subjects.all_unblocks()):
        await client.subscribe(subject, cb=blocks.heard)
    await client.hear(subjects.watched_sites(), gateway.teller.heard)
    await client.hear(subjects.all_invitations(), gateway.inviting.heard)
    await client.subscribe(subjects.all_polls(), cb=gateway.open_polls.heard)
    await client.subscribe(subjects.sign_outs(), cb=gateway.sessions.heard)
    await erased.listen(broker, gateway.keys)
    broker.on_reconnect += [gateway.heads.at_once, gateway.availabilities.restart, gateway.leases.again]
    broker.on_reconnect.append(gateway.watching.again)
    broker.on_slow_consumer.append(lambda _subscription: gateway.heads.at_once())


def _background(gateway: Gateway) -> list[Callable[[], Coroutine[Any, Any, None]]]:
    """What runs beside the sockets; one that fails ends the process."""
    return [
        gateway.dispatch.run,
        gateway.availabilities.run,
        gateway.heads.run,
        gateway.leases.run,
        gateway.limits.run,
        gateway.marks.run,
        gateway.open_polls.run,
        gateway.sessions.run,
        gateway.sightings.run,
        gateway.teller.run,
        gateway.watching.run,
    ]
