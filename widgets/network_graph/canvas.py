"""The drawn part of the network view: paints the scene, and turns mouse and keys into signals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from widgets.network_graph import accessible, keys, kinds, texts, walk
from widgets.network_graph.edge_drag import EdgeDrag
from widgets.network_graph.edges import value_of
from widgets.network_graph.editor import ValueEditor
from widgets.network_graph.hit_test import column_at
from widgets.network_graph.labels import FOOT_HEIGHT, LAYER
from widgets.network_graph.layout import Body
from widgets.network_graph.scene import GraphScene, Key
from widgets.style import style
from widgets.style.paint_ratio import is_vector, ratio_of
from widgets.values import LOSS, Choice, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey

NOTICE_HEIGHT = 15.0


class GraphCanvas(QWidget):
    """Paints nodes and edges and reports what a person points at.

    *Walking mode*: the arrow keys are free for the window's own shortcuts until a person enters the graph
    with Tab, Enter or a click on a node. Then left and right cross layers, up and down stay in one, E goes
    to the edges into a neuron (and back), Enter inspects a node and edits an edge, F2 edits too. Escape
    leaves, and clears the selection. M (or the menu key) opens the menu of what the walk stands on.

    An edge that is dragged up or down changes its weight: 100 pixels move it by the value drawn at full
    width, a tenth of that with Shift.

    Signals
    -------
    neuron_hovered(object), edge_hovered(object)
        A NodeKey or EdgeKey, None when the mouse or the walk left it.
    neuron_clicked(object), edge_clicked(object), loss_clicked()
        A person picked it, by mouse or with Enter.
    edge_value_typed(object, float)
        A new value for an edge or a bias.
    edge_drag_started(object), edge_dragged(object, float), edge_drag_ended(object)
        One gesture on the weight of an edge: the values in between.
    context_requested(object, QPoint)
        The menu of a NodeKey, an EdgeKey or a layer (a NodeKey of unit −1) is wanted at a place of the screen.
    selection_cleared()
        Escape while walking, or a click on empty ground.
    walked(QPoint)
        The walk has come to this point, which is to be in sight.
    """

    neuron_hovered = Signal(object)
    edge_hovered = Signal(object)
    neuron_clicked = Signal(object)
    edge_clicked = Signal(object)
    loss_clicked = Signal()
    edge_value_typed = Signal(object, float)
    edge_drag_started = Signal(object)
    edge_dragged = Signal(object, float)
    edge_drag_ended = Signal(object)
    context_requested = Signal(object, QPoint)
    selection_cleared = Signal()
    walked = Signal(QPoint)

    def __init__(self, diagram: NetworkDiagram, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = GraphScene(diagram)
        self.choices: dict[str, Choice] = {}
        self._header = 80.0
        self._hovered: Key | None = None
        self._selected: Key | None = None
        self._walker: Key | None = None
        self._drag: EdgeDrag | None = None
        self.editor = ValueEditor(self)
        self.editor.value_typed.connect(self.edge_value_typed)
        self.editor.closed.connect(self.setFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Network")
        accessible.install()

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
    def walker(self) -> Key | None:
        """Where the keyboard walk stands, None outside walking mode."""
        return self._walker

    @property
    def legend(self) -> str:
        """What edges and neurons show, in one line."""
        return "" if self.scene.frame is None else kinds.legend(self.scene.frame)

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show another structure. Never emits."""
        self.scene.set_diagram(diagram)
        self._hovered, self._selected, self._walker = (
            key if key is not None and walk.exists(diagram, key) else None
            for key in (self._hovered, self._selected, self._walker)
        )
        if self.editor.key is not None and not walk.exists(diagram, self.editor.key):
            self.editor.close_editor()
        self.update()

    def set_frame(self, frame: NetworkFrame) -> None:
        """Show other numbers. Never emits."""
        self.scene.set_frame(frame)
        if self.legend != self.accessibleDescription():
            self.setAccessibleDescription(self.legend)
        self.update()
        if QToolTip.isVisible() and self._hovered is not None and self.underMouse():
            QToolTip.showText(self.cursor().pos(), self.tooltip(self._hovered), self)

    def set_selection(self, key: Key | None) -> None:
        """Ring `key`, scrolled into view. Never emits."""
        self._selected = key if key is not None and walk.exists(self.scene.diagram, key) else None
        if self._selected is not None:
            self.scene.bring_into_view(self._selected)
        self.update()

    def set_hovered(self, key: Key | None) -> None:
        """Highlight `key`. Never emits."""
        self._hovered = key if key is not None and walk.exists(self.scene.diagram, key) else None
        self.update()

    def set_header(self, height: float) -> None:
        """Leave `height` free at the top for the columns' controls."""
        self._header = height
        self._fit()

    def tooltip(self, key: Key) -> str:
        """Return what the tooltip of `key` says."""
        scene = self.scene
        if isinstance(key, EdgeKey):
            return texts.edge_tooltip(scene.diagram, scene.frame, key)
        return texts.node_tooltip(scene.diagram, scene.frame, key, self.choices)

    def name_of(self, key: Key) -> str:
        """Return what a screen reader says of `key`."""
        scene = self.scene
        if isinstance(key, EdgeKey):
            return texts.edge_name(scene.diagram, scene.frame, key)
        return texts.node_name(scene.diagram, scene.frame, key, self.choices)

    def edit(self, key: EdgeKey) -> None:
        """Open the inline editor on the full-precision value of `key`."""
        value = self._weight_of(key)
        if value is None:
            return
        self.scene.bring_into_view(key)
        at = self.scene.spot(key).toPoint()
        self.editor.open(key, texts.edge_title(self.scene.diagram, key), value, at)

    def _weight_of(self, key: EdgeKey) -> float | None:
        frame = self.scene.frame
        weights = None if frame is None else frame.edges if frame.edge_kind == "weight" else frame.weights
        return None if weights is None else value_of(weights, key)

    # ---- drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the kept edges, the nodes, then what is hovered, selected and walked."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.current().panel))
        # Kept layers are for the screen: into a picture everything is drawn anew, as fine as that is.
        ratio = self.devicePixelRatioF()
        if is_vector(painter) or ratio_of(painter, self) != ratio:
            ratio = 0.0
        self.scene.draw(painter, ratio)
        self.draw_marks(painter, ratio)
        painter.end()

    def draw_marks(self, painter: QPainter, ratio: float = 0.0) -> None:
        """Draw hover, selection, walk and the line that says what is left out."""
        theme = style.current()
        if self._hovered is not None and self._hovered != self._selected:
            self.scene.draw_highlight(painter, self._hovered, theme.secondary)
        if self._selected is not None:
            self.scene.draw_highlight(painter, self._selected, theme.accent)
        if self._walker is not None and self._walker != self._selected and self.hasFocus():
            self.scene.draw_highlight(painter, self._walker, theme.accent, dashed=True)
        self.scene.draw_small(painter, ratio)
        if self.scene.notice:
            painter.setFont(style.sans(8.0))
            painter.setPen(QColor(theme.secondary))
            box = QRectF(8.0, self.height() - NOTICE_HEIGHT, self.width() - 16.0, NOTICE_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.scene.notice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out in the new size."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the type scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scene.forget()
            self._fit()
            self.update()

    def _fit(self) -> None:
        scale = style.current().scale
        bottom = self.height() - (FOOT_HEIGHT + NOTICE_HEIGHT) * scale - 2.0
        self.scene.set_body(Body(self.width(), self._header + 8.0 * scale, bottom, scale))
        self.update()

    # ---- mouse -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report what is under the mouse, when it changes; go on with the drag of an edge."""
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._pull(self._drag, event)
            return
        self._hover(self.scene.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what is under the mouse; the walk goes on from there."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        key = self.scene.at(event.position())
        self._walker = key
        if key is None:
            self.selection_cleared.emit()
        else:
            self._pick(key)
            self._drag = self._drag_of(key, event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of an edge."""
        drag, self._drag = self._drag, None
        if drag is not None and drag.began:
            self.edge_drag_ended.emit(drag.key)
            self._hover(self.scene.at(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the mouse, or of what the keyboard stands on."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu(self._walker or self._selected)
            return
        at = QPointF(event.pos())
        layer = column_at(self.scene.layout, at.x())
        key = self.scene.at(at) or (None if layer is None else NodeKey(layer, LAYER))
        if key is not None:
            self.context_requested.emit(key, event.globalPos())

    def _ask_for_menu(self, key: Key | None) -> None:
        if key is not None:
            self.scene.bring_into_view(key)
            self.context_requested.emit(key, self.mapToGlobal(self.scene.spot(key).toPoint()))

    def _drag_of(self, key: Key, at: QPointF) -> EdgeDrag | None:
        value = self._weight_of(key) if isinstance(key, EdgeKey) else None
        frame = self.scene.frame
        scale = 1.0 if frame is None or frame.edge_kind != "weight" else frame.edge_scale
        return None if value is None or not isinstance(key, EdgeKey) else EdgeDrag(key, at.y(), value, scale)

    def _pull(self, drag: EdgeDrag, event: QMouseEvent) -> None:
        if not drag.began:
            if abs(event.position().y() - drag.y) < QApplication.startDragDistance():
                return
            drag.began = True
            QToolTip.hideText()
            self.edge_drag_started.emit(drag.key)
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.edge_dragged.emit(drag.key, drag.pull(event.position().y(), fine=fine))
        QToolTip.showText(event.globalPosition().toPoint(), self.name_of(drag.key), self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the edge or bias under the mouse."""
        key = self.scene.at(event.position())
        if isinstance(key, EdgeKey) and event.button() == Qt.MouseButton.LeftButton:
            self.edit(key)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll a column that does not show all its units."""
        layer = column_at(self.scene.layout, event.position().x())
        turn = event.angleDelta().y()
        if layer is None or not turn or not self.scene.scroll(layer, -3 if turn > 0 else 3):
            event.ignore()
            return
        self._hover(self.scene.at(event.position()))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show the tooltip of what is under the mouse; keep the walk's keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event.pos(), event.globalPos())
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (keys.wants(event, walking=self._walker is not None))
        ):
            event.accept()
            return True
        return super().event(event)

    def _show_tooltip(self, at: QPoint, global_at: QPoint) -> None:
        key = self.scene.at(QPointF(at))
        if key is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(global_at, self.tooltip(key), self)

    def _hover(self, key: Key | None) -> None:
        before, self._hovered = self._hovered, key
        if key == before:
            return
        self.setCursor(Qt.CursorShape.ArrowCursor if key is None else Qt.CursorShape.PointingHandCursor)
        self._report_hover(before, key)
        self.update()

    def _report_hover(self, before: Key | None, key: Key | None) -> None:
        if isinstance(key, NodeKey) and key != LOSS:
            self.neuron_hovered.emit(key)
        elif isinstance(before, NodeKey) and before != LOSS:
            self.neuron_hovered.emit(None)
        if isinstance(key, EdgeKey):
            self.edge_hovered.emit(key)
        elif isinstance(before, EdgeKey):
            self.edge_hovered.emit(None)

    def _pick(self, key: Key) -> None:
        if isinstance(key, EdgeKey):
            self.edge_clicked.emit(key)
        elif key == LOSS:
            self.loss_clicked.emit()
        else:
            self.neuron_clicked.emit(key)

    # ---- keys ------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Enter walking mode when the focus came with Tab."""
        super().focusInEvent(event)
        if event.reason() in keys.TAB_REASONS and self._walker is None:
            self._walk_to(self._selected or walk.start(self.scene.diagram))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave walking mode, unless an editor or a menu took the focus for a while."""
        super().focusOutEvent(event)
        if event.reason() in keys.TAB_REASONS:
            self._walk_to(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, inspect, edit or leave; every other key is the window's."""
        if not keys.wants(event, walking=self._walker is not None):
            super().keyPressEvent(event)
            return
        key, here = event.key(), self._walker
        if here is None:
            self._walk_to(self._selected or walk.start(self.scene.diagram))
        elif key == Qt.Key.Key_Escape:
            self._walk_to(None)
            self.selection_cleared.emit()
        elif key == keys.MENU:
            self._ask_for_menu(here)
        elif key in keys.DIRECTIONS:
            self._walk_to(walk.step(self.scene.diagram, here, keys.DIRECTIONS[key]))
        elif key == Qt.Key.Key_E:
            self._walk_to(NodeKey(here.layer, here.target) if isinstance(here, EdgeKey) else self._edge_of(here))
        else:
            self._enter(here, only_edit=key == Qt.Key.Key_F2)

    def _edge_of(self, key: NodeKey) -> Key:
        return walk.first_edge(self.scene.diagram, key) or key

    def _enter(self, key: Key, *, only_edit: bool) -> None:
        if not only_edit:
            self._pick(key)
        if isinstance(key, EdgeKey):
            self.edit(key)

    def _walk_to(self, key: Key | None) -> None:
        before, self._walker = self._walker, key
        if key == before:
            return
        if key is not None:
            self.scene.bring_into_view(key)
            self.walked.emit(self.scene.spot(key).toPoint())
            accessible.report_focus(self, key)
        self._report_hover(before, key)
        self.update()
