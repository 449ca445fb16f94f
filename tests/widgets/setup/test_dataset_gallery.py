"""The data gallery: pictures of the data, picks and sliders that emit, sets that do not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.setup import dataset_tile
from widgets.setup.dataset_gallery import COLUMNS, DatasetGallery
from widgets.style import style, themes
from widgets.values import DataForm, GalleryItem


def item(key: str, kind: int = 0) -> GalleryItem:
    grid = np.stack(np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9)), axis=-1).reshape(-1, 2)
    return GalleryItem(key, key.title(), f"The {key} data.", grid, np.full(81, kind), 2)


KEYS = ("xor", "circle", "spiral", "moons", "blobs", "checker")


@pytest.fixture
def gallery(qtbot: QtBot, qapp: QApplication) -> DatasetGallery:
    style.apply(qapp, themes.LIGHT)
    widget = DatasetGallery()
    qtbot.addWidget(widget)
    widget.resize(240, 420)
    widget.set_items(tuple(item(key) for key in KEYS))
    widget.set_form(DataForm("xor"))
    with qtbot.waitExposed(widget):
        widget.show()
        widget.activateWindow()
    return widget


def checked(gallery: DatasetGallery) -> list[str]:
    return [key for key, tile in gallery.tiles.items() if tile.isChecked()]


def test_set_shows_and_never_emits(gallery: DatasetGallery) -> None:
    emitted: list[Any] = []
    gallery.dataset_picked.connect(emitted.append)
    gallery.field_changed.connect(lambda *args: emitted.append(args))
    gallery.paint_toggled.connect(emitted.append)
    gallery.set_form(DataForm("moons", noise=0.25, n_points=1234, train_share=0.7, batch_size=8, note="60 to train"))
    gallery.set_painting(True)
    assert checked(gallery) == ["moons"]
    assert [gallery.sliders[k].editor.text() for k in ("noise", "n_points", "train_share", "batch_size")] == [
        "0.25", "1234", "70 %", "8",
    ]  # fmt: skip
    assert gallery.note.text() == "60 to train"
    assert emitted == []


def test_data_without_a_picture_leave_none_picked(gallery: DatasetGallery) -> None:
    gallery.set_form(DataForm("imported"))
    assert checked(gallery) == []
    gallery.set_form(DataForm("circle"))
    assert checked(gallery) == ["circle"]


def test_a_click_on_a_picture_picks_it(gallery: DatasetGallery, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gallery.dataset_picked, timeout=1000) as picked:
        qtbot.mouseClick(gallery.tiles["spiral"], Qt.MouseButton.LeftButton)
    assert picked.args == ["spiral"]
    assert checked(gallery) == ["spiral"]


def test_arrows_move_through_the_pictures_and_enter_picks(gallery: DatasetGallery, qtbot: QtBot) -> None:
    emitted: list[str] = []
    gallery.dataset_picked.connect(emitted.append)
    gallery.tiles["xor"].setFocus()
    qtbot.keyClick(gallery.tiles["xor"], Qt.Key.Key_Right)
    assert gallery.tiles["circle"].hasFocus()
    qtbot.keyClick(gallery.tiles["circle"], Qt.Key.Key_Down)
    assert gallery.tiles[KEYS[1 + COLUMNS]].hasFocus()
    assert emitted == []
    qtbot.keyClick(gallery.tiles[KEYS[1 + COLUMNS]], Qt.Key.Key_Return)
    assert emitted == [KEYS[1 + COLUMNS]]


def test_an_arrow_reaches_no_picture_that_was_replaced_and_the_new_one_has_the_focus(gallery: DatasetGallery) -> None:
    old = gallery.tiles["circle"]
    old.setFocus()
    gallery.set_items(tuple(item(key, kind=1) for key in KEYS))
    assert gallery.tiles["circle"] is not old
    assert gallery.tiles["circle"].hasFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(old, key)
    assert gallery.tiles["circle"].hasFocus()
    assert checked(gallery) == ["xor"]


def test_tab_reaches_only_the_picked_picture(gallery: DatasetGallery) -> None:
    reached = [key for key, tile in gallery.tiles.items() if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert reached == ["xor"]


def test_whole_numbers_leave_as_integers_in_one_gesture(gallery: DatasetGallery, qtbot: QtBot) -> None:
    emitted: list[Any] = []
    gallery.field_pressed.connect(emitted.append)
    gallery.field_changed.connect(lambda *args: emitted.append(args))
    gallery.field_released.connect(emitted.append)
    qtbot.keyClick(gallery.sliders["batch_size"].slider, Qt.Key.Key_Right)
    assert emitted == ["batch_size", ("batch_size", 20), "batch_size"]
    assert type(emitted[1][1]) is int


def test_the_number_of_points_ends_where_the_data_end(gallery: DatasetGallery, qtbot: QtBot) -> None:
    emitted: list[Any] = []
    gallery.field_changed.connect(lambda *args: emitted.append(args))
    points = gallery.sliders["n_points"]
    gallery.set_form(DataForm("digits", n_points=300, most_points=320, most_reason="Digits: there are 320 examples."))
    assert emitted == []
    assert "there are 320 examples" in points.slider.toolTip()
    qtbot.keyClick(points.slider, Qt.Key.Key_End)
    assert emitted == [("n_points", 320)]
    points.editor.setFocus()
    qtbot.keyClicks(points.editor, "321")
    qtbot.keyClick(points.editor, Qt.Key.Key_Return)
    assert points.error.text() == "Points: expected a whole number from 4 to 320, got 321"
    assert emitted == [("n_points", 320)]
    gallery.set_form(DataForm("xor", n_points=320))
    qtbot.keyClick(points.slider, Qt.Key.Key_End)
    assert emitted[-1] == ("n_points", 5000)


def test_buttons_say_what_was_asked(gallery: DatasetGallery, qtbot: QtBot) -> None:
    with qtbot.waitSignals([gallery.new_sample_clicked, gallery.import_clicked, gallery.paint_toggled], timeout=1000):
        gallery.new_sample.click()
        gallery.import_button.click()
        gallery.paint.click()


def test_a_picture_has_the_colour_of_its_class(gallery: DatasetGallery, qtbot: QtBot) -> None:
    for kind, colour in ((0, themes.LIGHT.negative), (1, themes.LIGHT.positive)):
        gallery.set_items((item("xor", kind),))
        QApplication.processEvents()
        image = gallery.tiles["xor"].grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height() - 18)}
        assert QColor(colour).name() in seen


def test_a_picture_without_points_is_blank(gallery: DatasetGallery) -> None:
    gallery.set_items((GalleryItem("none", "None", "", np.zeros((0, 2)), np.zeros(0, dtype=np.int64)),))
    QApplication.processEvents()
    assert not gallery.tiles["none"].grab().isNull()


def test_a_regression_picture_takes_the_colours_of_its_levels(gallery: DatasetGallery) -> None:
    plain = item("plane")
    levels = np.linspace(-1, 1, 81)
    gallery.set_items((GalleryItem("plane", "Plane", "", plain.positions, plain.classes, 1, levels),))
    QApplication.processEvents()
    image = gallery.tiles["plane"].grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height() - 18)}
    assert {QColor(themes.LIGHT.negative).name(), QColor(themes.LIGHT.positive).name()} <= seen


def test_the_points_are_painted_once_for_each_theme(
    gallery: DatasetGallery, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    tile = gallery.tiles["xor"]
    gallery.grab()  # all of them
    light = tile.grab().toImage()
    style.apply(qapp, themes.DARK)
    gallery.grab()
    dark = tile.grab().toImage()
    assert dark != light
    monkeypatch.setattr(dataset_tile, "_points_picture", None)
    style.apply(qapp, themes.LIGHT)
    assert tile.grab().toImage() == light
    style.apply(qapp, themes.DARK)
    assert tile.grab().toImage() == dark


def test_a_picture_that_gets_wider_draws_its_points_only_once(
    gallery: DatasetGallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    points_picture = dataset_tile._points_picture

    def counted(item: GalleryItem, side: int, ratio: float) -> QPixmap:
        drawn.append(side)
        return points_picture(item, side, ratio)

    monkeypatch.setattr(dataset_tile, "_points_picture", counted)
    tile = dataset_tile.DatasetTile(item("rings"))
    for width in (60, 71, 90, 60):
        tile.resize(width, tile.sizeHint().height())
        tile.grab()
    assert len(drawn) == 1


def test_standardizing_says_which_rows_it_measures(gallery: DatasetGallery) -> None:
    gallery.set_form(DataForm("own", standardized=False, scaled="inputs"))
    assert "over all rows, test rows included" in gallery.standardize.toolTip()
