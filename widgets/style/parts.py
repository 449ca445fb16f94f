"""Parts: the objects inside another, asked for without keeping any of them.

``findChildren`` would hand each part that Qt made to the Python object of the whole, which holds it as its child until
the whole goes, however early Qt deletes the part: tab bars of docks, the lists of boxes, and their styles.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

Part = TypeVar("Part", bound=QObject)


def parts_of(whole: QObject, kind: type[Part]) -> list[Part]:
    """Return all of this kind inside `whole`, at any depth: each before its own parts."""
    is_of_widgets = issubclass(kind, QWidget)  # which are inside widgets only
    found: list[Part] = []
    waiting = whole.children()[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, kind):
            found.append(part)
        if not is_of_widgets or isinstance(part, QWidget):
            waiting += reversed(part.children())
    return found


def direct_parts_of(whole: QObject, kind: type[Part]) -> list[Part]:
    """Return those of this kind that `whole` itself is the parent of."""
    return [part for part in whole.children() if isinstance(part, kind)]
