"""The card of one gate: per input, upstream × local = downstream with the numbers plugged in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.hidden_number import HiddenNumber
from widgets.controls.judgement import Judgement
from widgets.frame.panel import secondary
from widgets.style import numbers, style
from widgets.values import GateReading

HEADS = ("input", "value", "upstream", "", "local", "", "downstream")
PREDICT_TIP = "Hide every number of this card and type them yourself: downstream = upstream × local."
PIN_TIP = "Keep this card open beside the next one, for comparing or for showing step by step."


class CardTitle(QLabel):
    """The name of a gate, bold, following the type scale."""

    def __init__(self) -> None:
        super().__init__()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        wanted = style.sans(10.5, bold=True)
        if self.font() != wanted:
            self.setFont(wanted)


class GateCard(QFrame):
    """Show a GateReading; every number of it can be hidden, predicted and revealed.

    Signals
    -------
    pin_toggled(int, bool)
        The gate's id, and whether its card shall stay.
    number_answered(int, str, bool)
        Gate id, which number (``"value"``, ``"upstream"``, ``"term_0"``, ``"local_0"``, ``"downstream_0"``, …),
        whether the answer was right.
    input_clicked(int, int)
        The name of an input was clicked: gate id, which input.
    """

    pin_toggled = Signal(int, bool)
    number_answered = Signal(int, str, bool)
    input_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._reading: GateReading | None = None
        self._cells: dict[str, HiddenNumber] = {}
        self._formulas: list[ElidedLabel] = []
        self._predicting, self._pinned = False, False
        self.title, self.formula, self.pattern = CardTitle(), secondary(), secondary()
        self.verdict = QLabel()
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
        """Whether a "?" is left on this card."""
        return any(cell.is_hidden_number for cell in self._cells.values())

    @property
    def cells(self) -> tuple[str, ...]:
        """What the numbers of this card are called, in reading order."""
        return tuple(self._cells)

    def cell(self, which: str) -> HiddenNumber:
        """Return the number called `which`."""
        return self._cells[which]

    def set_reading(self, reading: GateReading | None) -> None:
        """Show another gate, or the same one with other numbers (which keeps what is hidden). Never emits."""
        if reading is None:
            self._reading = None
            self.hide()
            return
        rebuilt = self._reading is None or _shape(reading) != _shape(self._reading)
        self._reading = reading
        if rebuilt:
            self._rebuild(reading)
        self._fill(reading)
        self.setVisible(True)

    def set_pinned(self, pinned: bool) -> None:
        """Show the pin as set or not. Never emits."""
        self._pinned = pinned
        self.pin.set_face("Unpin" if pinned else "Pin", "close" if pinned else "pin")

    def hide_numbers(self) -> None:
        """Hide every computed number of the card."""
        self._predicting = True
        self.predict.setChecked(True)
        for cell in self._cells.values():
            cell.set_hidden(cell.number is not None)
        self._after_change()

    def show_numbers(self) -> None:
        """Show every number."""
        self._predicting = False
        self.predict.setChecked(False)
        for cell in self._cells.values():
            cell.set_hidden(False)
        self.verdict.hide()
        self._after_change()

    def reveal_next(self) -> bool:
        """Show the first hidden number, in reading order; return whether there was one."""
        for cell in self._cells.values():
            if cell.is_hidden_number:
                cell.set_hidden(False)
                self._after_change()
                return True
        return False

    # ---- layout --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title.setProperty("role", "title")
        self.verdict.setWordWrap(True)
        self.verdict.hide()
        self.reveal.hide()
        self.predict.clicked.connect(self._on_predict_clicked)
        self.pin.clicked.connect(self._on_pin_clicked)
        self.reveal.clicked.connect(self.reveal_next)
        header = QHBoxLayout()
        header.setSpacing(4)
        header.addWidget(self.title)
        header.addStretch(1)
        for button in (self.reveal, self.predict, self.pin):
            header.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 10)
        self._column.setSpacing(6)
        self._column.addLayout(header)
        self._column.addWidget(self.formula)
        self._column.addWidget(self._body)
        self._column.addWidget(self.pattern)
        self._column.addWidget(self.verdict)
        self._column.addStretch(1)
        self.hide()

    def _rebuild(self, reading: GateReading) -> None:
        self._cells.clear()
        self._formulas.clear()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        row = self._sum_rows(grid, reading)
        if reading.factors:
            for column, text in enumerate(HEADS):
                grid.addWidget(secondary(text), row, column)
        for slot in range(len(reading.factors)):
            self._factor_row(grid, row + 1 + 2 * slot, slot, reading)
        grid.setColumnStretch(len(HEADS), 1)
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        if self._predicting:
            self.show_numbers()

    def _sum_rows(self, grid: QGridLayout, reading: GateReading) -> int:
        """Put value and upstream on top, one row per branch when the upstream is a sum."""
        grid.addWidget(secondary("value"), 0, 0)
        grid.addWidget(self._cell("value", "value of this gate", "value"), 0, 1)
        grid.addWidget(secondary("upstream"), 0, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._cell("upstream", "upstream gradient ∂f/∂out", "gradient"), 0, 4)
        row = 1
        if len(reading.upstream_terms) > 1:
            for k, (name, _) in enumerate(reading.upstream_terms):
                label = secondary(("=  " if k == 0 else "+  ") + name)
                label.setWordWrap(False)
                grid.addWidget(label, row, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(self._cell(f"term_{k}", f"contribution {name}", "gradient"), row, 4)
                row += 1
        return row

    def _factor_row(self, grid: QGridLayout, row: int, slot: int, reading: GateReading) -> None:
        factor = reading.factors[slot]
        name = Button(factor.name, "Go to this input's gate.", role="flat")
        name.clicked.connect(lambda: self._on_input_clicked(slot))
        grid.addWidget(name, row, 0)
        grid.addWidget(self._cell(f"value_{slot}", f"value of {factor.name}", "value"), row, 1)
        grid.addWidget(self._cell(f"upstream_{slot}", "upstream gradient", "gradient"), row, 2)
        grid.addWidget(QLabel("×"), row, 3)
        grid.addWidget(self._cell(f"local_{slot}", factor.local_formula, "local"), row, 4)
        grid.addWidget(QLabel("="), row, 5)
        told = f"downstream gradient ∂f/∂{factor.name}"
        grid.addWidget(self._cell(f"downstream_{slot}", told, "gradient"), row, 6)
        formula = ElidedLabel()
        formula.setProperty("role", "secondary")
        self._formulas.append(formula)
        grid.addWidget(formula, row + 1, 1, 1, 6)

    def _cell(self, which: str, name: str, meaning: str) -> HiddenNumber:
        cell = HiddenNumber(name, meaning, points=9.0)  # type: ignore[arg-type]
        cell.answered.connect(lambda typed, judgement: self._on_answered(which, typed, judgement))
        self._cells[which] = cell
        return cell

    def _fill(self, reading: GateReading) -> None:
        _say(self.title, reading.title)
        _say(self.pattern, reading.pattern)
        self._cells["value"].set_number(reading.value)
        self._cells["upstream"].set_number(reading.upstream)
        if len(reading.upstream_terms) > 1:
            for k, (_, number) in enumerate(reading.upstream_terms):
                self._cells[f"term_{k}"].set_number(number)
        for slot, factor in enumerate(reading.factors):
            self._cells[f"value_{slot}"].set_number(factor.value)
            self._cells[f"upstream_{slot}"].set_number(reading.upstream)
            self._cells[f"local_{slot}"].set_number(factor.local)
            self._cells[f"downstream_{slot}"].set_number(factor.downstream)
        self._write_formulas()

    def _write_formulas(self) -> None:
        """Plug the numbers into the formulas, but give away none that is hidden."""
        if self._reading is None:
            return
        _say(self.formula, self._formula())
        for slot, factor in enumerate(self._reading.factors):
            hidden = self._cells[f"local_{slot}"].is_hidden_number or factor.local is None
            hidden = hidden or factor.local_formula.endswith(f" = {factor.local_numbers}")
            plugged = "" if hidden or not factor.local_numbers else f" = {factor.local_numbers}"
            _say(self._formulas[slot], f"{factor.local_formula}{plugged}")

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
        if self._reading is None:
            return
        self.verdict.setText(self._told(which, typed, judgement))
        self.verdict.show()
        self._after_change()
        self.number_answered.emit(self._reading.id, which, judgement == "right")

    def _after_change(self) -> None:
        self._write_formulas()
        self.reveal.setVisible(self.has_hidden)
        if not self.has_hidden and self._predicting:
            self._predicting = False
            self.predict.setChecked(False)

    def _told(self, which: str, typed: str, judgement: Judgement) -> str:
        if judgement == "unreadable":
            return f"✗ “{typed[:20]}” is not a number: type one such as −0.25 or 3e-2."
        why = self.derivation(which)
        return f"✓ Right. {why}" if judgement == "right" else f"✗ {typed[:20]} is not it, try again. {why}"

    def derivation(self, which: str) -> str:
        """Return how number `which` comes about, with ? for whatever is still hidden."""
        reading, (kind, _, place) = self._reading, which.partition("_")
        if reading is None:
            return ""
        if kind == "upstream" and len(reading.upstream_terms) > 1:
            terms = " + ".join(self._read(f"term_{k}") for k in range(len(reading.upstream_terms)))
            return f"upstream = sum over the branches = {terms} = {self._read(which)}"
        if kind == "downstream":
            parts = f"{self._read(f'upstream_{place}')} × {self._read(f'local_{place}')}"
            return f"downstream = upstream × local = {parts} = {self._read(which)}"
        if kind == "local":
            factor = reading.factors[int(place)]
            return f"{factor.local_formula} = {self._read(which)}"
        if which == "value":
            return (
                f"{self._formula()} = {self._read(which)}" if self._cells[which].is_hidden_number else self._formula()
            )
        return f"It comes from the gate beside this one: {self._read(which)}"

    def _formula(self) -> str:
        """Return the gate's formula, without the numbers after its second "=" while its value is hidden."""
        if self._reading is None:
            return ""
        parts = self._reading.formula.split(" = ")
        return " = ".join(parts[:2]) if self._cells["value"].is_hidden_number else self._reading.formula

    def _read(self, which: str) -> str:
        cell = self._cells[which]
        if cell.is_hidden_number or cell.number is None:
            return "?"
        text = numbers.four(cell.number)
        return f"({text})" if text.startswith(numbers.MINUS) else text


def _shape(reading: GateReading) -> tuple[object, ...]:
    return (
        reading.id,
        tuple(name for name, _ in reading.upstream_terms),
        tuple((factor.name, factor.local_formula) for factor in reading.factors),
    )


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        if isinstance(label, ElidedLabel):
            label.setToolTip(text)
        label.setVisible(bool(text))
