"""The card of one gate: per input, upstream × local = downstream with the numbers plugged in."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from widgets.controls.button import Button
from widgets.controls.hidden_number import HiddenNumber
from widgets.controls.judgement import Judgement
from widgets.controls.labels import Note, ScaledLabel
from widgets.gates import derivations
from widgets.gates.gate_table import GateTable
from widgets.style import boxes, style
from widgets.style.letting_go import let_go
from widgets.values import GateReading

PREDICT_TIP = "Hide every number of this card and type them yourself: downstream = upstream × local."
PIN_TIP = "Keep this card open beside the next one, for comparing or for showing step by step."


class GateCard(QFrame):
    """Show a GateReading; every number of it can be hidden, predicted and revealed.

    Signals
    -------
    pin_toggled(int, bool)
        The gate's id, and whether its card stays open.
    number_answered(int, str, str, bool)
        Gate id, which number (``"value"``, ``"upstream"``, ``"term_0"``, ``"local_0"``, ``"downstream_0"``, …),
        what was typed, whether it was right.
    input_clicked(int, int)
        The name of an input was clicked: gate id, which input.
    """

    pin_toggled = Signal(int, bool)
    number_answered = Signal(int, str, str, bool)
    input_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, is_neighbour: bool = False) -> None:
        """Make an empty card; that of a neighbour is only read."""
        super().__init__(parent)
        self._is_neighbour = is_neighbour
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._reading: GateReading | None = None
        self._table: GateTable | None = None
        self._pinned = False
        self.title = ScaledLabel(10.5, style.sans, bold=True)
        self.formula, self.pattern, self.verdict = Note("secondary"), Note("secondary"), Note("")
        self.pin = Button("Pin", PIN_TIP, "pin", role="flat")
        self.predict = Button("Predict", PREDICT_TIP, "eye", role="flat", checkable=True)
        self.reveal = Button("Reveal next", "Show the next hidden number of this card.", role="flat")
        self._body = QWidget()
        self._build()

    # ---- values in -----------------------------------------------------------------------------

    @property
    def reading(self) -> GateReading | None:
        """The reading that is shown."""
        return self._reading

    @property
    def has_hidden(self) -> bool:
        """Whether a number of this card is hidden."""
        return any(cell.is_hidden_number for cell in self._all_cells())

    @property
    def cells(self) -> tuple[str, ...]:
        """The names of this card's numbers, in reading order."""
        return () if self._table is None else tuple(self._table.cells)

    def cell(self, which: str) -> HiddenNumber:
        """Return the number called `which`."""
        assert self._table is not None
        return self._table.cells[which]

    def _all_cells(self) -> list[HiddenNumber]:
        return [] if self._table is None else list(self._table.cells.values())

    def set_reading(self, reading: GateReading | None) -> None:
        """Show another gate, or the same one with other numbers (which keeps what is hidden). Never emits."""
        if reading is None:
            self._reading = None
            self.hide()
            return
        is_other = self._reading is None or self._table is None or not self._table.fits(reading)
        self._reading = reading
        if is_other:
            self._rebuild(reading)
        assert self._table is not None
        self._table.set_numbers(reading)
        self.title.setText(reading.title)
        self.pattern.setText(reading.pattern)
        self._write_formulas()
        self.setVisible(True)

    def set_pinned(self, pinned: bool) -> None:
        """Show the pin as set or not. Never emits."""
        self._pinned = pinned
        self.pin.set_face("Unpin" if pinned else "Pin", "close" if pinned else "pin")

    def set_blanks(self, blanks: Collection[str]) -> None:
        """Hide exactly these numbers, which somebody else asks for. Never emits."""
        for which, cell in ({} if self._table is None else self._table.cells).items():
            cell.set_hidden(which in blanks)
        self._write_formulas()

    def hide_numbers(self) -> None:
        """Hide every computed number of the card."""
        self.predict.setChecked(True)
        for cell in self._all_cells():
            cell.set_hidden(cell.number is not None)
        self._after_change()

    def show_numbers(self) -> None:
        """Show every number."""
        self.predict.setChecked(False)
        for cell in self._all_cells():
            cell.set_hidden(False)
        self.verdict.hide()
        self._after_change()

    def reveal_next(self) -> bool:
        """Show the first hidden number, in reading order; return whether there was one."""
        for cell in self._all_cells():
            if cell.is_hidden_number:
                cell.set_hidden(False)
                self._after_change()
                return True
        return False

    # ---- layout --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.reveal.hide()
        if self._is_neighbour:
            self.predict.hide()
            self.pin.hide()
        self.predict.clicked.connect(self._on_predict_clicked)
        self.pin.clicked.connect(self._on_pin_clicked)
        self.reveal.clicked.connect(self.reveal_next)
        header = boxes.row(self.title, boxes.STRETCH, self.reveal, self.predict, self.pin, spacing=4)
        parts = header, self.formula, self._body, self.pattern, self.verdict, boxes.STRETCH
        self._column = boxes.column(*parts, owner=self, spacing=6, margins=(12, 8, 12, 10))
        self.hide()

    def _rebuild(self, reading: GateReading) -> None:
        table = GateTable(reading)
        table.answered.connect(self._on_answered)
        table.input_clicked.connect(self._on_input_clicked)
        self._column.replaceWidget(self._body, table)
        let_go(self._body)
        self._body = self._table = table
        if self.predict.isChecked():
            self.show_numbers()

    def _write_formulas(self) -> None:
        if self._reading is None or self._table is None:
            return
        is_hidden = self._table.cells["value"].is_hidden_number
        self.formula.setText(derivations.gate_formula(self._reading, is_hidden=is_hidden))
        self._table.write_formulas(self._reading)

    # ---- gestures ------------------------------------------------------------------------------

    def _on_predict_clicked(self, checked: bool) -> None:
        if checked:
            self.hide_numbers()
        else:
            self.show_numbers()

    def _on_pin_clicked(self) -> None:
        self.set_pinned(not self._pinned)
        if self._reading is not None:
            self.pin_toggled.emit(self._reading.id, self._pinned)

    def _on_input_clicked(self, slot: int) -> None:
        if self._reading is not None:
            self.input_clicked.emit(self._reading.id, slot)

    def _on_answered(self, which: str, typed: str, judgement: Judgement) -> None:
        if self._reading is None or self._table is None:
            return
        self.verdict.setText(derivations.verdict(self._reading, which, typed, judgement, self._table.known()))
        self._after_change()
        if judgement != "unreadable":
            self.number_answered.emit(self._reading.id, which, typed, judgement == "right")
        following = next((cell for cell in self._all_cells() if cell.is_hidden_number), None)
        if judgement == "right" and following is not None:
            following.open_editor()

    def _after_change(self) -> None:
        self._write_formulas()
        self.reveal.setVisible(self.has_hidden and not self._is_neighbour)
        if not self.has_hidden:
            self.predict.setChecked(False)
