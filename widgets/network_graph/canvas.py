"""The drawn part of the network view: paints the scene and its marks. Gestures are in ``view``."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.painted_items import PaintedItems
from widgets.network_graph import kinds, navigation, texts
from widgets.network_graph.camera import Camera
from widgets.network_graph.labels import FOOT_HEIGHT
from widgets.network_graph.layout import Body
from widgets.network_graph.number_stamps import line_height
from widgets.network_graph.scene import GraphScene, Key
from widgets.network_graph.travel import Travel, Way
from widgets.network_graph.written_numbers import NumberLabel
from widgets.style import style
from widgets.style.paint_ratio import is_vector, ratio_of
from widgets.style.themed import is_change_of_look
from widgets.values import BIAS, Choice, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey

NOTICE_HEIGHT = 15.0
_EDGE_REACH = 6
_AROUND = 40.0
_BELOW = 3.0
"""With half a line, so much room needs a number below the last tile of a column."""


class GraphCanvas(PaintedItems[Key], QWidget):
    """The painted network, with the selected, the hovered and the focused node or edge marked."""

    def __init__(self, diagram: NetworkDiagram, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = GraphScene(diagram)
        self.choices: dict[str, Choice] = {}
        self._header, self._foot = 80.0, 0.0
        self._camera = Camera()
        self._hovered: Key | None = None
        self._selected: Key | None = None
        self._focused: Key | None = None
        self._travel = Travel(self.update, self)
        self._listed: tuple[NetworkDiagram, Key | None, list[Key]] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Network")

    # ---- values in -------------------------------------------------------------------------------

    @property
    def selected(self) -> Key | None:
        """What is drawn as selected."""
        return self._selected

    @property
    def hovered(self) -> Key | None:
        """What is drawn as hovered."""
        return self._hovered

    @property
    def focused(self) -> Key | None:
        """The node or edge that has the keyboard focus, None outside keyboard navigation."""
        return self._focused

    @property
    def legend(self) -> str:
        """What edges and neurons show, in one line."""
        return "" if self.scene.frame is None else kinds.legend(self.scene.frame)

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show another structure. Never emits."""
        self._travel.stop()
        self.scene.set_diagram(diagram)
        self._hovered, self._selected, self._focused = (
            self._existing(key) for key in (self._hovered, self._selected, self._focused)
        )
        self._fit()

    def set_frame(self, frame: NetworkFrame) -> None:
        """Show other numbers. Never emits."""
        before, noticed = self.scene.frame, self.scene.notice
        self.scene.set_frame(frame)
        if before is None or noticed != self.scene.notice or (before.numbers is None) != (frame.numbers is None):
            self._fit()
        if before is None or (before.edge_kind, before.neuron_kind) != (frame.edge_kind, frame.neuron_kind):
            self.setAccessibleDescription(self.legend)
        # Not the columns' controls, which stand on it and would all be painted again.
        self.update(self.rect().adjusted(0, int(self._header), 0, 0))

    def set_selection(self, key: Key | None) -> None:
        """Ring `key`, scrolled into view. Never emits."""
        before, self._selected = self._selected, self._existing(key)
        self.report_selection(before, self._selected)
        if self._selected is not None:
            self.bring_into_view(self._selected)
        self.update()

    def show_travel(self, layer: int, *, backward: bool) -> None:
        """Let dots travel once along the edges into `layer`, or back; one past the last layer is the loss node."""
        self._travel.start(Way(layer, backward))

    def set_hovered(self, key: Key | None) -> None:
        """Highlight `key`. Never emits."""
        self._hovered = self._existing(key)
        self.update()

    def set_header(self, height: float) -> None:
        """Leave `height` free at the top for the columns' controls."""
        if height != self._header:
            self._header = height
            self._fit()

    def set_foot(self, height: float) -> None:
        """Leave `height` free at the bottom for what comes and goes there: the network stays as large as it is."""
        if height != self._foot:
            self._foot = height
            self._fit()

    @property
    def camera(self) -> Camera:
        """How large the network is drawn, and which part of it."""
        return self._camera

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Draw the network `factor` times as large; what lies `at` a point stays there."""
        self._look(self._camera.zoomed(factor, at - QPointF(0.0, self._body.top), self._place()))

    def pan_by(self, step: QPointF) -> None:
        """Move the network by `step` pixels, where there is more of it."""
        self._look(self._camera.panned(step, self._place()))

    def fit(self) -> None:
        """Let all of the network fill its place."""
        self._look(Camera())

    def bring_into_view(self, key: Key) -> None:
        """Scroll columns and move the network by as little as it takes for `key` to be seen."""
        self.scene.bring_into_view(key)
        if self._camera.zoom > 1.0:
            box = QRectF(self.scene.spot(key), QSizeF()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
            view = self.scene.view
            right, below = min(view.right() - box.right(), 0.0), min(view.bottom() - box.bottom(), 0.0)
            self.pan_by(QPointF(max(view.left() - box.left(), 0.0) or right, max(view.top() - box.top(), 0.0) or below))

    def _look(self, camera: Camera) -> None:
        if camera != self._camera:
            self._camera = camera
            self._fit()

    @property
    def _body(self) -> Body:
        return self.scene.layout.body

    def _place(self) -> QSizeF:
        return QSizeF(self.width(), self._body.bottom - self._body.top)

    def tooltip(self, key: Key) -> str:
        """Return the text of the tooltip of `key`."""
        scene = self.scene
        if isinstance(key, EdgeKey):
            return texts.edge_tooltip(scene.diagram, scene.frame, key)
        return texts.node_tooltip(scene.diagram, scene.frame, key, self.choices)

    def name_of(self, key: Key) -> str:
        """Return the name of `key` for a screen reader."""
        scene = self.scene
        if isinstance(key, EdgeKey):
            return texts.edge_name(scene.diagram, scene.frame, key)
        return texts.node_name(scene.diagram, scene.frame, key, self.choices)

    def items(self) -> list[Key]:
        """Return what a reader meets: every node in order, the edges, the loss node.

        Where the edges are too many to go through, they are those into the selected neuron.
        """
        diagram, chosen = self.scene.diagram, self._focused if self._focused is not None else self._selected
        if isinstance(chosen, EdgeKey):
            chosen = NodeKey(chosen.layer, chosen.target)
        if self._listed is None or self._listed[:2] != (diagram, chosen):  # asked for at every single item
            self._listed = diagram, chosen, navigation.listed(diagram, chosen)
        return self._listed[2]

    def item_at(self, point: QPointF) -> Key | None:
        """Return the node or edge at `point`."""
        return self.scene.at(point)

    def has_item(self, key: Key) -> bool:
        """Return whether the diagram has `key`."""
        return navigation.exists(self.scene.diagram, key)

    def place_of(self, key: Key) -> QRect:
        """Return the part in view of a node's tile, or the spot of an edge; empty where its column is scrolled away."""
        layout = self.scene.layout
        if isinstance(key, NodeKey):
            return (layout.tile(key) & self.scene.view).toAlignedRect() if layout.is_shown(key) else QRect()
        ends = [NodeKey(key.layer, key.target)] + ([] if key.source == BIAS else [NodeKey(key.layer - 1, key.source)])
        if not all(layout.is_shown(end) for end in ends):
            return QRect()
        spot = self.scene.spot(key)
        return QRectF(spot.x() - _EDGE_REACH, spot.y() - _EDGE_REACH, 2 * _EDGE_REACH, 2 * _EDGE_REACH).toAlignedRect()

    def _existing(self, key: Key | None) -> Key | None:
        return key if key is not None and navigation.exists(self.scene.diagram, key) else None

    # ---- drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cached edges, the nodes, then the marks."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(style.current().panel))
            # Cached layers are for the screen: a picture of another resolution is drawn without them.
            ratio = self.devicePixelRatioF()
            if is_vector(painter) or ratio_of(painter, self) != ratio:
                ratio = 0.0
            if self._camera.zoom > 1.0:
                painter.setClipRect(self.scene.view)
            self.scene.draw(painter, ratio)
            self.draw_marks(painter, ratio)
            painter.setClipping(False)
            self._draw_notice(painter)

    def draw_marks(self, painter: QPainter, ratio: float = 0.0) -> None:
        """Draw hover, selection, keyboard focus, what travels, the numbers and what lies above them."""
        theme = style.current()
        if self._hovered is not None and self._hovered != self._selected:
            self.scene.draw_highlight(painter, self._hovered, theme.secondary)
        if self._selected is not None:
            self.scene.draw_highlight(painter, self._selected, theme.accent)
        if self._focused is not None and self._focused != self._selected and self.hasFocus():
            self.scene.draw_highlight(painter, self._focused, theme.accent, dashed=True)
        if self.scene.edges is not None:
            self._travel.draw(painter, self.scene.layout, self.scene.edges)
        self.scene.draw_numbers(painter, self._marked(), ratio)
        self.scene.draw_small(painter, ratio)

    def _draw_notice(self, painter: QPainter) -> None:
        if self.scene.notice:
            theme = style.current()
            painter.setFont(style.sans(8.0))
            painter.setPen(QColor(theme.secondary))
            box = QRectF(8.0, self.height() - self._foot - NOTICE_HEIGHT, self.width() - 16.0, NOTICE_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.scene.notice)

    def _marked(self) -> tuple[Key, ...]:
        focused = self._focused if self.hasFocus() else None
        return tuple(dict.fromkeys(key for key in (self._hovered, focused, self._selected) if key is not None))

    def place_of_number(self, key: Key) -> QRect:
        """Return where the weight of an edge is written, or else what ``place_of`` does."""
        found = (label.box for label in self.number_labels() if (label.key, label.which) == (key, "weight"))
        box = next(found, None)
        return self.place_of(key) if box is None else box.toAlignedRect()

    def number_labels(self) -> list[NumberLabel]:
        """Return the numbers that are written on nodes and edges."""
        return self.scene.number_labels(self._marked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out in the new size."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        super().changeEvent(event)
        if is_change_of_look(self, event):
            self.scene.forget()
            self._fit()
            self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing travel unseen."""
        super().hideEvent(event)
        self._travel.stop()

    def _fit(self) -> None:
        scale = style.current().scale
        frame = self.scene.frame
        line = 0.0 if frame is None or frame.numbers is None else line_height()
        words = FOOT_HEIGHT * scale + 2.0
        # Warnings under the columns may stand in the foot: none is there in slow motion.
        below, notice = (line / 2.0 + _BELOW if self._foot >= words else words), 0.0
        for _ in range(3):
            floor = self.height() - self._foot - notice
            top, bottom = self._header + 8.0 * scale, floor - below
            self._camera = self._camera.within(QSizeF(self.width(), bottom - top))
            body = Body(self.width(), top, bottom, scale, line, self._camera)
            self.scene.set_body(body, QRectF(0.0, self._header, self.width(), max(floor - self._header, 1.0)))
            lacking = self.scene.notice and not notice, self.scene.leaves_out and below < words
            if not any(lacking):
                break
            notice, below = NOTICE_HEIGHT * scale if lacking[0] else notice, words if lacking[1] else below
        self.update()
