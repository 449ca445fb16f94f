"""The confusion matrix in the real window counts what the network says of each example."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from playground.app.window.main_window import MainWindow
from widgets.matrices.confusion_matrix import ConfusionMatrix


@pytest.fixture
def matrix(window: MainWindow) -> ConfusionMatrix:
    window.parts.views.open("confusion")
    QApplication.processEvents()
    found = window.findChild(ConfusionMatrix)
    assert isinstance(found, ConfusionMatrix)
    return found


@pytest.mark.parametrize("part", ["test", "train"])
def test_its_diagonal_is_the_accuracy_on_the_same_examples(
    window: MainWindow, matrix: ConfusionMatrix, part: str
) -> None:
    matrix.part_picked.emit(part)
    window.session.step(40)
    shown, losses = matrix.confusion, window.session.snapshot().losses
    assert shown is not None
    assert shown.part == part
    accuracy = losses.train_accuracy if part == "train" else losses.test_accuracy
    assert shown.counts.trace() / shown.counts.sum() == pytest.approx(accuracy)
    assert shown.counts.sum() == len(getattr(window.session.snapshot().data.sample, part))


def test_a_regression_has_nothing_to_confuse(window: MainWindow, matrix: ConfusionMatrix) -> None:
    window.session.change(lambda d: replace(d, data=replace(d.data, name="plane")), "Data")
    assert matrix.confusion is None
    assert "not classes" in matrix.summary.text()
