"""Ships event versions: `python -m tests.contracts.freeze` writes golden file and fingerprint of the new ones.

What was shipped is never altered here, nor anywhere else: a changed event gets a new version, and an upcaster.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from contracts.conversations.events import Event, topic_of
from contracts.generate import event_schema
from contracts.registry import EVENT_TYPES
from tests.contracts.samples import full_payload

FOLDER: Final = Path(__file__).parent
GOLDEN: Final = FOLDER / "golden"
SHIPPED: Final = FOLDER / "shipped.json"

_WORDS = {"description", "title"}
"""What explains, and may be worded better at any time."""


def fingerprint(event: type[Event]) -> str:
    """A hash of all that a reader of this event version relies on."""
    text = json.dumps(_without_words(event_schema(event)), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def shipped() -> dict[str, str]:
    """Topic → fingerprint at the time of its shipping."""
    known: dict[str, str] = json.loads(SHIPPED.read_text()) if SHIPPED.exists() else {}
    return known


def changed(known: dict[str, str]) -> list[str]:
    """Topics that were shipped and look different now."""
    return [
        topic_of(event) for event in EVENT_TYPES if known.get(topic_of(event), fingerprint(event)) != fingerprint(event)
    ]


def _without_words(schema: Any, of_properties: bool = False) -> Any:
    if isinstance(schema, list):
        return [_without_words(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_words(value, of_properties=key in {"properties", "$defs"})
        for key, value in schema.items()
        if of_properties or key not in _WORDS
    }


def main() -> int:
    known = shipped()
    if broken := changed(known):
        print("Shipped events differ from what was shipped; give them a new version:", *broken, file=sys.stderr)
        return 1
    GOLDEN.mkdir(exist_ok=True)
    for event in EVENT_TYPES:
        topic = topic_of(event)
        golden = GOLDEN / f"{topic}.json"
        if not golden.exists():
            golden.write_text(json.dumps(full_payload(event), indent=1, ensure_ascii=False) + "\n")
            print(f"golden file of {topic}")
        if topic not in known:
            known[topic] = fingerprint(event)
            print(f"fingerprint of {topic}")
    SHIPPED.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
