"""The hidden space with its choices: which layer, and along which axes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.choice_box import CalmComboBox, compact_box
from widgets.controls.elided_label import ElidedLabel
from widgets.plots.hidden_space_view import EMPTY, HiddenSpaceView
from widgets.style import boxes
from widgets.values import Choice
from widgets.values.hidden_space import HiddenSpaceFrame

PRINCIPAL, SCORE = "principal", "score"
KEY = "points: activations · grid: inputs, bent · line: decision"
WALK_KEYS = {
    "gradient": "ringed: batch · arrows: −∂L_B/∂h · pale: rest",
    "move": "ringed: batch and its way · faint grid: old",
}
TOOLTIP = (
    "Each point is one example as the hidden layer sees it: its activations.\n"
    "The grid is the plane of the inputs, bent by the layers up to this one; the line is where the decision changes.\n"
    "Training bends the space until the last layer can split the classes with one straight line."
)


class HiddenSpacePlot(QWidget):
    """The view with its choices: which layer, and which axes.

    `tools` holds the layer; it stands in the plot's own top row until a window puts it into its heading.

    Signals
    -------
    layer_picked(int)
        The user picked a hidden layer, 1 … H.
    axes_picked(object)
        Two units (across, up), or ``"principal"`` or ``"score"``.
    point_clicked(int)
        A data point was clicked.
    """

    layer_picked = Signal(int)
    axes_picked = Signal(object)
    point_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = HiddenSpaceView(self)
        self.title, self.key = ElidedLabel(parent=self), ElidedLabel(KEY, self)
        for line in (self.title, self.key):
            line.setProperty("role", "secondary")
            line.setToolTip(TOOLTIP)
        self.view.setToolTip(TOOLTIP)
        self.layer_box = compact_box("Hidden layer", "Which hidden layer's activations a = f(W·x + b) are shown.")
        self.across_box = compact_box(
            "Across",
            "The axis across: one unit's activation, the first principal component, or the output's weights w.",
        )
        self.up_box = compact_box("Up", "The axis up: one unit's activation, or a principal component.")
        row = boxes.row((self.across_box, 1), (self.up_box, 1), spacing=6)
        self.tools = QWidget(self)
        boxes.row(self.layer_box, owner=self.tools)
        boxes.column(self.tools, row, self.title, self.key, (self.view, 1), owner=self, spacing=4)
        self.layer_box.activated.connect(lambda i: self.layer_picked.emit(i + 1))
        self.across_box.activated.connect(lambda _i: self._on_axis_picked(self.across_box, self.up_box))
        self.up_box.activated.connect(lambda _i: self._on_axis_picked(self.up_box, self.across_box))
        self.view.point_clicked.connect(self.point_clicked)

    def set_choices(
        self,
        layers: tuple[Choice, ...],
        layer: int,
        units: tuple[str, ...],
        axes: tuple[int, int | None] | str,
        *,
        with_score: bool = False,
    ) -> None:
        """Offer `layers` (1 … H) with `layer` shown, its `units`, and the axes shown. Never emits."""
        _fill(self.layer_box, {str(i): choice.label for i, choice in enumerate(layers, 1)}, str(layer))
        plain = {str(i): label for i, label in enumerate(units)}
        score = {SCORE: "along w"} if with_score else {}
        chosen = axes if isinstance(axes, tuple) else (axes, axes)
        _fill(self.across_box, {PRINCIPAL: "PC₁", **score, **plain}, str(chosen[0]))
        _fill(self.up_box, {PRINCIPAL: "PC₂", **({SCORE: "PC₁ ⊥ w"} if score else {}), **plain}, str(chosen[1]))
        for box in (self.across_box, self.up_box):
            box.setEnabled(len(units) > 1)
        self.layer_box.setEnabled(bool(layers))

    def set_frame(self, frame: HiddenSpaceFrame | None, message: str = EMPTY) -> None:
        """Show `frame`, or `message` where there is nothing to show."""
        self.view.message = message
        self.view.show_frame(frame)
        self.title.setText(frame.title if frame else "")
        self.key.setVisible(frame is not None)
        self.key.setText(KEY if frame is None or frame.walk is None else WALK_KEYS[frame.walk.arrow_kind])

    def set_example(self, index: int | None) -> None:
        """Ring the example that the inspector reads."""
        if index != self.view.example:
            self.view.example = index
            self.view.update()

    def _on_axis_picked(self, picked: CalmComboBox, other: CalmComboBox) -> None:
        """Let the other axis follow where the two would not go together."""
        key = str(picked.currentData())
        if key in (PRINCIPAL, SCORE):
            _show(other, key)
            self.axes_picked.emit(key)
            return
        if other.currentData() in (PRINCIPAL, SCORE, key):
            _show(other, "1" if key == "0" else "0")
        self.axes_picked.emit((int(self.across_box.currentData()), int(self.up_box.currentData())))


def _fill(box: CalmComboBox, entries: dict[str, str], current: str) -> None:
    """Offer `entries`, text by key; only the user's choice makes a combo box emit ``activated``."""
    if {str(box.itemData(i)): box.itemText(i) for i in range(box.count())} != entries:
        box.clear()
        for key, text in entries.items():
            box.addItem(text, key)
    _show(box, current)


def _show(box: CalmComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
