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
