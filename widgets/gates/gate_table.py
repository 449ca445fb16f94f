"""The numbers of a gate's card in a grid: value and upstream, then a row per input."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.hidden_number import HiddenNumber
from widgets.controls.labels import Label, secondary
from widgets.gates import derivations
from widgets.values import GateReading

HEADS = ("input", "value", "upstream", "", "local", "", "downstream")


class GateTable(QWidget):
    """The cells of one gate; another gate gets another table.

    ``cells`` holds the numbers by name, in reading order; ``formulas`` the formula of each input's local gradient.

    Signals
    -------
    answered(str, str, str)
        Which number, the text as typed, the judgement.
    input_clicked(int)
        The name of this input was clicked.
    """

    answered = Signal(str, str, str)
    input_clicked = Signal(int)

    def __init__(self, reading: GateReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = _shape_of(reading)
        self.cells: dict[str, HiddenNumber] = {}
        self.formulas: dict[int, ElidedLabel] = {}  # by the place of the input
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        row = self._sum_rows(grid, reading)
        if reading.factors:
            for column, text in enumerate(HEADS):
                grid.addWidget(secondary(text), row, column)
        for place, slot in enumerate(_drawn(reading)):
            self._factor_row(grid, row + 1 + 2 * place, slot, reading)
        grid.setColumnStretch(len(HEADS), 1)

    def fits(self, reading: GateReading) -> bool:
        """Return whether `reading` has the cells of this table."""
        return _shape_of(reading) == self._shape

    def set_numbers(self, reading: GateReading) -> None:
        """Show the numbers of `reading`; what is hidden stays hidden. Never emits."""
        self.cells["value"].set_number(reading.value)
        self.cells["upstream"].set_number(reading.upstream)
        if len(reading.upstream_terms) > 1:
            for k, (_, number) in enumerate(reading.upstream_terms):
                self.cells[f"term_{k}"].set_number(number)
        for slot in _drawn(reading):
            factor = reading.factors[slot]
            self.cells[f"value_{slot}"].set_number(factor.value)
            self.cells[f"upstream_{slot}"].set_number(reading.upstream)
            self.cells[f"local_{slot}"].set_number(factor.local)
            self.cells[f"downstream_{slot}"].set_number(factor.downstream)

    def write_formulas(self, reading: GateReading) -> None:
        """Plug the numbers into the formulas, but give away none that is hidden."""
        for slot, label in self.formulas.items():
            is_hidden = self.cells[f"local_{slot}"].is_hidden_number
            text = derivations.local_formula(reading, slot, is_hidden=is_hidden)
            if label.text() != text:
                label.setText(text)
                label.setToolTip(text)
                label.setVisible(bool(text))

    def known(self) -> dict[str, float | None]:
        """Return the numbers by name; None for one that is hidden or not computed."""
        return {which: None if cell.is_hidden_number else cell.number for which, cell in self.cells.items()}

    def _sum_rows(self, grid: QGridLayout, reading: GateReading) -> int:
        """Put value and upstream on top, one row per branch when the upstream is a sum."""
        grid.addWidget(secondary("value"), 0, 0)
        grid.addWidget(self._cell("value", "value of this gate", "value"), 0, 1)
        grid.addWidget(secondary("upstream"), 0, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(
            self._cell("upstream", "upstream gradient: the derivative of the result by this gate's output", "gradient"),
            0,
            4,
        )
        row = 1
        if len(reading.upstream_terms) > 1:
            for k, (name, _) in enumerate(reading.upstream_terms):
                label = secondary(("=  " if k == 0 else "+  ") + name, wrap=False)
                grid.addWidget(label, row, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
                grid.addWidget(self._cell(f"term_{k}", f"contribution {name}", "gradient"), row, 4)
                row += 1
        return row

    def _factor_row(self, grid: QGridLayout, row: int, slot: int, reading: GateReading) -> None:
        factor = reading.factors[slot]
        name = Button(factor.name, "Go to this input's gate.", role="flat")
        name.clicked.connect(lambda: self.input_clicked.emit(slot))
        grid.addWidget(name, row, 0)
        grid.addWidget(self._cell(f"value_{slot}", f"value of {factor.name}", "value"), row, 1)
        grid.addWidget(self._cell(f"upstream_{slot}", "upstream gradient", "gradient"), row, 2)
        grid.addWidget(Label("×"), row, 3)
        grid.addWidget(self._cell(f"local_{slot}", factor.local_formula, "local"), row, 4)
        grid.addWidget(Label("="), row, 5)
        meaning = f"downstream gradient: what this wire adds to the derivative of the result by {factor.name}"
        grid.addWidget(self._cell(f"downstream_{slot}", meaning, "gradient"), row, 6)
        formula = ElidedLabel()
        formula.setProperty("role", "secondary")
        self.formulas[slot] = formula
        grid.addWidget(formula, row + 1, 1, 1, 6)

    def _cell(self, which: str, name: str, meaning: str) -> HiddenNumber:
        cell = HiddenNumber(name, meaning, points=9.0)  # type: ignore[arg-type]
        cell.answered.connect(lambda typed, judgement: self.answered.emit(which, typed, judgement))
        self.cells[which] = cell
        return cell


def _drawn(reading: GateReading) -> list[int]:
    return [slot for slot, factor in enumerate(reading.factors) if factor.is_drawn]


def _shape_of(reading: GateReading) -> tuple[object, ...]:
    return (
        reading.id,
        tuple(name for name, _ in reading.upstream_terms),
        tuple((factor.name, factor.local_formula, factor.is_drawn) for factor in reading.factors),
    )
