"""The view in a file: selection and display as one block, and the settings that views keep for themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import msgspec

from playground.document.display import Display
from playground.document.document import Edge, Node
from playground.document.selection import Example, Selection
from playground.files.error_messages import DocumentError, convert
from playground.files.format.values import Plain, plain_part, require_finite
from playground.files.saved import ViewState

MAX_SETTINGS = 65_536
MAX_DEPTH = 16
_FIRST_EXAMPLE, _FIRST_DISPLAY = Example(), Display()


@dataclasses.dataclass(frozen=True, slots=True)
class SavedSelection:
    """The block ``view.selection``: the fields of a ``Selection`` and of a ``Display``."""

    node: Node | None = None
    edge: Edge | None = None
    example: Example = _FIRST_EXAMPLE
    hovered: Node | None = None  # always null; files have had the field from the beginning
    edge_kind: str = _FIRST_DISPLAY.edge_kind
    neuron_kind: str = _FIRST_DISPLAY.neuron_kind
    values: bool = _FIRST_DISPLAY.values


@dataclasses.dataclass(frozen=True, slots=True)
class _View:
    selection: SavedSelection = dataclasses.field(default_factory=SavedSelection)
    settings: dict[str, Any] = dataclasses.field(default_factory=dict)


def plain_view(view: ViewState) -> Plain:
    """Return `view` as a file has it."""
    selection, display = view.selection, view.display
    block = SavedSelection(
        selection.node, selection.edge, selection.example, None, display.edge_kind, display.neuron_kind, display.values
    )
    return {"selection": plain_part(block, "$.view.selection"), "settings": _plain_settings(view.settings)}


def read_view(plain: object, n_columns: int) -> ViewState:
    """Return the view that a file holds for points of `n_columns` coordinates, without what it could not show."""
    view = convert(plain, _View, "$.view")
    _require_small(view.settings)
    block = view.selection
    selection = Selection(block.node, block.edge, block.example)
    return ViewState(selection, view.settings, Display(block.edge_kind, block.neuron_kind, block.values)).sound(
        n_columns
    )


def _plain_settings(settings: Mapping[str, object]) -> Plain:
    place = "$.view.settings"
    try:
        made: Plain = msgspec.to_builtins(dict(settings))
    except (TypeError, RecursionError) as error:
        raise DocumentError("{place}: expected plain values ({error})", place=place, error=error) from None
    require_finite(made, place)
    _require_small(made)
    return made


def _require_small(settings: Plain) -> None:
    size = len(msgspec.json.encode(settings))
    if size > MAX_SETTINGS:
        raise DocumentError(
            "$.view.settings: expected at most {max_settings:,} bytes, got {size:,}",
            max_settings=MAX_SETTINGS,
            size=size,
        )
    level: list[Any] = [settings]
    for _ in range(MAX_DEPTH):
        level = [part for group in level for part in (group.values() if isinstance(group, dict) else group)]
        level = [part for part in level if isinstance(part, dict | list | tuple)]
        if not level:
            return
    raise DocumentError("$.view.settings: expected at most {max_depth} levels", max_depth=MAX_DEPTH)
