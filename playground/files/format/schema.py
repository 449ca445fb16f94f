"""The schema of ``*.playground`` files, for other programs: ``python -m playground.files.format.schema`` prints it.

It is made from the same dataclasses that read a file, so it cannot say anything else; a test checks that
the published copy, ``docs/playground.schema.json``, is up to date.
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from playground.document.choices import ACTIVATION, CHOICES, NamedChoice
from playground.document.differences import DIFFERENCES, SAVED
from playground.document.document import DataSettings, Document
from playground.engine.messages import grouped
from playground.engine.setting import Setting, settings_of
from playground.engine.spec import MAX_DEPTH, LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.engine.state import RunState
from playground.files.format.branches import MAX_NAME, MAX_READ
from playground.files.format.checks import MAX_MOMENTS
from playground.files.format.codec import NAME
from playground.files.format.documents import NETWORK
from playground.files.format.migrations import VERSION
from playground.files.format.number_arrays import MAX_PLAIN
from playground.files.format.runs import MAX_STATES, MAX_TEXT
from playground.files.format.views import SavedSelection
from playground.training.curve import COLUMNS

Schema = dict[str, Any]

_NUMBERS: Schema = {
    "description": f"A list (of rows) of numbers; packed (little-endian, base64) when more than {grouped(MAX_PLAIN)}.",
    "anyOf": [
        {"type": "array", "items": {"type": ["number", "array"]}},
        {
            "type": "object",
            "properties": {
                "shape": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 1, "maxItems": 2},
                "float64": {"type": "string", "contentEncoding": "base64"},
                "int64": {"type": "string", "contentEncoding": "base64"},
            },
            "required": ["shape"],
            "additionalProperties": False,
        },
    ],
}


def limits() -> dict[str, dict[str, Schema]]:
    """Return what each dataclass of a document checks, in the schema's words, by class and field."""
    owners = (DataSettings, LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec, Document)
    made = {owner.__name__: {name: _bounds(one) for name, one in settings_of(owner).items()} for owner in owners}
    names = {"optimizer": "OptimizerSpec", "schedule": "ScheduleSpec", "output_activation": "Document"}
    for key, choice in CHOICES.items():
        made[names.get(key, "TrainingSpec")][choice.path.rsplit(".", 1)[-1]] = _enum(choice)
    made["LayerSpec"]["activation"] = _enum(ACTIVATION)
    made["Document"] |= {"features": {"minItems": 1, "uniqueItems": True}, "hidden": {"maxItems": MAX_DEPTH}}
    return made


def _bounds(one: Setting) -> Schema:
    return {"exclusiveMinimum" if one.open_low else "minimum": one.low, "maximum": one.high}


def _enum(choice: NamedChoice) -> Schema:
    return {"enum": list(choice.entries)}


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the current format."""
    (_, state, selection), parts = msgspec.json.schema_components(
        [Document, RunState, SavedSelection], schema_hook=lambda _: dict(_NUMBERS), ref_template="#/$defs/{name}"
    )
    bounds = limits()
    for name, part in parts.items():
        if part.get("type") == "object":
            part["additionalProperties"] = False
        part.pop("description", None)
        for field, words in bounds.get(name, {}).items():
            part["properties"][field] |= words
    fields = parts.pop("Document")["properties"]
    network = {name: fields[name] for name in NETWORK if name in fields}
    document = {
        **{name: part for name, part in fields.items() if name not in NETWORK},
        "network": {"type": "object", "properties": network, "additionalProperties": False},
    }
    parts |= _runs(document, parts["RunState"]["properties"])
    whole = {
        "format": {"const": NAME},
        "version": {"const": VERSION},
        "program": {"type": "string", "description": "The program version that wrote it; not read."},
        **document,
        "run": {"anyOf": [state, {"type": "null"}]},
        "curves": _or_null("Curves"),
        "past": _or_null("Past"),
        "branches": {"type": "array", "items": {"$ref": "#/$defs/Branch"}, "maxItems": MAX_READ},
        "comparison": _or_null("Comparison"),
        "view": {
            "type": "object",
            "properties": {"selection": selection, "settings": {"type": "object"}},
            "additionalProperties": False,
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Backprop Playground document",
        "type": "object",
        "properties": whole,
        "required": ["format", "version"],
        "additionalProperties": False,
        "$defs": parts,
    }


def _or_null(name: str) -> Schema:
    return {"anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}]}


def _group(properties: Schema, *required: str) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _runs(document: Schema, state: Schema) -> dict[str, Schema]:
    """Return what runs consist of beside their current state, by name."""
    count: Schema = {"type": "integer", "minimum": 0}
    column = {"type": "array", "items": {"type": ["number", "null"]}, "maxItems": MAX_MOMENTS}
    edit = _group({"iteration": count, "text": {"type": "string", "maxLength": MAX_TEXT}}, "iteration", "text")
    curves = {
        "stride": {"type": "integer", "minimum": 1},
        "iterations": {"type": "array", "items": count, "maxItems": MAX_MOMENTS},
        "columns": _group(dict.fromkeys(COLUMNS, column)),
        "edits": {"type": "array", "items": edit},
    }
    kept = {**state, "edited": {"type": "boolean"}, "document": count}
    past = {
        "documents": {"type": "array", "items": {"$ref": "#/$defs/Settings"}, "maxItems": MAX_STATES},
        "states": {"type": "array", "items": {"$ref": "#/$defs/KeptState"}, "maxItems": MAX_STATES},
    }
    run = {"run": {"$ref": "#/$defs/RunState"}, "past": _or_null("Past"), "curves": _or_null("Curves")}
    settings = {"anyOf": [{"$ref": "#/$defs/Settings"}, {"type": "null"}]}
    differs = {"enum": [*DIFFERENCES, SAVED]}
    name = {"type": "string", "maxLength": MAX_NAME}
    return {
        "Curves": _group(curves, "stride", "iterations", "columns"),
        "Settings": _group(document),
        "KeptState": _group(kept, "parameters"),
        "Past": _group(past),
        "Branch": _group(
            {"iteration": count, "is_apart": {"type": "boolean"}, "document": settings, **run}, "iteration", "curves"
        ),
        "Comparison": _group({"difference": differs, "name": name, "document": settings, **run}, "difference", "run"),
    }


def text() -> str:
    """Return the schema as it is published."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(text().encode())
