"""One partition of the log as an application of the `eventsourcing` library."""

from typing import Any, Final
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import AggregateRecorder, BaseInfrastructureFactory, EventStore, Mapper
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresFactory
from eventsourcing.utils import Environment, EnvType

from contracts import subjects
from services.common.eventlog.store.datastore import Pool, SharedDatastore
from services.common.eventlog.store.mapper import ContractMapper
from services.common.eventlog.store.recorder import LogRecorder

SNAPSHOTS: Final = "snapshots"


class SharedFactory(PostgresFactory):
    """The library's factory, over a pool that all partitions share."""

    def __init__(self, env: Environment, pool: Pool, schema: str) -> None:
        BaseInfrastructureFactory.__init__(self, env)  # the next class up would make a pool for itself
        self.datastore: SharedDatastore = SharedDatastore(pool, schema)

    def application_recorder(self) -> LogRecorder:
        return LogRecorder(self.datastore)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        return PostgresAggregateRecorder(self.datastore, events_table_name=f"stored_{purpose}")


class PartitionLog(Application[UUID]):
    """The events, snapshots and notification log of one partition.

    Reading is the library's; writing goes through `recorder.append` alone, by way of the group commit.
    """

    recorder: LogRecorder
    is_snapshotting_enabled = True

    def __init__(self, pool: Pool, partition: int, log: str) -> None:
        self.partition = partition
        self._pool, self._schema = pool, subjects.log_schema(log, partition)
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """No environment variable of the library counts here: our settings say where the log is."""
        return Environment(name, {"IS_SNAPSHOTTING_ENABLED": "y", **(env or {})})

    def construct_factory(self, env: Environment) -> Any:
        return SharedFactory(env, self._pool, self._schema)

    def construct_mapper(self) -> Mapper[UUID]:
        return ContractMapper(self.construct_transcoder())

    def construct_snapshot_store(self) -> EventStore[UUID]:
        return EventStore(self.mapper, self.factory.aggregate_recorder(purpose=SNAPSHOTS))
