"""The path to the open circuit, whose earlier places can be clicked: ``network › a₂⁽²⁾ › a₁⁽¹⁾``."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, secondary
from widgets.style import boxes
from widgets.values import Choice


class Breadcrumbs(QWidget):
    """A row of places; the last one is the current place, the others can be clicked.

    Signals
    -------
    crumb_clicked(str)
        The key of an earlier place.
    """

    crumb_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: tuple[Choice, ...] = ()
        self._buttons: dict[str, Button] = {}
        self._row = boxes.row(owner=self, spacing=2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Path")

    @property
    def path(self) -> tuple[Choice, ...]:
        """The places shown, the current one last."""
        return self._path

    def button(self, key: str) -> Button:
        """Return the button of an earlier place."""
        return self._buttons[key]

    def set_path(self, path: tuple[Choice, ...]) -> None:
        """Show another path. Never emits."""
        if path == self._path:
            return
        self._path = path
        self._buttons.clear()
        boxes.clear(self._row)
        for k, place in enumerate(path):
            self._row.addWidget(self._here(place) if k == len(path) - 1 else self._earlier(place))
            if k < len(path) - 1:
                self._row.addWidget(secondary("›"))
        self._row.addStretch(1)

    def _here(self, place: Choice) -> QLabel:
        label = Label(place.label)
        label.setToolTip(place.tooltip)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        return label

    def _earlier(self, place: Choice) -> Button:
        button = Button(place.label, place.tooltip or f"Back to {place.label}.", role="flat")
        self._buttons[place.key] = button
        button.clicked.connect(lambda: self.crumb_clicked.emit(place.key))
        return button
