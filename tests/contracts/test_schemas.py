"""The generated files are up to date, and the AsyncAPI document holds together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts import generate
from contracts.asyncapi import document


def test_generated_files_are_up_to_date() -> None:
    assert generate.differences() == [], "run: python -m contracts.generate"


def test_differences_are_told(tmp_path: Path) -> None:
    generate.write(tmp_path)
    (tmp_path / "commands.json").write_text("{}\n")
    (tmp_path / "asyncapi.json").unlink()
    (tmp_path / "stray.json").write_text("{}\n")
    told = ["asyncapi.json is missing", "stray.json is not generated from anything", "commands.json differs"]
    assert generate.differences(tmp_path) == told


@pytest.mark.parametrize("name", sorted(generate.generated()))
def test_references_resolve(name: str) -> None:
    schema = generate.generated()[name]
    for reference in references(schema):
        resolve(schema, reference)


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(root: Any, reference: str) -> Any:
    assert reference.startswith("#/"), f"{reference} leaves the document"
    for token in reference[2:].split("/"):
        root = root[token]
    return root


def test_asyncapi_has_what_the_specification_requires() -> None:
    doc = document()
    assert doc["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= doc["info"].keys()
    assert all({"host", "protocol"} <= server.keys() for server in doc["servers"].values())
    assert {"visitorSocket", "operatorSocket", "commands", "events"} <= doc["channels"].keys()
    for channel in doc["channels"].values():
        placeholders = {part[1:-1] for part in channel["address"].split(".") if part.startswith("{")}
        assert placeholders == channel.get("parameters", {}).keys()
        assert channel["messages"]


def test_asyncapi_operations_speak_messages_of_their_channel() -> None:
    doc = document()
    for operation in doc["operations"].values():
        assert operation["action"] in {"send", "receive"}
        channel = operation["channel"]["$ref"]
        assert operation["messages"]
        for message in operation["messages"]:
            assert message["$ref"].startswith(f"{channel}/messages/")


def test_asyncapi_messages_have_payloads_and_events_have_headers() -> None:
    doc = document()
    for message in doc["components"]["messages"].values():
        assert message["payload"]
    for reference in doc["channels"]["events"]["messages"].values():
        message = resolve(doc, reference["$ref"])
        assert "ce-id" in resolve(doc, message["headers"]["$ref"])["required"]


def test_asyncapi_shows_what_is_personal() -> None:
    doc = document()
    said = resolve(doc, doc["components"]["messages"]["conversation.message_said.v2"]["payload"]["$ref"])
    assert said["properties"]["text"]["x-personal"] is True
