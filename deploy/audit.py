"""Ask the public advisories about every locked package: `python deploy/audit.py DIR`, DIR being the web folder.

Exit code 1 if a package has a known vulnerability. Where the advisories can't be asked, it says so and that nothing is
known; with `--strict` that is an error too.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from node import machine_node, npm_command  # beside this script

SECONDS = 120


@dataclass(frozen=True)
class Asked:
    """What came of asking: `known` packages were looked up, `unknown` could not be."""

    what: str
    known: int
    unknown: int
    vulnerable: list[str]

    def told(self) -> str:
        if self.vulnerable:
            return f"{self.what}: known vulnerabilities in {', '.join(self.vulnerable)}."
        if self.unknown:
            return f"{self.what}: the advisories could not be asked about {self.unknown} packages; nothing is known."
        return f"{self.what}: {self.known} packages, no known vulnerability."


def python_packages(lock: Path) -> Asked:
    """Those of the lock file, by pip-audit, from the advisories of PyPI."""
    command = [
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "-r",
        str(lock),
        "-f",
        "json",
        "--progress-spinner",
        "off",
    ]
    answer = _answer([sys.executable, "-m", *command])
    packages = answer.get("dependencies", [])
    known = [one for one in packages if "skip_reason" not in one]
    unknown = len(packages) - len(known) or int(not packages)
    return Asked("Python", len(known), unknown, [one["name"] for one in known if one["vulns"]])


def npm_packages(web: Path) -> Asked:
    """Those of the lock file, by npm, from the registry's advisories."""
    npm, environment = npm_command(machine_node())
    answer = _answer([*npm, "audit", "--json"], cwd=web, env=environment)
    count = len(json.loads((web / "package-lock.json").read_text())["packages"]) - 1
    if "vulnerabilities" not in answer:
        return Asked("npm", 0, count, [])
    return Asked("npm", count, 0, sorted(answer["vulnerabilities"]))


def _answer(command: list[str], **more: Any) -> dict[str, Any]:
    """What it prints as JSON; nothing if it could not ask."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS, **more)
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return {}
    return said


def main() -> int:
    asked = [python_packages(Path("requirements.lock")), npm_packages(Path(sys.argv[1]))]
    for one in asked:
        sys.stdout.write(f"{one.told()}\n")
    strict = "--strict" in sys.argv[2:]
    return int(any(one.vulnerable or (strict and one.unknown) for one in asked))


if __name__ == "__main__":
    sys.exit(main())
