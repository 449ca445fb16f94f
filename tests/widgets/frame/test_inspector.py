"""The inspector: a row of tabs over the page of the current one, at the top with and without a page."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.frame.inspector import Inspector


def test_the_tabs_stand_at_the_top_whether_a_page_is_shown_or_not(qtbot: QtBot) -> None:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.add_page("card", "Card", QWidget(), "The card", needs_selection=True)
    inspector.set_subject("Neuron 1", has_selection=True)
    inspector.resize(600, 400)
    inspector.show()
    QApplication.processEvents()
    top, page = inspector.tabs.geometry(), inspector.pages.geometry()
    assert page.bottom() == inspector.rect().bottom()
    inspector.set_subject("Click a neuron", has_selection=False)
    QApplication.processEvents()
    assert inspector.pages.isHidden()
    assert inspector.tabs.geometry() == top
