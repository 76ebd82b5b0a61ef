"""`shopbell run`: from a fresh folder to Ctrl-C, through kills, wrong settings and second starts."""

import os
import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from contracts import subjects
from services.common.log_pages import table_of
from tests.support.installation import Installation
from tests.support.processes import NatsServer, PostgresServer
from tests.support.waiting import wait_until

EVERY_SERVICE = ["gateway", "conversations", "engagement", "projections", "notifier", "mailbox", "nats", "postgres"]


def _accounts(running: Installation) -> list[tuple[str, ...]]:
    with psycopg.connect(running.settings.dsn_of("log")) as connection:
        query = "SELECT id, shop, email FROM staff.account JOIN staff.membership ON account = id"
        return connection.execute(query).fetchall()


def _lives(pid: int) -> bool:
    """Whether it runs; what only waits for its exit code to be fetched doesn't."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _demo_desks(running: Installation) -> int:
    """How many times the demo shop was created, by its log."""
    with psycopg.connect(running.settings.dsn_of("log")) as connection:
        tables = connection.execute(
            "SELECT schemaname FROM pg_tables WHERE tablename = 'stored_events' AND schemaname LIKE 'log_%'"
        ).fetchall()
        return sum(_created_in(connection, schema) for (schema,) in tables)


def _seeded(running: Installation) -> int:
    """How many polls, votes, campaigns, orders and reviews the demo shop was given, by its log."""
    made = ["poll.%", "vote.%", "campaign.%", "order.placed.%", "order.status_reported.%", "review.written.%"]
    table = table_of("demo", subjects.ENGAGEMENT)
    query = psycopg.sql.SQL("SELECT count(*) FROM {} WHERE topic LIKE ANY (%s)").format(table)
    with psycopg.connect(running.settings.dsn_of("log")) as connection:
        counted = connection.execute(query, [made]).fetchone()
    return int(counted[0]) if counted else 0


def _created_in(connection: psycopg.Connection[tuple[object, ...]], schema: str) -> int:
    counted = connection.execute(
        psycopg.sql.SQL("SELECT count(*) FROM {}.stored_events WHERE topic LIKE 'shop.created.%'").format(
            psycopg.sql.Identifier(schema)
        )
    ).fetchone()
    return int(str(counted[0])) if counted else 0


@pytest.mark.slow
class TestRunning:
    """One installation, started once."""

    @pytest.mark.feature("I7")
    def test_it_says_where_to_go_and_how_to_sign_in(self, own_installation: Installation) -> None:
        assert f"{own_installation.base_urls[0]}/demo" in own_installation.output
        assert own_installation.owner_email in own_installation.output
        assert f"{own_installation.mailbox_url}/" in own_installation.output

    def test_status_names_every_process_with_its_port(self, own_installation: Installation) -> None:
        found = own_installation.wait_until_ready()
        services = sorted(one.service for one in found)
        assert services == sorted(["gateway", *EVERY_SERVICE])
        ports = [one.port for one in found if one.service == "gateway"]
        assert ports == [own_installation.port, own_installation.port + 1]

    @pytest.mark.feature("I7")
    @pytest.mark.parametrize("service", EVERY_SERVICE)
    def test_a_killed_process_is_started_again(self, own_installation: Installation, service: str) -> None:
        own_installation.wait_until_ready()
        victim = own_installation.kill(service)
        wait_until(lambda: victim.pid not in [one.pid for one in own_installation.status()])
        found = own_installation.wait_until_ready()
        assert victim.pid not in [one.pid for one in found]

    def test_a_second_run_in_the_same_home_is_refused(self, own_installation: Installation) -> None:
        done = own_installation.cli("run")
        assert done.returncode == 1
        assert done.stderr.startswith("Error: Shopbell already runs with the data in ")
        assert done.stderr.count("\n") == 1

    def test_another_installation_runs_beside_it(self, own_installation: Installation, tmp_path: Path) -> None:
        other = Installation(tmp_path / "other", gateways=1)
        other.start()
        pids = {one.pid for one in own_installation.wait_until_ready()}
        assert pids.isdisjoint(one.pid for one in other.wait_until_ready())
        assert other.stop() == 0

    def test_a_taken_port_is_named(self, own_installation: Installation, tmp_path: Path) -> None:
        other = Installation(tmp_path / "other")
        done = other.cli("run", SHOPBELL_PORT=str(own_installation.port))
        assert done.returncode == 1
        assert done.stderr.startswith(f"Error: Port {own_installation.port} is taken by another program")
        assert done.stderr.count("\n") == 1

    def test_a_signing_secret_is_made_for_a_shop_that_exists(self, own_installation: Installation) -> None:
        first, second = (own_installation.cli("shop", "secret", "demo") for _ in range(2))
        assert first.returncode == second.returncode == 0
        assert [line.split()[0] for line in first.stdout.splitlines()] == ["kid", "secret"]
        assert first.stdout != second.stdout

    @pytest.mark.parametrize(
        "command", [["shop", "secret", "nowhere"], ["staff", "create", "nowhere", "a@b.example", "--name", "A"]]
    )
    def test_nothing_is_made_for_an_unknown_shop(self, own_installation: Installation, command: list[str]) -> None:
        done = own_installation.cli(*command, SHOPBELL_NEW_PASSWORD="long enough to be taken")
        assert done.returncode == 1
        assert done.stderr == "Error: There is no shop nowhere in this installation.\n"

    def test_files_with_secrets_are_closed_to_others(self, own_installation: Installation) -> None:
        for name in ("master.key", "nats.password", "nats/nats.conf"):
            mode = (own_installation.home / name).stat().st_mode
            assert stat.S_IMODE(mode) == 0o600, name


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "home", gateways=1)
    yield made
    if made.is_running:
        made.stop()


@pytest.mark.slow
def test_a_stop_leaves_nothing_and_a_second_start_goes_on_with_the_data(stopped: Installation) -> None:
    stopped.start()
    pids = [one.pid for one in stopped.status()]
    accounts, seeded = _accounts(stopped), _seeded(stopped)
    assert stopped.stop() == 0
    assert not any(_lives(pid) for pid in pids)
    assert "database system is shut down" in (stopped.home / "logs" / "postgres.log").read_text()
    stopped.start()
    assert _accounts(stopped) == accounts
    assert _demo_desks(stopped) == 1
    assert _seeded(stopped) == seeded > 0


@pytest.mark.slow
def test_after_kill_9_of_the_supervisor_no_child_is_left_and_the_next_start_recovers(stopped: Installation) -> None:
    stopped.start()
    pids = [one.pid for one in stopped.status()]
    os.kill(stopped.supervisor.pid, signal.SIGKILL)
    stopped.supervisor.wait()
    stopped.start()
    assert not {one.pid for one in stopped.wait_until_ready()} & set(pids)
    assert not any(_lives(pid) for pid in pids)
    assert _demo_desks(stopped) == 1


@pytest.mark.slow
def test_ctrl_c_during_the_start_stops_cleanly(stopped: Installation) -> None:
    stopped.start(wait=False)
    wait_until(lambda: (stopped.home / "state.json").exists(), what="the first process")
    stopped.supervisor.send_signal(signal.SIGINT)
    assert stopped.supervisor.wait(30) == 0
    assert stopped.status() == []


@pytest.mark.feature("I7")
@pytest.mark.slow
def test_servers_that_exist_are_used_and_left_running(tmp_path: Path) -> None:
    broker, database = NatsServer(tmp_path / "servers"), PostgresServer(tmp_path / "servers")
    (tmp_path / "servers").mkdir()
    broker.start()
    database.start()
    there = {"SHOPBELL_NATS_URL": broker.url, "SHOPBELL_POSTGRES_DSN": database.dsn}
    running = Installation(tmp_path / "home", gateways=1, environment=there)
    try:
        running.start()
        ours = {one.service for one in running.wait_until_ready()}
        assert ours == set(EVERY_SERVICE) - {"nats", "postgres"}
        assert len(_accounts(running)) == 1
        assert running.stop() == 0
        assert broker.answers
        assert database.answers
    finally:
        if running.is_running:
            running.stop()
        broker.stop()
        database.stop()


def test_a_taken_port_ends_the_start_with_one_sentence(stopped: Installation) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", stopped.port))
        other.listen()
        done = stopped.cli("run")
    assert done.returncode == 1
    assert done.stderr == f"Error: Port {stopped.port} is taken by another program: set SHOPBELL_PORT to a free one.\n"


@pytest.mark.parametrize("wreck", ["foreign", "other_version", "no_control_file"])
def test_a_broken_data_folder_ends_the_start_with_one_sentence(
    stopped: Installation, wreck: str, postgres_data: Path
) -> None:
    folder = stopped.home / "postgres"
    stopped.home.mkdir()
    if wreck == "no_control_file":
        postgres_data.rename(folder)
        (folder / "global" / "pg_control").unlink()
    else:
        folder.mkdir()
        name, content = ("notes.txt", "hello") if wreck == "foreign" else ("PG_VERSION", "9.6")
        (folder / name).write_text(content)
    done = stopped.cli("run")
    assert done.returncode == 1
    assert str(folder) in done.stderr
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


@pytest.fixture
def postgres_data(tmp_path: Path) -> Path:
    from services.standalone.postgres import PostgresFolder

    folder = PostgresFolder(tmp_path / "made")
    folder.prepare()
    return folder.data


def test_a_server_that_is_not_there_ends_serve_with_one_sentence(stopped: Installation) -> None:
    done = stopped.cli("serve", "projections", SHOPBELL_POSTGRES_DSN="postgresql://postgres@127.0.0.1:1/postgres")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Error: PostgreSQL can't be reached: ")


def test_status_without_a_run_is_empty(stopped: Installation) -> None:
    done = stopped.cli("status", "--json")
    assert (done.returncode, done.stdout) == (1, '{"processes": []}\n')
