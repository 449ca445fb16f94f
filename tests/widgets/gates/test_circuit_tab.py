from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from widgets.gates.circuit_tab import WHOLE_TIP, CircuitTab
from widgets.values import Choice

PATH = (Choice("network", "network"), Choice("1-0", "a₁⁽¹⁾"), Choice("2-1", "a₂⁽²⁾"))


@pytest.fixture
def tab(qtbot: QtBot) -> CircuitTab:
    shown = CircuitTab()
    qtbot.addWidget(shown)
    return shown


def test_an_earlier_place_leads_back(tab: CircuitTab, qtbot: QtBot) -> None:
    tab.path.set_path(PATH)
    with qtbot.waitSignal(tab.path.crumb_clicked) as caught:
        tab.path.button("1-0").click()
    assert caught.args == ["1-0"]
    tab.path.set_path(PATH[:2])
    with pytest.raises(KeyError):
        tab.path.button("1-0")


def test_setting_never_emits(tab: CircuitTab) -> None:
    spies = [QSignalSpy(s) for s in (tab.whole_toggled, tab.fold_requested, tab.path.crumb_clicked)]
    tab.set_whole(True)
    tab.set_folding(True, False)
    tab.path.set_path(PATH)
    assert [spy.count() for spy in spies] == [0, 0, 0]
    assert not tab.unfold.isEnabled()


def test_a_network_too_large_says_why_it_is_not_drawn_whole(tab: CircuitTab, qtbot: QtBot) -> None:
    tab.set_whole(False, possible=False, why_not="344 weights make more than 5,000 gates")
    assert tab.whole.toolTip() == "344 weights make more than 5,000 gates"
    tab.set_whole(False)
    assert tab.whole.toolTip() == WHOLE_TIP
    with qtbot.waitSignal(tab.whole_toggled) as caught:
        tab.whole.click()
    assert caught.args == [True]
