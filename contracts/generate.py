"""Writes the contracts out for those who don't read Python: `python -m contracts.generate [--check]`.

JSON Schema (2020-12) of every event version, of the commands and of the socket frames, and one AsyncAPI 3.0
document, under `contracts/schemas`. Whatever is there is generated; `--check` only says what differs.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from contracts import subjects
from contracts.asyncapi import document
from contracts.event import Event, topic_of
from contracts.logs import COMMANDS, EVENTS
from contracts.members import OF_ALL, explain
from contracts.registry import EVENT_TYPES
from contracts.sockets import frames
from contracts.upcasters import UPCASTERS

SCHEMAS: Final = Path(__file__).parent / "schemas"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
REF: Final = "#/$defs/{name}"
COMMAND_FILES: Final = {"commands": subjects.CONVERSATIONS, "engagement_commands": subjects.ENGAGEMENT}

Schema = dict[str, Any]


def event_schema(event: type[Event]) -> Schema:
    """The schema of one event version, complete in itself."""
    _, parts = msgspec.json.schema_components([event], ref_template=REF)
    if event in EVENTS[subjects.ENGAGEMENT]:
        explain(parts, parts)
    explain(parts, [event.__name__], OF_ALL)
    own = parts.pop(event.__name__)
    return {"$schema": DIALECT, "$id": f"{topic_of(event)}.json", **own, **({"$defs": parts} if parts else {})}


def union_schema(name: str, title: str, types: tuple[type, ...]) -> Schema:
    """The schema of "one of these", told apart by `type`."""
    refs, parts = msgspec.json.schema_components(types, ref_template=REF)
    if types == COMMANDS[subjects.ENGAGEMENT]:
        explain(parts, parts)
    return {"$schema": DIALECT, "$id": f"{name}.json", "title": title, "oneOf": list(refs), "$defs": parts}


def generated() -> dict[str, Schema]:
    """Path under `schemas` → content, of everything that is generated."""
    files = {f"events/{topic_of(event)}.json": event_schema(event) for event in EVENT_TYPES}
    for name, log in COMMAND_FILES.items():
        files[f"{name}.json"] = union_schema(name, f"{log.title()}Command", COMMANDS[log])
    for name, types in frames.BY_DIRECTION.items():
        title = "".join(word.title() for word in name.split("_"))
        files[f"sockets/{name}.json"] = union_schema(name, title, types)
    files["asyncapi.json"] = document()
    return files


def text_of(schema: Schema) -> str:
    """As the files hold it: stable, readable in a diff."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def differences(folder: Path = SCHEMAS) -> list[str]:
    """A sentence for each file that is not what the code says."""
    wanted = generated()
    found = {str(file.relative_to(folder)) for file in folder.rglob("*.json")}
    kept = {f"events/{topic}.json" for topic in UPCASTERS}
    sentences = [f"{name} is missing" for name in sorted(wanted.keys() - found)]
    sentences += [f"{name} is not generated from anything" for name in sorted(found - wanted.keys() - kept)]
    for name in sorted(wanted.keys() & found):
        if (folder / name).read_text() != text_of(wanted[name]):
            sentences.append(f"{name} differs")
    return sentences


def write(folder: Path = SCHEMAS) -> None:
    """Write all files. Schemas of old event versions stay: their class is gone, their payloads are not."""
    for name, schema in generated().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(schema))


def main() -> int:
    parser = argparse.ArgumentParser(prog="contracts.generate", description="Write contracts/schemas.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    if not parser.parse_args().check:
        write()
        return 0
    found = differences()
    for sentence in found:
        print(f"contracts/schemas: {sentence}", file=sys.stderr)
    if found:
        print("Run: python -m contracts.generate", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
