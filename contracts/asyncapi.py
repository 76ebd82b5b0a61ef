"""The AsyncAPI 3.0 document of the sockets and the streams, made from the contract types.

Source: AsyncAPI 3.0.0. Operations are seen from Shopbell: it receives what clients send.
"""

from typing import Any, Final, get_args

import msgspec

from contracts import subjects
from contracts.answers import Answer
from contracts.command import kind_of
from contracts.desks import DeskSummary, DeskView, Leases, Query
from contracts.event import topic_of
from contracts.logs import COMMANDS, EVENTS
from contracts.members import OF_ALL, explain
from contracts.presence import OnSite, Watch
from contracts.registry import EVENT_TYPES, subject_tokens
from contracts.sockets import SUBPROTOCOL, frames

Json = dict[str, Any]

_JSON: Final = "application/json"
_DESKS: Final = subjects.CONVERSATIONS
_SCHEMA_REF: Final = "#/components/schemas/{name}"

_PARAMETERS: Final[Json] = {
    "partition": {"description": f"0 to {subjects.PARTITIONS - 1}: that of the shop, fixed for good."},
    "shop": {"description": "Slug of a shop."},
    "kind": {"description": "The command's `type`."},
    "aggregate": {
        "enum": list(dict.fromkeys(subject_tokens(topic_of(event))[0] for event in EVENT_TYPES)),
        "description": "The kind of aggregate.",
    },
    "id": {"description": "The aggregate's id, a UUID."},
    "name": {"description": "The event's name, without its version."},
    "gateway": {"description": "Id of the gateway that waits for the answers."},
}

_HEADERS: Final[Json] = {
    "ce-specversion": "CloudEvents version, 1.0.",
    "ce-id": "`<log>-<partition>-<notification id>`: unique, and a reader's position.",
    "ce-source": "`shopbell/<log>/<partition>/<shop>`.",
    "ce-type": "`shopbell.` and the event's type with its version.",
    "ce-time": "When it happened, RFC 3339, UTC.",
    "ce-correlationid": "Binds together all that one request caused.",
    "Nats-Expected-Last-Sequence": "Sequence before this message: the stream refuses holes and doubles.",
}
_OPTIONAL_HEADERS: Final = {"ce-correlationid", "Nats-Expected-Last-Sequence"}


def document() -> Json:
    """The whole document, with every reference inside it."""
    channels = {**_sockets(), **_streams()}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Shopbell",
            "version": "1",
            "description": "Sockets for browsers, and the streams between services and for analysts. Fields marked "
            "`x-personal` are ciphertext on every NATS subject and clear text on a socket. Times are RFC 3339, UTC. "
            "A member whose value is its default is left out of what we write.",
        },
        "defaultContentType": _JSON,
        "servers": {
            "gateway": {"host": "127.0.0.1:8000", "protocol": "ws", "description": "A gateway."},
            "nats": {"host": "127.0.0.1:4222", "protocol": "nats", "description": "NATS with JetStream."},
        },
        "channels": {name: channel["channel"] for name, channel in channels.items()},
        "operations": {
            operation["name"]: _operation(name, operation)
            for name, channel in channels.items()
            for operation in channel["operations"]
        },
        "components": {"messages": _messages(channels), "schemas": _schemas(channels)},
    }


def _channel(address: str, description: str, server: str, operations: list[Json], **more: Any) -> Json:
    messages = {
        _message_key(type_): _ref("messages", _message_key(type_)) for op in operations for type_ in op["types"]
    }
    channel: Json = {
        "address": address,
        "description": description,
        "servers": [{"$ref": f"#/servers/{server}"}],
        "messages": messages,
        **more,
    }
    named = [part[1:-1] for part in address.split(".") if part.startswith("{")]
    if named:
        channel["parameters"] = {name: _PARAMETERS[name] for name in named}
    return {"channel": channel, "operations": operations}


def _does(action: str, name: str, summary: str, types: tuple[type, ...]) -> Json:
    return {"action": action, "name": name, "summary": summary, "types": types}


def _operation(channel: str, operation: Json) -> Json:
    return {
        "action": operation["action"],
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": operation["summary"],
        "messages": [{"$ref": f"#/channels/{channel}/messages/{_message_key(type_)}"} for type_ in operation["types"]],
    }


def _sockets() -> dict[str, Json]:
    query = {"shop": {"type": "string", "description": "Slug of the shop."}}
    return {
        f"{party}Socket": _channel(
            f"/v1/{party}",
            f"WebSocket, subprotocol {SUBPROTOCOL}; from the gateway a frame may also be an array of these, in order.",
            "gateway",
            [
                _does("receive", f"{party}Sends", f"A {party}'s frames.", frames.BY_DIRECTION[f"{party}_sends"]),
                _does("send", f"{party}Receives", "The gateway's frames.", frames.BY_DIRECTION[f"{party}_receives"]),
            ],
            **({"bindings": {"ws": {"query": {"type": "object", "properties": query}}}} if party == "visitor" else {}),
        )
        for party in ("visitor", "operator")
    }


def _streams_of(log: str, commands: str, events: str) -> dict[str, Json]:
    """The channels of one log, under these names."""
    decide, publish = (
        f"{verb}{name[0].upper()}{name[1:]}" for verb, name in (("decide", commands), ("publish", events))
    )
    return {
        commands: _channel(
            f"cmd.{log}.{{partition}}.{{shop}}.{{kind}}",
            f"Streams COMMANDS-{log}-<partition>: what gateways ask of a partition's owner.",
            "nats",
            [_does("receive", decide, "The partition's owner decides them in order.", COMMANDS[log])],
        ),
        events: _channel(
            f"evt.{log}.{{partition}}.{{shop}}.{{aggregate}}.{{id}}.{{name}}",
            f"Streams EVENTS-{log}-<partition>, and EVENTS of all: the log, in its order, without holes.",
            "nats",
            [_does("send", publish, "Once each, in the order of the log.", EVENTS[log])],
        ),
    }


def _streams() -> dict[str, Json]:
    return {
        **_streams_of(subjects.CONVERSATIONS, "commands", "events"),
        **_streams_of(subjects.ENGAGEMENT, "engagementCommands", "engagementEvents"),
        "answers": _channel(
            "ans.{gateway}",
            "Core NATS, an array of answers a message: what became of a gateway's commands.",
            "nats",
            [_does("send", "answerCommands", "After the commit, never before.", get_args(Answer))],
        ),
        "desks": _channel(
            "live.{shop}.desk",
            "Core NATS, newest within 250 ms; counts and availability also in the bucket `desks`.",
            "nats",
            [_does("send", "showDesk", "On change.", (DeskView, DeskSummary))],
        ),
        "onsite": _channel(
            "onsite.{shop}",
            "Core NATS, sealed under a key of the installation: visitors on a shop's pages, while somebody watches.",
            "nats",
            [_does("send", "showVisitors", "On change, at most once a second; whole every 10 s.", (OnSite,))],
        ),
        "onsiteWatch": _channel(
            "onsite-watch.{shop}",
            "Core NATS: somebody watches a shop's visitors.",
            "nats",
            [_does("receive", "watchVisitors", "Every 10 s, and whenever the whole is needed.", (Watch,))],
        ),
        "leases": _channel(
            f"lease.{_DESKS}.{{partition}}",
            "Core NATS: who is connected to a gateway.",
            "nats",
            [_does("receive", "keepPresence", "Every 10 s and on change.", (Leases,))],
        ),
        "asks": _channel(
            f"ask.{_DESKS}.{{partition}}",
            "Core NATS requests, answered by the partition's owner.",
            "nats",
            [_does("receive", "answerQueries", "From memory.", get_args(Query))],
        ),
    }


def _types(channels: dict[str, Json]) -> tuple[type, ...]:
    found = [type_ for channel in channels.values() for op in channel["operations"] for type_ in op["types"]]
    return tuple(dict.fromkeys(found))


def _schemas(channels: dict[str, Json]) -> Json:
    _, schemas = msgspec.json.schema_components(_types(channels), ref_template=_SCHEMA_REF)
    engagement = (*EVENTS[subjects.ENGAGEMENT], *COMMANDS[subjects.ENGAGEMENT])
    _, parts = msgspec.json.schema_components(engagement, ref_template=_SCHEMA_REF)
    explain(schemas, schemas.keys() & parts.keys())
    explain(schemas, [event.__name__ for event in EVENT_TYPES], OF_ALL)
    schemas["CloudEventHeaders"] = {
        "type": "object",
        "description": "CloudEvents 1.0, binary mode, as NATS headers.",
        "properties": {name: {"type": "string", "description": text} for name, text in _HEADERS.items()},
        "required": [name for name in _HEADERS if name not in _OPTIONAL_HEADERS],
    }
    return schemas


def _messages(channels: dict[str, Json]) -> Json:
    types = _types(channels)
    refs, _ = msgspec.json.schema_components(types, ref_template=_SCHEMA_REF)
    return {_message_key(type_): _message(type_, ref) for type_, ref in zip(types, refs, strict=True)}


def _message(type_: type, payload: Json) -> Json:
    message: Json = {
        "name": _message_key(type_),
        "contentType": _JSON,
        "summary": (type_.__doc__ or type_.__name__).strip().split("\n")[0],
        "payload": payload,
    }
    if type_ in EVENT_TYPES:
        message["headers"] = {"$ref": _SCHEMA_REF.format(name="CloudEventHeaders")}
        message["tags"] = [{"name": subject_tokens(topic_of(type_))[0]}]
    return message


def _message_key(type_: type) -> str:
    """A name of its own for each type: two sockets have a `hello`, frames and answers a `stored`."""
    if type_ in EVENT_TYPES:
        return topic_of(type_)
    if any(type_ in commands for commands in COMMANDS.values()):
        return f"command.{kind_of(type_)}"
    return f"{type_.__module__.rpartition('.')[2]}.{type_.__name__}"


def _ref(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}
