"""Tooltips: each stands beside what it explains, never over it, wherever it comes from.

Qt puts a tooltip under the cursor, over the thing itself. One filter on the application answers every request for
a tooltip instead. A widget that paints several things says which one is under the mouse: see :class:`Explains`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from textwrap import fill
from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import QEvent, QLineF, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QHelpEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLabel,
    QMenu,
    QTabBar,
    QToolTip,
    QWidget,
)

from widgets.style.parts import direct_parts_of

GAP = 6
"""Pixels between a tooltip and what it explains."""
LONGEST = 90
"""Characters of the longest line."""
REACH = 6
"""Pixels to each side of a line that a tooltip leaves free."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A tooltip and what it explains, in the widget's coordinates."""

    text: str
    place: QRect  # what is under the mouse; the tooltip goes when the mouse leaves it
    around: tuple[QRect, ...] = ()  # what else belongs to it and must not be covered


@runtime_checkable
class Explains(Protocol):
    """A widget, or a scroll area, with tooltips of its own."""

    def tip_at(self, point: QPoint) -> Tip | None:
        """Return the tooltip at `point` of what is painted; None where there is nothing to say."""


def install(application: QApplication) -> None:
    """Answer every request for a tooltip in `application` from now on."""
    application.installEventFilter(_Filter(application))


@contextmanager
def paused() -> Iterator[None]:
    """Answer none meanwhile: every event comes here, and a window that is being made has tens of thousands."""
    application = QApplication.instance()
    answering = next(iter(direct_parts_of(application, _Filter)), None) if application is not None else None
    if application is None or answering is None:
        yield
        return
    application.removeEventFilter(answering)
    try:
        yield
    finally:
        application.installEventFilter(answering)


def show(widget: QWidget, tip: Tip, cursor: QPoint | None = None) -> None:
    """Show `tip` of `widget`, or in place of the one that is shown."""
    at = QCursor.pos() if cursor is None else cursor
    explained = [QRect(widget.mapToGlobal(rect.topLeft()), rect.size()) for rect in (tip.place, *tip.around)]
    _latest[:] = [(explained, at)]
    QToolTip.showText(at, _wrapped(tip.text), widget, tip.place)
    for label in _labels():
        _put(label)


def refresh(text: str) -> None:
    """Let the tooltip that is shown say `text`, without a flicker."""
    text = _wrapped(text)
    for label in _labels():
        if label.text() != text:
            label.setText(text)
            label.adjustSize()
            _put(label)


def beside(size: QSize, explained: Sequence[QRect], cursor: QPoint, screen: QRect) -> QPoint:
    """Return where on `screen` a tooltip of `size` covers the least of what it explains, and not the cursor.

    The first of `explained` is what is under the mouse: below, above, right or left of it, otherwise of all.
    """
    whole = explained[0]
    for rect in explained[1:]:
        whole = whole.united(rect)
    candidates = [QRect(at, size) for box in (explained[0], whole) for at in _sides(box, size, cursor)]
    on_screen = [_moved_into(rect, screen) for rect in candidates]
    covered = [
        sum(_area(rect.intersected(part)) for part in (*explained, QRect(cursor, QSize(1, 1)))) for rect in on_screen
    ]
    return on_screen[covered.index(min(covered))].topLeft()


def around(point: QPoint) -> QRect:
    """Return what is under the mouse at `point` of a thin line."""
    return QRect(point.x() - REACH, point.y() - REACH, 2 * REACH, 2 * REACH)


def along(points: Sequence[QPointF]) -> tuple[QRect, ...]:
    """Return what a tooltip of a line through `points` must not cover."""
    made = []
    for start, end in pairwise(points):
        n = max(1, round(QLineF(start, end).length() / REACH))
        made += [around((start + (end - start) * (i / n)).toPoint()) for i in range(n)]
    return (*made, around(points[-1].toPoint()))


_latest: list[tuple[list[QRect], QPoint]] = []


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer a request for a tooltip; place a tooltip before the screen shows it."""
        kind = type(event)  # to ask the event for its type takes several times longer, and every event comes here
        if kind is QHelpEvent and isinstance(watched, QWidget) and event.type() == QEvent.Type.ToolTip:
            return _answer(watched, cast(QHelpEvent, event))
        if kind is QShowEvent and _latest and isinstance(watched, QLabel) and watched.inherits("QTipLabel"):
            _put(watched)
        return False


def _answer(widget: QWidget, event: QHelpEvent) -> bool:
    """Show the tooltip of `widget`; False where its parent may have one."""
    owner = widget.parentWidget() if isinstance(widget.parentWidget(), QAbstractScrollArea) else widget
    if isinstance(widget, Explains):
        tip = widget.tip_at(event.pos())
    elif isinstance(owner, Explains):
        tip = owner.tip_at(event.pos())
    else:
        tip = _tip_of_row(owner, widget, event.pos()) or _tip_of_whole(widget)
        if tip is None:
            return False
    if tip is None or not tip.text:
        QToolTip.hideText()
    else:
        show(widget, tip, event.globalPos())
    return True


def _tip_of_whole(widget: QWidget) -> Tip | None:
    """Return the tooltip of `widget`, which explains the neighbours with the same words too: label, slider, number."""
    text, parent = widget.toolTip(), widget.parentWidget()
    if not text:
        return None
    same = () if parent is None or widget.isWindow() else direct_parts_of(parent, QWidget)
    parts = [part for part in same if part is not widget and part.isVisible() and part.toolTip() == text]
    return Tip(
        text,
        widget.rect(),
        tuple(QRect(widget.mapFromGlobal(part.mapToGlobal(QPoint())), part.size()) for part in parts),
    )


def _tip_of_row(owner: QWidget | None, widget: QWidget, at: QPoint) -> Tip | None:
    """Return the tooltip of one row, cell or tab of Qt's own lists; those of menus and lists stand beside the list."""
    if isinstance(owner, QHeaderView):
        section = owner.logicalIndexAt(at)
        text = (
            owner.model().headerData(section, owner.orientation(), Qt.ItemDataRole.ToolTipRole) if section >= 0 else ""
        )
        start, size = owner.sectionViewportPosition(section), owner.sectionSize(section)
        across = owner.orientation() == Qt.Orientation.Horizontal
        place = QRect(start, 0, size, widget.height()) if across else QRect(0, start, widget.width(), size)
        return Tip(text or "", place)
    if isinstance(owner, QAbstractItemView):
        index = owner.indexAt(at)
        place = owner.visualRect(index)
        around = (widget.rect(),) if owner.model() is not None and owner.model().columnCount() == 1 else ()
        return Tip(index.data(Qt.ItemDataRole.ToolTipRole) or "", place, around) if index.isValid() else None
    if isinstance(widget, QMenu):
        action = widget.actionAt(at)
        text = action.toolTip() if action is not None and widget.toolTipsVisible() else ""
        return Tip(text, widget.actionGeometry(action) if action else QRect(), (widget.rect(),))
    if isinstance(widget, QTabBar) and (tab := widget.tabAt(at)) >= 0:
        return Tip(widget.tabToolTip(tab), widget.tabRect(tab))
    return None


def _wrapped(text: str) -> str:
    return "\n".join(fill(line, LONGEST, break_long_words=False) for line in text.split("\n"))


def _labels() -> list[QLabel]:
    """Return the tooltip that is shown, if there is one."""
    tops = QApplication.topLevelWidgets()
    return [top for top in tops if isinstance(top, QLabel) and top.inherits("QTipLabel") and top.isVisible()]


def _put(label: QLabel) -> None:
    explained, cursor = _latest[0]
    screen = QGuiApplication.screenAt(cursor) or QGuiApplication.primaryScreen()
    label.move(beside(label.size(), explained, cursor, screen.geometry()))


def _sides(box: QRect, size: QSize, cursor: QPoint) -> list[QPoint]:
    """Return the places below, above, right and left of `box`, as near to `cursor` as the box is long."""
    x = max(box.left(), min(cursor.x() - size.width() // 2, box.right() + 1 - size.width()))
    y = max(box.top(), min(cursor.y() - size.height() // 2, box.bottom() + 1 - size.height()))
    return [
        QPoint(x, box.bottom() + 1 + GAP),
        QPoint(x, box.top() - GAP - size.height()),
        QPoint(box.right() + 1 + GAP, y),
        QPoint(box.left() - GAP - size.width(), y),
    ]


def _moved_into(rect: QRect, screen: QRect) -> QRect:
    x = max(screen.left(), min(rect.left(), screen.right() + 1 - rect.width()))
    y = max(screen.top(), min(rect.top(), screen.bottom() + 1 - rect.height()))
    return QRect(QPoint(x, y), rect.size())


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
