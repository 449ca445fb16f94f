"""The output view: title and switches, the picture, its legend, and the probe's coordinates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.plane.legend import Legend
from widgets.plane.plane_canvas import NOTHING
from widgets.plane.plane_view import PlaneView
from widgets.plane.probe_editor import ProbeEditor
from widgets.style import boxes
from widgets.values import PlaneImage, PlaneLine, Points
from widgets.values.example import ExamplePicture

DEFAULT_TITLE = "network output"


class OutputPlane(QWidget):
    """What the network (or one neuron) computes over the plane, with the data and a probe on it.

    `tools` holds the two switches; it stands in the plot's own top row until a window puts it
    into its heading.

    Signals
    -------
    probe_moved(float, float), probe_released()
        The probe was dragged, nudged with the arrow keys, or its coordinates were typed.
    point_clicked(int)
        A data point was clicked (its index).
    cursor_moved(object)
        (x₁, x₂) under the cursor, or None; answer with :meth:`set_cursor_text`.
    line_hovered(int)
        The overlay line under the cursor, or -1.
    point_hovered(int)
        The data point under the cursor, or -1; answer with :meth:`set_thumb` where it is a picture.
    stroke_began(float, float), stroke_moved(float, float), stroke_ended(), brush_key_typed(str)
        Painting, while there is a brush (:meth:`set_brush`).
    test_data_toggled(bool), discretize_toggled(bool)
        The user switched.
    """

    probe_moved = Signal(float, float)
    probe_released = Signal()
    point_clicked = Signal(int)
    cursor_moved = Signal(object)
    line_hovered = Signal(int)
    point_hovered = Signal(int)
    stroke_began = Signal(float, float)
    stroke_moved = Signal(float, float)
    stroke_ended = Signal()
    brush_key_typed = Signal(str)
    why_requested = Signal()
    test_data_toggled = Signal(bool)
    discretize_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plane = PlaneView(self)
        self.legend = Legend(self)
        self.probe_editor = ProbeEditor(self)
        self.title = ElidedLabel(DEFAULT_TITLE, self)
        self.title.setProperty("role", "secondary")
        self.test_switch = QCheckBox("test data")
        self.test_switch.setAccessibleName("Show the test data")
        self.test_switch.setToolTip("Show the points that training never sees (dark rim) beside the training points.")
        self.discretize_switch = QCheckBox("discretize")
        self.discretize_switch.setAccessibleName("Discretize the output")
        self.discretize_switch.setToolTip(
            "Show only the decision: one full colour on each side of the boundary,\nwithout the shades of confidence."
        )
        self.tools = QWidget(self)
        self._lay_out()
        self._connect()
        self.setAccessibleName("Output")

    def _lay_out(self) -> None:
        boxes.row(self.test_switch, self.discretize_switch, owner=self.tools, spacing=12)
        top = boxes.row((self.title, 1), self.tools)
        boxes.column(top, (self.plane, 1), self.legend, self.probe_editor, owner=self, spacing=4)

    def _connect(self) -> None:
        self.plane.probe_moved.connect(self._on_probe_moved)
        self.plane.probe_released.connect(self.probe_released)
        self.plane.point_clicked.connect(self.point_clicked)
        self.plane.cursor_moved.connect(self.cursor_moved)
        self.plane.line_hovered.connect(self.line_hovered)
        self.plane.point_hovered.connect(self.point_hovered)
        self.plane.stroke_began.connect(self.stroke_began)
        self.plane.stroke_moved.connect(self.stroke_moved)
        self.plane.stroke_ended.connect(self.stroke_ended)
        self.plane.brush_key_typed.connect(self.brush_key_typed)
        self.plane.why_requested.connect(self.why_requested)
        self.probe_editor.coordinates_typed.connect(self._on_coordinates_typed)
        # clicked, not toggled: only the user's gesture emits.
        self.test_switch.clicked.connect(self._on_test_data_clicked)
        self.discretize_switch.clicked.connect(self._on_discretize_clicked)

    # ---- values in -------------------------------------------------------------------------------

    def set_image(self, image: PlaneImage) -> None:
        """Show `image`; costs one table look-up per pixel and a repaint."""
        self.plane.show_image(image)
        self.legend.show_for(image, self.plane.points, discretize=self.plane.discretize)
        if image.title:
            self.set_title(image.title)

    def set_points(self, points: Points) -> None:
        """Show the data; its layer is painted once and kept."""
        self.plane.show_points(points)
        if self.plane.image is not None:
            self.legend.show_for(self.plane.image, points, discretize=self.plane.discretize)

    def set_batch(self, indices: NDArray[np.int64] | None) -> None:
        """Mark the points of the pending batch; None or an empty array marks none."""
        indices = NOTHING if indices is None else np.asarray(indices, dtype=np.int64)
        if not np.array_equal(indices, self.plane.batch):
            self.plane.batch = indices
            self.plane.update()

    def set_misclassified(self, indices: NDArray[np.int64] | None, note: str = "") -> None:
        """Ring the points that the network gets wrong; None or an empty array rings none.

        `note`, shown over the picture, says which points were looked at where it was not all of them.
        """
        indices = NOTHING if indices is None else np.asarray(indices, dtype=np.int64)
        if note != self.plane.ring_note or not np.array_equal(indices, self.plane.misclassified):
            self.plane.misclassified, self.plane.ring_note = indices, note
            self.plane.update()

    def set_example(self, index: int | None) -> None:
        """Ring the example that the inspector reads; None for a probe."""
        if index != self.plane.example:
            self.plane.example = index
            self.plane.update()

    def set_probe(self, x: float | None, y: float | None = None) -> None:
        """Put the probe at (x, y), or hide it with None."""
        self.plane.probe = None if x is None or y is None else (x, y)
        self.probe_editor.set_coordinates(self.plane.probe)
        self.plane.update()

    def set_cursor_text(self, text: str) -> None:
        """Show `text` (one or more lines) beside the cursor, under its coordinates."""
        if text != self.plane.cursor_text:
            self.plane.cursor_text = text
            self.plane.update()

    def set_thumb(self, picture: ExamplePicture | None) -> None:
        """Show the point under the cursor as a picture beside it, in the place of the numbers; None shows none."""
        if picture is not None or self.plane.thumb is not None:
            self.plane.thumb = picture
            self.plane.update()

    def set_lines(self, lines: tuple[PlaneLine, ...]) -> None:
        """Lay decision lines or contours over the picture."""
        self.plane.show_lines(lines)

    def set_brush(self, radius: float | None) -> None:
        """Let presses on the picture paint within `radius` (0: one point); None: they take points and the probe."""
        if radius != self.plane.brush:
            self.plane.show_brush(radius)

    def set_title(self, title: str) -> None:
        """Name what the picture shows: ``a₂⁽¹⁾ activation``; empty for the network's output."""
        title = title or DEFAULT_TITLE
        if title != self.title.text():
            self.title.setText(title)
            self.title.setToolTip(title)

    def set_axis_names(self, horizontal: str, vertical: str) -> None:
        """Name the two axes (x₁ and x₂, or the columns of an imported table)."""
        if (horizontal, vertical) != self.plane.axis_names:
            self.plane.set_axis_names((horizontal, vertical))
            self.probe_editor.set_names(horizontal, vertical)

    def set_test_data_shown(self, shown: bool) -> None:
        """Set the switch *test data*."""
        self.test_switch.setChecked(shown)
        if shown != self.plane.with_test:
            self.plane.with_test = shown
            self.plane.refresh_points()

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep those of the two switches that are in `keys` out of sight. Never emits."""
        self.test_switch.setVisible("show_test" not in keys)
        self.discretize_switch.setVisible("discretize" not in keys)

    def set_discretize(self, discretize: bool) -> None:
        """Set the switch *discretize*."""
        self.discretize_switch.setChecked(discretize)
        if discretize != self.plane.discretize:
            self.plane.discretize = discretize
            self.plane.recolour()
            if self.plane.image is not None:
                self.legend.show_for(self.plane.image, self.plane.points, discretize=discretize)

    # ---- gestures --------------------------------------------------------------------------------

    def _on_probe_moved(self, x: float, y: float) -> None:
        self.probe_editor.set_coordinates((x, y))
        self.probe_moved.emit(x, y)

    def _on_coordinates_typed(self, x: float, y: float) -> None:
        self.set_probe(x, y)
        self.probe_moved.emit(x, y)
        self.probe_released.emit()

    def _on_test_data_clicked(self, shown: bool) -> None:
        self.set_test_data_shown(shown)
        self.test_data_toggled.emit(shown)

    def _on_discretize_clicked(self, discretize: bool) -> None:
        self.set_discretize(discretize)
        self.discretize_toggled.emit(discretize)
