"""The input features to switch on and off, as check boxes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QWidget

from widgets.controls.labels import Label
from widgets.style import boxes
from widgets.style.letting_go import let_go
from widgets.values import Choice

_ROWS = 9


class FeaturePopup(QFrame):
    """A small window of check boxes, one per feature; the last one that is on cannot be switched off.

    Signals
    -------
    feature_toggled(str, bool)
        The key of a feature, and whether it was switched on.
    """

    feature_toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "panel")
        self.setAccessibleName("Input features")
        self._choices: tuple[Choice, ...] = ()
        self._active: tuple[str, ...] = ()
        self._withheld: frozenset[str] = frozenset()
        self.boxes: dict[str, QCheckBox] = {}
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(4, 4, 4, 4)
        self._scroll = QScrollArea()
        self._scroll.setProperty("role", "bare")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._grid_holder)
        heading = Label("Input features")
        heading.setProperty("role", "secondary")
        boxes.column(heading, self._scroll, owner=self, margins=(10, 8, 10, 8))

    def set_features(self, choices: tuple[Choice, ...], active: tuple[str, ...]) -> None:
        """Offer `choices`, those of `active` checked. Never emits."""
        if (choices, active) == (self._choices, self._active):  # the header repeats them at every resize
            return
        if choices != self._choices:
            self._choices = choices
            self._fill()
        self._active = active
        on, last = set(active), len(active) == 1
        for choice in choices:
            box, only = self.boxes[choice.key], last and choice.key in on
            with QSignalBlocker(box):
                box.setChecked(choice.key in on)
            box.setEnabled(not only)
            box.setToolTip(_tooltip(choice, only=only))

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep the boxes of the features that are in `keys` out of sight. Never emits."""
        self._withheld = keys
        for key, box in self.boxes.items():
            box.setVisible(key not in keys)

    def open_at(self, corner: QPoint) -> None:
        """Open with the upper left at `corner`, inside the screen, the first check box in focus."""
        inner = self._grid_holder.sizeHint()
        self._scroll.setFixedSize(inner.width() + 14, min(inner.height(), 420) + 2)
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(min(corner.x(), room.right() - self.width()), room.left())
        y = max(min(corner.y(), room.bottom() - self.height()), room.top())
        self.move(x, y)
        self.show()
        first = next((box for box in self.boxes.values() if box.isEnabled() and not box.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        for box in self.boxes.values():
            self._grid.removeWidget(box)
            let_go(box)
        self.boxes.clear()
        columns = max(1, min(-(-len(self._choices) // _ROWS), 4))
        for index, choice in enumerate(self._choices):
            box = QCheckBox(choice.label)
            box.setAccessibleName(f"Feature {choice.label}")
            box.toggled.connect(lambda on, key=choice.key: self.feature_toggled.emit(key, on))
            self.boxes[choice.key] = box
            self._grid.addWidget(box, index // columns, index % columns)
        self.set_withheld(self._withheld)


def _tooltip(choice: Choice, *, only: bool) -> str:
    note = "The network needs at least one feature: switch another one on first" if only else ""
    return "\n".join(part for part in (choice.formula, choice.tooltip, note) if part)
