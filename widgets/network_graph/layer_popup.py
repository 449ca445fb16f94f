"""The settings of one hidden layer in a small window: activation with its picture, its constants, dropout."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import Label
from widgets.controls.value_slider import ValueSlider
from widgets.network_graph.activation_preview import ActivationPreview
from widgets.style import style
from widgets.values import Choice, LayerSettings, NumberField

WIDTH = 264


class LayerPopup(QFrame):
    """One layer's activation, drawn with formula and traits, over the numbers that belong to it.

    Signals
    -------
    activation_picked(int, str)
        Hidden layer 1 … H and the key of its new activation.
    field_pressed(int, str), field_changed(int, str, float), field_released(int, str)
        One gesture on ``slope``, ``alpha``, ``pieces`` or ``dropout`` of a layer.
    """

    activation_picked = Signal(int, str)
    field_pressed = Signal(int, str)
    field_changed = Signal(int, str, float)
    field_released = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "panel")
        self.setAccessibleName("Layer settings")
        self._settings: LayerSettings | None = None
        self._choices: tuple[Choice, ...] = ()
        self.title = Label()
        self.choice = ChoiceBox("Activation f", "What a unit makes of its z: a = f(z). Another one keeps the weights.")
        self.preview = ActivationPreview()
        self.fields: dict[str, ValueSlider] = {}  # those that an activation had so far
        self._build()
        self.choice.choice_picked.connect(lambda key: self.activation_picked.emit(self.layer, key))

    @property
    def layer(self) -> int:
        """The layer whose settings are shown; 0 before any."""
        return self._settings.layer if self._settings else 0

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer `choices` of activation. Never emits."""
        self._choices = choices
        self.choice.set_choices(choices, self.choice.current)

    def set_settings(self, settings: LayerSettings) -> None:
        """Show a layer's settings; numbers that its activation does not use are left out. Never emits."""
        self._settings = settings
        self.title.setText(settings.title)
        self.choice.set_choices(self._choices, settings.activation)
        self.preview.set_curve(settings.curve)
        for slider in self.fields.values():
            slider.hide()
        for field, value in settings.numbers:
            slider = self._slider(field)
            if slider.value != value:
                slider.set_value(value)
            slider.show()
        self._fit()

    def open_at(self, corner: QPoint) -> None:
        """Open with the upper left at `corner`, inside the screen, the choice in focus."""
        self._fit()
        room = self.screen().availableGeometry()
        x = max(min(corner.x(), room.right() + 1 - self.width()), room.left())
        y = max(min(corner.y(), room.bottom() + 1 - self.height()), room.top())
        self.move(x, y)
        self.show()
        self.choice.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _slider(self, field: NumberField) -> ValueSlider:
        """Return the slider of `field`, made when an activation first has it, under those shown before."""
        key = field.key
        if key not in self.fields:
            slider = self.fields[key] = ValueSlider(field)
            slider.value_pressed.connect(lambda: self.field_pressed.emit(self.layer, key))
            slider.value_changed.connect(lambda value: self.field_changed.emit(self.layer, key, value))
            slider.value_released.connect(lambda: self.field_released.emit(self.layer, key))
        self._column.addWidget(self.fields[key])
        return self.fields[key]

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for part in (self.title, self.choice, self.preview):
            column.addWidget(part)

    def _fit(self) -> None:
        self.title.setFont(style.sans(9.0, bold=True))
        width = round(WIDTH * style.current().scale)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wraps = layout.hasHeightForWidth()
            height = layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height()
            self.setFixedSize(width, height)
