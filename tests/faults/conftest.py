"""An installation for each scenario, the number of faults, the seed, and the table of results."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.cluster import NatsCluster
from tests.faults.installation import Installation
from tests.faults.results import Results
from tests.support.processes import NatsServer

FULL, SHORT = 10, 1


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    """Whether this is the long version."""
    return bool(pytestconfig.getoption("--full-faults"))


@pytest.fixture
def long_version(full: bool) -> None:
    """Leaves a test to the long version; by `usefixtures`, which comes before an installation is started in vain."""
    if not full:
        pytest.skip("part of `make faults`")


@pytest.fixture
def short_version(full: bool) -> None:
    """Leaves a test to the short version, as above."""
    if full:
        pytest.skip("the long version makes each of these faults many times")


@pytest.fixture(scope="session")
def times(full: bool) -> int:
    """How often each fault is made."""
    return FULL if full else SHORT


@pytest.fixture(scope="session")
def seed() -> int:
    """Of all that is random; FAULTS_SEED repeats a run as far as the machine lets it."""
    chosen = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"\nFAULTS_SEED={chosen}")
    return chosen


@pytest.fixture(scope="session")
def results(full: bool, seed: int) -> Iterator[Results]:
    """Collects what the scenarios showed; the long version writes it down."""
    collected = Results(seed, keep=full)
    yield collected
    print(f"\n{collected.table()}")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, because a Unix socket lies below it, and open to the database's user."""
    made = Path(tempfile.mkdtemp(prefix="faults-"))
    made.chmod(0o755)
    yield made
    if not os.environ.get("FAULTS_KEEP"):
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def installation(folder: Path) -> Iterator[Installation]:
    """A fresh one on a single NATS server."""
    one = Installation(folder, NatsServer(folder))
    try:
        one.start()
        yield one
    finally:
        one.stop()


@pytest.fixture
def clustered(folder: Path) -> Iterator[Installation]:
    """A fresh one on three NATS servers, streams kept three times."""
    one = Installation(folder, NatsCluster(folder), replicas=3)
    try:
        one.start()
        yield one
    finally:
        one.stop()
