"""The pieces that the paths of the OpenAPI document are made of."""

from typing import Any, Final

from services.gateway.rest.problems import CONTENT_TYPE

Json = dict[str, Any]

STAFF: Final[list[dict[str, list[str]]]] = [{"session": []}, {"bearer": []}]
TEMPLATE: Final = "#/components/schemas/{name}"


def path_parameter(name: str, *, uuid: bool = False) -> Json:
    schema = {"type": "string", **({"format": "uuid"} if uuid else {})}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def query_parameters(**texts: str) -> list[Json]:
    """Optional parameters by name, with what each means; `from_` is called `from`."""
    return [
        {"name": name.rstrip("_"), "in": "query", "schema": {"type": "string"}, "description": text}
        for name, text in texts.items()
    ]


SHOP: Final = path_parameter("shop")
KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The same key again gives the first answer; with another body it is refused (400).",
}


def staff_operation(summary: str, responses: Json, parameters: list[Json] | None = None) -> Json:
    """Something for which one signs in."""
    refusals = {name: problem() for name in ("401", "403", "404", "503")}
    return {**operation(summary, {**refusals, **responses}, parameters), "security": STAFF}


def operation(summary: str, responses: Json, parameters: list[Json] | None = None) -> Json:
    made = {"summary": summary, "responses": dict(sorted(responses.items()))}
    return {**made, "parameters": parameters} if parameters else made


def with_body(
    made: Json, struct: str | Json | None = None, kind: str = "application/json", *, required: bool = True
) -> Json:
    """The operation with a body: of this schema, of one of the document's by its name, or any object."""
    schema = struct if isinstance(struct, dict) else {"$ref": ref(struct)} if struct else {"type": "object"}
    return {**made, "requestBody": {"required": required, "content": {kind: {"schema": schema}}}}


def several(member: str, struct: str, most: int) -> Json:
    """The schema of an object that lists so many of these under `member`."""
    entries = {"type": "array", "items": {"$ref": ref(struct)}, "minItems": 1, "maxItems": most}
    return {"type": "object", "properties": {member: entries}, "required": [member], "additionalProperties": False}


def json_of(struct: str | None = None, description: str = "As said.") -> Json:
    schema = {"$ref": ref(struct)} if struct else {"type": "object"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def content_of(kind: str, description: str) -> Json:
    """A body that is no JSON object."""
    return {"description": description, "content": {kind: {"schema": {"type": "string"}}}}


def nothing(description: str) -> Json:
    return {"description": description}


def problem() -> Json:
    return {"description": "A problem document.", "content": {CONTENT_TYPE: {"schema": {"$ref": ref("Problem")}}}}


def ref(name: str) -> str:
    return TEMPLATE.format(name=name)
