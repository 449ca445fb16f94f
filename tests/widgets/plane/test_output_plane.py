"""The output view: picture, points, probe, marks; sets show and never emit, gestures emit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plane import OutputPlane
from widgets.plane.indexed_image import colour_table
from widgets.style import numbers, style, themes
from widgets.values import Extent, MapKind, PlaneImage, PlaneLine, Points
from widgets.values.example import ExamplePicture

EXTENT = Extent(-2.0, 2.0, -1.0, 1.0)


def flat(index: int, kind: MapKind = "value", size: int = 20, **more: object) -> PlaneImage:
    return PlaneImage(np.full((size, size), index, dtype=np.uint16), kind, EXTENT, **more)  # type: ignore[arg-type]


def data(positions: list[tuple[float, float]], classes: list[int], tests: list[bool] | None = None) -> Points:
    flags = np.array(tests if tests is not None else [False] * len(classes))
    return Points(np.array(positions, dtype=float), np.array(classes, dtype=np.int64), max([*classes, 1]) + 1, flags)


def scattered(n: int) -> Points:
    rng = np.random.default_rng(1)
    places = rng.uniform(-1, 1, (n, 2)) * (2.0, 1.0)
    return Points(places, (places[:, 0] > 0).astype(np.int64), 2, np.zeros(n, dtype=bool))


@pytest.fixture
def plot(qtbot: QtBot) -> OutputPlane:
    plot = OutputPlane()
    qtbot.addWidget(plot)
    plot.resize(360, 430)
    plot.show()
    qtbot.waitExposed(plot)
    plot.set_image(flat(128))
    return plot


def at(plot: OutputPlane, x: float, y: float) -> QPoint:
    return plot.plane.projection.to_screen(x, y).toPoint()


def colour_at(plot: OutputPlane, x: float, y: float) -> QColor:
    image: QImage = plot.plane.grab().toImage()
    return image.pixelColor(at(plot, x, y))


def close_to(a: QColor, b: str) -> bool:
    return all(abs(x - y) <= 6 for x, y in zip(a.getRgb()[:3], QColor(b).getRgb()[:3], strict=True))


def test_setting_values_emits_nothing(plot: OutputPlane) -> None:
    heard: list[object] = []
    for signal in (
        plot.probe_moved,
        plot.probe_released,
        plot.point_clicked,
        plot.cursor_moved,
        plot.line_hovered,
        plot.test_data_toggled,
        plot.discretize_toggled,
    ):
        signal.connect(lambda *args: heard.append(args))
    plot.set_image(flat(200))
    plot.set_points(scattered(30))
    plot.set_batch(np.arange(4))
    plot.set_misclassified(np.arange(2))
    plot.set_example(3)
    plot.set_probe(0.5, 0.5)
    plot.set_probe(None)
    plot.set_cursor_text("class 1")
    plot.set_lines((PlaneLine(np.array([[-1.0, 0.0], [1.0, 0.0]])),))
    plot.set_title("a₃⁽¹⁾ activation")
    plot.set_axis_names("width", "height")
    plot.set_test_data_shown(True)
    plot.set_discretize(True)
    assert heard == []


@pytest.mark.parametrize(("index", "colour"), [(0, "negative"), (128, "middle"), (255, "positive")])
def test_the_picture_has_the_colours_of_the_value_map(plot: OutputPlane, index: int, colour: str) -> None:
    plot.set_image(flat(index))
    assert close_to(colour_at(plot, 0.3, 0.3), getattr(themes.LIGHT, colour))


def test_gradients_and_classes_have_their_own_tables(plot: OutputPlane) -> None:
    plot.set_image(flat(255, "gradient"))
    assert close_to(colour_at(plot, 0.3, 0.3), themes.LIGHT.gradient_positive)
    plot.set_image(flat(2 * 256 + 255, "classes"))
    assert close_to(colour_at(plot, 0.3, 0.3), themes.LIGHT.classes[2])


def test_the_first_row_of_the_image_is_the_top_of_the_plane(plot: OutputPlane) -> None:
    pixels = np.zeros((20, 20), dtype=np.uint16)
    pixels[:10] = 255
    plot.set_image(PlaneImage(pixels, "value", EXTENT))
    assert close_to(colour_at(plot, 0.3, 0.8), themes.LIGHT.positive)
    assert close_to(colour_at(plot, 0.3, -0.8), themes.LIGHT.negative)


def test_the_picture_follows_the_theme_without_a_new_value(plot: OutputPlane) -> None:
    plot.set_image(flat(255))
    try:
        style._current = themes.DARK
        plot.plane.recolour()
        assert close_to(colour_at(plot, 0.3, 0.3), themes.DARK.positive)
    finally:
        style._current = themes.LIGHT


def test_discretize_shows_full_colours_on_both_sides_of_the_threshold() -> None:
    table = colour_table(flat(0, threshold=192), discretize=True)
    assert len(set(table.tolist())) == 2
    assert table[191] == table[0]
    assert table[192] == table[255]
    classes = colour_table(flat(0, "classes"), discretize=True)
    assert classes[256] == classes[511] != classes[512]


def test_the_switch_discretizes(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_image(flat(140))
    with qtbot.waitSignal(plot.discretize_toggled) as toggled:
        qtbot.mouseClick(plot.discretize_switch, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert toggled.args == [True]
    assert close_to(colour_at(plot, 0.3, 0.3), themes.LIGHT.positive)


def test_a_point_is_drawn_in_its_class_colour(plot: OutputPlane) -> None:
    plot.set_points(data([(1.0, 0.5), (-1.0, -0.5)], [0, 1]))
    assert close_to(colour_at(plot, 1.0, 0.5), themes.LIGHT.negative)
    assert close_to(colour_at(plot, -1.0, -0.5), themes.LIGHT.positive)


def test_classes_differ_in_shape_too(plot: OutputPlane) -> None:
    def outline(label: int) -> bytes:
        plot.set_points(data([(0.0, 0.0)], [label]))
        middle = at(plot, 0.0, 0.0)
        image = plot.plane.grab().toImage().copy(middle.x() - 8, middle.y() - 8, 17, 17)
        background = image.pixelColor(0, 0)
        return bytes(image.pixelColor(x, y) != background for x in range(17) for y in range(17))

    assert len({outline(label) for label in range(10)}) == 10


def test_test_points_are_drawn_on_demand(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_points(data([(1.0, 0.5)], [0], [True]))
    assert close_to(colour_at(plot, 1.0, 0.5), themes.LIGHT.middle)
    with qtbot.waitSignal(plot.test_data_toggled) as toggled:
        qtbot.mouseClick(plot.test_switch, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert toggled.args == [True]
    assert close_to(colour_at(plot, 1.0, 0.5), themes.LIGHT.negative)


def test_a_note_says_which_rings_are_not_drawn(plot: OutputPlane) -> None:
    plot.set_points(scattered(4000))
    plot.set_misclassified(np.arange(0))
    bare = plot.plane.grab().toImage()
    plot.set_misclassified(np.arange(3500))
    assert plot.plane.note_on_rings() == f"{numbers.grouped(3500)} wrong: too many to ring"
    assert plot.plane.grab().toImage() != bare
    plot.set_misclassified(np.arange(0), "rings: half of them")
    assert plot.plane.note_on_rings() == "rings: half of them"
    assert plot.plane.grab().toImage() != bare
    plot.set_misclassified(None)
    assert plot.plane.grab().toImage() == bare


def test_train_and_test_points_differ_in_their_rim(plot: OutputPlane) -> None:
    plot.set_test_data_shown(True)
    plot.set_points(data([(0.0, 0.0)], [0], [False]))
    train = plot.plane.grab().toImage()
    plot.set_points(data([(0.0, 0.0)], [0], [True]))
    assert plot.plane.grab().toImage() != train


@pytest.mark.parametrize("mark", ["batch", "misclassified", "example", "probe", "lines"])
def test_each_mark_shows_and_goes(plot: OutputPlane, mark: str) -> None:
    plot.set_points(scattered(40))
    line = PlaneLine(np.array([[-2.0, -1.0], [2.0, 1.0]]), "a₁⁽¹⁾")
    setters: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
        "batch": (lambda: plot.set_batch(np.arange(5)), lambda: plot.set_batch(None)),
        "misclassified": (lambda: plot.set_misclassified(np.arange(5)), lambda: plot.set_misclassified(None)),
        "example": (lambda: plot.set_example(7), lambda: plot.set_example(None)),
        "probe": (lambda: plot.set_probe(0.2, 0.3), lambda: plot.set_probe(None)),
        "lines": (lambda: plot.set_lines((line,)), lambda: plot.set_lines(())),
    }
    before = plot.plane.grab().toImage()
    setters[mark][0]()
    assert plot.plane.grab().toImage() != before
    setters[mark][1]()
    assert plot.plane.grab().toImage() == before


def test_marks_without_a_point_wait_for_it(plot: OutputPlane) -> None:
    plot.set_points(scattered(5))
    plot.set_batch(np.arange(9))
    plot.set_misclassified(np.arange(9))
    plot.set_example(8)
    plot.plane.grab()
    few, many = scattered(5), scattered(20)
    assert len(plot.plane.halos(few, plot.plane.batch)) == 5
    plot.set_points(many)
    assert len(plot.plane.halos(many, plot.plane.batch)) == 9
    with_example = plot.plane.grab().toImage()
    plot.set_example(None)
    assert plot.plane.grab().toImage() != with_example


def test_clicking_a_point_reports_its_index(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_points(data([(1.0, 0.5), (-1.0, -0.5)], [0, 1]))
    with qtbot.waitSignal(plot.point_clicked) as clicked, qtbot.assertNotEmitted(plot.probe_moved):
        qtbot.mouseClick(plot.plane, Qt.MouseButton.LeftButton, pos=at(plot, -1.0, -0.5) + QPoint(3, 2))
    assert clicked.args == [1]


def test_a_hidden_test_point_cannot_be_clicked(plot: OutputPlane) -> None:
    plot.set_points(data([(1.0, 0.5)], [0], [True]))
    assert plot.plane.point_at(QPointF(at(plot, 1.0, 0.5))) is None
    plot.set_test_data_shown(True)
    assert plot.plane.point_at(QPointF(at(plot, 1.0, 0.5))) == 0


def test_the_probe_is_dragged(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_probe(0.0, 0.0)
    heard: list[tuple[float, float]] = []
    plot.probe_moved.connect(lambda x, y: heard.append((x, y)))
    qtbot.mousePress(plot.plane, Qt.MouseButton.LeftButton, pos=at(plot, 0.0, 0.0))
    assert heard == []
    qtbot.mouseMove(plot.plane, at(plot, 1.0, 0.5))
    with qtbot.waitSignal(plot.probe_released):
        qtbot.mouseRelease(plot.plane, Qt.MouseButton.LeftButton, pos=at(plot, 1.0, 0.5))
    assert heard[-1] == pytest.approx((1.0, 0.5), abs=0.02)
    assert plot.plane.probe == heard[-1]


def test_a_press_on_free_ground_brings_the_probe(plot: OutputPlane, qtbot: QtBot) -> None:
    with qtbot.waitSignals([plot.probe_moved, plot.probe_released], order="strict"):
        qtbot.mouseClick(plot.plane, Qt.MouseButton.LeftButton, pos=at(plot, 0.5, 0.25))
    assert plot.plane.probe == pytest.approx((0.5, 0.25), abs=0.02)


def test_the_place_under_the_cursor_follows_a_dragged_probe(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_probe(0.0, 0.0)
    places: list[tuple[float, float] | None] = []
    plot.cursor_moved.connect(places.append)
    start, end = plot.plane.projection.to_screen(0.0, 0.0), plot.plane.projection.to_screen(0.5, 0.25)
    qtbot.mousePress(plot.plane, Qt.MouseButton.LeftButton, pos=start.toPoint())
    qtbot.mouseMove(plot.plane, end.toPoint())
    qtbot.mouseRelease(plot.plane, Qt.MouseButton.LeftButton, pos=end.toPoint())
    assert places[-1] == pytest.approx(plot.plane.probe)


def test_a_probe_dragged_outside_stays_at_the_edge(plot: OutputPlane, qtbot: QtBot) -> None:
    qtbot.mousePress(plot.plane, Qt.MouseButton.LeftButton, pos=at(plot, 0.0, 0.0))
    qtbot.mouseMove(plot.plane, QPoint(5000, -5000))
    qtbot.mouseRelease(plot.plane, Qt.MouseButton.LeftButton, pos=QPoint(5000, -5000))
    assert plot.plane.probe == (2.0, 1.0)


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Left, (-0.04, 0)),
        (Qt.Key.Key_Right, (0.04, 0)),
        (Qt.Key.Key_Up, (0, 0.02)),
        (Qt.Key.Key_Down, (0, -0.02)),
    ],
)
def test_arrows_nudge_the_probe(plot: OutputPlane, qtbot: QtBot, key: Qt.Key, step: tuple[float, float]) -> None:
    plot.set_probe(0.0, 0.0)
    with qtbot.waitSignals([plot.probe_moved, plot.probe_released], order="strict"):
        qtbot.keyClick(plot.plane, key)
    assert plot.plane.probe == pytest.approx(step)


def test_arrows_reach_the_probe_although_they_are_shortcuts(plot: OutputPlane, qtbot: QtBot) -> None:
    shortcut = QShortcut(Qt.Key.Key_Right, plot)
    stepped: list[bool] = []
    shortcut.activated.connect(lambda: stepped.append(True))
    plot.plane.setFocus()
    plot.set_probe(0.0, 0.0)
    qtbot.keyClick(plot.plane, Qt.Key.Key_Right)
    assert plot.plane.probe == pytest.approx((0.04, 0.0))
    assert stepped == []
    plot.set_probe(None)
    qtbot.keyClick(plot.plane, Qt.Key.Key_Right)
    assert stepped == [True]


def test_coordinates_can_be_typed(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_probe(0.25, -0.5)
    horizontal, vertical = plot.probe_editor.fields
    assert (horizontal.text(), vertical.text()) == ("0.25", "−0.5")
    horizontal.setFocus()
    horizontal.selectAll()
    qtbot.keyClicks(horizontal, "-1,25")
    with qtbot.waitSignals([plot.probe_moved, plot.probe_released], order="strict"):
        qtbot.keyClick(horizontal, Qt.Key.Key_Return)
    assert plot.plane.probe == (-1.25, -0.5)


def test_typing_one_coordinate_keeps_every_digit_of_the_other(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_probe(1 / 3, 2 / 3)
    horizontal = plot.probe_editor.fields[0]
    horizontal.selectAll()
    qtbot.keyClicks(horizontal, "1")
    qtbot.keyClick(horizontal, Qt.Key.Key_Return)
    assert plot.plane.probe == (1.0, 2 / 3)


def test_a_word_for_a_coordinate_is_refused_with_a_reason(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_probe(0.25, -0.5)
    horizontal = plot.probe_editor.fields[0]
    horizontal.selectAll()
    qtbot.keyClicks(horizontal, "left")
    with qtbot.assertNotEmitted(plot.probe_moved):
        qtbot.keyClick(horizontal, Qt.Key.Key_Return)
    assert "expected a number" in plot.probe_editor.message.text()
    assert plot.plane.probe == (0.25, -0.5)


def test_the_cursor_reports_coordinates_and_then_none(plot: OutputPlane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.cursor_moved) as moved:
        qtbot.mouseMove(plot.plane, at(plot, 1.0, 0.5))
    assert moved.args is not None
    assert moved.args[0] == pytest.approx((1.0, 0.5), abs=0.02)
    before = plot.plane.grab().toImage()
    plot.set_cursor_text("class 1 · 98.1 %")
    assert plot.plane.grab().toImage() != before
    with qtbot.waitSignal(plot.cursor_moved) as left:
        qtbot.mouseMove(plot.plane, QPoint(1, 1))
    assert left.args == [None]


def test_a_line_under_the_cursor_is_reported(plot: OutputPlane, qtbot: QtBot) -> None:
    level = np.array([[-2.0, 0.5], [np.nan, np.nan], [0.0, 0.0], [2.0, 0.0]])
    plot.set_lines((PlaneLine(np.array([[-2.0, -0.9], [2.0, -0.9]])), PlaneLine(level, "a₂⁽¹⁾")))
    with qtbot.waitSignal(plot.line_hovered) as hovered:
        qtbot.mouseMove(plot.plane, at(plot, 1.0, 0.0))
    assert hovered.args == [1]
    with qtbot.waitSignal(plot.line_hovered) as left:
        qtbot.mouseMove(plot.plane, at(plot, -1.0, 0.0))
    assert left.args == [-1]


def test_the_legend_names_what_the_colours_mean(plot: OutputPlane) -> None:
    plot.set_image(flat(0, low_label="−1.5", high_label="1.5"))
    assert plot.legend.texts() == ("−1.5", "1.5")
    plot.set_image(flat(0, "classes", class_labels=("cat", "dog", "cow")))
    assert plot.legend.texts() == ("cat", "dog", "cow")


def test_the_title_says_what_is_shown(plot: OutputPlane) -> None:
    plot.set_title("a₃⁽¹⁾ activation")
    assert plot.title.text() == "a₃⁽¹⁾ activation"
    plot.set_title("")
    assert plot.title.text() == "network output"


def test_a_hundred_thousand_points_are_drawn_and_can_be_clicked(plot: OutputPlane) -> None:
    before = plot.plane.grab().toImage()
    points = scattered(100_000)
    plot.set_points(points)
    assert plot.plane.grab().toImage() != before
    x, y = points.positions[777]
    found = plot.plane.point_at(plot.plane.projection.to_screen(x, y))
    assert found is not None
    assert np.hypot(*(points.positions[found] - points.positions[777])) < 0.01


def test_points_outside_the_picture_are_left_out(plot: OutputPlane) -> None:
    before = plot.plane.grab().toImage()
    plot.set_points(data([(50.0, 0.0), (0.0, -50.0), (-2.3, 0.0)], [0, 1, 1]))
    assert plot.plane.grab().toImage() == before


def test_regression_points_take_the_colour_of_their_value(plot: OutputPlane) -> None:
    levels = np.array([-1.0, 1.0])
    classes = np.zeros(2, dtype=np.int64)
    plot.set_points(Points(np.array([[1.0, 0.5], [-1.0, 0.5]]), classes, 1, np.zeros(2, dtype=bool), levels))
    assert close_to(colour_at(plot, 1.0, 0.5), themes.LIGHT.negative)
    assert close_to(colour_at(plot, -1.0, 0.5), themes.LIGHT.positive)


def test_the_point_under_the_cursor_is_told_once_and_its_picture_drawn(plot: OutputPlane, qtbot: QtBot) -> None:
    plot.set_points(data([(-1.0, 0.5), (1.0, -0.5)], [0, 1]))
    heard: list[int] = []
    plot.point_hovered.connect(heard.append)
    for place in ((1.0, -0.5), (1.0, -0.5), (0.0, 0.0)):
        qtbot.mouseMove(plot.plane, at(plot, *place))
        plot.plane._hover(QPointF(at(plot, *place)))
    assert heard == [1, -1]
    before = plot.plane.grab().toImage()
    plot.set_thumb(ExamplePicture(np.eye(8), "true 4 · says 6 (0.41)"))
    assert plot.plane.grab().toImage() != before
    plot.set_thumb(None)
    assert plot.plane.thumb is None


def test_the_probe_keeps_its_names_in_larger_type(plot: OutputPlane, qapp: QApplication) -> None:
    plot.resize(480, 480)
    plot.set_axis_names("x₁", "x₂")
    plot.show()
    try:
        style.apply(qapp, replace(themes.LIGHT, scale=1.6))
        QApplication.processEvents()
        assert [name.shown for name in plot.probe_editor.names] == ["x₁", "x₂"]
    finally:
        style.apply(qapp, themes.LIGHT)
