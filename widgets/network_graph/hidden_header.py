"""The header of a hidden layer: its activation, its width, and the button of its other settings."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from widgets.controls.choice_box import CalmComboBox
from widgets.network_graph.header import COMBO, ColumnSlider, Header
from widgets.style import style
from widgets.values import Choice, NetworkColumn, NumberField

TYPED_WIDTH = 256
WIDTH_CHARACTERS = 3
TIGHT = 60
"""Below this width, at ordinary type, the controls keep room only for what they show."""
_TIGHT_COMBO = (
    "QComboBox { padding: 2px 0px 2px 2px; } QComboBox:focus { padding: 1px 0px 1px 1px; }"
    "QComboBox::drop-down { width: 12px; } QComboBox::down-arrow { width: 9px; height: 9px; }"
)


class SettingsButton(QToolButton):
    """A small button that opens the settings of a layer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: the curve of its activation and its derivative, its constants, dropout")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("QToolButton { padding: 0px; }")
        self.refresh()

    def refresh(self) -> None:
        """Take icon and size of the theme."""
        side = round(13 * style.current().scale)
        self.setIcon(style.icon("settings"))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(side + 5, side + 1)  # as high as the title beside it, above the activation


class HiddenHeader(Header):
    """Activation and width of one hidden layer.

    Signals
    -------
    activation_picked(int, str), width_pressed(int), width_changed(int, int), width_released(int)
        The first argument is the layer, 1 … H.
    settings_clicked(int)
        The button of the layer's other settings was clicked, or the title.
    """

    activation_picked = Signal(int, str)
    settings_clicked = Signal(int)
    width_pressed = Signal(int)
    width_changed = Signal(int, int)
    width_released = Signal(int)

    def __init__(self, layer: int, max_width: int, parent: QWidget | None = None) -> None:
        super().__init__(f"Hidden {layer}", parent)
        self.layer = layer
        self.combo = CalmComboBox(self)
        self.combo.setStyleSheet(COMBO)
        self.combo.setMinimumContentsLength(3)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setAccessibleName(f"Activation of hidden layer {layer}")
        self.slider = ColumnSlider(_width_field(layer, max_width), self, characters=WIDTH_CHARACTERS)
        self.settings = SettingsButton(f"Settings of hidden layer {layer}", self)
        self.rows.addWidget(self.combo)
        self.rows.addWidget(self.slider)
        self.rows.addStretch(1)
        self._choices: tuple[Choice, ...] = ()
        self._current = ""
        self._title = f"Hidden {layer}"
        self.title.setCursor(Qt.CursorShape.PointingHandCursor)
        self.combo.activated.connect(self._on_activated)
        self.settings.clicked.connect(lambda: self.settings_clicked.emit(self.layer))
        self.slider.value_pressed.connect(lambda: self.width_pressed.emit(self.layer))
        self.slider.value_changed.connect(lambda value: self.width_changed.emit(self.layer, round(value)))
        self.slider.value_released.connect(lambda: self.width_released.emit(self.layer))

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer `choices` of activation. Never emits."""
        self._choices = choices
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for index, choice in enumerate(choices):
                self.combo.addItem(choice.label, choice.key)
                self.combo.setItemData(index, _explanation(choice), Qt.ItemDataRole.ToolTipRole)
        widest = max((self.combo.fontMetrics().horizontalAdvance(choice.label) for choice in choices), default=0)
        self.combo.view().setMinimumWidth(widest + 40)
        self._show_activation()

    def set_activation_shown(self, shown: bool) -> None:
        """Show or hide what sets the activation. Never emits."""
        for part in (self.combo, self.settings):
            part.setVisible(shown)

    def set_column(self, column: NetworkColumn, max_width: int) -> None:
        """Show the layer's title, activation and width. Never emits."""
        self._title = column.title
        self._place_button()
        self._current = column.activation
        self._show_activation()
        self.slider.set_field(_width_field(self.layer, max_width))
        if self.slider.value != len(column.labels):
            self.slider.set_value(len(column.labels))
            self._fit_controls()

    def refresh(self) -> None:
        """Take the fonts of the theme, and put the button at the right of the title."""
        super().refresh()
        if hasattr(self, "_title"):
            self.settings.refresh()
            self._place_button()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right of the title, and what the controls show in sight."""
        super().resizeEvent(event)
        self._place_button()
        self._fit_controls()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press on the title: the release counts."""
        event.setAccepted(self._is_on_title(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the settings with a click on the title."""
        if self._is_on_title(event):
            self.settings_clicked.emit(self.layer)

    def _is_on_title(self, event: QMouseEvent) -> bool:
        is_left = event.button() == Qt.MouseButton.LeftButton
        return is_left and self.title.geometry().contains(event.position().toPoint())

    def _fit_controls(self) -> None:
        tight = self.width() < TIGHT * style.current().scale
        sheet = _TIGHT_COMBO if tight else COMBO
        if sheet != self.combo.styleSheet():
            self.combo.setStyleSheet(sheet)
        self.slider.editor.set_characters(max(2, len(f"{self.slider.value:.0f}")) if tight else WIDTH_CHARACTERS)

    def _place_button(self) -> None:
        """Put the button at the right of the title, which makes room for it: to the left, then by fewer letters."""
        side, aside = self.settings.width(), self.rows.contentsMargins().right()
        width, room = self.title.fontMetrics().horizontalAdvance(self._title), self.width() - 2 * aside
        self.title.setText(self._title if width + side + 2 <= room else f"H{self.layer}")
        in_the_middle = width + 2 * side + 4 <= room
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter if in_the_middle else Qt.AlignmentFlag.AlignLeft)
        self.title.setToolTip(f"{self._title}\nClick for the settings of this layer.")
        middle = self.title.sizeHint().height() // 2
        self.settings.move(self.width() - aside - side, max(0, middle - self.settings.height() // 2))
        self.settings.raise_()

    def _show_activation(self) -> None:
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(self._current))
        chosen = next((choice for choice in self._choices if choice.key == self._current), None)
        explanation = "" if chosen is None else f"\n{_explanation(chosen)}"
        self.combo.setToolTip(
            f"Activation f of hidden layer {self.layer}: a = f(z); changing it keeps the weights{explanation}"
        )

    def _on_activated(self, index: int) -> None:
        key = str(self.combo.itemData(index))
        if key != self._current:
            self._current = key
            self._show_activation()
            self.activation_picked.emit(self.layer, key)


def _width_field(layer: int, max_width: int) -> NumberField:
    return NumberField(
        key="width",
        label=f"Width of hidden layer {layer}",
        tooltip=f"Units in hidden layer {layer}: its weights and biases are a matrix of units × (inputs + 1).\n"
        "Weights that still have a place are kept.",
        stops=tuple(float(i) for i in range(1, max_width + 1)),
        default=4.0,
        low=1.0,
        high=float(TYPED_WIDTH),
        integer=True,
    )


def _explanation(choice: Choice) -> str:
    return "\n".join(part for part in (choice.label, choice.formula, choice.tooltip) if part)
