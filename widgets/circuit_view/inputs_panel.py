"""A slider with a typed value for each input of a circuit, and its gradient beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from widgets.controls import stops
from widgets.controls.labels import Label, secondary
from widgets.controls.value_slider import ValueSlider
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed
from widgets.values import NumberField
from widgets.values.circuits import CircuitInput

STEPS = 200
HARDEST = 1e9


def input_field(item: CircuitInput) -> NumberField:
    """Return the slider of one input: two hundred stops over its range, any number when typed."""
    step = (item.maximum - item.minimum) / STEPS
    return NumberField(
        key=item.name,
        label=item.name,
        tooltip=f"The value of the input {item.name}. Every number of the circuit follows while you drag.",
        stops=stops.linear(item.minimum, item.maximum, step),
        default=item.value,
        low=-HARDEST,
        high=HARDEST,
    )


class InputsPanel(Themed, QWidget):
    """The inputs in the order of the expression: ``sliders`` by name, and ``gradients``, the labels under them.

    Signals
    -------
    input_pressed(str), input_released(str)
        A gesture on an input began, ended.
    input_changed(str, float)
        Its value meanwhile.
    """

    input_pressed = Signal(str)
    input_changed = Signal(str, float)
    input_released = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inputs: tuple[CircuitInput, ...] = ()
        self.sliders: dict[str, ValueSlider] = {}
        self.gradients: dict[str, QLabel] = {}
        self.empty = secondary("Names in the expression become inputs here.")
        self._column = boxes.column(self.empty, owner=self, spacing=6)

    def set_inputs(self, inputs: tuple[CircuitInput, ...]) -> None:
        """Show these inputs. The same names with other values keep their sliders. Never emits."""
        if tuple((i.name, i.minimum, i.maximum) for i in inputs) != tuple(
            (i.name, i.minimum, i.maximum) for i in self._inputs
        ):
            self._rebuild(inputs)
        self._inputs = inputs
        for item in inputs:
            if item.value != self.sliders[item.name].value:
                self.sliders[item.name].set_value(item.value)

    def set_gradients(self, gradients: Mapping[str, float | None], of: str = "f") -> None:
        """Show ∂f/∂(input) under each slider (`of` names what is differentiated); None is not computed yet."""
        for name, label in self.gradients.items():
            number = gradients.get(name)
            label.setText("" if number is None else f"∂{of}/∂{name} {_equals(number)}")
            label.setToolTip("" if number is None else f"∂{of}/∂{name} = {numbers.full(number)}")

    def _rebuild(self, inputs: tuple[CircuitInput, ...]) -> None:
        self._column.removeWidget(self.empty)
        boxes.clear(self._column)
        self._column.addWidget(self.empty)
        self.sliders, self.gradients = {}, {}
        for item in inputs:
            self._add(item)
        self.empty.setVisible(not inputs)
        self.take_theme()

    def _add(self, item: CircuitInput) -> None:
        slider, name = ValueSlider(input_field(item)), item.name
        slider.value_pressed.connect(lambda: self.input_pressed.emit(name))
        slider.value_changed.connect(lambda value: self.input_changed.emit(name, value))
        slider.value_released.connect(lambda: self.input_released.emit(name))
        label = Label()
        self.sliders[name], self.gradients[name] = slider, label
        self._column.addWidget(slider)
        self._column.addWidget(label)

    def take_theme(self) -> None:
        """Write the gradients in the colour and the type of the theme."""
        for label in self.gradients.values():
            label.setFont(style.mono(8.5))
            label.setStyleSheet(f"color: {style.current().gradient};")


def _equals(number: float) -> str:
    text = numbers.approximately(number)
    return text if text.startswith("≈") else f"= {text}"
