"""Look for credentials among the tracked files: `python deploy/secret_scan.py`, exit code 1 if there are any.

The detectors that go by the look of a value (keys, tokens, random text), not by the word before it: the tests and texts
of a sign-in speak of passwords on every page.
"""

import json
import subprocess
import sys

EXCLUDED_FILES = r"package-lock\.json$|requirements\.lock$|^contracts/schemas/|^tests/contracts/"
"""Hashes that are to be there."""
EXAMPLES = r"^(password|pass|hush|a%40b)$"
"""Stand for a password in addresses of examples."""
NO_SECRETS = r'join\(\("-----BEGIN|add_who\('
"""Lines that put a key's frame around what is read from elsewhere, and a made-up visitor."""


def found() -> dict[str, list[dict[str, object]]]:
    """Findings by file. Raises CalledProcessError if the scan itself fails."""
    options = ["--disable-plugin", "KeywordDetector", "--exclude-files", EXCLUDED_FILES]
    options += ["--exclude-secrets", EXAMPLES, "--exclude-lines", NO_SECRETS]
    scan = [sys.executable, "-m", "detect_secrets", "scan", *options]
    said = subprocess.run(scan, capture_output=True, text=True, check=True).stdout
    results: dict[str, list[dict[str, object]]] = json.loads(said)["results"]
    return results


def main() -> int:
    findings = found()
    for file, those in findings.items():
        for one in those:
            sys.stderr.write(f"{file}:{one['line_number']}: {one['type']}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
