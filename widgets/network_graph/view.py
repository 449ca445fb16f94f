"""Gestures on the drawn network: mouse and keyboard become signals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.controls.number_menu import wish_of
from widgets.controls.pan_drag import PanDrag
from widgets.network_graph import navigation, texts
from widgets.network_graph.edge_drag import EdgeDrag
from widgets.network_graph.edges import weight_of
from widgets.network_graph.editor import ValueEditor
from widgets.network_graph.hit_test import column_at
from widgets.network_graph.labels import LAYER
from widgets.network_graph.node_warnings import Warnings, with_tile
from widgets.network_graph.scene import Key
from widgets.network_graph.zoomable import ZoomableGraph
from widgets.style import tips
from widgets.values import LOSS, EdgeKey, NetworkDiagram, NetworkFrame, NodeKey


class GraphView(ZoomableGraph):
    """The drawn network under mouse and keyboard.

    *Keyboard navigation*: the arrow keys belong to the window's own shortcuts until the user enters the graph
    with Tab, Enter or a click on a node. Then left and right cross layers, up and down stay in one, E goes
    to the edges into a neuron (and back), Enter inspects a node and edits an edge, F2 edits too. Escape
    leaves, and clears the selection. M (or the menu key) opens the menu of the focused node or edge, W the card
    of its warning; ? asks where its number came from, H hides it to be predicted.

    An edge that is dragged up or down changes its weight: 100 pixels move it by the value drawn at full
    width, a tenth of that with Shift. Escape during the drag restores it.

    Ctrl and plus or minus zoom; a drag of empty ground or with the middle button moves what is larger than its place;
    Ctrl+0 or a double-click on empty ground lets the whole network fill it again.

    Signals
    -------
    neuron_hovered(object)
        A NodeKey; None when the mouse or the keyboard focus left it.
    neuron_clicked(object), edge_clicked(object), loss_clicked()
        A NodeKey or EdgeKey was picked, by mouse or with Enter.
    edge_value_typed(object, float)
        A new value for an edge or a bias.
    edge_drag_started(object), edge_dragged(object, float), edge_drag_ended(object)
        One gesture on the weight of an edge: the values in between.
    context_requested(object, QPoint)
        The menu of a NodeKey, an EdgeKey or a layer (a NodeKey of unit −1) is requested at a place of the screen.
    selection_cleared()
        Escape during keyboard navigation, or a click on empty ground.
    focus_moved(QPoint)
        The keyboard focus has moved to this point, which is to be in sight.
    wished(object, str)
        What is asked of the number of a NodeKey or EdgeKey: ``why`` or ``predict``.
    fix_picked(object, str)
        What the user wants to do about a warning: its NodeKey (unit −1: a layer), and the key of the choice.
    """

    neuron_hovered = Signal(object)
    neuron_clicked = Signal(object)
    edge_clicked = Signal(object)
    loss_clicked = Signal()
    edge_value_typed = Signal(object, float)
    edge_drag_started = Signal(object)
    edge_dragged = Signal(object, float)
    edge_drag_ended = Signal(object)
    context_requested = Signal(object, QPoint)
    selection_cleared = Signal()
    focus_moved = Signal(QPoint)
    wished = Signal(object, str)
    fix_picked = Signal(object, str)

    def __init__(self, diagram: NetworkDiagram, parent: QWidget | None = None) -> None:
        super().__init__(diagram, parent)
        self._pressed: Key | None = None  # what the last click hit, where it stood
        self._drag: EdgeDrag | None = None
        self._pan: PanDrag | None = None
        self._warnings = Warnings(self)
        self._warnings.fix_picked.connect(self.fix_picked)
        self.editor = ValueEditor(self)
        self.editor.value_typed.connect(self.edge_value_typed)
        self.editor.closed.connect(self.setFocus)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_diagram(self, diagram: NetworkDiagram) -> None:
        """Show another structure; an editor of a weight that is gone closes, and its drag ends."""
        super().set_diagram(diagram)
        if self.editor.key is not None and not navigation.exists(diagram, self.editor.key):
            self.editor.close_editor()
        if self._drag is not None and not navigation.exists(diagram, self._drag.key):
            drag, self._drag = self._drag, None
            drag.end()

    def set_frame(self, frame: NetworkFrame) -> None:
        """Show other numbers, in a tooltip that is open too. Never emits."""
        super().set_frame(frame)
        if QToolTip.isVisible() and self._hovered is not None and self.underMouse():
            tips.refresh(self.tooltip(self._hovered))

    def press(self, key: Key) -> None:
        """Pick `key` as a click does; keyboard navigation continues from there."""
        self._focused = key
        self._pick(key)
        self.update()

    def edit(self, key: EdgeKey) -> None:
        """Open the inline editor on the full-precision value of `key`."""
        value = weight_of(self.scene.frame, key)
        if value is not None:
            self.show_place(key)
            self.editor.open(key, texts.edge_title(self.scene.diagram, key), value, self.scene.spot(key).toPoint())

    # ---- mouse -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report what is under the mouse, when it changes; continue the drag of an edge."""
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag.move(event)
        elif self._pan is not None and event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton):
            self._pan.move(event)
        else:
            self._hover(self.scene.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more; what an open card is about stays marked."""
        if not self._warnings.is_read:
            self._hover(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Cancel a drag whose release would never arrive."""
        super().hideEvent(event)
        self._cancel_drag()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what is under the mouse; keyboard navigation continues from there."""
        self._pressed = None
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan = PanDrag(self.move_by, event.position())
            return
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if (badge := self.scene.badge_at(event.position())) is not None and self._warnings.explain(*badge):
            return
        key = self._pressed = self.scene.at(event.position())
        if key is None:
            self._focused = None
            self._pan = PanDrag(self.move_by, event.position())
            self.update()
        else:
            self.press(key)
            self._drag = self._drag_from(key, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of an edge, or of the network; a click on empty ground clears the selection."""
        drag, pan, self._drag, self._pan = self._drag, self._pan, None, None
        if pan is not None and not pan.is_started and event.button() == Qt.MouseButton.LeftButton:
            self.selection_cleared.emit()
        if drag is not None:
            drag.end()
            self._hover(self.scene.at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the edge or bias under the mouse; on empty ground, let the network fill its place."""
        # The first click may have opened the card, which moves the network away from under the mouse.
        key = self._pressed or self.scene.at(event.position())
        if key is None and event.button() == Qt.MouseButton.LeftButton:
            self.look_closer(0.0, event.position())
        elif isinstance(key, EdgeKey) and event.button() == Qt.MouseButton.LeftButton:
            self.edit(key)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the menu of what is under the mouse, or of what has the keyboard focus."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._request_menu(self._focused or self._selected)
            return
        at = QPointF(event.pos())
        layer = column_at(self.scene.layout, at.x())
        key = self.scene.at(at) or (None if layer is None else NodeKey(layer, LAYER))
        if key is not None:
            self.context_requested.emit(key, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll a column that does not show all its units; zoom with Ctrl, or move what is larger than its place."""
        layer, turn = column_at(self.scene.layout, event.position().x()), event.angleDelta().y()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and layer is not None and turn and self.scene.scroll(layer, -3 if turn > 0 else 3):
            self.update()
        elif not self.look_by_wheel(event):
            event.ignore()
            return
        self._hover(self.scene.at(event.position()))

    def event(self, event: QEvent) -> bool:
        """Keep the navigation keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = navigation.wants(event, navigating=self._focused is not None)
            if wanted or navigation.zoom_of(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def tip_at(self, point: QPoint) -> tips.Tip | None:
        """Return the tooltip of what is under the mouse; it covers neither a tile with its ring nor the whole edge."""
        badge = self.scene.badge_at(QPointF(point))
        if badge is not None and self.scene.frame is not None:
            sentences = "\n".join(self.scene.frame.badges[badge[0]].sentences)
            return tips.Tip(sentences, badge[1].toAlignedRect(), (with_tile(self.scene, *badge),))
        key = self.scene.at(QPointF(point))
        return None if key is None else tips.Tip(self.tooltip(key), *self._places(key, point))

    def _places(self, key: Key, point: QPoint) -> tuple[QRect, tuple[QRect, ...]]:
        if isinstance(key, NodeKey):
            return self.scene.box(key).toAlignedRect(), ()
        return tips.around(point), () if self.place_of(key).isEmpty() else tips.along(self.scene.points_along(key))

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

    def _pick(self, key: Key) -> None:
        if isinstance(key, EdgeKey):
            self.edge_clicked.emit(key)
        elif key == LOSS:
            self.loss_clicked.emit()
        else:
            self.neuron_clicked.emit(key)

    def _request_menu(self, key: Key | None) -> None:
        if key is not None:
            self.show_place(key)
            self.context_requested.emit(key, self.mapToGlobal(self.scene.spot(key).toPoint()))

    # ---- the drag of an edge ---------------------------------------------------------------------

    def _drag_from(self, key: Key, at: QPointF) -> EdgeDrag | None:
        frame = self.scene.frame
        value = weight_of(frame, key) if isinstance(key, EdgeKey) else None
        if frame is None or value is None or not isinstance(key, EdgeKey):
            return None
        return EdgeDrag(self, key, value, frame.edge_scale if frame.edge_kind == "weight" else 1.0, at)

    def _cancel_drag(self) -> None:
        drag, self._drag = self._drag, None
        if drag is not None:
            drag.cancel()

    def start_edge_drag(self, key: EdgeKey) -> None:
        """Report that a drag of `key` begins."""
        QToolTip.hideText()
        self.edge_drag_started.emit(key)

    def drag_edge(self, key: EdgeKey, value: float, at: QPointF | None) -> None:
        """Report a value in the drag of `key`, and show the result beside the mouse."""
        self.edge_dragged.emit(key, value)
        if at is None:
            QToolTip.hideText()
        else:
            point = self.mapFromGlobal(at.toPoint())
            tips.show(self, tips.Tip(self.name_of(key), *self._places(key, point)), at.toPoint())

    def end_edge_drag(self, key: EdgeKey) -> None:
        """Report that the drag of `key` is over."""
        self.edge_drag_ended.emit(key)

    # ---- keys ------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin keyboard navigation when the focus came with Tab."""
        super().focusInEvent(event)
        if event.reason() in navigation.TAB_REASONS and self._focused is None:
            self._move_focus(self._selected or navigation.start(self.scene.diagram))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End keyboard navigation, unless an editor or a menu took the focus for a while."""
        super().focusOutEvent(event)
        if event.reason() in navigation.TAB_REASONS:
            self._move_focus(None)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Navigate, inspect, edit, zoom or leave, ask about a number; every other key is the window's."""
        asked, wish = self._focused or self._selected, wish_of(event)
        if asked is not None and wish is not None and event.key() != navigation.WARNING:
            self.wished.emit(asked, wish)
            return
        if (factor := navigation.zoom_of(event)) is not None:
            self.look_closer(factor, QPointF(self.rect().center()))
            return
        if not navigation.wants(event, navigating=self._focused is not None):
            super().keyPressEvent(event)
            return
        key, here = event.key(), self._focused
        if here is None:
            self._move_focus(self._selected or navigation.start(self.scene.diagram))
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._cancel_drag()
        elif key == Qt.Key.Key_Escape:
            self._move_focus(None)
            self.selection_cleared.emit()
        elif key == navigation.MENU:
            self._request_menu(here)
        elif key in navigation.DIRECTIONS:
            self._move_focus(navigation.step(self.scene.diagram, here, navigation.DIRECTIONS[key]))
        elif key == navigation.WARNING:
            self._warnings.explain_at(here)
        elif key == Qt.Key.Key_E:
            self._move_focus(navigation.across(self.scene.diagram, here))
        else:
            self._enter(here, only_edit=key == Qt.Key.Key_F2)

    def _enter(self, key: Key, *, only_edit: bool) -> None:
        if not only_edit:
            self._pick(key)
        if isinstance(key, EdgeKey):
            self.edit(key)

    def _move_focus(self, key: Key | None) -> None:
        before, self._focused = self._focused, key
        if key == before:
            return
        if key is not None:
            self.show_place(key)
            self.focus_moved.emit(self.scene.spot(key).toPoint())
            self.report_focus(key)
        self._report_hover(before, key)
        self.update()
