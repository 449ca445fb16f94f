"""A labelled number to drag or to type: it acts while dragging, and one drag is one gesture."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from widgets.controls import fields, stops
from widgets.controls.labels import Label, Note
from widgets.controls.number_edit import NumberEdit
from widgets.controls.stop_slider import StopSlider
from widgets.style import boxes
from widgets.values import NumberField


class ValueSlider(QWidget):
    """Label and typed value above a slider that snaps to the stops of its field.

    The slider takes arrows, Page and Home/End keys, and the wheel while it has the focus; Enter or a
    click on the number edits it; a double-click goes back to the default. Typed values may lie beyond
    the slider, up to the hard limits; beyond those a line under the slider says what would do.

    Signals
    -------
    value_pressed()
        A gesture began: a drag, a held key, one turn of the wheel, one typed value.
    value_changed(float)
        The value while the gesture goes on.
    value_released()
        The gesture ended.
    """

    value_pressed = Signal()
    value_changed = Signal(float)
    value_released = Signal()

    def __init__(self, field: NumberField, parent: QWidget | None = None, *, characters: int = 10) -> None:
        super().__init__(parent)
        self._field = field
        self._value = field.default
        self._in_gesture = False
        self.label = Label(field.label)
        self.editor = NumberEdit(field, characters=characters)
        self.slider = StopSlider(field.stops)
        self.error = Note()
        self._build()
        self._connect()
        self.set_value(field.default)

    @property
    def field(self) -> NumberField:
        """What the control stands for."""
        return self._field

    @property
    def value(self) -> float:
        """The value shown."""
        return self._value

    def set_field(self, field: NumberField) -> None:
        """Take other stops, limits and words; the value stays. Never emits."""
        if field == self._field:
            return
        self._field = field
        self.label.setText(field.label)
        self.editor.set_field(field)
        with QSignalBlocker(self.slider):
            self.slider.set_stops(field.stops)
        self.set_value(self._value)

    def set_value(self, value: float) -> None:
        """Show `value`, on or between or beyond the stops. Never emits."""
        self._value = float(value)
        self.editor.set_value(self._value)
        if not self.slider.isSliderDown():
            self._place(stops.nearest(self._field.stops, self._value))
        self._describe()

    def _build(self) -> None:
        self.label.setBuddy(self.slider)
        self.slider.setAccessibleName(self._field.label)
        self.slider.exact = lambda: self._value
        top = boxes.row((self.label, 1), self.editor)
        boxes.column(top, self.slider, self.error, owner=self, spacing=0)
        self.setTabOrder(self.slider, self.editor)

    def _connect(self) -> None:
        self.slider.sliderPressed.connect(self._begin)
        self.slider.valueChanged.connect(self._on_stop_picked)
        self.slider.sliderReleased.connect(self._end)
        self.slider.keys_released.connect(self._end)
        self.slider.reset_requested.connect(lambda: self._whole(self._field.default))
        self.slider.edit_requested.connect(self.editor.setFocus)
        self.editor.number_entered.connect(self._whole)
        self.editor.number_refused.connect(self._on_number_refused)

    def _on_number_refused(self, reason: str) -> None:
        self.error.setText(reason)

    def _on_stop_picked(self, index: int) -> None:
        self._begin()
        if not self.slider.isSliderDown():
            index = self._from_between(index)
        self._take(self._field.stops[index])
        if not (self.slider.isSliderDown() or self.slider.is_key_held):
            self._end()

    def _from_between(self, index: int) -> int:
        # A typed value rests between stops: one step goes to its neighbour, not past it.
        before = stops.nearest(self._field.stops, self._value)
        if self._field.stops[before] == self._value or abs(index - before) != 1:
            return index
        neighbour = stops.next_above if index > before else stops.next_below
        index = neighbour(self._field.stops, self._value)
        self._place(index)
        return index

    def _whole(self, value: float) -> None:
        self._begin()
        self._place(stops.nearest(self._field.stops, value))
        self._take(value)
        self._end()

    def _take(self, value: float) -> None:
        self._value = value
        self.editor.set_value(value)
        self._describe()
        self.value_changed.emit(value)

    def _begin(self) -> None:
        if not self._in_gesture:
            self._in_gesture = True
            self.value_pressed.emit()

    def _end(self) -> None:
        if self._in_gesture:
            self._in_gesture = False
            self.value_released.emit()

    def _place(self, index: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(index)

    def _describe(self) -> None:
        field = self._field
        text = (
            f"{field.tooltip}\n"
            f"Now {fields.exact(field, self._value)}; double-click for {fields.shown(field, field.default)}, "
            f"Enter to type {fields.limits(field)}."
        )
        for part in (self.label, self.slider, self.editor):
            part.setToolTip(text)
        self.slider.setAccessibleDescription(fields.shown(field, self._value))
