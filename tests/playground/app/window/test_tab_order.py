from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from playground.app.window import tab_order
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth


def walked(window: MainWindow) -> list[QWidget]:
    """Return what takes the focus, one Tab after another, beginning at the transport."""
    window.parts.deferred.finish()
    QApplication.processEvents()
    window.parts.panels.transport.reset.setFocus()
    stops: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in stops and len(stops) < 200:
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return stops


def test_tab_goes_through_the_panels_in_reading_order(window: MainWindow) -> None:
    stops = walked(window)
    docks = window.parts.docks
    panels = (window.parts.panels.transport, docks["setup"], window.parts.panels.center)
    regions: tuple[QWidget, ...] = (*panels, docks["inspector"], docks["output"], docks["curves"], docks["flow"])
    places = [next(i for i, region in enumerate(regions) if region.isAncestorOf(stop)) for stop in stops]
    assert places == sorted(places)
    assert set(places) == set(range(len(regions)))
    assert QApplication.focusWidget() is stops[0]


def test_tab_comes_from_the_last_panel_to_the_transport_whatever_page_is_open(window: MainWindow) -> None:
    window.parts.deferred.finish()
    window.parts.panels.inspector.show_page("circuit")
    assert walked(window)[0] is QApplication.focusWidget()


def test_tab_never_goes_where_nothing_is_seen(window: MainWindow) -> None:
    for stop in walked(window):
        assert stop.isVisible()
        assert stop.mapTo(window, stop.rect().center()).x() >= 0


def test_a_new_layer_stands_between_its_neighbours(window: MainWindow) -> None:
    window.session.change(with_depth(3), "Depth")
    names = [stop.accessibleName() for stop in walked(window)]
    columns = [names.index(f"Activation of hidden layer {layer}") for layer in (1, 2, 3)]
    assert columns == sorted(columns)
    assert columns[-1] < names.index("Output over the plane")


def test_a_floating_panel_keeps_an_order_of_its_own(window: MainWindow) -> None:
    window.parts.deferred.finish()

    window.parts.docks["flow"].setFloating(True)  # any warning of Qt fails the test
    window.session.change(with_depth(3), "Depth")

    assert window.parts.docks["flow"].isFloating()
    window.activateWindow()  # the floating panel took the focus with it
    stops = walked(window)
    assert len(stops) > 20
    assert not any(window.parts.docks["flow"].isAncestorOf(stop) for stop in stops)


def test_a_new_layout_orders_the_controls_once(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.parts.deferred.finish()
    QApplication.processEvents()
    ordered: list[QMainWindow] = []
    monkeypatch.setattr(tab_order, "_leave_out_unused_tabs", ordered.append)
    window.restoreState(window.saveState())
    window.restoreState(window.saveState())
    QApplication.processEvents()
    assert len(ordered) == 1
