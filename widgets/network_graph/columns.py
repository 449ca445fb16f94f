"""The controls that stand on the columns: width and activation, depth, and the input features."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QToolTip, QVBoxLayout, QWidget

from widgets.controls.choice_box import CalmComboBox
from widgets.controls.value_slider import ValueSlider
from widgets.network_graph.features import FeaturePopup
from widgets.style import style
from widgets.values import Choice, NetworkColumn, NetworkDiagram, NumberField

TYPED_WIDTH = 256
TYPED_DEPTH = 16
WIDEST_CONTROL = 124
WIDTH_CHARACTERS = 3
NARROW = 72
TIGHT = 60
"""Below these widths, at ordinary type, a title gets smaller, and controls keep room for what they show alone."""
_COMBO = (
    "QComboBox { padding: 2px 2px 2px 5px; } QComboBox:focus { padding: 1px 1px 1px 4px; }"
    "QComboBox::drop-down { width: 15px; }"
)
_TIGHT_COMBO = (
    "QComboBox { padding: 2px 0px 2px 2px; } QComboBox:focus { padding: 1px 0px 1px 1px; }"
    "QComboBox::drop-down { width: 12px; } QComboBox::down-arrow { width: 9px; height: 9px; }"
)


class ColumnSlider(ValueSlider):
    """A slider with its typed number beside it, as narrow as a column; what will not do is said in a tooltip."""

    def _build(self) -> None:
        self.label.setParent(self)
        self.label.hide()
        self.error.setParent(self)
        self.error.hide()
        self.slider.setAccessibleName(self.field.label)
        self.slider.setMinimumWidth(20)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.slider, 1)
        row.addWidget(self.editor)

    def _on_number_refused(self, reason: str) -> None:
        if reason:
            QToolTip.showText(self.editor.mapToGlobal(QPoint(0, self.editor.height())), reason, self.editor)


class Header(QWidget):
    """A column's title in bold over up to two rows of controls."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(title, self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(2, 0, 2, 0)
        self.rows.setSpacing(2)
        self.rows.addWidget(self.title)
        self.refresh()

    def refresh(self) -> None:
        """Take the fonts of the theme; a narrow column's title is smaller, so that it keeps off the next one."""
        narrow = 0 < self.width() < NARROW * style.current().scale
        self.title.setFont(style.sans(8.0 if narrow else 9.0, bold=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the controls together in the middle of a wide column."""
        super().resizeEvent(event)
        aside = max(2, (self.width() - round(WIDEST_CONTROL * style.current().scale)) // 2)
        self.rows.setContentsMargins(aside, 0, aside, 0)
        self.refresh()


class SettingsButton(QToolButton):
    """A small button that opens the settings of a layer."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: the curve of its activation and its derivative, its constants, dropout")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("QToolButton { padding: 1px; }")
        self.refresh()

    def refresh(self) -> None:
        """Take icon and size of the theme."""
        side = round(13 * style.current().scale)
        self.setIcon(style.icon("settings"))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(side + 5, side + 5)


class HiddenHeader(Header):
    """Activation and width of one hidden layer.

    Signals
    -------
    activation_picked(int, str), width_pressed(int), width_changed(int, int), width_released(int)
        The first argument is the layer, 1 … H.
    settings_clicked(int)
        A person wants the layer's other settings.
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
        self.combo.setStyleSheet(_COMBO)
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
                self.combo.setItemData(index, _told(choice), Qt.ItemDataRole.ToolTipRole)
        widest = max((self.combo.fontMetrics().horizontalAdvance(choice.label) for choice in choices), default=0)
        self.combo.view().setMinimumWidth(widest + 40)
        self._show_activation()

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

    def _fit_controls(self) -> None:
        tight = self.width() < TIGHT * style.current().scale
        sheet = _TIGHT_COMBO if tight else _COMBO
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
        self.title.setToolTip("" if self.title.text() == self._title else self._title)
        middle = self.title.sizeHint().height() // 2
        self.settings.move(self.width() - aside - side, max(0, middle - side // 2))
        self.settings.raise_()

    def _show_activation(self) -> None:
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(self._current))
        chosen = next((choice for choice in self._choices if choice.key == self._current), None)
        told = "" if chosen is None else f"\n{_told(chosen)}"
        self.combo.setToolTip(
            f"Activation f of hidden layer {self.layer}: a = f(z); changing it keeps the weights{told}"
        )

    def _on_activated(self, index: int) -> None:
        key = str(self.combo.itemData(index))
        if key != self._current:
            self._current = key
            self._show_activation()
            self.activation_picked.emit(self.layer, key)


class OutputHeader(Header):
    """The output's title and its activation in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Output", parent)
        self.activation = QLabel(self)
        self.activation.setProperty("role", "secondary")
        self.activation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows.addSpacing(4)
        self.rows.addWidget(self.activation)
        self.rows.addStretch(1)

    def set_column(self, column: NetworkColumn, activation: str) -> None:
        """Show the column's title and the label of its activation."""
        self.title.setText(column.title)
        self.activation.setText(activation)
        self.activation.setToolTip(f"Activation of the output: {activation}; it belongs to the loss, see Training")


class InputHeader(Header):
    """The input's title and a button that opens the features.

    Signals
    -------
    feature_toggled(str, bool)
        The key of a feature, and whether a person wants it on.
    """

    feature_toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Input", parent)
        self.button = QToolButton(self)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.button.setAccessibleName("Input features")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.rows.addStretch(1)
        self.popup = FeaturePopup(self)
        self.popup.feature_toggled.connect(self.feature_toggled)
        self.button.clicked.connect(self._on_clicked)

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show which of the diagram's features are on. Never emits."""
        self.title.setText(diagram.columns[0].title)
        self.popup.set_features(diagram.features, diagram.active)
        self.button.setVisible(bool(diagram.features))
        on = [choice.label for choice in diagram.features if choice.key in diagram.active]
        long = f"{' '.join(on)} + features ▾"
        fits = self.button.fontMetrics().horizontalAdvance(long) + 16 < self.width()
        self.button.setText(long if fits else "features ▾")
        self.button.setToolTip(f"Input features, computed from the point before the first layer\nOn: {', '.join(on)}")

    def _on_clicked(self) -> None:
        self.popup.open_at(self.button.mapToGlobal(QPoint(0, self.button.height())))


class DepthHeader(Header):
    """The number of hidden layers.

    Signals
    -------
    depth_pressed(), depth_changed(int), depth_released()
        One gesture: a drag, a held key, a typed number.
    """

    depth_pressed = Signal()
    depth_changed = Signal(int)
    depth_released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Hidden layers", parent)
        self.slider = ColumnSlider(_depth_field(8), self, characters=3)
        self.rows.addWidget(self.slider)
        self.rows.addStretch(1)
        self.slider.value_pressed.connect(self.depth_pressed)
        self.slider.value_changed.connect(lambda value: self.depth_changed.emit(round(value)))
        self.slider.value_released.connect(self.depth_released)

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show how many hidden columns `diagram` has. Never emits."""
        self.slider.set_field(_depth_field(diagram.max_depth))
        depth = len(diagram.columns) - 2
        if self.slider.value != depth:
            self.slider.set_value(depth)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what scrolls past underneath."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.current().panel))
        painter.end()

    def refresh(self) -> None:
        """Take the fonts of the theme; the words are as quiet as a control's."""
        self.title.setFont(style.sans(8.5))


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


def _depth_field(max_depth: int) -> NumberField:
    return NumberField(
        key="depth",
        label="Hidden layers",
        tooltip="How many hidden layers; with 0 the network is linear: scores = W·x + b.\n"
        "A layer is added or removed before the output, the others keep their weights.",
        stops=tuple(float(i) for i in range(max_depth + 1)),
        default=1.0,
        low=0.0,
        high=float(TYPED_DEPTH),
        integer=True,
    )


def _told(choice: Choice) -> str:
    return "\n".join(part for part in (choice.label, choice.formula, choice.tooltip) if part)
