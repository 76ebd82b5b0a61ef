"""A full payload of each contract type, for the golden files of new event versions."""

from typing import Any

import msgspec
from msgspec import inspect

_TEXTS = {
    "aggregate": "3f0c8f0e-53cb-5a4e-9d0c-1f7a1b8f9b11",
    "answer": "a-1",
    "at": "2026-03-01T10:20:30.123456Z",
    "attachments": "7d0f3c52-1c1e-4d6a-9a52-bbbbbbbbbbbb",
    "author": "o_4Qz7",
    "background": "#1f3a5f",
    "campaign": "2d4b6f0a-3c1e-5b7d-9f11-4a6c8e0b2d44",
    "channel": "1",
    "closes": "17:30",
    "conversation": "0e4ff4b0-9b4c-5a1d-8a53-5e0a6a1f2c33",
    "correlation": "c-19e2b7",
    "date": "2026-12-24",
    "digest": "q2JYb0c1dG9r",
    "end": "07:00",
    "group": "rings",
    "groups": "rings",
    "id": "018f3a52-7c1e-7d6a-9a52-aaaaaaaaaaaa",
    "icon": "https://shop.example/icons/192.png",
    "language": "fr",
    "locale": "de-AT",
    "message": "018f3a52-7c1e-7d6a-9a52-aaaaaaaaaaaa",
    "opens": "09:00",
    "operator": "o_8Kd2",
    "order": "4e6c8a0b-1d2f-5c3e-8b77-6d5f4e3c2b1a",
    "origin": "b9Zk1xQ",
    "poll": "6a8c0e2b-5d4f-5e1a-9c33-7b9d1f3e5c66",
    "reply": "5b1c3c7e-2f0d-5d6b-8f55-7c3c0f9f0a11",
    "request": "8c0e2a4d-7f6b-5a3c-8e55-9d1b3f5a7e88",
    "sender": "g_7fNq2LwXk3",
    "shop": "demo",
    "start": "22:00",
    "status": "received",
    "subscription": "0e2a4c6f-9b8d-5c5e-8a77-1f3d5b7c9a00",
    "text": "#ffffff",
    "to": "o_1Ab9",
    "topic": "sale",
    "visitor": "g_7fNq2LwXk3",
    "worker": "/push/sw.js",
    "zone": "Europe/Paris",
}
_KEYS = {"templates": "answer.en"}
_SEALED = "1.AAECAwQFBgcICQoL.c2VhbGVk"


def full_payload(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Every field of a type, filled with a plausible value that is not its default."""
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise TypeError(struct)
    return _object(info)


def _object(info: inspect.StructType) -> dict[str, Any]:
    head = {info.tag_field: info.tag} if info.tag_field else {}
    return {
        **head,
        **{field.encode_name: _value(field.encode_name, field.type, field.default) for field in info.fields},
    }


def _value(name: str, kind: inspect.Type, default: object) -> Any:
    if isinstance(kind, inspect.Metadata):
        if (kind.extra_json_schema or {}).get("x-personal"):
            return _SEALED
        return _value(name, kind.type, default)
    if isinstance(kind, inspect.UnionType):
        return _value(name, next(t for t in kind.types if not isinstance(t, inspect.NoneType)), default)
    if isinstance(kind, inspect.StructType):
        return _object(kind)
    return _plain(name, kind, default)


def _plain(name: str, kind: inspect.Type, default: object) -> Any:
    match kind:
        case inspect.LiteralType(values=values):
            return next(value for value in values if value != default)
        case inspect.BoolType():
            return default is not True
        case inspect.IntType():
            return 3
        case inspect.FloatType():
            return 49.5
        case (
            inspect.ListType(item_type=item, min_length=least) | inspect.VarTupleType(item_type=item, min_length=least)
        ):
            return [_value(name, item, None)] * (least or 1)
        case inspect.DictType(value_type=value):
            return {_KEYS.get(name, "en"): _value(name, value, None)}
        case inspect.DateTimeType():
            return _TEXTS["at"]
        case inspect.UUIDType() | inspect.StrType():
            return "en" if name == "languages" else _TEXTS.get(name, f"a {name.replace('_', ' ')}")
    raise TypeError(f"no sample for {name}: {kind}")
