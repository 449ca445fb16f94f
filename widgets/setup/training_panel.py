"""Everything about training but the network and the data: loss, optimizer, rate, penalty, start."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QWidget

from widgets.controls.button import Button
from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import Note, secondary
from widgets.controls.number_edit import NumberEdit
from widgets.controls.value_slider import ValueSlider
from widgets.frame.panel import Panel
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed
from widgets.values import Choice, ChoiceField, NumberField, TrainingForm

RATE = "learning_rate"
"""The field under which the rate of the schedule is shown."""

_KEEP = (
    "On: a new width or depth keeps every weight that still has a place; new ones come from the initialization.\n"
    "Off: every weight starts fresh."
)


class TrainingPanel(Themed, Panel):
    """The training settings; only those that mean something with the current choices are shown (and made).

    Keys are those of the form's fields, `seed`'s own and ``keep_weights``. A choice sends its key, a number field
    its number, a box that switches each field that it switches: a number, or None for off.

    Signals
    -------
    field_pressed(str), field_changed(str, object), field_released(str)
        One gesture: pressed, changed once or more, released.
    new_weights_clicked()
        Take the next seed and start again from it.
    """

    field_pressed = Signal(str)
    field_changed = Signal(str, object)
    field_released = Signal(str)
    new_weights_clicked = Signal()

    def __init__(self, seed: NumberField, parent: QWidget | None = None, *, framed: bool = False) -> None:
        super().__init__("Training", parent, framed=framed)
        self._form = TrainingForm()
        self._fields: dict[str, ChoiceField | NumberField] = {}
        self._withheld: frozenset[str] = frozenset()
        self.boxes: dict[str, ChoiceBox] = {}
        self.sliders: dict[str, ValueSlider] = {}  # those that mattered so far: most never do
        self.rate_now = secondary(wrap=False)
        self.seed = NumberEdit(seed, characters=8)
        self.seed.setToolTip(seed.tooltip)
        self.seed_error = Note()
        self.new_weights = Button(
            "New weights", "Take the next seed: fresh weights, iteration 0. The data stay.", "dice"
        )
        self.keep_weights = QCheckBox("Keep weights")
        self.count = secondary()
        self._column = boxes.column(spacing=self.body.spacing())
        self._build(seed)
        self._connect(seed.key)

    @property
    def form(self) -> TrainingForm:
        """What is shown."""
        return self._form

    def set_form(self, form: TrainingForm) -> None:
        """Show `form`. Never emits."""
        self._form = form
        self._fields = {field.key: field for field in form.fields}
        for field in form.fields:
            if isinstance(field, ChoiceField):
                self._box(field).set_choices(field.choices, self._chosen(field))
        for key, slider in self.sliders.items():
            slider.set_value(self._value(key))
        self.seed.set_value(form.seed)
        with QSignalBlocker(self.keep_weights):
            self.keep_weights.setChecked(form.keep_weights)
        self.count.setText(f"{numbers.grouped(form.n_parameters)} parameters" if form.n_parameters else "")
        self.set_rate_now(form.rate_now, has_ended=form.has_ended)
        self._show_what_matters()

    def set_rate_now(self, rate: float | None, *, has_ended: bool = False) -> None:
        """Show the rate of the pending iteration where a schedule changes it, or ended; cheap enough for each frame."""
        scheduled = rate is not None and rate != self._form.values.get(RATE)
        words = "schedule ended: η stays" if has_ended else "η now"
        text = f"{words} {numbers.approximately(rate)}" if scheduled and rate is not None else ""
        if text != self.rate_now.text():
            self.rate_now.setText(text)
            self.take_theme()
            self.rate_now.setVisible(scheduled)

    def take_theme(self) -> None:
        """Keep the rate's place wide enough for the type scale."""
        # A label of fixed size does not ask the panel for a new layout with every iteration.
        metrics = QFontMetrics(style.sans(8.0))
        own = self.rate_now.fontMetrics().horizontalAdvance(f"{self.rate_now.text()} ")
        width = max(own, metrics.horizontalAdvance("η now ≈ −0.0001235 "))
        self.rate_now.setFixedSize(width, metrics.height() + 2)

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep the fields that are in `keys` out of sight. Never emits."""
        self._withheld = keys
        self._show_what_matters()

    def _build(self, seed: NumberField) -> None:
        self.rate_now.hide()
        self.take_theme()
        label = secondary(seed.label, wrap=False)
        label.setBuddy(self.seed)
        self.keep_weights.setToolTip(_KEEP)
        row = boxes.row(label, boxes.STRETCH, self.seed)
        foot = boxes.column(row, self.seed_error, self.new_weights, self.keep_weights, self.count, spacing=4)
        boxes.add(self.body, self._column, foot)

    def _connect(self, seed: str) -> None:
        self.seed.number_entered.connect(lambda value: self._on_whole(seed, int(value)))
        self.seed.number_refused.connect(self.seed_error.setText)
        self.keep_weights.toggled.connect(lambda on: self._on_whole("keep_weights", on))
        self.new_weights.clicked.connect(lambda: self.new_weights_clicked.emit())

    # ---- gestures ------------------------------------------------------------------------------

    def _on_choice_picked(self, key: str, picked: str) -> None:
        field = self._fields[key]
        if isinstance(field, ChoiceField) and field.switches:
            self._switch(field, picked)
        else:
            self._on_whole(key, picked)

    def _switch(self, field: ChoiceField, picked: str) -> None:
        on = next(choice.fields for choice in field.choices if choice.key == picked)
        for key in _switched(field):
            if (key in on) != (self._form.values[key] is not None):
                self._on_whole(key, self._value(key) if key in on else None)

    def _on_whole(self, key: str, value: object) -> None:
        self._show_what_matters()
        self.field_pressed.emit(key)
        self.field_changed.emit(key, value)
        self.field_released.emit(key)

    def _on_value_changed(self, field: NumberField, value: float) -> None:
        self.field_changed.emit(field.key, int(value) if field.integer else value)

    # ---- what is shown -------------------------------------------------------------------------

    def _chosen(self, field: ChoiceField) -> str:
        """Return the key of the current choice."""
        if not field.switches:
            return str(self._form.values[field.key])
        on = {key for key in _switched(field) if self._form.values[key] is not None}
        return next(choice.key for choice in field.choices if set(choice.fields) == on)

    def _value(self, key: str) -> float:
        """Return the number of the form; a limit that is off keeps the one that was shown last."""
        value, field = self._form.values[key], self._fields[key]
        if value is None:
            assert isinstance(field, NumberField)
            return self.sliders[key].value if key in self.sliders else field.default
        return float(value)

    def _show_what_matters(self) -> None:
        wanted: set[str] = set()
        owned: set[str] = set()
        for key, box in self.boxes.items():
            choices = self._choices(key)
            owned.update(name for choice in choices for name in choice.fields)
            wanted.update(name for choice in choices if choice.key == box.current for name in choice.fields)
        for key, field in self._fields.items():
            shown = key not in self._withheld and (key in wanted or key not in owned)
            if isinstance(field, ChoiceField):
                self.boxes[key].setVisible(shown)
            elif shown:
                self._slider(field).show()
            elif key in self.sliders:
                self.sliders[key].hide()

    def _choices(self, key: str) -> tuple[Choice, ...]:
        field = self._fields[key]
        return field.choices if isinstance(field, ChoiceField) else ()

    # ---- parts that are made when they first matter ---------------------------------------------

    def _box(self, field: ChoiceField) -> ChoiceBox:
        if field.key not in self.boxes:
            box = self.boxes[field.key] = ChoiceBox(field.label, field.tooltip, show_formula=field.show_formula)
            box.choice_picked.connect(lambda picked: self._on_choice_picked(field.key, picked))
            self._place(field.key, box)
        return self.boxes[field.key]

    def _slider(self, field: NumberField) -> ValueSlider:
        key = field.key
        if key not in self.sliders:
            slider = self.sliders[key] = ValueSlider(field)
            slider.set_value(self._value(key))
            slider.value_pressed.connect(lambda: self.field_pressed.emit(key))
            slider.value_changed.connect(lambda value: self._on_value_changed(field, value))
            slider.value_released.connect(lambda: self.field_released.emit(key))
            self._place(key, slider)
            if key == RATE:
                self._column.insertWidget(self._column.indexOf(slider) + 1, self.rate_now)
        return self.sliders[key]

    def _place(self, key: str, part: QWidget) -> None:
        """Put a new part under those that come before it."""
        made: dict[str, QWidget] = {**self.boxes, **self.sliders}
        order = [made[name] for name in self._fields if name in made]
        before = order.index(part)
        self._column.insertWidget(self._column.indexOf(order[before - 1]) + 1 if before else 0, part)
        if before and order[before - 1] is self.sliders.get(RATE):
            self._column.insertWidget(self._column.indexOf(order[before - 1]) + 1, self.rate_now)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom, whenever each control was made."""
        stops: list[QWidget] = []
        for key in self._fields:
            if key in self.boxes:
                stops.append(self.boxes[key].box)
            elif key in self.sliders:
                stops += [self.sliders[key].slider, self.sliders[key].editor]
        for before, after in pairwise((*stops, self.seed)):
            self.setTabOrder(before, after)


def _switched(field: ChoiceField) -> tuple[str, ...]:
    """Return the keys of all fields that a box switches."""
    return tuple(dict.fromkeys(key for choice in field.choices for key in choice.fields))
