"""Names that came with a file are cut with an ellipsis; they push nothing out of sight."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from playground.document.data_choice import with_table
from playground.document.document import Node
from playground.document.own_data import Table
from widgets.frame.panel_dock import LowScrollArea

LONG = "the_name_of_a_column_that_goes_on_and_on_and_on_in_millimetres_per_second"
X = np.random.default_rng(0).normal(size=(60, 2))
TABLES = {
    "values": Table(X, 1200.0 * X[:, 0] + 300.25, n_classes=0, feature_names=(LONG, f"{LONG}_2"), target_name=LONG),
    "classes": Table(X, 1.0 * (X[:, 0] > 0), feature_names=(LONG, f"{LONG}_2"), class_names=(LONG, f"not_{LONG}")),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_long_names_make_no_panel_scroll_sideways(window: MainWindow, table: Table) -> None:
    window.session.select(node=Node(1, 0))
    for size in ((1366, 740), (1920, 1040)):
        window.parts.layout.arrange_at(*size)
        window.session.change(with_table(table), "Import")
        for _ in range(3):
            QApplication.processEvents()
        for name, dock in window.parts.docks.items():
            area = dock.findChild(LowScrollArea)
            if area is not None and area.isVisible():
                assert area.horizontalScrollBar().maximum() == 0, name
        window.session.undo_stack.undo()
