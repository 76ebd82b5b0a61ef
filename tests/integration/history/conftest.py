"""A client of history's REST that is signed in, and what stands behind the routes: real tables, a made-up owner."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import httpx
import psycopg
import pytest
from starlette.applications import Starlette

from contracts import subjects
from contracts.answers import Answer, Stored
from contracts.conversations.commands import DeleteConversation
from services.common.broker import Broker
from services.common.database import open_pool
from services.common.following import Step
from services.common.master_key import MasterKey
from services.common.settings import ProjectionsSettings, Settings
from services.common.staff import NewAccount, create_account
from services.gateway.access.origins import Origins
from services.gateway.access.sessions import Sessions
from services.gateway.attachments.links import Links
from services.gateway.dispatch import Dispatch
from services.gateway.log_reader import LogReader
from services.gateway.rest.history.routes import HistoryRest, routes
from services.gateway.rest.history.store import HistoryStore
from services.gateway.rest.problems import Problem, problem_response
from services.gateway.rest.staff import StaffAccess
from services.gateway.shops import Shops, StaffNames
from services.projections.main import pools
from services.projections.projection import HistoryProjection, positions_of
from tests.support.told import Told, append


@dataclass
class Owner:
    """Stands for the partition's owner: notes the commands, and answers as it is told to."""

    gateway: str = "gw"
    commands: list[DeleteConversation] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Stored(n=1, seq=5))
    answers: dict[UUID, Answer] = field(default_factory=dict)

    def next_number(self) -> int:
        return 1

    async def ask(self, command: DeleteConversation) -> Answer:
        self.commands.append(command)
        return self.answers.get(command.conversation, self.answer)


@dataclass
class Rest:
    """A client that is signed in, and what stands behind the routes."""

    client: httpx.AsyncClient
    owner: Owner
    settings: Settings
    projection: HistoryProjection
    sessions: Sessions
    shops: Shops
    store: HistoryStore
    names: StaffNames
    links: Links

    async def tell(self, *conversations: Told) -> None:
        """Put conversations into the log, and the log into the tables."""
        append(self.settings, *conversations)
        for partition in {subjects.partition_of(told.shop) for told in conversations}:
            while await self.projection.advance(partition) is Step.MORE:
                pass

    async def get(self, path: str = "", **params: Any) -> Any:
        response = await self.client.get(f"/v1/shops/demo/conversations{path}", params=params)
        assert response.status_code == 200, response.text
        return response.json()

    async def ids(self, **params: Any) -> list[str]:
        """Of all pages."""
        found, cursor = [], ""
        while cursor is not None:
            page = await self.get(**params, cursor=cursor)
            found += [item["id"] for item in page["items"]]
            cursor = page["next"]
        return found


@pytest.fixture
async def rest(settings: Settings) -> AsyncIterator[Rest]:
    with psycopg.connect(settings.dsn_of("log")) as log:
        account = create_account(log, NewAccount("demo", "ann@demo.example", "Ann", "manager", "correct horse"))
        log.execute("UPDATE staff.account SET id = 'o_ann' WHERE id = %s", [account])
    log_pool = await open_pool(settings.dsn_of("log"), "test")
    owner = Owner()
    async with pools(ProjectionsSettings(**settings.model_dump())) as (projection_log, read_pool, keys):
        async with read_pool.connection() as connection:
            await positions_of().create(connection)
        sessions = Sessions(log_pool, Broker())
        shops = Shops(LogReader(log_pool))
        history = HistoryRest(
            store=HistoryStore(read_pool),
            names=StaffNames(log_pool, shops),
            shops=shops,
            dispatch=cast(Dispatch, owner),
            access=StaffAccess(sessions, Origins()),
            links=Links(MasterKey(bytes(32))),
        )
        app = Starlette(routes=routes(history), exception_handlers={Problem: problem_response})
        headers = {"Authorization": f"Bearer {await sessions.create('o_ann', 'demo')}"}
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test", headers=headers) as client:
            yield Rest(
                client,
                owner,
                settings,
                HistoryProjection(projection_log, read_pool, keys),
                sessions,
                shops,
                history.store,
                history.names,
                history.links,
            )
    await log_pool.close()
