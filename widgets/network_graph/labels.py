"""The words on the picture: badges, and what each column leaves out."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.network_graph.layout import ColumnPlace, GraphLayout
from widgets.style import style
from widgets.values import Badge, NetworkFrame, NodeKey

LAYER = -1
FOOT_HEIGHT = 16.0
_FOOT_POINTS = 8.0
RING = 5.0
"""How far the ring of a selected tile reaches beyond it."""
_WORD_PITCH = 30.0
_RISE = 0.72
"""Of the height of a warning's word: so much of it stands above its tile."""


def draw_badges(painter: QPainter, layout: GraphLayout, frame: NetworkFrame) -> None:
    """Put each warning's word at the upper right of its tile or beside it; a mark where there is no room for a word."""
    painter.setFont(style.sans(7.5))
    for key, badge in frame.badges.items():
        if key.unit == LAYER or not layout.is_shown(key):
            continue
        place = layout.columns[key.layer]
        if has_room_for_words(place):
            _pill(painter, _pill_box(layout, key, badge), badge.word)
        else:
            _mark(painter, layout.tile(key), max(place.tile * 0.3, 2.0))


def badge_boxes(layout: GraphLayout, frame: NetworkFrame) -> list[tuple[NodeKey, QRectF]]:
    """Return where each warning can be clicked: its word or its mark, and what stands under its column."""
    found: list[tuple[NodeKey, QRectF]] = []
    for key, badge in frame.badges.items():
        if key.layer >= len(layout.columns):
            continue
        place = layout.columns[key.layer]
        if key.unit == LAYER:
            found.append((key, _foot_box(layout, place)))
        elif layout.is_shown(key) and has_room_for_words(place):
            found.append((key, _pill_box(layout, key, badge)))
        elif layout.is_shown(key):
            side = max(place.tile * 0.3, 2.0) + 2.0
            mark = QRectF(0, 0, side, side).translated(layout.tile(key).topRight() - QPointF(side / 2, side / 2))
            found += [(key, mark), (key, _foot_box(layout, place))]
    return found


def _pill_box(layout: GraphLayout, key: NodeKey, badge: Badge) -> QRectF:
    place, tile, metrics = layout.columns[key.layer], layout.tile(key), style.sans_room(7.5)
    width = metrics.width(badge.word) + 8.0
    above = stands_above(place)
    wanted = tile.center().x() if above else tile.right() + RING + 1.0
    left = min(wanted, place.slot.left + place.slot.width - width)
    top = tile.top() - (metrics.height * _RISE if above else 0.0)
    return QRectF(left, top, width, metrics.height)


def stands_above(place: ColumnPlace) -> bool:
    """Return whether warnings rise above their tiles: where the tile before is so near, they would seem to be its."""
    rise = style.sans_room(7.5).height * _RISE
    return has_room_for_words(place) and pitch(place) - place.tile >= 2.0 * rise


def _foot_box(layout: GraphLayout, place: ColumnPlace) -> QRectF:
    return QRectF(place.slot.left, layout.body.bottom + 2.0, place.slot.width, FOOT_HEIGHT)


def draw_feet(painter: QPainter, layout: GraphLayout, frame: NetworkFrame | None) -> None:
    """Write under each column how many units are not shown, and warnings that had no room as words."""
    painter.setFont(style.sans(_FOOT_POINTS))
    for layer, place in enumerate(layout.columns):
        badges = {} if frame is None else {key: one for key, one in frame.badges.items() if key.layer == layer}
        warning = _foot_warning(place, badges)
        left_out = left_out_text(place)
        text = " · ".join(part for part in (left_out, warning) if part)
        if not text:
            continue
        painter.setPen(QColor(style.current().warning if warning else style.current().secondary))
        _elided(painter, _foot_box(layout, place), Qt.AlignmentFlag.AlignHCenter, text)


def left_out_text(place: ColumnPlace) -> str:
    """Return ``+224 more`` for a column that shows a window of its units, and where the window stands."""
    hidden = place.total - len(place.ys)
    if not hidden:
        return ""
    return f"+{hidden} more" if not place.first else f"{place.first}–{place.last - 1} · +{hidden} more"


def _foot_warning(place: ColumnPlace, badges: dict[NodeKey, Badge]) -> str:
    words = [badge.word for key, badge in badges.items() if key.unit == LAYER]
    if not has_room_for_words(place):
        counted = Counter(badge.word for key, badge in badges.items() if key.unit != LAYER)
        words += [f"{count} {word}" for word, count in counted.items()]
    return " · ".join(words)


def has_room_for_words(place: ColumnPlace) -> bool:
    """Return whether warnings of a column's units stand beside them as words."""
    return len(place.ys) == 1 or pitch(place) >= _WORD_PITCH * style.current().scale


def has_room_below(place: ColumnPlace, line: float) -> bool:
    """Return whether a line of text fits between the rings of two tiles of a column."""
    return pitch(place) - place.tile >= line + RING


def pitch(place: ColumnPlace) -> float:
    """Return how far apart the units of a column stand; a single one has all the room."""
    return place.ys[1] - place.ys[0] if len(place.ys) > 1 else 1e9


def _elided(painter: QPainter, box: QRectF, horizontal: Qt.AlignmentFlag, text: str) -> None:
    painter.drawText(
        box, horizontal | Qt.AlignmentFlag.AlignVCenter, style.sans_room(_FOOT_POINTS).elided(text, box.width())
    )


def _pill(painter: QPainter, box: QRectF, word: str) -> None:
    theme = style.current()
    painter.setPen(QPen(QColor(theme.warning), 1.0))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, box.height() / 2.0, box.height() / 2.0)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def _mark(painter: QPainter, tile: QRectF, size: float) -> None:
    painter.setPen(QPen(QColor(style.current().panel), 0.8))
    painter.setBrush(QColor(style.current().warning))
    painter.drawEllipse(tile.topRight(), size / 2.0 + 1.0, size / 2.0 + 1.0)
