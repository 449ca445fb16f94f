from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.matrices.brick_sheet import LANE, BrickSheet
from widgets.matrices.heat_colours import indices
from widgets.matrices.matrix_map import MatrixMap, cell_text
from widgets.matrices.tensor_frame import TensorFrame
from widgets.matrices.tensor_view import TensorView
from widgets.values.tensors import BrickCode, BrickLine, CellReading, DotTerm, TensorBrick, TensorMatrix, TensorReading

X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
W = np.array([[1.0, -1.0], [0.5, 2.0]])
BRICKS = (
    TensorBrick("l1", "Linear 1", "Y = X·W", ("dX = dY·Wᵀ", "dW = Xᵀ·dY"), (3, 2), (3, 2), ("X", "W", "Y")),
    TensorBrick("a1", "tanh", "A = tanh(Y)", ("dY = dA ⊙ (1 − A²)",), (3, 2), (3, 2), ("Y",)),
)
READING = TensorReading(
    BRICKS,
    (
        TensorMatrix("X", "X", X),
        TensorMatrix("W", "W", W, "gradient", shape_of="V", shape_expected=(2, 2)),
        TensorMatrix("Y", "Y", X @ W, shape_of="W", shape_expected=(2, 2)),
    ),
)


class Painted(QObject):
    """Keeps which part of a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


@pytest.fixture
def view(qtbot: QtBot) -> TensorView:
    shown = TensorView()
    qtbot.addWidget(shown)
    shown.resize(900, 400)
    shown.set_reading(READING)
    shown.brick_clicked.connect(lambda key: shown.set_reading(READING, key))  # as a presenter does
    shown.show()
    return shown


def test_the_first_brick_shows_its_tensors_with_shapes(view: TensorView) -> None:
    assert view.brick == "l1"
    assert view.frames["X"].title.text() == "X [3×2]"
    assert view.formulas.text().splitlines() == ["Y = X·W", "dX = dY·Wᵀ", "dW = Xᵀ·dY"]


def test_a_caption_with_little_room_keeps_its_formula_and_leaves_out_what_it_adds(qtbot: QtBot) -> None:
    frame = TensorFrame(TensorMatrix("k", "dX", np.zeros((3, 2)), formula="= dY·Wᵀ (x is not trained)"))
    qtbot.addWidget(frame)
    metrics = frame.formula.fontMetrics()
    frame.formula.resize(metrics.horizontalAdvance("= dY·Wᵀ (x is") + 4, 14)
    assert frame.formula.shown == "= dY·Wᵀ"
    assert "x is not trained" in frame.formula.tooltip_text()
    frame.formula.resize(metrics.horizontalAdvance("= dY·Wᵀ (x is not trained)") + 4, 14)
    assert frame.formula.shown == "= dY·Wᵀ (x is not trained)"


def test_the_batch_is_named_in_a_way_that_fits_after_many_iterations(view: TensorView) -> None:
    title = "pending batch of iteration 128 729: 16 examples"
    view.set_reading(TensorReading(BRICKS, READING.tensors, title))
    assert view.batch.width() <= 210
    assert view.batch.shown == "iteration 128 729: 16 examples"
    assert title in view.batch.tooltip_text()


def test_a_gradient_must_have_the_shape_of_its_variable(view: TensorView) -> None:
    assert view.frames["W"].check.text() == "✓ shape of V"
    assert view.frames["Y"].check.text() == "✗ shape of W [2×2]"
    assert view.frames["X"].check.isHidden()


def test_a_brick_is_chosen_by_a_click_and_stays_when_numbers_stream(view: TensorView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.brick_clicked) as caught:
        view._buttons["a1"].click()
    assert caught.args == ["a1"]
    frame = view.frames["Y"]
    view.set_reading(TensorReading(BRICKS, (TensorMatrix("Y", "Y", X @ W + 1.0),)), "a1")
    assert view.brick == "a1"
    assert view.frames["Y"] is frame
    assert frame.map.values[0, 0] == 3.0


def test_a_cell_lights_its_row_and_column_and_writes_the_dot_product(view: TensorView) -> None:
    terms = (DotTerm(3.0, -1.0, -3.0), DotTerm(4.0, 2.0, 8.0))
    view.set_cell(CellReading("Y", 1, 1, 5.0, "Y[1, 1]", ("X", "row", 1), ("W", "column", 1), terms))
    assert view.frames["X"].map._lit_row == 1
    assert view.frames["W"].map._lit_column == 1
    assert view.frames["Y"].map._cell == (1, 1)
    assert view.cell.text() == "Y[1, 1] = 3 · (−1) + 4 · 2 = (−3) + 8 = 5"
    view.set_cell(None)
    assert view.frames["X"].map._lit_row is None


def test_a_long_dot_product_says_what_it_leaves_out(view: TensorView) -> None:
    terms = tuple(DotTerm(1.0, 1.0, 1.0) for _ in range(30))
    view.set_cell(CellReading("Y", 0, 0, 30.0, "Y[0, 0]", terms=terms))
    assert view.cell.text().endswith(" + … 20 more products = 30")
    assert view.cell.toolTip().count("1 · 1") == 30


def test_a_click_on_a_cell_names_tensor_row_and_column(view: TensorView, qtbot: QtBot) -> None:
    cells = view.frames["X"].map
    with qtbot.waitSignal(view.cell_clicked) as caught:
        qtbot.mouseClick(cells, Qt.MouseButton.LeftButton, pos=cells.cell_rect(2, 1).center().toPoint())
    assert caught.args == ["X", 2, 1]


def test_a_small_tensor_stands_under_the_one_before_it(view: TensorView) -> None:
    bias = TensorMatrix("b", "b", W[:1], is_under=True)
    brick = TensorBrick("l1", "Linear 1", "Y = X·W", (), (3, 2), (3, 2), ("X", "W", "b", "Y"))
    view.set_reading(TensorReading((brick,), (*READING.tensors, bias), "pending batch"))
    QApplication.processEvents()
    places = {key: view.frames[key].mapTo(view, QPoint(0, 0)) for key in ("X", "W", "b", "Y")}
    assert places["b"].x() == places["W"].x() < places["Y"].x()
    assert places["b"].y() > places["W"].y() == places["Y"].y()
    assert view.batch.text() == "pending batch"


def test_the_brick_that_is_asked_for_is_shown_at_once(view: TensorView) -> None:
    view.set_reading(READING, "a1")
    assert view.brick == "a1"
    view.set_reading(READING, "gone")
    assert view.brick == "l1"


def test_of_many_bricks_the_shown_one_is_in_view(view: TensorView) -> None:
    many = tuple(TensorBrick(f"l{k}", f"Linear {k}", "Y = X·W", (), (3, 2), (3, 2), ("X",)) for k in range(30))
    view.set_reading(TensorReading(many, READING.tensors), "l29")
    QApplication.processEvents()
    QApplication.processEvents()
    button = view._buttons["l29"]
    assert view.rect().contains(button.mapTo(view, button.rect().center()))
    assert view._bricks_area.viewport().height() >= button.height()


def test_no_batch_says_so(view: TensorView) -> None:
    view.set_reading(None)
    assert not view.empty.isHidden()
    assert view.brick == ""


def test_zero_is_the_middle_of_the_map_and_the_ends_are_the_largest() -> None:
    assert indices(np.array([[-2.0, 0.0, 2.0, np.nan, np.inf]]), 2.0).tolist() == [[0, 128, 255, 128, 255]]


def test_small_matrices_show_numbers_and_large_ones_do_not(qtbot: QtBot) -> None:
    cells = MatrixMap("W")
    qtbot.addWidget(cells)
    cells.set_values(np.zeros((4, 3)))
    cells.resize(cells.sizeHint())
    assert cells.shows_numbers
    cells.set_values(np.zeros((256, 64)))
    cells.resize(cells.sizeHint())
    assert not cells.shows_numbers
    assert not cells.grab().isNull()


def test_arrows_move_through_the_cells_and_stop_at_the_edge(qtbot: QtBot) -> None:
    cells = MatrixMap("W")
    qtbot.addWidget(cells)
    cells.set_values(W)
    cells.resize(cells.sizeHint())
    spy = QSignalSpy(cells.cell_clicked)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(cells, key)
    assert [spy.at(i) for i in range(3)] == [[0, 1], [0, 1], [1, 1]]


def test_the_cell_at_the_cursor_is_described_to_a_screen_reader(qtbot: QtBot) -> None:
    cells = MatrixMap("W")
    qtbot.addWidget(cells)
    cells.set_values(np.array([[1.0, -2.5]]))
    cells.set_labels(("h1",), ("x1", "x2"))
    qtbot.keyClick(cells, Qt.Key.Key_Right)
    assert cells.accessibleDescription() == "W[h1, x2] = −2.5"


def test_an_empty_matrix_is_refused(qtbot: QtBot) -> None:
    cells = MatrixMap("W")
    qtbot.addWidget(cells)
    with pytest.raises(ValueError, match="W: expected a matrix with at least one cell"):
        cells.set_values(np.zeros((0, 3)))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (-0.42134, "−0.4213"),
        (-0.0367712, "−0.03677"),
        (-0.0065081, "−0.00651"),
        (-0.00088612, "−0.00089"),
        (-8.8612e-5, "−8.86e−5"),
        (12345.678, "1.235e4"),
        (0.0, "0"),
    ],
)
def test_a_number_fits_its_cell(number: float, text: str) -> None:
    assert cell_text(number) == text
    assert len(text) <= 8


def test_a_whole_batch_of_sixteen_is_in_sight_in_a_low_inspector(view: TensorView) -> None:
    batch = np.linspace(-1.0, 1.0, 64).reshape(16, 4)
    brick = TensorBrick("l1", "Linear 1", "Y = X·W", ("dX = dY·Wᵀ",) * 3, (16, 2), (16, 4), ("X", "W", "Y"))
    tensors = TensorMatrix("X", "X", batch[:, :2]), TensorMatrix("W", "W", W), TensorMatrix("Y", "Y", batch)
    view.resize(731, 224)
    view.set_reading(TensorReading((brick,), tensors))
    for _ in range(4):
        QApplication.processEvents()
    for frame in view.frames.values():
        assert view.rect().contains(QRect(frame.map.mapTo(view, QPoint()), frame.map.size()))
        assert frame.map.shows_numbers
        assert frame.map.visibleRegion().boundingRect().height() == frame.map.height()


def lecture_brick() -> TensorReading:
    """Return Y = X·W + b with every gradient of its backward pass."""
    dy = np.ones((3, 2))
    tensors = (
        TensorMatrix("X", "X", X),
        TensorMatrix("W", "W", W),
        TensorMatrix("b", "b", W[:1], is_under=True),
        TensorMatrix("Y", "Y", X @ W),
        TensorMatrix("dY", "dY", dy, "gradient", shape_of="Y", shape_expected=(3, 2)),
        TensorMatrix("dW", "dW", X.T @ dy, "gradient", shape_of="W", shape_expected=(2, 2)),
        TensorMatrix("db", "db", dy[:1], "gradient", shape_of="b", shape_expected=(1, 2), is_under=True),
        TensorMatrix("dX", "dX", dy @ W.T, "gradient", shape_of="X", shape_expected=(3, 2)),
    )
    names = tuple(matrix.key for matrix in tensors)
    return TensorReading((TensorBrick("l1", "Linear 1", "Y = X·W + b", (), (3, 2), (3, 2), names),), tensors)


def test_every_gradient_stands_under_its_variable_and_all_are_in_sight(view: TensorView) -> None:
    view.resize(731, 240)
    view.set_reading(lecture_brick())
    for _ in range(4):
        QApplication.processEvents()
    place = {key: frame.mapTo(view, QPoint()) for key, frame in view.frames.items()}
    for name in ("X", "W", "b", "Y"):
        assert place[f"d{name}"].x() == place[name].x()
        assert place[f"d{name}"].y() > place[name].y()
    for frame in view.frames.values():
        assert view.rect().contains(QRect(frame.map.mapTo(view, QPoint()), frame.map.size()))


def test_the_rows_of_a_batch_scroll_together(view: TensorView) -> None:
    batch = np.arange(64.0).reshape(16, 4)
    tensors = (
        TensorMatrix("X", "X", batch[:, :2]),
        TensorMatrix("Y", "Y", batch),
        TensorMatrix("dY", "dY", batch, "gradient", shape_of="Y", shape_expected=(16, 4)),
        TensorMatrix("dX", "dX", batch[:, :2], "gradient", shape_of="X", shape_expected=(16, 2)),
    )
    brick = TensorBrick("l1", "Linear 1", "Y", (), (16, 2), (16, 4), ("X", "Y", "dY", "dX"))
    view.resize(731, 240)
    view.set_reading(TensorReading((brick,), tensors))
    for _ in range(4):
        QApplication.processEvents()
    view.frames["Y"].area.verticalScrollBar().setValue(33)
    assert {frame.area.verticalScrollBar().value() for frame in view.frames.values()} == {33}


def test_a_brick_is_shown_as_code_with_its_numbers_and_can_be_copied(view: TensorView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.code_toggled) as caught:
        view.show_code.click()
    assert caught.args == [True]
    lines = BrickLine("Y = X @ W", "[3×2] 2 3", "value"), BrickLine("dX = dY @ W.T", "[3×2] 0 2.5", "gradient")
    view.set_code(BrickCode(lines, "Y = X @ W\ndX = dY @ W.T\n"))
    assert [text.text() for text in view.code.texts] == ["Y = X @ W", "dX = dY @ W.T"]
    assert [number.text() for number in view.code.numbers] == ["[3×2] 2 3", "[3×2] 0 2.5"]
    assert not view.sheet.isVisible()
    view.code.copy.click()
    assert QApplication.clipboard().text() == "Y = X @ W\ndX = dY @ W.T\n"
    view.set_code(None)
    assert view.sheet.isVisible()
    assert not view.code.isVisible()


def test_a_long_name_of_a_brick_is_not_cut(view: TensorView) -> None:
    brick = TensorBrick("l2", "Softmax cross-entropy", "L", (), (32, 10), (1,), ("X",))
    view.set_reading(TensorReading((*BRICKS, brick), READING.tensors), "l2")
    for _ in range(3):
        QApplication.processEvents()
    for button in view._buttons.values():
        assert button.visibleRegion().boundingRect().width() == button.width() or button.visibleRegion().isEmpty()
        assert button.width() >= button.sizeHint().width()


def test_other_sizes_leave_no_arrow_of_the_old_ones(qtbot: QtBot) -> None:
    def matrices(width: int) -> tuple[TensorMatrix, ...]:
        shown = (("X", np.ones((3, 2))), ("W", np.ones((2, width))), ("Y", np.ones((3, width))))
        values = [TensorMatrix(name, name, array) for name, array in shown]
        gradients = [TensorMatrix(f"d{name}", f"d{name}", array, "gradient", shape_of=name) for name, array in shown]
        return (*values, *gradients)

    def settle() -> None:
        for _ in range(5):
            QApplication.processEvents()

    sheet = BrickSheet()
    qtbot.addWidget(sheet)
    sheet.resize(900, 400)
    sheet.set_matrices(matrices(8))
    sheet.show()
    settle()
    painted = Painted(sheet)
    sheet.set_matrices(matrices(1))
    settle()
    lane = QRect(0, sheet.frames["X"].parentWidget().geometry().bottom() + 1, sheet.width(), LANE)
    assert QRegion(lane).subtracted(painted.region).isEmpty()
