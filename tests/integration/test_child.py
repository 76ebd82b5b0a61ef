"""One supervised process, with real servers: watched, started again, stopped."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from services.standalone import probes
from services.standalone.child import Child, Program
from services.standalone.launch import LaptopError
from services.standalone.nats import NatsFolder
from services.standalone.ports import free_ports
from services.standalone.postgres import PostgresFolder
from tests.support.waiting import eventually


@pytest.fixture
def broker(tmp_path: Path) -> Program:
    folder = NatsFolder(tmp_path / "nats", free_ports(1)[0], "secret")
    return Program(
        name="nats",
        services={"nats": None},
        arguments=folder.server_command(),
        probe=probes.blocking(folder.answers),
        log_file=tmp_path / "nats.log",
        prepare=folder.prepare,
    )


@asynccontextmanager
async def supervised(program: Program) -> AsyncIterator[Child]:
    child = Child(program, lambda: None)
    task = asyncio.create_task(child.run())
    try:
        async with asyncio.timeout(20):
            await child.was_ready.wait()
        yield child
    finally:
        await child.stop()
        await task


async def test_a_killed_process_is_started_again(broker: Program) -> None:
    async with supervised(broker) as child:
        first = child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await eventually(lambda: child.ready and child.pid not in (None, first))
        assert child.restarts == 1


async def test_a_paused_process_is_not_ready_and_ready_again_after(broker: Program) -> None:
    async with supervised(broker) as child:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGSTOP)
        await eventually(lambda: not child.ready)
        os.kill(child.pid, signal.SIGCONT)
        await eventually(lambda: child.ready)


async def test_a_paused_process_can_be_stopped(broker: Program) -> None:
    async with supervised(broker) as child:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGSTOP)
    assert child.pid is None


def _python(source: str, log_file: Path, tries: int = 1) -> Program:
    async def never() -> bool:
        return False

    return Program("it", {"it": None}, [sys.executable, "-c", source], never, log_file, first_tries=tries)


async def test_a_process_that_never_comes_up_ends_the_start_with_its_last_words(tmp_path: Path) -> None:
    program = _python("import sys; print('noise'); sys.exit('the disk is full')", tmp_path / "log", tries=2)
    with pytest.raises(LaptopError, match="it could not start: the disk is full"):
        await Child(program, lambda: None).run()


async def test_a_process_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    program = _python(deaf, tmp_path / "log")
    child = Child(Program(**{**program.__dict__, "stop_seconds": 0.3}), lambda: None)
    task = asyncio.create_task(child.run())
    await eventually(lambda: program.log_file.exists() and "up" in program.log_file.read_text())
    await child.stop()
    await task


def test_a_folder_that_is_no_database_is_refused_with_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "holiday.jpg").write_text("")
    with pytest.raises(LaptopError, match="holds no PostgreSQL data"):
        PostgresFolder(data).prepare()
    (data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(LaptopError, match=r"holds data of PostgreSQL 9\.6"):
        PostgresFolder(data).prepare()


@pytest.mark.parametrize("below", ["a folder/" * 12, "one, two"], ids=["deep", "comma"])
async def test_the_database_starts_again_after_kill_9_also_in_an_awkward_folder(tmp_path: Path, below: str) -> None:
    home = tmp_path / below
    home.mkdir(parents=True)
    folder = PostgresFolder(home / "postgres")
    program = Program(
        "postgres",
        {"postgres": None},
        [],
        probes.blocking(folder.answers),
        tmp_path / "log",
        prepare=folder.prepare,
        clear=folder.clear,
        stop_signal=signal.SIGINT,
    )
    await asyncio.to_thread(folder.prepare)
    program = Program(**{**program.__dict__, "arguments": folder.server_command()})
    async with supervised(program) as child:
        first = child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await eventually(lambda: child.ready and child.pid not in (None, first), seconds=20)
        with psycopg.connect(folder.dsn) as connection:
            assert connection.execute("SHOW data_directory").fetchone() == (str(home / "postgres"),)
    assert not list(folder.sockets.glob("*"))
