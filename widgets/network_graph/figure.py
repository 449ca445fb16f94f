"""The network as a figure of its own: with column titles and a legend in the place of the controls."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from widgets.network_graph import texts
from widgets.network_graph.canvas import NOTICE_HEIGHT, GraphCanvas
from widgets.style import style

_TITLE_HEIGHT = 40.0


def draw_figure(painter: QPainter, canvas: GraphCanvas) -> None:
    """Draw the picture of `canvas` at the painter's origin, as vectors where the device has them."""
    painter.save()
    painter.fillRect(QRectF(0, 0, canvas.width(), canvas.height()), QColor(style.current().panel))
    canvas.scene.draw(painter)
    canvas.draw_marks(painter)
    diagram = canvas.scene.diagram
    for layer, (place, column) in enumerate(zip(canvas.scene.layout.columns, diagram.columns, strict=True)):
        activation = "" if column.kind == "input" else texts.activation_label(diagram, layer, canvas.choices)
        under = f"{activation} · {len(column.labels)}" if column.kind == "hidden" else activation
        _title(painter, QRectF(place.slot.left, 2.0, place.slot.width, _TITLE_HEIGHT), column.title, under)
    box = QRectF(8.0, canvas.height() - NOTICE_HEIGHT, canvas.width() - 16.0, NOTICE_HEIGHT)
    _write(painter, box, canvas.legend, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    painter.restore()


def _title(painter: QPainter, box: QRectF, title: str, under: str) -> None:
    painter.setFont(style.sans(9.0, bold=True))
    painter.setPen(QColor(style.current().text))
    painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, title)
    _write(painter, box, under, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)


def _write(painter: QPainter, box: QRectF, text: str, alignment: Qt.AlignmentFlag) -> None:
    painter.setFont(style.sans(8.5))
    painter.setPen(QColor(style.current().secondary))
    painter.drawText(box, alignment, text)
