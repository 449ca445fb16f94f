from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.matrices.jacobian_view import JacobianView
from widgets.style import style, themes
from widgets.values import Choice
from widgets.values.jacobian import JacobianReading, JacobianSize


@pytest.fixture
def view(qtbot: QtBot) -> JacobianView:
    shown = JacobianView()
    qtbot.addWidget(shown)
    shown.resize(900, 400)
    return shown


def test_sparsity_stands_in_per_cent_with_its_counts(view: JacobianView) -> None:
    matrix = np.diag([0.5, 0.25, 1.0, 0.1])
    view.set_reading(JacobianReading("∂a₁/∂z₁", matrix, tuple("abcd"), tuple("abcd"), 12 / 16, 4))
    assert view.title.text() == "∂a₁/∂z₁  [4×4]"
    assert view.sparsity.text() == "75.0 % zeros: 4 of 16 differ from 0"


def test_n_squared_grows_while_n_entries_matter(view: JacobianView) -> None:
    view.units.value_changed.emit(4096.0)
    assert "n² = 16 777 216 entries" in view.growth.text()
    assert "only n = 4 096" in view.growth.text()
    assert "99.98 % zeros" in view.growth.text()
    assert not view.picture.grab().isNull()


def test_the_slider_ends_at_4096_and_moves_the_picture(view: JacobianView) -> None:
    view.units.slider.setValue(view.units.slider.maximum())
    assert view.picture._size == JacobianSize(4096)


def test_setting_never_emits_and_picking_does(view: JacobianView) -> None:
    spy = QSignalSpy(view.choice_picked)
    view.set_choices((Choice("layer_1", "layer 1"), Choice("whole", "output by input")), "layer_1")
    assert spy.count() == 0
    view.choice.choice_picked.emit("whole")
    assert spy.at(0) == ["whole"]


def test_without_a_reading_it_says_what_to_do(view: JacobianView) -> None:
    view.set_reading(None)
    assert not view.empty.isHidden()
    assert view.map.isHidden()


def test_rows_and_columns_are_named_beside_a_small_jacobian(view: JacobianView) -> None:
    small = JacobianReading("∂output / ∂input", np.eye(2), ("s₁", "s₂"), ("x₁", "x₂"), 0.5, 2)
    view.set_reading(small)
    alone = view.map._margins()
    view.set_reading(replace(small, row_names=("s₁ class 0", "s₂ class 1")))
    assert view.map._margins()[0] > alone[0] > 0
    assert "[s₂ class 1, x₁]" in view.map.cell_text(1, 0)
    names = tuple(f"a{k}" for k in range(40))
    view.set_reading(JacobianReading("∂a / ∂a", np.eye(40), names, names, 0.5, 40))
    assert view.map._margins() == (0, 0)


@pytest.mark.parametrize("label", ["output by input", "hidden 1: Linear, ∂a/∂z", "hidden 2: sigmoid, ∂a/∂z"])
def test_the_names_of_the_layers_are_read_in_full(label: str, view: JacobianView, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    view.set_choices(
        (Choice("all", "output by input"), Choice("one", "hidden 12: Leaky ReLU, ∂a/∂z"), Choice("x", label)), "x"
    )
    view.resize(752, 240)  # what a screen of 1366 × 768 leaves it
    view.show()
    QApplication.processEvents()
    assert view.choice.box.text_shown() == label
