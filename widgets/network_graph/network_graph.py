"""NetworkGraph: the network panel's content, with the controls on the columns that they change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from widgets.controls import labels
from widgets.controls.kind_picker import KindPicker, PickerRow
from widgets.controls.word_switch import WordSwitch
from widgets.network_graph import texts
from widgets.network_graph.column_headers import ColumnHeaders
from widgets.network_graph.end_headers import DepthHeader, InputHeader, OutputHeader
from widgets.network_graph.hidden_header import HiddenHeader
from widgets.network_graph.kinds import NEURON_CHOICES, edge_choices, edge_word
from widgets.network_graph.layer_popup import LayerPopup
from widgets.network_graph.layout import least_width, loss_width
from widgets.network_graph.scene import Key
from widgets.network_graph.view import GraphView
from widgets.style import boxes, style
from widgets.style.themed import is_change_of_look
from widgets.values import Choice, LayerSettings, NetworkColumn, NetworkDiagram, NetworkFrame

_NOTHING = NetworkDiagram(
    columns=(NetworkColumn("input", "Input", ("x₁", "x₂")), NetworkColumn("output", "Output", ("s₁",)))
)
_VALUES_TIP = (
    "Write the numbers of the selected example on the network: a in each neuron, w on each edge, gradients below\n"
    "z = Σ w·x + b, a = f(z)"
)


class NetworkGraph(QWidget):
    """The whole network: a map in every node, edges by sign and size, the loss node, and its controls.

    ``pickers`` holds the switch and the two pickers of the heading row; a dock may take it into its own heading.
    ``canvas`` draws the network and takes the focus; its docstring lists the keys and the signals of nodes and edges.
    What :meth:`set_foot` puts under the network comes and goes without a change of its size.

    Signals
    -------
    width_pressed(int), width_changed(int, int), width_released(int)
        One gesture on the width of hidden layer 1 … H.
    depth_pressed(), depth_changed(int), depth_released()
        One gesture on the number of hidden layers.
    activation_picked(int, str)
        Hidden layer 1 … H and the key of its new activation.
    all_activations_picked(str)
        The key of the new activation of all hidden layers.
    layer_field_pressed(int, str), layer_field_changed(int, str, float), layer_field_released(int, str)
        One gesture on ``slope``, ``alpha``, ``pieces`` or ``dropout`` of hidden layer 1 … H.
    feature_toggled(str, bool)
        The key of an input feature, and whether it is switched on.
    edge_kind_picked(str), neuron_kind_picked(str)
        ``weight``, ``gradient``, ``update``; ``activation``, ``upstream``, ``downstream``.
    values_switched(bool)
        Whether numbers are to be written on nodes and edges.
    """

    width_pressed = Signal(int)
    width_changed = Signal(int, int)
    width_released = Signal(int)
    activation_picked = Signal(int, str)
    all_activations_picked = Signal(str)
    layer_field_pressed = Signal(int, str)
    layer_field_changed = Signal(int, str, float)
    layer_field_released = Signal(int, str)
    depth_pressed = Signal()
    depth_changed = Signal(int)
    depth_released = Signal()
    feature_toggled = Signal(str, bool)
    edge_kind_picked = Signal(str)
    neuron_kind_picked = Signal(str)
    values_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, title: str = "Network") -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._diagram = _NOTHING
        self.edge_picker = KindPicker("edges show", edge_choices())
        self.neuron_picker = KindPicker("neurons show", NEURON_CHOICES)
        self.values_switch = WordSwitch("values", _VALUES_TIP)
        self.pickers = PickerRow((self.edge_picker, self.neuron_picker), self.values_switch)
        self._content = QWidget()
        self.canvas = GraphView(_NOTHING, self._content)
        self._headers = ColumnHeaders(self._content, self._connect_header)
        self.scroll_area = QScrollArea()
        self.depth_header = DepthHeader(self)
        self._foot: QWidget | None = None
        self._layer_popup: LayerPopup | None = None
        self._layer_settings: tuple[LayerSettings, ...] = ()
        self._build(title)
        self._connect()
        self.set_diagram(_NOTHING)

    @property
    def input_header(self) -> InputHeader:
        """The header of the input column."""
        return self._headers.input

    @property
    def hidden_headers(self) -> list[HiddenHeader]:
        """The headers of hidden layers 1 … H."""
        return self._headers.hidden

    @property
    def output_header(self) -> OutputHeader:
        """The header of the output column."""
        return self._headers.output

    @property
    def layer_popup(self) -> LayerPopup:
        """The window that a column's button opens, made when first asked for."""
        if self._layer_popup is None:
            popup = self._layer_popup = LayerPopup(self)
            popup.set_choices(self._choices)
            popup.activation_picked.connect(self.activation_picked)
            popup.field_pressed.connect(self.layer_field_pressed)
            popup.field_changed.connect(self.layer_field_changed)
            popup.field_released.connect(self.layer_field_released)
        return self._layer_popup

    # ---- values in -------------------------------------------------------------------------------

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show another structure; controls that are being dragged stay under the hand. Never emits."""
        self._diagram = diagram
        self.canvas.set_diagram(diagram)
        self._headers.set_diagram(diagram, self._output_label())
        self.depth_header.set_diagram(diagram)
        self._place()

    def set_frame(self, frame: NetworkFrame) -> None:
        """Show other numbers. Never emits.

        Raises
        ------
        ValueError
            When an array does not have the shape that the diagram asks for.
        """
        self.canvas.set_frame(frame)
        self.edge_picker.set_choices(edge_choices(frame.edge_kind))
        self.edge_picker.set_kind(edge_word(frame.edge_kind))
        self.neuron_picker.set_kind(frame.neuron_kind)
        for picker in self.pickers.pickers:
            picker.setEnabled(frame.is_choice)
        self.values_switch.set_on(frame.numbers is not None)

    def set_selection(self, key: Key | None) -> None:
        """Ring a node or an edge; None rings nothing. Never emits."""
        self.canvas.set_selection(key)
        self._place_headers()

    def set_hovered(self, key: Key | None) -> None:
        """Highlight a node or an edge that another view points at. Never emits."""
        self.canvas.set_hovered(key)

    def set_activation_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer `choices` on every hidden column. Never emits."""
        self._choices = choices
        self.canvas.choices = {choice.key: choice for choice in choices}
        self._headers.set_choices(choices)
        self.depth_header.set_choices(choices)
        if self._layer_popup is not None:
            self._layer_popup.set_choices(choices)
        self.output_header.set_column(self._diagram.columns[-1], self._output_label())

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep the ``activation`` of layers, the ``depth`` and the features in `keys` out of sight. Never emits."""
        self._headers.set_withheld(keys)
        self.depth_header.setVisible("depth" not in keys)

    def set_layer_settings(self, settings: tuple[LayerSettings, ...]) -> None:
        """Show the settings of hidden layers 1 … H in the window that a column's button opens. Never emits."""
        self._layer_settings = settings
        popup = self._layer_popup
        if popup is None:
            return
        if popup.isVisible() and popup.layer > len(settings):
            popup.hide()
        elif 0 < popup.layer <= len(settings):
            popup.set_settings(settings[popup.layer - 1])

    def set_foot(self, widget: QWidget) -> None:
        """Keep room under the network for `widget`, which its owner shows and hides."""
        self._foot = widget
        is_hidden = widget.isHidden()
        widget.setParent(self)
        widget.setHidden(is_hidden)
        self._place()

    # ---- building --------------------------------------------------------------------------------

    def _build(self, title: str) -> None:
        heading = boxes.row()
        if title:
            heading.addWidget(labels.heading(title))
        heading.addStretch(1)
        heading.addWidget(self.pickers)
        self.scroll_area.setProperty("role", "bare")
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(self._content)
        boxes.column(heading, (self.scroll_area, 1), owner=self, spacing=4)
        self._content.installEventFilter(self)
        self.scroll_area.installEventFilter(self)

    def _connect(self) -> None:
        self.canvas.focus_moved.connect(self._on_focus_moved)
        self.canvas.looked.connect(self._place_headers)
        self.input_header.feature_toggled.connect(self.feature_toggled)
        for name in ("depth_pressed", "depth_changed", "depth_released"):
            getattr(self.depth_header, name).connect(getattr(self, name))
        self.depth_header.activation_picked.connect(self.all_activations_picked)
        self.edge_picker.kind_picked.connect(self.edge_kind_picked)
        self.neuron_picker.kind_picked.connect(self.neuron_kind_picked)
        self.values_switch.switched.connect(self.values_switched)

    def open_layer_settings(self, layer: int) -> None:
        """Open the settings of hidden layer `layer` below the button of its column."""
        if layer <= len(self._layer_settings):
            button = self.hidden_headers[layer - 1].settings
            self.layer_popup.set_settings(self._layer_settings[layer - 1])
            self.layer_popup.open_at(button.mapToGlobal(QPoint(0, button.height())))

    def _on_focus_moved(self, at: QPoint) -> None:
        self.scroll_area.ensureVisible(at.x(), at.y(), round(loss_width(style.current().scale)), 0)

    def _connect_header(self, header: HiddenHeader) -> None:
        for name in ("activation_picked", "width_pressed", "width_changed", "width_released"):
            getattr(header, name).connect(getattr(self, name))
        header.settings_clicked.connect(self.open_layer_settings)

    def _output_label(self) -> str:
        layer = len(self._diagram.columns) - 1
        return texts.activation_label(self._diagram, layer, {choice.key: choice for choice in self._choices})

    # ---- places ----------------------------------------------------------------------------------

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Place the columns' controls whenever the room for them changes; let keys pass the scroll area by."""
        if event.type() == QEvent.Type.Resize and watched in (self._content, self.scroll_area):
            self._place()
        if event.type() == QEvent.Type.KeyPress and watched is self.scroll_area:
            event.ignore()  # it would take the arrows, which are the window's
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the columns' controls."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        super().changeEvent(event)
        if is_change_of_look(self, event):
            for header in (*self._headers.all(), self.depth_header):
                header.refresh()
            self.edge_picker.refresh()
            self.neuron_picker.refresh()
            self.values_switch.refresh()
            self._place()

    def _place(self) -> None:
        scale = style.current().scale
        self._content.setMinimumWidth(round(least_width(self._diagram, scale)))
        self.canvas.setGeometry(self._content.rect())
        self.canvas.lower()
        height = max(header.sizeHint().height() for header in (*self._headers.all(), self.depth_header))
        self.canvas.set_header(float(height))
        self._place_foot()
        self._place_headers()
        self.input_header.set_diagram(self._diagram)
        width = round(loss_width(scale)) - 6
        top = self.scroll_area.geometry().top()
        self.depth_header.setGeometry(self.width() - width, top, width, height)
        self.depth_header.raise_()

    def _place_foot(self) -> None:
        if self._foot is None:
            return
        height, inside = self._foot.sizeHint().height(), self.scroll_area.viewport().rect()
        self.canvas.set_foot(float(height))
        under = self.scroll_area.viewport().mapTo(self, inside.bottomLeft())
        self._foot.setGeometry(under.x(), under.y() + 1 - height, inside.width(), height)
        self._foot.raise_()

    def _place_headers(self) -> None:
        """Put the controls over their columns; when zoomed in, none comes under those of the depth."""
        end = self._content.width()
        if self.canvas.camera.zoom > 1.0:
            end -= round(loss_width(style.current().scale))
        height = max(header.sizeHint().height() for header in (*self._headers.all(), self.depth_header))
        self._headers.place(self.canvas.scene.layout.columns, height, end)
