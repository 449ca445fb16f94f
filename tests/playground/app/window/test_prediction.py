"""While a number is hidden, nothing in the window gives it away; revealing shows it everywhere again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS
from playground.document.changes import with_depth, with_width
from playground.document.document import LOSS, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.training.quantities import value_of
from widgets.controls.painted_items import PaintedItems
from widgets.style import numbers

PAGES = ("gradients", "circuit", "tensors", "jacobian", "check")
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_NUMBER = re.compile(r"[-−]?\d*[.,]\d+(?:e[-−]?\d+)?")


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(text) for role in _ROLES if (text := index.data(role)))
        yield from _cells(model, model.index(row, 0, parent))


def _of_widget(widget: QWidget) -> Iterator[str]:
    for name in ("text", "toolTip", "accessibleName", "accessibleDescription", "statusTip", "title", "placeholderText"):
        said = getattr(widget, name, None)
        if callable(said):
            yield str(said())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model(), QModelIndex())
    if isinstance(widget, PaintedItems):
        for key in widget.items():
            yield from (widget.name_of(key), widget.tooltip(key))
    tip_at = getattr(widget, "tip_at", None)
    if callable(tip_at) and not isinstance(widget, PaintedItems):
        for x in range(4, widget.width(), 24):
            for y in range(4, widget.height(), 12):
                tip = tip_at(QPoint(x, y))
                yield tip.text if tip is not None else ""
    told = QAccessible.queryAccessibleInterface(widget)
    if told is not None:
        kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)
        yield from (told.text(kind) for kind in kinds)


def said(window: MainWindow) -> set[str]:
    """Return every number that is said anywhere in the window, on any page and in any dock, or copied from it."""
    return {number for text in texts(window) for number in _NUMBER.findall(text)}


def texts(window: MainWindow) -> Iterator[str]:
    """Yield everything that is said on every page and in every dock, and what the card copies."""
    inspector = window.parts.panels.inspector
    window.parts.docks["inspector"].raise_()
    for page in PAGES:
        inspector.show_page(page)
        QApplication.processEvents()
        yield from _below(inspector)
    for dock in window.parts.docks.values():
        if dock.objectName() != "inspector":
            dock.raise_()
            QApplication.processEvents()
            yield from _below(dock)
    for part in (window.parts.panels.center, window.statusBar(), window.parts.panels.transport):
        yield from _below(part)
    window.parts.panels.card.copy()
    yield QGuiApplication.clipboard().text().replace("-", numbers.MINUS)


def _below(part: QWidget) -> Iterator[str]:
    for widget in (part, *part.findChildren(QWidget)):
        if widget.isVisible():
            yield from _of_widget(widget)


def written(value: float) -> set[str]:
    """Return how a number may be written: to three digits and more."""
    texts = {numbers.significant(value, digits) for digits in range(3, 9)} | {numbers.full(value), numbers.live(value)}
    texts |= {text.lstrip(numbers.MINUS) for text in texts}
    return {text for text in texts if len(re.sub(r"\D", "", text)) >= 4} | {numbers.full(value)}


@pytest.fixture
def deep(window: MainWindow) -> MainWindow:
    window.session.change(with_depth(2), "deeper")
    window.session.change(with_width(1, 3), "narrower")
    window.session.change(with_width(2, 2), "narrower")
    window.session.step(7)
    window.parts.deferred.finish()
    for spec in VIEWS:
        window.parts.views.open(spec.key)
    return window


ASKED = [
    ("downstream", "h1.2", Node(1, 1), None),
    ("downstream", "h2.1", Node(1, 1), None),
    ("upstream", "h1.2", Node(1, 1), None),
    ("local", "h2.1", Node(2, 0), None),
    ("value", "h1.3", Node(1, 2), None),
    ("value", "h1.3", Node(2, 0), None),
    ("pre_activation", "h2.2", Node(2, 1), None),
    ("value", "out.1", LOSS, None),
    ("upstream", "out.1", LOSS, None),
    ("loss", "loss", LOSS, None),
    ("gradient", "h1.1-h2.1", Node(2, 0), None),
    ("input_gradient", "x1", Node(0, 0), None),
    ("batch_gradient", "h1.1-h2.1", Node(2, 0), Edge(2, 0, 0)),
    ("update", "h1.1-h2.1", Node(2, 0), Edge(2, 0, 0)),
    ("next_weight", "h1.1-h2.1", Node(2, 0), Edge(2, 0, 0)),
    ("weight", "h1.1-h2.1", Node(2, 0), Edge(2, 0, 0)),
    ("weight", "x1-h1.1", Node(1, 0), Edge(1, 0, 0)),
]


def _random_sets(n: int, size: int) -> list[list[int]]:
    order = np.random.default_rng(5).permutation(len(ASKED)).tolist()
    return [order[k * size : (k + 1) * size] for k in range(n)]


@pytest.mark.slow
@pytest.mark.parametrize("chosen", _random_sets(4, 4), ids=str)
def test_the_digits_of_hidden_numbers_stand_nowhere_until_they_are_revealed(
    deep: MainWindow, chosen: list[int]
) -> None:
    session = deep.session
    example = Example(int(session.snapshot().batch[0]))
    rows = [ASKED[index] for index in chosen]
    asked = [Quantity(of, at) for of, at, _, _ in rows]
    digits = [written(value_of(session.snapshot(), quantity, example)) for quantity in asked]
    session.prediction.ask(asked)
    for _, _, node, edge in rows:
        session.select(node=node, edge=edge, example=example, follows_mean=edge is not None)
        shown = said(deep)
        assert [shown & one for one in digits] == [set()] * len(digits)
    for _ in asked:
        session.prediction.reveal_next()
    for (_, _, node, edge), one in zip(rows, digits, strict=True):
        session.select(node=node, edge=edge, example=example, follows_mean=edge is not None)
        assert said(deep) & one
