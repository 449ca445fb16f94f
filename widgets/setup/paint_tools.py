"""The paint tools: brush, single points, moving, erasing; the class, the size, clear."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from widgets.controls import stops
from widgets.controls.button import Button
from widgets.controls.class_picker import ClassPicker
from widgets.controls.labels import Label, secondary
from widgets.controls.value_slider import ValueSlider
from widgets.controls.value_swatch import ValueSwatch
from widgets.frame.panel import Panel
from widgets.style import boxes
from widgets.values import NumberField
from widgets.values.paint import PaintForm, PaintMode

MODES: dict[PaintMode, tuple[str, str, str, str]] = {
    "brush": ("Brush", "paint", "B", "Paint five points per dab, scattered within the brush."),
    "add": ("Point", "plus", "P", "Put one point where you click."),
    "move": ("Move", "move", "M", "Drag a point to another place."),
    "erase": ("Erase", "erase", "E", "Remove the points under the eraser."),
}

SIZE = NumberField(
    "size", "Brush size", "Radius of brush and eraser as a share of the picture's width: r = share · (high − low).",
    stops.linear(0.01, 0.25, 0.01), 0.05, 0.001, 0.5, percent=True,
)  # fmt: skip
VALUE = NumberField(
    "value", "Value", "The value y that new points have; the square beside it shows their colour.",
    PaintForm().value_stops, 1.0, -1e12, 1e12,
)  # fmt: skip

_HINT = "Drag on the output plane. Undo removes one stroke at a time; training may continue."


class PaintTools(Panel):
    """Mode, class (or value), size and Clear. Keys: B, P, M, E, and 1 … 9, 0 for the classes.

    Signals
    -------
    form_changed(object)
        The ``PaintForm`` that the user asks for; it is shown once it comes back through :meth:`set_form`.
    clear_clicked()
        Remove all points but one of each class.
    """

    form_changed = Signal(object)
    clear_clicked = Signal()

    def __init__(self, parent: QWidget | None = None, *, framed: bool = False) -> None:
        super().__init__("Paint", parent, framed=framed)
        self._form = PaintForm()
        self.modes: dict[PaintMode, Button] = {
            mode: Button(word, f"{tooltip} (key {key})", icon, checkable=True)
            for mode, (word, icon, key, tooltip) in MODES.items()
        }
        self.class_label, self.classes = Label("Class"), ClassPicker()
        self.value, self.size_slider = ValueSlider(VALUE), ValueSlider(SIZE)
        self.swatch = ValueSwatch()
        self.clear = Button(
            "Clear",
            "Remove all points but one of each class: training needs at least these.",
            role="flat",
        )
        self.tools = self.clear  # a dock may take it into its heading
        self.note = secondary(_HINT)
        self._build()
        self._connect()
        self.set_form(self._form)

    @property
    def form(self) -> PaintForm:
        """What is shown."""
        return self._form

    def set_form(self, form: PaintForm) -> None:
        """Show `form`. Never emits."""
        self._form = form
        for mode, button in self.modes.items():
            with QSignalBlocker(button):
                button.setChecked(mode == form.mode)
        adds = form.mode in ("brush", "add")
        for part in (self.class_label, self.classes):
            part.setVisible(not form.is_regression)
            part.setEnabled(adds)
        for valued in (self.value, self.swatch):
            valued.setVisible(form.is_regression)
            valued.setEnabled(adds)
        self.value.set_field(replace(VALUE, stops=form.value_stops, default=form.value_stops[-1]))
        self.swatch.set_value(form.value, *form.value_range)
        self.size_slider.setEnabled(form.mode in ("brush", "erase"))
        self.classes.set_classes(form.class_names, form.label)
        self.value.set_value(form.value)
        self.size_slider.set_value(form.size)
        self.note.setText(form.note or _HINT)

    def take_key(self, text: str) -> bool:
        """Do what key `text` stands for, here or on the plane; return whether it stands for something."""
        for mode, (_word, _icon, key, _tooltip) in MODES.items():
            if text.upper() == key:
                self._choose(mode=mode)
                return True
        if text.isdecimal() and len(text) == 1 and not self._form.is_regression:
            label = (int(text) - 1) % 10
            if label < self.classes.n_offered:
                self._choose(label=label)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick a mode or a class by its key."""
        if not event.text() or not self.take_key(event.text()):
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.add_to_header(self.clear)
        grid = QGridLayout()
        grid.setSpacing(4)
        group = QButtonGroup(self)
        for i, button in enumerate(self.modes.values()):
            group.addButton(button)
            grid.addWidget(button, i // 2, i % 2)
        self.class_label.setBuddy(self.classes.buttons[0])
        valued = boxes.row(self.swatch, (self.value, 1))
        boxes.add(self.body, grid, self.class_label, self.classes, valued)
        boxes.add(self.body, self.size_slider, self.note, boxes.STRETCH)

    def _connect(self) -> None:
        for mode, button in self.modes.items():
            button.clicked.connect(lambda _checked=False, mode=mode: self._choose(mode=mode))
        self.classes.class_picked.connect(lambda label: self._choose(label=label))
        self.value.value_changed.connect(lambda value: self._choose(value=value))
        self.size_slider.value_changed.connect(lambda value: self._choose(size=value))
        self.clear.clicked.connect(lambda: self.clear_clicked.emit())

    def _choose(self, **changes: object) -> None:
        self.form_changed.emit(replace(self._form, **changes))  # type: ignore[arg-type]
