"""The checks of packages and of the files themselves can fail."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
KEY = "AKIA" + "Q3EGPLD7XNBVJ2WM"
"""In two parts, so that it is not found here."""


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DEPLOY))
    spec = importlib.util.spec_from_file_location("audit", DEPLOY / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "audit", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def web(tmp_path: Path) -> Path:
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": {"": {}, "a": {}, "b": {}}}))
    return tmp_path


def test_vulnerable_package_is_named(audit: ModuleType, web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(command: list[str], **_: Any) -> dict[str, Any]:
        if "pip_audit" in command:
            return {"dependencies": [{"name": "one", "vulns": [{"id": "X"}]}, {"name": "two", "vulns": []}]}
        return {"vulnerabilities": {"a": {}}}

    monkeypatch.setattr(audit, "_answer", answer)
    assert audit.python_packages(Path("lock")).told() == "Python: known vulnerabilities in one."
    assert audit.npm_packages(web).vulnerable == ["a"]


def test_silence_is_not_taken_for_safety(audit: ModuleType, web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_answer", lambda command, **_: {})
    assert audit.python_packages(Path("lock")).unknown
    assert "nothing is known" in audit.npm_packages(web).told()
    monkeypatch.setattr(sys, "argv", ["audit.py", str(web)])
    assert audit.main() == 0
    monkeypatch.setattr(sys, "argv", ["audit.py", str(web), "--strict"])
    assert audit.main() == 1


def test_key_among_the_files_is_found(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(f'KEY = "{KEY}"\n')
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    scan = [sys.executable, str(DEPLOY / "secret_scan.py")]
    done = subprocess.run(scan, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "settings.py:1: AWS Access Key\n")
