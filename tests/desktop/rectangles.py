"""What is wrong with rectangles on a screen, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

Rectangle = tuple[int, int, int, int]  # left, top, width, height


def faults(screen: dict[str, Any]) -> list[str]:
    """Return everything that stands where it should not."""
    return [*_frames(screen), *_outside(screen["things"]), *_cut(screen["things"]), *_covered(screen["things"])]


def panels(screen: dict[str, Any]) -> dict[str, Rectangle]:
    """Return the parts of the main window, panels, bars and tabs, by their names and numbers."""
    parts: dict[str, Rectangle] = {}
    for thing in screen["things"]:
        if thing["path"].startswith("MainWindow/") and thing["path"].count("/") == 1:
            name = thing["name"] or thing["words"] or thing["path"].partition("/")[2].partition("[")[0]
            parts[name] = thing["rect"]
    return parts


def network(screen: dict[str, Any]) -> Rectangle:
    """Return the place of the network's panel."""
    return next(thing["rect"] for thing in screen["things"] if thing["name"] == "Network")


def middle(thing: dict[str, Any]) -> tuple[int, int]:
    """Return the middle of a thing."""
    left, top, width, height = thing["rect"]
    return left + width // 2, top + height // 2


def area(rect: Rectangle) -> int:
    """Return how many pixels it covers."""
    return rect[2] * rect[3]


def _frames(screen: dict[str, Any]) -> Iterator[str]:
    for name, frame in screen["windows"].items():
        if not _is_in(frame, screen["screen"]):
            yield f"The frame of {name} {frame} is not inside the screen {screen['screen']}."


def _outside(things: list[dict[str, Any]]) -> Iterator[str]:
    for thing in things:
        around, rect = thing["in"], thing["rect"]
        if around is None or _is_in(rect, around):
            continue
        if thing["scrolls"] is None:
            yield f"{_named(thing)} {rect} is not inside its parent {around}."
            continue
        for way, length, can in (("across", 2, thing["scrolls"][0]), ("down", 3, thing["scrolls"][1])):
            if rect[length] > around[length] and not can:
                yield f"{_named(thing)} {rect} is larger than {around}, and cannot be scrolled {way}."


def _cut(things: list[dict[str, Any]]) -> Iterator[str]:
    for thing in things:
        if thing["text"] is not None and (thing["text"][0] > thing["rect"][2] or thing["text"][1] > thing["rect"][3]):
            yield f"The text of {_named(thing)} needs {thing['text']} and has {thing['rect'][2:]}."


def _covered(things: list[dict[str, Any]]) -> Iterator[str]:
    """Words and controls must not cover each other, nor panels the panels beside them."""
    solids = [thing for thing in things if thing["ink"] is not None]
    for one, other in combinations(solids, 2):
        same_window = one["path"].split("/")[0] == other["path"].split("/")[0]
        if same_window and _overlap(one["ink"], other["ink"]):
            yield f"{_named(one)} {one['ink']} and {_named(other)} {other['ink']} cover each other."
    parts = [thing for thing in things if thing["path"].count("/") == 1]
    for one, other in combinations(parts, 2):
        if one["path"].split("/")[0] == other["path"].split("/")[0] and _overlap(one["rect"], other["rect"]):
            yield f"{_named(one)} {one['rect']} and {_named(other)} {other['rect']} cover each other."


def _named(thing: dict[str, Any]) -> str:
    return f"{thing['path']} “{thing['words'] or thing['name']}”"


def _is_in(rect: Rectangle, around: Rectangle) -> bool:
    return all(rect[i] >= around[i] and rect[i] + rect[i + 2] <= around[i] + around[i + 2] for i in (0, 1))


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return all(one[i] < other[i] + other[i + 2] and other[i] < one[i] + one[i + 2] for i in (0, 1))
