"""Templates: weights as pictures on one scale, reached by keys, read with every digit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.matrices.named_map import NamedMap
from widgets.matrices.templates_view import TemplatesView
from widgets.style import colour_tables, style, themes
from widgets.values.example import ExamplePicture
from widgets.values.templates import Templates

WEIGHTS = np.zeros((10, 8, 8))
WEIGHTS[3, 0, 0], WEIGHTS[4, 7, 7] = -2.0, 1.0
TEN = Templates(WEIGHTS, tuple(str(i) for i in range(10)), "Weights", "One per class.", tuple(range(10)))


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> TemplatesView:
    style.apply(qapp, themes.LIGHT)
    made = TemplatesView()
    qtbot.addWidget(made)
    made.resize(560, 400)
    made.set_templates(TEN)
    with qtbot.waitExposed(made):
        made.show()
    return made


def colour_at(view: TemplatesView, place: int, row: int, column: int) -> QColor:
    rect = view.grid.picture_rect(place)
    step = rect.width() / 8
    picture = view.grid.grab().toImage()
    return picture.pixelColor(round(rect.left() + (column + 0.5) * step), round(rect.top() + (row + 0.5) * step))


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK])
def test_every_weight_has_the_colour_of_its_value_on_one_scale(
    theme: themes.Theme, view: TemplatesView, qapp: QApplication
) -> None:
    style.apply(qapp, theme)

    assert view.grid.scale == 2.0
    assert colour_at(view, 3, 0, 0) == QColor(theme.negative)
    assert colour_at(view, 0, 4, 4) == QColor(theme.middle)
    half = QColor(int(colour_tables.value_table()[192]))
    assert colour_at(view, 4, 7, 7) == half
    style.apply(qapp, themes.LIGHT)


def test_all_templates_stand_in_view_and_none_overlaps(view: TemplatesView) -> None:
    rects = [view.grid.picture_rect(i) for i in range(10)]

    assert all(view.grid.rect().contains(rect.toRect()) for rect in rects)
    assert not any(one.intersects(other) for i, one in enumerate(rects) for other in rects[:i])
    assert view.area.viewport().height() >= view.grid.heightForWidth(view.grid.width()) - 1


def test_a_picture_is_a_whole_number_of_pixels_per_weight(view: TemplatesView) -> None:
    for width in (200, 333, 561, 800):
        view.resize(width, 400)
        assert view.grid.side() % 8 == 0


def test_set_never_emits_and_a_click_does(view: TemplatesView, qtbot: QtBot) -> None:
    emitted: list[int] = []
    view.template_clicked.connect(emitted.append)
    view.set_templates(replace(TEN, title="Others"))
    view.set_selected(2)
    assert emitted == []
    qtbot.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=view.grid.picture_rect(7).center().toPoint())
    assert emitted == [7]


def test_arrows_move_the_cursor_and_enter_reports(view: TemplatesView, qtbot: QtBot) -> None:
    emitted: list[int] = []
    view.template_clicked.connect(emitted.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Space):
        qtbot.keyClick(view.grid, key)

    assert emitted == [1 + view.grid.columns(), 1]
    assert view.grid.accessibleDescription() == "1, 2 of 10"


def test_a_weight_is_read_in_full_under_the_cursor(view: TemplatesView) -> None:
    rect = view.grid.picture_rect(3)

    assert view.grid.tooltip_at(rect.topLeft() + QPointF(2, 2)) == "3: row 1, column 1: w = −2"
    assert view.grid.tooltip_at(rect.topLeft() - QPointF(-2, 4)) == "3"
    assert view.grid.tooltip_at(QPointF(-5, -5)) == "Weights"


def test_other_data_have_no_templates_and_the_view_says_why(view: TemplatesView) -> None:
    view.set_nothing("Templates are drawn where the inputs are the pixels of an image.")

    assert not view.area.isVisible()
    assert view.note.text().startswith("Templates are drawn where")
    view.set_templates(TEN)
    assert view.area.isVisible()
    assert view.note.text() == "Weights: One per class."


def test_weights_of_nothing_but_zero_or_nan_are_drawn(view: TemplatesView) -> None:
    view.set_templates(Templates(np.full((2, 8, 8), np.nan), ("a", "b")))
    assert view.grid.scale == 1.0
    view.set_templates(Templates(np.zeros((0, 8, 8)), ()))
    view.grab()
    assert view.grid.heightForWidth(300) == 0


def test_images_without_a_label_each_are_refused(view: TemplatesView) -> None:
    with pytest.raises(ValueError, match=r"templates: expected images \(n, height, width\) and n labels"):
        view.set_templates(Templates(WEIGHTS, ("a",)))


def test_w2_and_the_example_stand_beside_the_templates(qtbot: QtBot) -> None:
    view = TemplatesView()
    qtbot.addWidget(view)
    view.resize(360, 420)
    view.show()
    picture = ExamplePicture(np.eye(3), "true 4 · says 6 (0.41)")
    mix = np.array([[1.0, -2.0]])
    view.set_templates(
        Templates(np.ones((2, 3, 3)), ("a", "b"), mix=mix, mix_rows=("4",), mix_title="W₂", example=picture)
    )
    assert view.example.text() == "input x: true 4 · says 6 (0.41)"
    assert view.thumb.isVisible()
    assert view.mix_area.isVisible()
    assert view.mix.cell_text(0, 1) == "W₂[4, b] = −2"
    assert not view.thumb.grab().isNull()
    view.set_nothing("none")
    assert not view.thumb.isVisible()
    assert not view.mix_area.isVisible()


@pytest.mark.parametrize("size", [(290, 290), (290, 330), (420, 300)])  # the dock on a screen of 1366 × 768, and wider
def test_ten_templates_are_all_in_sight_in_a_narrow_dock(size: tuple[int, int], qtbot: QtBot) -> None:
    view = TemplatesView(framed=False)
    qtbot.addWidget(view)
    view.resize(*size)
    view.set_templates(replace(TEN, example=ExamplePicture(np.eye(8), "true 4 · says 6 (0.41)")))
    with qtbot.waitExposed(view):
        view.show()
    seen = view.area.viewport().rect()
    assert all(seen.contains(view.grid.picture_rect(k).toRect()) for k in range(10))


def test_rows_and_columns_of_w2_are_named_beside_it(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, themes.LIGHT)
    view = TemplatesView(framed=False)
    qtbot.addWidget(view)
    view.resize(290, 600)
    mix = np.arange(40.0).reshape(10, 4)
    names = tuple("abcd")
    view.set_templates(Templates(WEIGHTS[:4], names, mix=mix, mix_rows=TEN.labels, mix_title="W₂"))
    with qtbot.waitExposed(view):
        view.show()
    first = view.mix.cell_rect(0, 0)
    assert first.left() > view.mix.fontMetrics().horizontalAdvance("9")
    assert first.top() > 8
    picture, paper = view.mix.grab().toImage(), QColor(themes.LIGHT.panel)
    for row in range(10):
        middle = round(view.mix.cell_rect(row, 0).center().y())
        beside = {picture.pixelColor(x, y).name() for x in range(int(first.left())) for y in (middle - 1, middle + 1)}
        assert beside - {paper.name()}
    assert view.mix.item_at(view.mix.cell_rect(7, 2).center()) == (7, 2)
    assert view.mix.item_at(QPointF(2.0, first.center().y())) is None
    assert view.mix.cell_text(7, 2) == "W₂[7, c] = 30"


@pytest.mark.parametrize("shape", [(1, 1), (10, 4), (3, 16), (40, 30)])
def test_names_of_any_length_leave_room_for_the_numbers(shape: tuple[int, int], qtbot: QtBot) -> None:
    named = NamedMap("W₂")
    qtbot.addWidget(named)
    named.set_values(np.ones(shape))
    named.set_labels(tuple(f"class {k} with a very long name" for k in range(shape[0])), ("a",) * shape[1])
    named.resize(named.sizeHint())
    right = named.cell_rect(shape[0] - 1, shape[1] - 1)
    assert named.rect().contains(right.toRect())
    assert named.cell_rect(0, 0).left() <= 80
    assert not named.grab().isNull()
