"""``*.playground``: a document, its run, curves and view as versioned, readable JSON.

``docs/format.md`` tells it in words and ``docs/playground.schema.json`` for machines. The names in a
file are those of our dataclasses, so a new field of the document is saved without a change here;
a new format version is due when an older program could not read it or would drop it.
"""

from __future__ import annotations

import playground
from playground.document.prepared_data import columns_of
from playground.files.error_messages import DocumentError, got
from playground.files.format import json_text
from playground.files.format.branches import plain_branches, plain_comparison, read_branches, read_comparison
from playground.files.format.checks import needs_of
from playground.files.format.documents import plain_document, read_document
from playground.files.format.migrations import VERSION, upgraded
from playground.files.format.runs import Budget, plain_curve, plain_past, plain_state, read_curve, read_memory
from playground.files.format.values import Plain
from playground.files.format.views import plain_view, read_view
from playground.files.saved import Saved

NAME = "backprop-playground"
RUN_PARTS = ("past", "comparison", "branches")
OTHERS = ("format", "version", "program", "run", "curves", *RUN_PARTS, "view")


def encode(saved: Saved) -> bytes:
    """Return the file of `saved`: JSON in UTF-8, the same bytes for the same content.

    Raises
    ------
    DocumentError
        When a number is not finite, or a view remembers something that is no plain value.
    """
    data = json_text.write(plain(saved)) + b"\n"
    if len(data) > json_text.MAX_BYTES:
        raise DocumentError(
            "{count:,} bytes are more than a file may have ({max_bytes:,}): use less data",
            count=len(data),
            max_bytes=json_text.MAX_BYTES,
        )
    return data


def decode(data: bytes) -> Saved:
    """Return what a file holds; older formats are brought up to the present one.

    Raises
    ------
    DocumentError
        One line with the place, such as ``$.network.hidden[2].width``; nothing has changed then.
    """
    return from_plain(read_plain(data))


def read_plain(data: bytes) -> object:
    """Return the plain values of JSON `data`, within the limits of a file."""
    return json_text.read(data)


# ---- writing -----------------------------------------------------------------------------------


def plain(saved: Saved, *, with_points: bool = True) -> Plain:
    """Return `saved` as dicts, lists, texts and numbers, in the layout of a file; points may be kept elsewhere."""
    document, budget = saved.document, Budget(saved.document)
    made: Plain = {"format": NAME, "version": VERSION, "program": playground.__version__}
    made |= plain_document(document, with_points=with_points)
    if saved.state is not None:
        made["run"] = plain_state(saved.state, "$.run")
    if saved.curves is not None and len(saved.curves.table):
        made["curves"] = plain_curve(saved.curves)
    if saved.state is not None:
        past = plain_past(saved.marks, document, saved.state.iteration, "$.past", budget)
        if past is not None:
            made["past"] = past
        comparison = plain_comparison(saved.comparison, budget) if saved.comparison else None
        if comparison is not None:
            made["comparison"] = comparison
        if saved.branches:
            made["branches"] = plain_branches(saved.branches, document, budget)
    made["view"] = plain_view(saved.view)
    return made


# ---- reading -----------------------------------------------------------------------------------


def from_plain(raw: object) -> Saved:
    """Return what `raw`, the plain values of a file of any version, holds."""
    if not isinstance(raw, dict):
        raise DocumentError("$: expected an object with named values, got {found}", found=got(raw))
    values = upgraded(raw, _version(raw))
    document = read_document(values, OTHERS)
    seen = read_view(values.get("view", {}), columns_of(document.data))
    if values.get("run") is None:
        for name in RUN_PARTS:
            if values.get(name) is not None:
                raise DocumentError(
                    "$.{name}: expected a run that it belongs to; add one, or leave this out", name=name
                )
        curves = read_curve(values["curves"], "$.curves") if values.get("curves") is not None else None
        return Saved(document, None, curves, seen)
    needs, budget = needs_of(document), Budget(document)
    memory = read_memory(values, "$", document, needs, budget)
    second, others = values.get("comparison"), values.get("branches")
    comparison = None if second is None else read_comparison(second, document, budget)
    branches = () if others is None else read_branches(others, document, needs, budget)
    return Saved(document, memory.state, memory.curve, seen, memory.marks, branches, comparison)


def _version(raw: Plain) -> int:
    if raw.get("format") != NAME:
        raise DocumentError(
            '$.format: expected "{name}", got {found}: this is no playground document',
            name=NAME,
            found=got(raw.get("format")),
        )
    version = raw.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise DocumentError(
            "$.version: expected an integer from 0 to {version}, got {found}", version=VERSION, found=got(version)
        )
    if version > VERSION:
        raise DocumentError(
            "$.version: format {found} is newer than this program, which reads up to {version}; open "
            "it with a newer Backprop Playground",
            found=got(version),
            version=VERSION,
        )
    return version
