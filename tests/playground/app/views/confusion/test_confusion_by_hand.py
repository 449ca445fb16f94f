"""The confusion matrix in the real window: a cell leads to its examples."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.window.main_window import MainWindow
from playground.document.data_choice import with_dataset
from widgets.matrices.confusion_matrix import ConfusionMatrix

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def matrix(window: MainWindow, qtbot: QtBot) -> ConfusionMatrix:
    window.session.change(with_dataset("rings"), "rings")
    window.session.step(5)
    window.parts.views.open("confusion")
    qtbot.waitUntil(lambda: bool(window.findChildren(ConfusionMatrix)))
    (made,) = window.findChildren(ConfusionMatrix)
    qtbot.waitUntil(made.isVisible)
    return made


def click(matrix: ConfusionMatrix, true: int, said: int) -> None:
    QTest.mouseClick(matrix.grid, LEFT, pos=matrix.grid.cell_rect(true, said).center().toPoint())


def test_a_click_on_a_cell_walks_through_its_examples(window: MainWindow, matrix: ConfusionMatrix) -> None:
    assert matrix.confusion is not None
    counts = matrix.confusion.counts.copy()
    np.fill_diagonal(counts, 0)
    true, said = (int(k) for k in np.unravel_index(counts.argmax(), counts.shape))
    assert counts[true, said] > 1
    plane, sample = window.parts.panels.output.plane, window.session.run.data.sample
    click(matrix, true, said)
    ringed = plane.misclassified.copy()
    assert len(ringed) == counts[true, said]
    assert (sample.labels[ringed] == true).all()
    assert np.isin(ringed, sample.test).all()
    seen = [window.session.selection.example.index]
    for _ in range(len(ringed) - 1):
        click(matrix, true, said)
        seen.append(window.session.selection.example.index)
    assert sorted(index for index in seen if index is not None) == ringed.tolist()


def test_the_rings_go_with_the_moment_that_they_belong_to(window: MainWindow, matrix: ConfusionMatrix) -> None:
    assert matrix.confusion is not None
    true = int(matrix.confusion.counts.sum(axis=1).argmax())
    said = int(matrix.confusion.counts[true].argmax())
    click(matrix, true, said)
    assert len(window.parts.panels.output.plane.misclassified)
    window.session.step()
    assert len(window.parts.panels.output.plane.misclassified) == 0


def test_an_empty_cell_says_so(window: MainWindow, matrix: ConfusionMatrix) -> None:
    window.session.change(with_dataset("blobs"), "blobs")
    window.session.step(200)
    assert matrix.confusion is not None
    empty = np.argwhere(matrix.confusion.counts == 0)
    assert len(empty)
    notes: list[str] = []
    window.session.noted.connect(notes.append)
    click(matrix, *(int(k) for k in empty[0]))
    assert notes[0].startswith("There are no test examples of")


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 720)])
def test_the_matrix_opens_where_the_rings_can_be_seen(
    window: MainWindow, matrix: ConfusionMatrix, size: tuple[int, int]
) -> None:
    window.parts.layout.arrange_at(*size)
    window.parts.views.open("confusion")
    QTest.qWait(0)
    assert matrix.isVisible()
    assert not matrix.grid.visibleRegion().isEmpty()
    assert not window.parts.panels.output.plane.visibleRegion().isEmpty()
