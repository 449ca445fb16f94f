"""Older formats, brought up one version at a time; a file is only ever written in the newest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Plain = dict[str, Any]

VERSION = 2


def upgraded(plain: Plain, version: int) -> Plain:
    """Return `plain`, of format `version`, in the current format."""
    for step in range(version, VERSION):
        plain = STEPS[step](plain)
    return plain


def _from_0(plain: Plain) -> Plain:
    """Format 0 had the document in one piece, the run under `state`, and a plural for what edges show."""
    document = _mapping(plain.get("document"))
    names = ("features", "hidden", "output_activation", "keep_weights", "start_weights")
    made: Plain = {name: part for name, part in document.items() if name not in names}
    made["network"] = {name: document[name] for name in names if name in document}
    if plain.get("state") is not None:
        made["run"] = plain["state"]
    selection = dict(_mapping(plain.get("selection")))
    plurals = {"weights": "weight", "gradients": "gradient", "updates": "update"}
    if isinstance(selection.get("edge_kind"), str):
        selection["edge_kind"] = plurals.get(selection["edge_kind"], selection["edge_kind"])
    return {**made, "view": {"selection": selection}}


def _mapping(value: object) -> Plain:
    return value if isinstance(value, dict) else {}


def _from_1(plain: Plain) -> Plain:
    """Format 1 had no past, no branches, no comparison and no edits of the curves: a run without them is whole."""
    return plain


STEPS: dict[int, Callable[[Plain], Plain]] = {0: _from_0, 1: _from_1}
"""From each older version to the next."""
