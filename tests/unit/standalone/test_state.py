"""The state file, the lock and what a killed run leaves behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from services.standalone import state
from services.standalone.launch import LaptopError, command


def _running(pid: int, created: float, service: str = "gateway") -> state.Running:
    return state.Running(service, service, pid, created, ready=True, restarts=0, port=8000)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ours = _running(os.getpid(), state.created_at(os.getpid()))
    state.write(tmp_path, [ours])
    assert state.read(tmp_path) == [ours]
    assert ours.process() is not None


def test_a_later_process_with_the_same_pid_is_not_ours() -> None:
    assert _running(os.getpid(), created=1.0).process() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"processes": [{"pid": 1}]}'])
def test_a_broken_state_file_means_that_nothing_runs(tmp_path: Path, content: str) -> None:
    (tmp_path / state.STATE_FILE).write_text(content)
    assert state.read(tmp_path) == []


def test_a_second_run_in_the_same_home_is_refused_by_name(tmp_path: Path) -> None:
    with state.lock(tmp_path):
        held = (
            "from pathlib import Path; import sys; from services.standalone import state; state.lock(Path(sys.argv[1]))"
        )
        other = subprocess.run([sys.executable, "-c", held, str(tmp_path)], capture_output=True, text=True, check=False)
    assert f"already runs with the data in {tmp_path} (process {os.getpid()})" in other.stderr
    with state.lock(tmp_path):
        pass


def test_a_home_that_is_no_folder_is_refused_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(LaptopError, match="can't be used"):
        state.lock(file)


def test_leftovers_of_a_killed_run_are_ended_and_others_left_alone(tmp_path: Path) -> None:
    leftover, stranger = (subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) for _ in range(2))
    try:
        leftover.send_signal(signal.SIGSTOP)
        state.write(
            tmp_path, [_running(leftover.pid, psutil.Process(leftover.pid).create_time()), _running(stranger.pid, 1.0)]
        )
        state.end_leftovers(tmp_path)
        assert leftover.poll() is not None
        assert stranger.poll() is None
        assert not (tmp_path / state.STATE_FILE).exists()
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_child_ends_when_its_supervisor_is_killed() -> None:
    sleeper = command([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"], signal.SIGKILL)
    source = (
        "import subprocess, sys, time; "
        f"child = subprocess.Popen({sleeper!r}, stdout=subprocess.PIPE); "
        "child.stdout.readline(); print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([child], 5)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
