"""When training stops automatically: at an iteration, a data loss, an accuracy, or without progress."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QWidget

from widgets.controls.labels import Label, Note, secondary
from widgets.controls.number_edit import NumberEdit
from widgets.style import boxes
from widgets.values import NumberField, StopForm

FIELDS = (
    NumberField("iteration", "at iteration", "Stop exactly there.", (1000.0,), 1000.0, 1.0, 1e12, integer=True),
    NumberField("loss", "at a data loss of at most", "Mean data loss of the chosen set.", (0.01,), 0.01, 0.0, 1e12),
    NumberField("accuracy", "at an accuracy of at least", "Share of the chosen set whose class is right.",
                (0.95,), 0.95, 0.0, 1.0, percent=True),
    NumberField("patience", "without progress for", "So many iterations without a lower data loss of the chosen set.",
                (1000.0,), 1000.0, 1.0, 1e12, integer=True),
)  # fmt: skip
PARTS = (("train", "training set"), ("test", "test set"))


class StopDialog(QDialog):
    """A switch and a number per condition; each takes effect at once, training may go on meanwhile.

    Signals
    -------
    form_changed(object)
        The ``StopForm`` that the user asks for.
    """

    form_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Stop when…")
        self._form = StopForm()
        self._wrong: dict[str, str] = {}
        self.switches = {field.key: QCheckBox(field.label) for field in FIELDS}
        self.edits = {field.key: NumberEdit(field, characters=12) for field in FIELDS}
        self.part = QComboBox()
        self.message = Note()
        self._build()
        self.set_form(self._form)

    def set_form(self, form: StopForm) -> None:
        """Show `form`; a condition that is off keeps the number it had. Never emits."""
        self._form = form
        for field in FIELDS:
            value = getattr(form, field.key)
            with QSignalBlocker(self.switches[field.key]):
                self.switches[field.key].setChecked(value is not None)
            if value is not None:
                self.edits[field.key].set_value(value)
        with QSignalBlocker(self.part):
            self.part.setCurrentIndex([key for key, _ in PARTS].index(form.part))

    def set_has_accuracy(self, has: bool) -> None:
        """Offer the accuracy, or grey it out: regression has none. Never emits."""
        for control in (self.switches["accuracy"], self.edits["accuracy"]):
            control.setEnabled(has)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape; Enter belongs to the numbers."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, field in enumerate(FIELDS):
            switch, edit = self.switches[field.key], self.edits[field.key]
            for control in (switch, edit):
                control.setToolTip(field.tooltip)
            switch.clicked.connect(lambda on, key=field.key: self._on_switched(key, on))
            edit.number_entered.connect(lambda value, key=field.key: self._on_entered(key, value))
            edit.number_refused.connect(lambda why, key=field.key: self._on_refused(key, why))
            grid.addWidget(switch, row, 0)
            grid.addWidget(edit, row, 1)
        grid.addWidget(Label("iterations"), len(FIELDS) - 1, 2)
        for key, label in PARTS:
            self.part.addItem(label, key)
        self.part.setToolTip("Which set data loss, accuracy and progress are of.")
        self.part.setAccessibleName("Which set")
        self.part.activated.connect(lambda index: self._change(replace(self._form, part=PARTS[index][0])))
        of = Label("data loss and accuracy of the")
        of.setBuddy(self.part)
        which = boxes.row(of, self.part, boxes.STRETCH)
        note = secondary("The first condition that is met pauses training and is named in the status line.")
        boxes.column(grid, which, note, self.message, owner=self, spacing=12, margins=(16, 16, 16, 16))

    def _on_switched(self, key: str, on: bool) -> None:
        self.edits[key].take()
        self._change(replace(self._form, **{key: self.edits[key].value if on else None}))  # type: ignore[arg-type]

    def _on_entered(self, key: str, value: float) -> None:
        with QSignalBlocker(self.switches[key]):
            self.switches[key].setChecked(True)
        self._change(replace(self._form, **{key: value}))  # type: ignore[arg-type]

    def _on_refused(self, key: str, why: str) -> None:
        self._wrong[key] = why
        self.message.setText("\n".join(text for text in self._wrong.values() if text))

    def _change(self, form: StopForm) -> None:
        self._form = form
        self.form_changed.emit(form)
