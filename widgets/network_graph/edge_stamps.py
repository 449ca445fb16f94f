"""Single edges as small pictures that are kept: to draw an S with soft sides takes ten times as long as to copy one.

A kept edge gives exactly the pixels that drawing it would: it is opaque, and no pixel of it is painted twice. It is cut
into pieces one below the other, or most of its picture would be empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter

Cell = tuple[int, int, int]
"""An edge: its layer, row and source in the arrays."""
Piece = tuple[QPoint, QImage]
"""A part of the picture of an edge, and which pixel of the view it begins at."""
_HIGH = 64
"""Pixels of a piece."""
_MOST = 3_000_000
"""So many pixels are kept, 12 MB; edges that find no room are drawn each time."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The part of the view that a picture of edges shows, in pixels of a device with this ratio."""

    part: QRect
    ratio: float

    def pieces(self, box: QRect, draw: Callable[[QPainter], object]) -> list[Piece]:
        """Return what `draw` draws inside `box`; counted from where the whole picture begins, it is rounded alike."""
        image = QImage(self.part.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.ratio)
        image.fill(Qt.GlobalColor.transparent)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-(QPointF(self.part.topLeft()) / self.ratio))
            draw(painter)
        image.setDevicePixelRatio(1.0)
        is_drawn = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.width()) != 0
        inside = (box & self.part).translated(-self.part.topLeft())
        pieces = []
        for first in range(inside.top(), inside.bottom() + 1, _HIGH):
            high = min(_HIGH, inside.bottom() + 1 - first)
            found = np.flatnonzero(is_drawn[first : first + high].any(axis=0))
            if len(found):
                piece = QRect(int(found[0]), first, int(found[-1] - found[0]) + 1, high)
                pieces.append((self.part.topLeft() + piece.topLeft(), image.copy(piece)))
        return pieces


class EdgeStamps:
    """The pictures of edges in one layout, each as it looked last."""

    def __init__(self) -> None:
        self._kept: dict[Cell, tuple[int, list[Piece]]] = {}
        self._room = _MOST

    def forget(self) -> None:
        """Drop everything kept: the layout, the colours or the resolution are others."""
        self._kept.clear()
        self._room = _MOST

    def kept(self, cell: Cell, code: int) -> list[Piece] | None:
        """Return the pieces of an edge, None where it is not kept as `code` looks."""
        found = self._kept.get(cell)
        return found[1] if found is not None and found[0] == code else None

    def make(
        self, cell: Cell, code: int, ground: Ground, box: QRect, draw: Callable[[QPainter], object]
    ) -> list[Piece]:
        """Return what `draw` draws of an edge inside `box`, and keep it if there is room."""
        before = self._kept.pop(cell, None)
        if before is not None:
            self._room += _size(before[1])
        pieces = ground.pieces(box, draw)
        size = _size(pieces)
        if size <= self._room:
            self._room -= size
            self._kept[cell] = code, pieces
        return pieces


def _size(pieces: list[Piece]) -> int:
    return sum(image.width() * image.height() for _, image in pieces)
