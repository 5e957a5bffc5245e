"""The OpenAPI 3.1 document of the JSON endpoints, derived from the declared acts."""

from typing import Any

from nrm.casefile.act import ACTS, Act
from nrm.casefile.form import asks_for_a_file, questions
from nrm.casefile.models import Row
from nrm.kernel.columns import Column
from nrm.kernel.packs import Pack

FORMATS = {"date": "date", "at": "date-time"}
LISTS = ("codes", "countries", "langs", "persons", "keys")


def schema_of(column: Column) -> dict[str, Any]:
    """JSON Schema of one answer."""
    if column.kind in LISTS:
        inner: dict[str, Any] = {"type": "string"}
        if column.vocabulary is not None:
            inner["enum"] = list(column.vocabulary.codes())
        return {"type": "array", "items": inner, "description": str(column.label)}
    made: dict[str, Any] = {
        "type": "integer" if column.kind == "int" else "string",
        "description": str(column.label),
    }
    if column.kind == "int":
        made |= {"minimum": column.lowest, "maximum": column.highest}
    if column.vocabulary is not None:
        made["enum"] = list(column.vocabulary.codes())
    if column.limit:
        made["maxLength"] = column.limit
    if column.kind == "file":
        made["contentMediaType"] = "application/octet-stream"
    if column.kind in FORMATS:
        made["format"] = FORMATS[column.kind]
    return made


def line_of(rows: type[Row]) -> dict[str, Any]:
    """JSON Schema of one line."""
    asked = questions(rows)
    made: dict[str, Any] = {
        "type": "object",
        "properties": {name: schema_of(column) for name, _field, column in asked},
        "additionalProperties": False,
    }
    required = [name for name, _field, column in asked if column.required]
    return made | ({"required": required} if required else {})


def body_of(act: Act) -> dict[str, Any]:
    """JSON Schema of an act's answers."""
    asked = questions(act.writes)
    properties = {name: schema_of(column) for name, _field, column in asked}
    for name, rows in act.writes.rows.items():
        properties[name] = {"type": "array", "description": str(rows.question), "items": line_of(rows)}
    properties["at"] = {
        "type": "string",
        "format": "date-time",
        "description": "When it happened, if not now",
    }
    properties["corrects"] = {"type": "integer", "description": "Key of the entry that this one corrects"}
    properties["why"] = {"type": "string", "maxLength": 500}
    properties["key"] = {"type": "string", "format": "uuid", "description": "Idempotency key"}
    required = [name for name, _field, column in asked if column.required]
    made: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": required} if required else {})


def media_type(act: Act) -> str:
    """JSON; a file travels as one part of several."""
    return "multipart/form-data" if asks_for_a_file(act) else "application/json"


def document(pack: Pack) -> dict[str, Any]:
    """Every act as one POST."""
    paths: dict[str, Any] = {}
    refused = {"description": "Refused: codes and sentences"}
    for name, act in sorted(ACTS.items()):
        inside = act.on_case and not act.opens
        path = (
            f"/api/cases/{{reference}}/{act.room}/{act.verb}"
            if inside
            else f"/api/acts/{act.room}/{act.verb}"
        )
        reference = {"name": "reference", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[path] = {
            "post": {
                "operationId": name,
                "summary": str(act.says),
                "description": f"Source: {act.source}",
                "parameters": [reference] if inside else [],
                "requestBody": {"content": {media_type(act): {"schema": body_of(act)}}},
                "responses": {
                    "201": {"description": "Done"},
                    "400": {"description": "Not JSON"},
                    "403": refused,
                    "404": {"description": "Absent for this person"},
                    "422": refused,
                },
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": f"OpenNRM, {pack.title}", "version": "1"},
        "paths": paths,
    }
