"""The floor's worker: what remains of a conversations worker without the product.

Commands come by raw pull, are committed as a group through the recorder of the `eventsourcing`
library (database functions on, fsync on), and leave as events of a JetStream stream, many in
flight. While one group commits the next one gathers; nothing ever waits to fill a group.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import msgspec
import nats
import uvloop
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import AggregateNotFoundError, StoredEvent  # noqa: F401
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from nats.aio.client import Client
from nats.aio.msg import Msg

COMMANDS, EVENTS, DURABLE = "FLOOR-COMMANDS", "FLOOR-EVENTS", "floor"
MOST_IN_A_GROUP = 256
CREDIT = 1024
MOST_UNACKNOWLEDGED = 4096
