"""Nudge one input by ε: f(x + ε) − f(x) beside gradient × ε, and how the error depends on ε."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from widgets.controls import stops
from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import ScaledLabel, secondary
from widgets.controls.value_slider import ValueSlider
from widgets.plots.error_plot import ErrorPlot
from widgets.style import boxes, numbers
from widgets.values import Choice, NumberField
from widgets.values.circuits import NudgeReading

EPSILON = NumberField(
    key="epsilon",
    label="ε",
    tooltip="How far the input is nudged. The gradient promises f(x + ε) − f(x) ≈ ∂f/∂x · ε.",
    stops=stops.decades(-14, 1, (1.0, 2.0, 5.0)),
    default=0.01,
    low=1e-16,
    high=1e3,
)
NOT_YET = "The promise is compared here as soon as the backward pass has reached this input."
ROWS = (
    ("difference", "{f}({x} + ε) − {f}({x})", "What really changes."),
    ("predicted", "∂{f}/∂{x} · ε", "What the gradient promises."),
    (
        "error",
        "error",
        "How far the promise is off: the distance of the two rows above. Divided by ε it is in the plot.",
    ),
)


class NudgePanel(QWidget):
    """Choose an input and ε, read the difference, the promise and the error.

    Signals
    -------
    input_picked(str)
        The input to nudge.
    epsilon_changed(float)
        Another ε.
    """

    input_picked = Signal(str)
    epsilon_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceBox("input", "Which input is moved by ε; the others stay.")
        self.epsilon = ValueSlider(EPSILON)
        self.plot = ErrorPlot()
        self.not_yet = secondary(NOT_YET)
        self._body = QWidget()
        self.names: dict[str, QLabel] = {}
        self.numbers: dict[str, QLabel] = {}
        self._build()
        self.choice.choice_picked.connect(self.input_picked)
        self.epsilon.value_changed.connect(self.epsilon_changed)

    def set_inputs(self, names: tuple[str, ...], current: str) -> None:
        """Offer the inputs `names`. Never emits."""
        self.choice.set_choices(tuple(Choice(name, name) for name in names), current)
        self.setEnabled(bool(names))

    def set_reading(self, reading: NudgeReading | None) -> None:
        """Show what the nudge did; None says that there is no gradient to compare with yet."""
        self.not_yet.setVisible(reading is None)
        self._body.setVisible(reading is not None)
        self.plot.set_errors(reading.errors if reading else (), reading.epsilon if reading else None)
        for key, label in self.numbers.items():
            number = None if reading is None else float(getattr(reading, key))
            label.setText("" if number is None else self._text(key, number, reading))
            label.setToolTip("" if number is None else numbers.full(number))
        if reading is not None:
            self.epsilon.set_value(reading.epsilon)
            self._name_rows(reading.result, reading.name)

    def _name_rows(self, result: str, name: str) -> None:
        for key, template, _ in ROWS:
            text = template.format(f=result, x=name)
            self.names[key].setText(text)
            self.numbers[key].setAccessibleName(text)

    @staticmethod
    def _text(key: str, number: float, reading: NudgeReading | None) -> str:
        """Return a number; both sides of the comparison with digits until they differ."""
        if reading is None or key == "error":
            return numbers.four(number)
        other = reading.predicted if key == "difference" else reading.difference
        return numbers.told_apart(number, other)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for row, (key, _, tip) in enumerate(ROWS):
            name, number = secondary(), ScaledLabel(9.0)
            number.setProperty("role", "number")
            name.setToolTip(tip)
            self.names[key], self.numbers[key] = name, number
            grid.addWidget(name, row, 0)
            grid.addWidget(number, row, 1)
        self._name_rows("f", "x")
        grid.setColumnStretch(1, 1)
        self.not_yet.hide()
        boxes.column(grid, self.plot, owner=self._body, spacing=6)
        boxes.column(self.choice, self.epsilon, self.not_yet, self._body, owner=self, spacing=6)
