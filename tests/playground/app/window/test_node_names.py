"""No text of the window names a node, a weight or a piece by an index of the code, such as ``h₁[0]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS
from playground.document.document import LOSS, Document, Node
from playground.engine.spec import LayerSpec

CODE_INDEX = re.compile(r"\w\[\d+(, ?\d+)*\]")
GETTERS = ("text", "title", "toolTip", "accessibleName", "accessibleDescription", "whatsThis", "windowTitle")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
MOST_CELLS = 200


def texts_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(parent), MOST_CELLS)):
        for column in range(min(model.columnCount(parent), MOST_CELLS)):
            cell = model.index(row, column, parent)
            yield from (str(model.data(cell, role) or "") for role in ROLES)
            if column == 0 and model.hasChildren(cell):
                yield from texts_of(model, cell)
    for orientation in Qt.Orientation:
        yield from (str(model.headerData(i, orientation) or "") for i in range(model.columnCount(parent)))


def texts(window: MainWindow) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        for name in GETTERS:
            getter = getattr(widget, name, None)
            found = getter() if callable(getter) else ""
            yield found if isinstance(found, str) else ""
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(i) for i in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from texts_of(widget.model(), QModelIndex())
        yield from (action.text() + action.toolTip() for action in widget.actions())


@pytest.mark.slow
@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_no_text_of_the_window_has_an_index_of_the_code(window: MainWindow, loss: str) -> None:
    def made(document: Document) -> Document:
        hidden = (LayerSpec(3, "maxout", pieces=2), LayerSpec(2, "tanh"))
        return Document(hidden=hidden, training=document.training.__class__(loss=loss))

    window.session.change(made, "another network")
    window.parts.deferred.finish()
    for key in (spec.key for spec in VIEWS if spec.key != "paint"):
        window.parts.views.open(key)
    window.session.step(3)
    for node in (Node(1, 1), Node(0, 0), Node(3, 0), LOSS):
        window.session.select(node=node)
        window.session.step()
        found = set(texts(window))
        assert "" in found
        assert len(found) > 100
        assert not {text for text in found if CODE_INDEX.search(text)}
