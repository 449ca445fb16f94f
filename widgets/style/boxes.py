"""Widgets beside each other or under each other, laid out in one call."""

from __future__ import annotations

from typing import Literal, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import invalidate

from widgets.style.letting_go import let_go

Margins = int | tuple[int, int, int, int] | None
Item = QWidget | QLayout
Part = Item | int | Literal["stretch"] | tuple[Item, int] | tuple[Item, int, Qt.AlignmentFlag]
"""A widget or a layout, alone or with its stretch (and a widget's alignment); a gap in pixels; what takes the rest."""
Box = TypeVar("Box", bound=QBoxLayout)

STRETCH: Literal["stretch"] = "stretch"
_ANYWHERE = Qt.AlignmentFlag(0)


def row(*parts: Part, owner: QWidget | None = None, spacing: int | None = None, margins: Margins = 0) -> QHBoxLayout:
    """Return `parts` beside each other, as the layout of `owner` where one is given.

    `margins` are left, top, right and bottom, or one number for all; the style's own where None, like `spacing`.
    """
    return _filled(QHBoxLayout(), parts, owner, spacing, margins)


def column(*parts: Part, owner: QWidget | None = None, spacing: int | None = None, margins: Margins = 0) -> QVBoxLayout:
    """Return `parts` under each other; see :func:`row`."""
    return _filled(QVBoxLayout(), parts, owner, spacing, margins)


def clear(box: QLayout) -> None:
    """Remove everything from `box`, and let go of its widgets."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            let_go(widget)


def least_width(part: QWidget) -> int:
    """Return the width that a layout needs for `part`, by the rule of QWidgetItem; 0 where it is hidden.

    The layout's own item is not asked: Python keeps a wrapper of it that outlives it, and a widget made at the same
    address later would be taken for the item.
    """
    if part.isHidden():
        return 0
    shrinks = bool(part.sizePolicy().horizontalPolicy().value & QSizePolicy.PolicyFlag.ShrinkFlag.value)
    least = part.minimumSizeHint().width()
    wanted = least if shrinks else max(part.sizeHint().width(), least)
    return part.minimumWidth() or min(wanted, part.maximumWidth())


def scroll_area(inside: QWidget) -> QScrollArea:
    """Return an area without a frame or a focus of its own, in which `inside` scrolls."""
    area = QScrollArea()
    prepare_scroll_area(area, inside)
    return area


def prepare_scroll_area(area: QScrollArea, inside: QWidget) -> None:
    """Let `inside` scroll in `area`, which has no frame and no focus of its own."""
    area.setProperty("role", "bare")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)


def _filled(box: Box, parts: tuple[Part, ...], owner: QWidget | None, spacing: int | None, margins: Margins) -> Box:
    if owner is not None:
        owner.setLayout(box)
    if margins is not None:
        box.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        box.setSpacing(spacing)
    add(box, *parts)
    return box


def add(box: QBoxLayout, *parts: Part) -> None:
    """Append `parts` to `box`."""
    for part in parts:
        if part == STRETCH:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, tuple):
            _add(box, *part)
        else:
            _add(box, part)


def _add(box: QBoxLayout, item: Item, stretch: int = 0, alignment: Qt.AlignmentFlag = _ANYWHERE) -> None:
    if isinstance(item, QWidget):
        box.addWidget(item, stretch, alignment)
    else:
        box.addLayout(item, stretch)
        _forget_items(item)


def _forget_items(box: QLayout) -> None:
    """Drop the wrappers that PySide makes of the items of a layout that is put into another.

    They outlive their items: a widget that is made at the address of one would be taken for it, and the process ends.
    """
    for index in range(box.count()):
        item = box.itemAt(index)
        if isinstance(item, QLayout):
            _forget_items(item)
        elif item is not None:
            invalidate(item)
