"""How children are started."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from services.standalone.launch import command, database_user_ids


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root changes the user")
def test_roots_database_runs_as_its_own_user_and_still_passes_closed_folders(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.write_text("#!/bin/sh\nid -u\n")
    program.chmod(0o755)
    look = f"import os, sys; sys.exit(not os.access({str(program)!r}, os.X_OK))"
    assert subprocess.run(command([sys.executable, "-c", look], signal.SIGKILL, as_database_user=True)).returncode == 0
    ran = subprocess.run(
        command([str(program)], signal.SIGKILL, as_database_user=True), capture_output=True, text=True, check=True
    )
    assert int(ran.stdout) == database_user_ids()[0] != 0
    assert closed.stat().st_mode & 0o777 == 0o700
