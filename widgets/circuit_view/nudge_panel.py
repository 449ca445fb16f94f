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
ROWS = (
    ("difference", "f(x + ε) − f(x)", "What really changes."),
    ("predicted", "∂f/∂x · ε", "What the gradient promises."),
    ("error", "error", "|(f(x + ε) − f(x)) / ε − ∂f/∂x|: shrinks with ε, until rounding makes it grow again."),
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
        self.numbers: dict[str, QLabel] = {}
        self._build()
        self.choice.choice_picked.connect(self.input_picked)
        self.epsilon.value_changed.connect(self.epsilon_changed)

    def set_inputs(self, names: tuple[str, ...], current: str) -> None:
        """Offer the inputs `names`. Never emits."""
        self.choice.set_choices(tuple(Choice(name, name) for name in names), current)
        self.setEnabled(bool(names))

    def set_reading(self, reading: NudgeReading | None) -> None:
        """Show what the nudge did; None leaves blanks."""
        self.plot.set_errors(reading.errors if reading else (), reading.epsilon if reading else None)
        for key, label in self.numbers.items():
            number = None if reading is None else float(getattr(reading, key))
            label.setText("" if number is None else numbers.four(number))
            label.setToolTip("" if number is None else numbers.full(number))
        if reading is not None:
            self.epsilon.set_value(reading.epsilon)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for row, (key, text, tip) in enumerate(ROWS):
            name, number = secondary(text), ScaledLabel(9.0)
            number.setProperty("role", "number")
            number.setAccessibleName(text)
            name.setToolTip(tip)
            self.numbers[key] = number
            grid.addWidget(name, row, 0)
            grid.addWidget(number, row, 1)
        grid.setColumnStretch(1, 1)
        boxes.column(self.choice, self.epsilon, grid, self.plot, owner=self, spacing=6)
