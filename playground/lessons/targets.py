"""Targets: the nodes, edges and examples that a lesson names, as it types them."""

from __future__ import annotations

from playground.document.quantity import typed_place
from playground.document.selection import Selection
from playground.engine.messages import message
from playground.engine.notation import read_node
from playground.lessons.faults import quoted
from playground.lessons.typed_numbers import read_number, read_whole

MOST_EXAMPLES = 1_000_000


def read_target(text: str) -> tuple[str, str]:
    """Return ("node" or "edge", its name) of ``h1.2``, ``loss``, ``x1-h1.2`` or ``bias-h1.2``.

    Whether the network has it shows when the action is carried out.
    """
    name = text.replace(" ", "").replace("->", "-").replace("→", "-")
    source, dash, target = name.partition("-")
    for one in (source, target) if dash else (source,):
        if not (one == "loss" and not dash) and not (one == "bias" and one is source and dash):
            read_node(one, 0)
    return ("edge" if dash else "node"), name


def read_selection(text: str) -> tuple[str, ...]:
    """Return ("node", "h1.2"), ("edge", "x1-h1.2") or ("example", "example", "3"): what can be selected."""
    what, _, rest = text.strip().partition(" ")
    if what == "example":
        return "example", "example", str(read_whole(rest, 0, MOST_EXAMPLES))
    return read_target(text)


def is_selected(selection: Selection, name: str, depth: int) -> bool:
    """Return whether what is called `name` is selected in a network of `depth` hidden layers."""
    if name.startswith("example "):
        return selection.example.index == int(name.removeprefix("example "))
    place = selection.edge or selection.node
    return place is not None and typed_place(place, depth) == name


def read_probe(text: str) -> tuple[float, ...]:
    """Return the two coordinates of ``0.5 -1``."""
    parts = text.replace(",", " ").split() if ", " in text else text.split()
    if len(parts) != 2:
        raise ValueError(message("expected two coordinates such as 0.5 -1, got {text}", text=quoted(text)))
    return tuple(read_number(part) for part in parts)
