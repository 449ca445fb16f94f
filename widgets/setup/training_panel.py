"""Everything about training but the network and the data: loss, optimizer, rate, penalty, start."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.choice_box import ChoiceBox
from widgets.controls.number_edit import NumberEdit
from widgets.controls.value_slider import ValueSlider
from widgets.frame.panel import Panel, secondary
from widgets.setup.training_fields import CHOICES, CLIPPING, NUMBERS, ORDER, is_shown
from widgets.style import numbers, style
from widgets.values import NumberField, TrainingForm

_SEED = NumberField(
    "seed", "Seed", "Where all chance comes from: the same seed and settings give the same numbers, bit for bit.",
    (0.0,), 0, 0, 2**32 - 1, integer=True,
)  # fmt: skip
_KEEP = (
    "On: a new width or depth keeps every weight that still has a place; new ones come from the initialization.\n"
    "Off: every weight starts fresh."
)
_FORMULAS = frozenset({"optimizer", "schedule", "regularizer"})


class TrainingPanel(Panel):
    """The training settings; only those that mean something with the present choices are shown (and made).

    Keys are the attribute names of :class:`~widgets.values.TrainingForm`; a choice sends its key,
    ``interval`` and ``seed`` whole numbers, ``keep_weights`` a bool. The clipping box sends
    ``clip_norm`` and ``clip_value``: a limit, or None for off.

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

    def __init__(self, parent: QWidget | None = None, *, framed: bool = False) -> None:
        super().__init__("Training", parent, framed=framed)
        self._form = TrainingForm()
        self.boxes = {key: ChoiceBox(f.label, f.tooltip, show_formula=key in _FORMULAS) for key, f in CHOICES.items()}
        self.clipping = ChoiceBox("Clipping", "Holds back a gradient that is too long.", show_formula=True)
        self.sliders: dict[str, ValueSlider] = {}  # those that mattered so far: most never do
        self._boxes = {key: self.boxes.get(key, self.clipping) for key in ORDER if key not in NUMBERS}
        self.rate_now = secondary()
        self.seed = NumberEdit(_SEED, characters=8)
        self.seed_error = secondary()
        self.new_weights = Button(
            "New weights", "Take the next seed: fresh weights, iteration 0. The data stay.", "dice"
        )
        self.keep_weights = QCheckBox("Keep weights")
        self.count = secondary()
        self.rate_now.setWordWrap(False)
        self.rate_now.hide()
        self._fit_rate()
        self._build()
        self._connect()
        self.set_form(self._form)

    @property
    def form(self) -> TrainingForm:
        """What is shown."""
        return self._form

    def set_form(self, form: TrainingForm) -> None:
        """Show `form`. Never emits."""
        self._form = form
        for key, box in self.boxes.items():
            box.set_choices(getattr(form.choices, CHOICES[key].choices), getattr(form, key))
        for key, slider in self.sliders.items():
            slider.set_value(self._value(key))
        self.clipping.set_choices(CLIPPING, _clipping(form))
        self.seed.set_value(form.seed)
        with QSignalBlocker(self.keep_weights):
            self.keep_weights.setChecked(form.keep_weights)
        self.count.setText(f"{numbers.grouped(form.n_parameters)} parameters" if form.n_parameters else "")
        self.set_rate_now(form.rate_now)
        self._show_what_matters()

    def set_rate_now(self, rate: float | None) -> None:
        """Show the rate of the pending iteration where a schedule changes it; cheap enough for each frame."""
        scheduled = rate is not None and rate != self._form.learning_rate
        text = f"η now {numbers.approximately(rate)}" if scheduled and rate is not None else ""
        if text != self.rate_now.text():
            self.rate_now.setText(text)
            self.rate_now.setVisible(scheduled)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the rate's place wide enough for the type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._fit_rate()

    def _fit_rate(self) -> None:
        # A label of fixed size does not ask the panel for a new layout with every iteration.
        metrics = QFontMetrics(style.sans(8.0))
        self.rate_now.setFixedSize(metrics.horizontalAdvance("η now ≈ −0.0001235 "), metrics.height() + 2)

    def _build(self) -> None:
        for box in self._boxes.values():
            self.body.addWidget(box)
        self.body.insertWidget(self.body.indexOf(self._slider("learning_rate")) + 1, self.rate_now)
        label = secondary("Seed")
        label.setWordWrap(False)
        label.setBuddy(self.seed)
        self.seed.setToolTip(_SEED.tooltip)
        self.seed_error.setProperty("role", "error")
        self.seed_error.hide()
        self.keep_weights.setToolTip(_KEEP)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.seed)
        row.addStretch(1)
        row.addWidget(self.new_weights)
        foot = QVBoxLayout()
        foot.setSpacing(4)
        foot.addLayout(row)
        foot.addWidget(self.seed_error)
        foot.addWidget(self.keep_weights)
        foot.addWidget(self.count)
        self.body.addLayout(foot)
        self._order_tabs()

    def _connect(self) -> None:
        for key, box in self.boxes.items():
            box.choice_picked.connect(lambda value, key=key: self._on_whole(key, value))
        self.clipping.choice_picked.connect(self._on_clipping_picked)
        self.seed.number_entered.connect(lambda value: self._on_whole("seed", int(value)))
        self.seed.number_refused.connect(self._on_seed_refused)
        self.keep_weights.toggled.connect(lambda on: self._on_whole("keep_weights", on))
        self.new_weights.clicked.connect(lambda: self.new_weights_clicked.emit())

    def _on_whole(self, key: str, value: object) -> None:
        self._show_what_matters()
        self.field_pressed.emit(key)
        self.field_changed.emit(key, value)
        self.field_released.emit(key)

    def _on_value_changed(self, key: str, value: float) -> None:
        self.field_changed.emit(key, int(value) if NUMBERS[key].integer else value)

    def _on_clipping_picked(self, wanted: str) -> None:
        before = _clipping(self._form)
        for way in ("norm", "value"):
            was, is_now = before in (way, "both"), wanted in (way, "both")
            if was != is_now:
                key = f"clip_{way}"
                self._on_whole(key, self._value(key) if is_now else None)

    def _on_seed_refused(self, reason: str) -> None:
        self.seed_error.setText(reason)
        self.seed_error.setVisible(bool(reason))

    def _show_what_matters(self) -> None:
        present = {key: box.current for key, box in self._boxes.items()}
        for key in ORDER:
            shown = is_shown(key, present)
            if key in self._boxes:
                self._boxes[key].setVisible(shown)
            elif shown:
                self._slider(key).show()
            elif key in self.sliders:
                self.sliders[key].hide()

    def _value(self, key: str) -> float:
        """Return the number of the form; a limit that is off keeps the one that was shown last."""
        value = getattr(self._form, key)
        if value is None:
            return self.sliders[key].value if key in self.sliders else NUMBERS[key].default
        return float(value)

    def _slider(self, key: str) -> ValueSlider:
        """Return the slider of `key`, made and put into its place when it first matters."""
        if key not in self.sliders:
            slider = ValueSlider(NUMBERS[key])
            slider.set_value(self._value(key))
            slider.value_pressed.connect(lambda: self.field_pressed.emit(key))
            slider.value_changed.connect(lambda value: self._on_value_changed(key, value))
            slider.value_released.connect(lambda: self.field_released.emit(key))
            before = self._parts_before(key)[-1]
            self.body.insertWidget(self.body.indexOf(before) + 1, slider)
            self.sliders[key] = slider
            self._order_tabs()
        return self.sliders[key]

    def _parts_before(self, key: str) -> list[QWidget]:
        made: dict[str, QWidget] = {**self._boxes, **self.sliders}
        return [made[name] for name in ORDER[: ORDER.index(key)] if name in made]

    def _order_tabs(self) -> None:
        """Let Tab walk from top to bottom, whenever each control was made."""
        if not self.isAncestorOf(self.seed):
            return  # the panel is not built yet
        stops: list[QWidget] = []
        for key in ORDER:
            if key in self._boxes:
                stops.append(self._boxes[key].box)
            elif key in self.sliders:
                stops += [self.sliders[key].slider, self.sliders[key].editor]
        for before, after in pairwise((*stops, self.seed)):
            self.setTabOrder(before, after)


def _clipping(form: TrainingForm) -> str:
    by_norm, by_value = form.clip_norm is not None, form.clip_value is not None
    return "both" if by_norm and by_value else "norm" if by_norm else "value" if by_value else "none"
