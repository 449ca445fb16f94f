"""The schema of ``*.playground`` files, for other programs: ``python -m playground.files.format.schema`` writes it.

It is made from the same dataclasses that read a file, so it cannot say anything else; a test checks that
the published copy, ``docs/playground.schema.json``, is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from playground.document.differences import DIFFERENCES, SAVED
from playground.document.document import MAX_POINTS, MAX_SEED, Document
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import MAX_DEPTH, MAX_PIECES, MAX_WIDTH
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

PUBLISHED = Path(__file__).parents[3] / "docs" / "playground.schema.json"

LIMITS: dict[str, dict[str, Schema]] = {
    "DataSettings": {
        "points": {"minimum": 4, "maximum": MAX_POINTS},
        "noise": {"minimum": 0.0, "maximum": 2.0},
        "train_fraction": {"minimum": 0.05, "maximum": 0.95},
        "seed": {"minimum": 0, "maximum": MAX_SEED},
    },
    "LayerSpec": {
        "width": {"minimum": 1, "maximum": MAX_WIDTH},
        "activation": {"enum": [*ACTIVATIONS, MAXOUT.name]},
        "slope": {"minimum": 0.0, "maximum": 1.0},
        "alpha": {"minimum": 0.0, "maximum": 10.0},
        "pieces": {"minimum": 2, "maximum": MAX_PIECES},
        "dropout": {"minimum": 0.0, "maximum": 0.9},
    },
    "OptimizerSpec": {
        "name": {"enum": list(OPTIMIZERS)},
        **{name: {"minimum": 0.0, "maximum": 0.999999} for name in ("momentum", "beta1", "beta2", "rho")},
        "epsilon": {"exclusiveMinimum": 0.0, "maximum": 1.0},
        "weight_decay": {"minimum": 0.0, "maximum": 10.0},
    },
    "ScheduleSpec": {
        "name": {"enum": list(SCHEDULES)},
        "interval": {"minimum": 1, "maximum": 10**9},
        "gamma": {"exclusiveMinimum": 0.0, "maximum": 1.0},
        "floor": {"minimum": 0.0, "maximum": 1.0},
    },
    "TrainingSpec": {
        "loss": {"enum": list(LOSSES)},
        "learning_rate": {"exclusiveMinimum": 0.0, "maximum": 1e6},
        "batch_size": {"minimum": 1, "maximum": 10_000_000},
        "regularizer": {"enum": list(REGULARIZERS)},
        "penalty": {"minimum": 0.0, "maximum": 1e6},
        "l1_ratio": {"minimum": 0.0, "maximum": 1.0},
        "initializer": {"enum": list(INITIALIZERS)},
        "initial_scale": {"minimum": -100.0, "maximum": 100.0},
    },
    "Document": {
        "features": {"minItems": 1, "uniqueItems": True},
        "hidden": {"maxItems": MAX_DEPTH},
        "output_activation": {"enum": list(ACTIVATIONS)},
        "seed": {"minimum": 0, "maximum": MAX_SEED},
    },
}
"""What ``__post_init__`` checks, in the schema's words; a test holds the two together."""

_NUMBERS: Schema = {
    "description": f"A list (of rows) of numbers; packed (little-endian, base64) when more than {MAX_PLAIN:,}.",
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


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the present format."""
    (_, state, selection), parts = msgspec.json.schema_components(
        [Document, RunState, SavedSelection], schema_hook=lambda _: dict(_NUMBERS), ref_template="#/$defs/{name}"
    )
    for name, part in parts.items():
        if part.get("type") == "object":
            part["additionalProperties"] = False
        part.pop("description", None)
        for field, limits in LIMITS.get(name, {}).items():
            part["properties"][field] |= limits
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
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _runs(document: Schema, state: Schema) -> dict[str, Schema]:
    """Return what runs consist of beside their present state, by name."""
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
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PUBLISHED
    target.write_text(text(), encoding="utf-8")
