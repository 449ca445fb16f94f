"""Every panel has a summary, and every control has a name and a tooltip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from playground.app.window.main_window import MainWindow
from playground.app.window.view_docks import VIEWS


@pytest.mark.slow
def test_every_panel_and_every_control_is_described(window: MainWindow) -> None:
    window.parts.deferred.finish()
    docks = window.parts.docks
    for key in (spec.key for spec in VIEWS):
        window.parts.views.open(key)
    assert window.parts.panels.center.whatsThis()
    for dock in docks.values():
        assert dock.toggleViewAction().toolTip() in dock.heading.toolTip()
        assert any(child.whatsThis() for child in dock.widget().findChildren(QWidget)), dock.objectName()
    controls = (QAbstractButton, QComboBox, QLineEdit)
    for control in (
        *window.parts.panels.center.findChildren(QWidget),
        *(w for d in docks.values() for w in d.findChildren(QWidget)),
    ):
        if (
            isinstance(control, controls)
            and control.isVisibleTo(control.window())
            and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            told = QAccessible.queryAccessibleInterface(control)
            assert told.text(QAccessible.Text.Name), control
            assert control.toolTip(), told.text(QAccessible.Text.Name)
