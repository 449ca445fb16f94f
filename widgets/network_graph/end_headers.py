"""The headers at both ends of the network: the input features, the output, and the number of hidden layers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from widgets.controls.choice_box import compact_box
from widgets.controls.labels import Label
from widgets.network_graph.features import FeaturePopup
from widgets.network_graph.header import COMBO, ColumnSlider, Header
from widgets.style import style
from widgets.values import Choice, NetworkColumn, NetworkDiagram, NumberField

TYPED_DEPTH = 16


class OutputHeader(Header):
    """The output's title and its activation in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Output", parent)
        self.activation = Label(parent=self)
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
        The key of a feature, and whether it was switched on.
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
    """The number of hidden layers, and one activation for all of them.

    Signals
    -------
    depth_pressed(), depth_changed(int), depth_released()
        One gesture: a drag, a held key, a typed number.
    activation_picked(str)
        The key of the activation that all hidden layers are to have.
    """

    depth_pressed = Signal()
    depth_changed = Signal(int)
    depth_released = Signal()
    activation_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Hidden layers", parent)
        self._used: set[str] = set()
        self.slider = ColumnSlider(_depth_field(8), self, characters=3)
        self.combo = compact_box(
            "Activation of all hidden layers", "One activation f for all hidden layers at once; the weights stay."
        )
        self.combo.setPlaceholderText("mixed")
        self.combo.setStyleSheet(COMBO)
        self.combo.setMinimumContentsLength(3)
        self.combo.activated.connect(lambda index: self.activation_picked.emit(str(self.combo.itemData(index))))
        self.rows.addWidget(self.slider)
        self.rows.addWidget(self.combo)
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
        self._used = {column.activation for column in diagram.columns if column.kind == "hidden"}
        self._show_activation()

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer `choices` of activation. Never emits."""
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for choice in choices:
                self.combo.addItem(f"all: {choice.label}", choice.key)
        self._show_activation()

    def _show_activation(self) -> None:
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(next(iter(self._used))) if len(self._used) == 1 else -1)
        self.combo.setVisible(bool(self._used))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what scrolls past underneath."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(style.current().panel))

    def refresh(self) -> None:
        """Take the fonts of the theme; the words are as quiet as a control's."""
        self.title.setFont(style.sans(8.5))


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
