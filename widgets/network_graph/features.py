"""The input features to switch on and off, as check boxes with a small map each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from widgets.style import style
from widgets.values import Choice

_ROWS = 9
_ICON = 20


class FeaturePopup(QFrame):
    """A small window of check boxes, one per feature; the last one that is on cannot be switched off.

    Signals
    -------
    feature_toggled(str, bool)
        A person switched a feature.
    """

    feature_toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "panel")
        self.setAccessibleName("Input features")
        self._choices: tuple[Choice, ...] = ()
        self._maps: dict[str, NDArray[np.uint8]] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._scroll = QScrollArea()
        self._scroll.setProperty("role", "bare")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._grid_holder)
        heading = QLabel("Input features")
        heading.setProperty("role", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(heading)
        column.addWidget(self._scroll)

    def set_features(self, choices: tuple[Choice, ...], active: tuple[str, ...]) -> None:
        """Offer `choices`, those of `active` checked. Never emits."""
        if choices != self._choices:
            self._choices = choices
            self._fill()
        last = len(active) == 1
        for key, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(key in active)
            box.setEnabled(not (last and key in active))
            box.setToolTip(self._told(key, only=last and key in active))

    def set_maps(self, maps: Mapping[str, NDArray[np.uint8]]) -> None:
        """Show what each feature computes over the plane: uint8 images (size, size) by feature key."""
        self._maps = dict(maps)
        self._show_icons()

    def open_at(self, corner: QPoint) -> None:
        """Open with the upper left at `corner`, inside the screen, the first check box in focus."""
        self._show_icons()
        inner = self._grid_holder.sizeHint()
        self._scroll.setFixedSize(inner.width() + 14, min(inner.height(), 420) + 2)
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(min(corner.x(), room.right() - self.width()), room.left())
        y = max(min(corner.y(), room.bottom() - self.height()), room.top())
        self.move(x, y)
        self.show()
        first = next((box for box in self.boxes.values() if box.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        for box in self.boxes.values():
            box.hide()
            self._grid.removeWidget(box)
            box.deleteLater()
        self.boxes.clear()
        columns = max(1, min(-(-len(self._choices) // _ROWS), 4))
        for index, choice in enumerate(self._choices):
            box = QCheckBox(choice.label)
            box.setAccessibleName(f"Feature {choice.label}")
            box.setIconSize(QSize(_ICON, _ICON))
            box.toggled.connect(lambda on, key=choice.key: self.feature_toggled.emit(key, on))
            self.boxes[choice.key] = box
            self._grid.addWidget(box, index // columns, index % columns)

    def _show_icons(self) -> None:
        table = style.value_table()
        for key, box in self.boxes.items():
            if key in self._maps:
                pixels = np.take(table, np.ascontiguousarray(self._maps[key]))
                high, wide = pixels.shape
                image = QImage(pixels.data, wide, high, wide * 4, QImage.Format.Format_RGB32).copy()
                box.setIcon(QIcon(QPixmap.fromImage(image)))

    def _told(self, key: str, *, only: bool) -> str:
        choice = next(choice for choice in self._choices if choice.key == key)
        note = "The network needs at least one feature: switch another one on first" if only else ""
        return "\n".join(part for part in (choice.formula, choice.tooltip, note) if part)
