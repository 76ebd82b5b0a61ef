"""Three NATS servers on loopback that form one cluster; streams are kept three times."""

from __future__ import annotations

import asyncio
import secrets
import signal
from pathlib import Path

import nats

from services.common.broker import connect
from services.standalone.nats import NatsFolder
from services.standalone.ports import LOOPBACK, free_ports
from tests.support.processes import Server
from tests.support.waiting import wait_until

NODES = 3
ELECTION_SECONDS = 30.0
START_SECONDS = 90.0
"""After kill -9 a node reads its streams and their raft logs again before it listens."""


class ClusterFolder(NatsFolder):
    """The data folder of one node."""

    def __init__(self, store: Path, port: int, password: str, name: str, own: int, routes: list[int]) -> None:
        super().__init__(store, port, password)
        self.name, self._own, self._routes = name, own, routes

    def _configuration(self) -> dict[str, object]:
        routes = [f"nats://{LOOPBACK}:{port}" for port in self._routes]
        cluster = {"name": "faults", "listen": f"{LOOPBACK}:{self._own}", "routes": routes}
        return {**super()._configuration(), "server_name": self.name, "cluster": cluster}


class NatsCluster:
    """The three nodes, by name."""

    def __init__(self, folder: Path) -> None:
        chosen, password = free_ports(2 * NODES), secrets.token_hex(8)
        ports, routes = chosen[:NODES], chosen[NODES:]
        folders = [
            ClusterFolder(folder / f"nats-{i}", ports[i], password, f"node-{i}", routes[i], routes)
            for i in range(NODES)
        ]
        self.url = ",".join(one.url for one in folders)
        self.nodes = {
            one.name: Server(one, folder / f"{one.name}.log", signal.SIGTERM, START_SECONDS) for one in folders
        }

    def start(self) -> None:
        """Start the nodes and wait until they have chosen who leads."""
        for node in self.nodes.values():
            node.start()
        wait_until(lambda: asyncio.run(self._has_leader()), ELECTION_SECONDS, what="the cluster choosing a leader")

    async def _has_leader(self) -> bool:
        broker = await connect(self.url, "cluster")
        try:
            await broker.client.jetstream(timeout=1).account_info()
        except nats.errors.Error:
            return False
        finally:
            await broker.close()
        return True

    def stop(self) -> None:
        for node in self.nodes.values():
            node.stop()
