"""The classes as a row of small buttons, each with its colour, its marker and its number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QWidget

from widgets.style import markers, style
from widgets.style.themed import Themed

COLUMNS = 5
MOST = 10
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class ClassPicker(Themed, QWidget):
    """One of the classes, or one more with the last button; the arrow keys move and pick.

    Signals
    -------
    class_picked(int)
        The class that the user picked; one beyond the existing ones begins a new class.
    """

    class_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self.buttons: list[QPushButton] = []
        for label in range(MOST):
            self._add(label)
        self._group.idClicked.connect(lambda label: self.class_picked.emit(label))
        self.setAccessibleName("Class of new points")

    @property
    def label(self) -> int:
        """The class shown as picked; −1 for none."""
        return self._group.checkedId()

    @property
    def n_offered(self) -> int:
        """How many buttons are shown: the classes there are and, below ten, one more."""
        return min(MOST, len(self._names) + 1)

    def set_classes(self, names: tuple[str, ...], label: int) -> None:
        """Offer the classes `names` and one more, and show `label` as picked. Never emits."""
        self._names = names
        # A class that is picked but has no point yet is offered, too.
        offered = min(MOST, max(len(names) + 1, label + 1))
        for k, button in enumerate(self.buttons):
            button.setVisible(k < offered)
            known = k < len(names)
            button.setText(str(k) if known else f"+ {k}")
            button.setToolTip(f"Paint {names[k]} (key {_key(k)})." if known else f"Begin a new class (key {_key(k)}).")
            button.setAccessibleName(names[k] if known else f"New class {k}")
        self.buttons[max(0, min(label, MOST - 1))].setChecked(True)
        self._rove()
        self.take_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and pick with the arrows."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 0 <= self.label + step < self.n_offered:
            self.pick(self.label + step)

    def pick(self, label: int) -> bool:
        """Pick class `label` as the user does; return whether it is offered."""
        if not 0 <= label < self.n_offered:
            return False
        self.buttons[label].setFocus(Qt.FocusReason.TabFocusReason)
        self.buttons[label].click()
        self._rove()
        return True

    def _add(self, label: int) -> None:
        button = QPushButton(str(label))
        button.setCheckable(True)
        button.setProperty("role", "flat")
        button.installEventFilter(self)
        self._group.addButton(button, label)
        self._grid.addWidget(button, label // COLUMNS, label % COLUMNS)
        self.buttons.append(button)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Take the arrows from the buttons, which would move in the order of Qt's own group."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _STEPS:
            self.keyPressEvent(event)
            return True
        return False

    def _rove(self) -> None:
        for k, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if k == self.label else Qt.FocusPolicy.ClickFocus)

    def take_theme(self) -> None:
        """Draw the markers in the colours and the size of the theme."""
        theme, ratio = style.current(), self.devicePixelRatioF()
        side = round(12 * theme.scale)
        # Two classes wear the ends of the value map; with a third, all wear the class colours, as the picture does.
        colours = markers.class_colours(max(len(self._names), self.label + 1))
        for k, button in enumerate(self.buttons):
            colour = colours[k] if k < len(colours) else theme.classes[k]
            image = markers.marker_image(markers.shape_of(k), colour, theme.panel, side, ratio)
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            button.setIcon(QIcon(pixmap))
            button.setIconSize(QSize(side, side))


def _key(label: int) -> int:
    return (label + 1) % 10
