from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from widgets.controls.kind_picker import KindPicker, PickerRow
from widgets.controls.word_switch import WordSwitch
from widgets.values import Choice

EDGES = (Choice("weight", "weights"), Choice("gradient", "gradients"), Choice("update", "updates"))
NEURONS = (Choice("activation", "activation"), Choice("upstream", "upstream"), Choice("downstream", "downstream"))


def test_no_word_is_cut_at_any_width(qtbot: QtBot) -> None:
    switch = WordSwitch("values", "Write the numbers")
    row = PickerRow((KindPicker("edges show", EDGES), KindPicker("neurons show", NEURONS)), switch)
    qtbot.addWidget(row)
    row.show()
    for width in range(row.minimumSizeHint().width(), row.sizeHint().width() + 20):
        row.resize(width, 20)
        for _ in range(3):  # each widget passes the request to its parent
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for picker in row.pickers:
            assert all(picker.rect().contains(button.geometry()) for button in picker.buttons.values()), width
            assert picker.geometry().right() < width


def test_a_word_with_another_name_moves_nothing(qtbot: QtBot) -> None:
    picker = KindPicker("edges show", EDGES)
    qtbot.addWidget(picker)
    button, width = picker.buttons["gradient"], picker.width_at(0)
    for name in ("∂w", "gradients"):
        picker.set_choices((EDGES[0], Choice("gradient", name), EDGES[2]))
        assert (button.text(), button.accessibleName()) == (name, f"edges show {name}")
        assert picker.width_at(0) == width
