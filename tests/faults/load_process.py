"""The load generator, as the scenarios see it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.support.waiting import wait_until

READY_SECONDS = 90.0
DRAINED_SECONDS = 120.0
LEAVE_SECONDS = 30.0


class LoadProcess:
    """Started, watched and stopped; `state` is the newest line it has said."""

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.journal = Path(config["journal"])
        self.state: dict[str, Any] = {}
        file = folder / "load.json"
        file.write_text(json.dumps(config))
        self._errors = folder / "load.log"
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.load", str(file)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_ready(self) -> None:
        """Until all conversations that last are open."""
        wait_until(lambda: self._said("ready"), READY_SECONDS, what="the load's start")

    def stop(self) -> dict[str, Any]:
        """End sending and wait until all is answered and seen; what was left over. Everybody stays connected."""
        assert self._process.stdin is not None
        self._process.stdin.write("stop\n")
        self._process.stdin.flush()
        wait_until(lambda: self._said("done"), DRAINED_SECONDS, what="the load's end")
        return self.state

    def leave(self) -> None:
        """Let all clients go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(LEAVE_SECONDS) == 0, self.errors
        self._close()

    def kill(self) -> None:
        """At the end of a test that failed."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._close()

    @property
    def errors(self) -> str:
        return self._errors.read_text()[-3000:]

    def _close(self) -> None:
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _said(self, word: str) -> bool:
        assert self._process.poll() is None or word in self.state, f"the load died:\n{self.errors}"
        return word in self.state

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.state = {**self.state, **json.loads(line)}
