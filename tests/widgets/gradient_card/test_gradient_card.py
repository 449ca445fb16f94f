"""The gradient card: what it shows, what it says on hover and copy, what it emits."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.gradient_card import GradientCard
from widgets.gradient_card.loss_sheet import loss_sheet
from widgets.gradient_card.notes_line import POINTS, NotesLine
from widgets.gradient_card.sheet_model import SheetModel
from widgets.style import numbers, style
from widgets.values import (
    BIAS,
    EdgeKey,
    EdgeRow,
    InputReading,
    LossReading,
    LossRow,
    MeanReading,
    MeanTerm,
    NeuronReading,
    UpdateStep,
    UpstreamTerm,
)

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def unit(index: int, layer: str) -> str:
    return f"a{str(index + 1).translate(SUBSCRIPTS)}⁽{layer}⁾"


def neuron(n_inputs: int = 4, n_next: int = 1, scale: float = 1.0, **changes: object) -> NeuronReading:
    upstream, a = -0.42134567 * scale, 0.82914531
    local = 1 - a * a
    delta = upstream * local
    terms = tuple(UpstreamTerm(unit(k, "³"), 0.5, upstream / n_next / 0.5, upstream / n_next) for k in range(n_next))
    edges = [
        EdgeRow(
            EdgeKey(2, i, 1), unit(i, "¹"), x := math.sin(i + 1), w := math.cos(i), delta * x, delta * w, 0.01, w - 0.1
        )
        for i in range(n_inputs)
    ]
    edges.append(EdgeRow(EdgeKey(2, BIAS, 1), "bias", 1.0, 0.101, delta, None, -0.029, 0.102))
    fields: dict[str, object] = {
        "title": "neuron a₂⁽²⁾",
        "example": "example 17 (x₁ = 0.62, x₂ = −0.41, class 1)",
        "activation": "tanh",
        "local_formula": "∂a/∂z = 1 − a²",
        "local_note": "",
        "z": 1.185,
        "a": a,
        "upstream": upstream,
        "local": local,
        "downstream": delta,
        "upstream_terms": terms,
        "upstream_note": "",
        "edges": tuple(edges),
        "update_note": "mean over the pending batch of 16, plus λ · ∂R/∂w",
    }
    return NeuronReading(**(fields | changes))  # type: ignore[arg-type]


LOSS = LossReading(
    "loss L",
    "example 17",
    "Lᵢ = −log p",
    "p",
    (LossRow("class 0", -1.2, 0.0, 0.07, 0.07), LossRow("class 1", 1.3, 1.0, 0.93, -0.07)),
    0.0739,
    0.02,
    0.005,
    "λ·ΣR(W), λ = 0.01",
    "R(W) = Σ w²",
)
INPUT = InputReading("input x₁", "example 17", "x₁", 0.62, -0.75, (UpstreamTerm("a₁⁽¹⁾", 0.5, -1.5, -0.75),))


def mean(**changes: object) -> MeanReading:
    fields: dict[str, object] = {
        "key": EdgeKey(2, 0, 1),
        "title": "a₁⁽¹⁾ → a₂⁽²⁾",
        "batch": "pending batch, iteration 8",
        "count": 3,
        "terms": (MeanTerm(48, -0.25, 0.5, -0.125), MeanTerm(7, 1.5, 0.3, 0.45), MeanTerm(133, 0.0, 2.0, 0.0)),
        "rest": None,
        "total": 0.325,
        "mean": 0.325 / 3,
        "regularization": -0.01,
        "penalty": "λ·∂R/∂w = 2λ·w",
        "gradient": 0.325 / 3 - 0.01,
        "given_note": "it moves the weight",
        "given": None,
        "rule": "Momentum: v ← μ·v + g, Δw = −η·v",
        "steps": (
            UpdateStep("v = 0.9·0.1 + 0.09833 ≈ 0.1883", "v = 0.9·0.1 + 0.0983333\n = 0.1883333"),
            UpdateStep("next w = 1 + (−0.01883) ≈ 0.9812", "next w = 1 + (−0.01883333)\n = 0.98116667"),
        ),
        "has_dropout": False,
        "chosen": 7,
    }
    return MeanReading(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def card(qtbot: QtBot) -> GradientCard:
    card = GradientCard()
    qtbot.addWidget(card)
    card.resize(790, 260)
    card.show()
    qtbot.waitExposed(card)
    return card


def head(card: GradientCard, name: str) -> QModelIndex:
    model = card.table.model()
    assert isinstance(model, SheetModel)
    return model.index(next(i for i, s in enumerate(model.sections) if s.name == name), 0)


def cell(card: GradientCard, row: int, column: int, section: str = "edges") -> QModelIndex:
    return card.table.model().index(row, column + 1, head(card, section))


def middle(card: GradientCard, row: int, column: int) -> QPoint:
    return card.table.visualRect(cell(card, row, column)).center()


def tooltip(card: GradientCard, row: int, column: int, section: str = "edges") -> str:
    text: str = cell(card, row, column, section).data(Qt.ItemDataRole.ToolTipRole)
    return text


def double_click(qtbot: QtBot, card: GradientCard, place: QPoint) -> None:
    qtbot.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def editor(card: GradientCard) -> QLineEdit:
    """Return the field that is open; a closed one is on its way out."""
    return next(field for field in card.table.findChildren(QLineEdit) if field.isVisible())


def is_typing(card: GradientCard) -> bool:
    return any(field.isVisible() for field in card.table.findChildren(QLineEdit))


def picture(card: GradientCard) -> QImage:
    return card.grab().toImage()


def test_an_empty_card_says_what_to_do(card: GradientCard) -> None:
    assert card.empty.isVisible()
    assert "Click a neuron" in card.empty.text()
    assert card.text() == ""
    card.set_reading(neuron())
    assert not card.empty.isVisible()
    card.set_reading(None)
    assert card.empty.isVisible()


def test_the_header_names_the_neuron_and_the_example(card: GradientCard) -> None:
    card.set_reading(neuron())
    assert card.title.text() == "neuron a₂⁽²⁾"
    assert "example 17 (x₁ = 0.62" in card.example.text()


def test_a_new_reading_changes_the_picture(card: GradientCard) -> None:
    card.set_reading(neuron())
    before = picture(card)
    card.set_reading(neuron(scale=0.5))
    assert picture(card) != before


def test_setting_values_emits_nothing(card: GradientCard, qtbot: QtBot) -> None:
    with (
        qtbot.assertNotEmitted(card.edge_clicked),
        qtbot.assertNotEmitted(card.edge_hovered),
        qtbot.assertNotEmitted(card.weight_typed),
    ):
        card.set_reading(neuron())
        card.set_selected_edge(EdgeKey(2, 1, 1))
        card.set_reading(LOSS)
        card.set_reading(INPUT)
        card.set_reading(None)


def test_hovering_a_box_plugs_the_numbers_into_its_formula(card: GradientCard) -> None:
    card.set_reading(neuron())
    downstream = card.boxes.tip_at(card.boxes.box_rects()[2].center().toPoint())
    assert downstream is not None
    assert "−0.4213 × 0.3125 ≈ −0.1317" in downstream.text
    reading = neuron()
    assert f"{numbers.full(reading.upstream)} × {numbers.full(reading.local)}" in downstream.text


def test_hovering_the_upstream_box_writes_its_sum_out(card: GradientCard) -> None:
    card.set_reading(neuron(n_next=2))
    upstream = card.boxes.tip_at(card.boxes.box_rects()[0].center().toPoint())
    assert upstream is not None
    assert "(0.5 × (−0.4213)) + (0.5 × (−0.4213)) ≈ −0.4213" in upstream.text


def test_a_long_sum_is_written_out_in_part(card: GradientCard) -> None:
    card.set_reading(neuron(n_next=32))
    upstream = card.boxes.tip_at(card.boxes.box_rects()[0].center().toPoint())
    assert upstream is not None
    assert "+ 26 more" in upstream.text


@pytest.mark.parametrize(("column", "expected"), [(2, "∂Lᵢ/∂w = δ · x"), (3, "∂Lᵢ/∂x = δ · w"), (5, "next w = w + Δw")])
def test_every_cell_tells_its_formula(card: GradientCard, column: int, expected: str) -> None:
    card.set_reading(neuron())
    assert tooltip(card, 1, column).startswith(expected)


def test_the_update_column_says_that_it_is_a_batch_mean(card: GradientCard) -> None:
    card.set_reading(neuron())
    assert "pending batch of 16" in tooltip(card, 0, 4)
    assert tooltip(card, 0, 4).startswith("batch ∂L/∂w = ")  # as its column is called; an update is Δw
    assert "without dropout" in card.notes.toolTip()


def test_a_losing_piece_says_why_it_gets_no_gradient(card: GradientCard) -> None:
    lost = EdgeRow(EdgeKey(2, 0, 1, 1), "a₁⁽¹⁾ piece 1", 0.5, 0.7, 0.0, 0.0, 0.0, 0.7)
    card.set_reading(neuron(edges=(lost,)))
    assert "did not win" in tooltip(card, 0, 2)
    assert "did not win" in tooltip(card, 0, 3)


def test_clicking_a_row_reports_its_edge(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    with qtbot.waitSignal(card.edge_clicked) as clicked:
        qtbot.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=middle(card, 2, 0))
    assert clicked.args == [EdgeKey(2, 2, 1)]
    assert card.table.selected == EdgeKey(2, 2, 1)


def test_double_click_types_a_weight(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    double_click(qtbot, card, middle(card, 1, 1))
    field = editor(card)
    assert numbers.parse(field.text()) == math.cos(1)
    field.setText("−0,25")
    with qtbot.waitSignal(card.weight_typed) as typed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert typed.args == [EdgeKey(2, 1, 1), -0.25]
    assert not is_typing(card)


def test_the_keyboard_alone_types_a_weight(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron(n_next=0, upstream_note="a − y"))
    card.table.setFocus()
    for _ in range(2):
        qtbot.keyClick(card.table, Qt.Key.Key_Down)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    editor(card).setText("2")
    with qtbot.waitSignal(card.weight_typed) as typed:
        qtbot.keyClick(editor(card), Qt.Key.Key_Return)
    assert typed.args == [EdgeKey(2, 1, 1), 2.0]


def test_typed_text_that_is_not_a_number_is_refused(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    double_click(qtbot, card, middle(card, 1, 1))
    field = editor(card)
    field.setText("two")
    with qtbot.assertNotEmitted(card.weight_typed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()
    assert field.property("wrong") is True
    assert "expected a number" in card.notes.accessibleName()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not is_typing(card)
    assert "without dropout" in card.notes.accessibleName()


def test_an_unchanged_weight_is_not_typed(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    double_click(qtbot, card, middle(card, 1, 1))
    with qtbot.assertNotEmitted(card.weight_typed):
        qtbot.keyClick(editor(card), Qt.Key.Key_Return)


def test_streaming_numbers_leave_an_open_editor_alone(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    double_click(qtbot, card, middle(card, 1, 1))
    editor(card).setText("0.7")
    card.set_reading(neuron(scale=0.3))
    assert is_typing(card)
    assert editor(card).text() == "0.7"


def test_streaming_numbers_move_no_column(card: GradientCard) -> None:
    card.set_reading(neuron())
    before = [card.table.visualRect(cell(card, 0, column)) for column in range(6)]
    boxes = card.boxes.box_rects()
    card.set_reading(neuron(scale=1e-9))
    assert [card.table.visualRect(cell(card, 0, column)) for column in range(6)] == before
    assert card.boxes.box_rects() == boxes


def test_all_numbers_fit_their_columns_at_the_smallest_size(card: GradientCard) -> None:
    card.resize(596, 204)
    card.set_reading(neuron(n_inputs=32))
    assert card.table.horizontalScrollBar().maximum() == 0
    assert card.table.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("width", [596, 725, 1400])
def test_all_digits_keep_the_next_weight_in_sight_wherever_the_columns_are_scrolled(
    card: GradientCard, qtbot: QtBot, width: int
) -> None:
    card.resize(width, 260)
    card.set_reading(neuron())
    card.digits_button.click()
    QCursor.setPos(card.mapToGlobal(QPoint(1, 1)))  # no row is hovered
    bar, row = card.table.horizontalScrollBar(), card.table.visualRect(cell(card, 1, 0)).center().y()
    last = card.table.model().columnCount() - 1
    right = card.table.viewport().width() - 6
    if width == 1400:
        assert bar.maximum() == 0
        return
    strips = []
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        assert card.table.indexAt(QPoint(right, row)).column() == last
        rows = card.table.visualRect(head(card, "edges")).top() + 1
        wide = 100  # within the last column: the ones beside it move
        strips.append(card.table.viewport().grab().toImage().copy(right + 6 - wide, rows, wide, 80))
    assert strips[0] == strips[1] == strips[2]


@pytest.mark.parametrize("name", ["z", "a"])
def test_all_digits_of_what_stands_below_a_number_are_drawn(card: GradientCard, name: str) -> None:
    card.resize(725, 260)
    card.digits_button.click()
    pictures = []
    for value in (-0.6354678140930025, -0.6354678140930027):
        card.set_reading(neuron(**{name: value}))
        pictures.append(card.boxes.grab().toImage())
    assert pictures[0] != pictures[1]


def test_all_digits_of_a_sum_stand_in_a_row_of_their_own(card: GradientCard) -> None:
    reading = neuron(n_next=3)
    card.set_reading(reading)
    card.digits_button.click()
    index = cell(card, 3, 0, "terms")
    assert index.data() == f"Σₖ = ∂Lᵢ/∂a = {numbers.full(reading.upstream)}"
    assert index.siblingAtColumn(2).data(Qt.ItemDataRole.ToolTipRole) == index.data()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data()
    card.digits_button.click()
    assert not cell(card, 3, 0, "terms").isValid() or card.table.model().rowCount(head(card, "terms")) == 3


def test_a_long_sum_is_folded_and_opens_on_a_click(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron(n_next=32))
    assert not card.table.isExpanded(head(card, "terms"))
    qtbot.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 6))
    assert card.table.isExpanded(head(card, "terms"))
    assert card.table.visualRect(cell(card, 31, 0, "terms")).isValid()


def test_the_head_stays_in_sight_while_the_rows_scroll(card: GradientCard) -> None:
    card.resize(596, 204)
    card.set_reading(neuron(n_inputs=32))
    card.table.verticalScrollBar().setValue(card.table.verticalScrollBar().maximum())
    assert card.table.indexAt(QPoint(20, 3)) == head(card, "edges")


def test_copy_holds_every_digit(card: GradientCard, qtbot: QtBot) -> None:
    reading = neuron()
    card.set_reading(reading)
    qtbot.keyClick(card.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    numbers_shown = (reading.z, reading.a, reading.upstream, reading.local, reading.downstream)
    for number in (*numbers_shown, reading.edges[3].input_gradient):
        assert number is not None
        assert repr(number) in text
    assert f"z = {reading.z!r} a = {reading.a!r} {reading.activation}\n" in text
    assert "neuron a₂⁽²⁾ · example 17" in text
    assert "pending batch of 16" in text


@pytest.mark.parametrize("reading", [neuron(), mean(), LOSS], ids=["neuron", "mean", "loss"])
def test_copy_holds_every_number_and_word_of_every_box(
    card: GradientCard, reading: NeuronReading | MeanReading | LossReading
) -> None:
    card.set_reading(reading)
    text = card.text()
    for box in card.boxes._boxes:
        for part, _ in box.note:
            assert (numbers.full(part).replace(numbers.MINUS, "-") if isinstance(part, float) else part) in text


def test_all_digits_are_one_click_away(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    before = picture(card)
    qtbot.mouseClick(card.digits_button, Qt.MouseButton.LeftButton)
    assert picture(card) != before
    qtbot.mouseClick(card.digits_button, Qt.MouseButton.LeftButton)
    assert not card.digits_button.isChecked()


def test_the_loss_adds_its_two_parts(card: GradientCard) -> None:
    card.set_reading(LOSS)
    assert [box.value for box in card._sheet.boxes] == [0.02, 0.005, 0.025]  # type: ignore[union-attr]
    assert "Lᵢ = −log p" in tooltip(card, 1, 2, "scores")


def test_notes_that_no_layout_has_placed_yet_take_one_line_each(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    notes = NotesLine(holder)
    notes.show_notes(("Nobody knows how wide this card will be once it is opened.", "Nor this one, which is as long."))
    assert notes.width() == 100
    assert notes.height() == math.ceil(2 * style.sans_room(POINTS).height)


def test_a_long_note_is_wrapped_and_says_all_of_an_optimizers_rule(qtbot: QtBot) -> None:
    rule = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², Δw = −η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)"
    notes = NotesLine()
    qtbot.addWidget(notes)
    notes.resize(752, 40)
    notes.show_notes(("A short note.", f"Next w: batch gradient g = mean over 16 examples; {rule}; next w = w + Δw"))
    room = style.sans_room(POINTS)
    lines = notes._lines()
    assert len(lines) == 3
    assert " ".join(lines[1:]).endswith(f"{rule}; next w = w + Δw")
    assert all(room.elided(line, notes.width()) == line for line in lines)
    assert notes.height() >= 3 * room.height - 1.0


def test_an_input_shows_its_gradient_and_its_sum(card: GradientCard) -> None:
    card.set_reading(INPUT)
    assert [box.value for box in card._sheet.boxes] == [0.62, -0.75]  # type: ignore[union-attr]
    assert "updates W and b only" in card.notes.toolTip()


def test_a_hovered_row_reports_its_edge_and_leaving_reports_none(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    with qtbot.waitSignal(card.edge_hovered) as hovered:
        qtbot.mouseMove(card.table.viewport(), middle(card, 1, 0))
    assert hovered.args == [EdgeKey(2, 1, 1)]
    with qtbot.waitSignal(card.edge_hovered) as left:
        qtbot.mouseMove(card.table.viewport(), QPoint(20, 3))
    assert left.args == [None]


def test_a_screen_reader_hears_the_whole_row_and_each_cell(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron(n_next=0, upstream_note="a − y"))
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert card.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).startswith("a₁⁽¹⁾: x 0.8415, w 1")
    row = cell(card, 0, -1)
    assert card.table.currentIndex() == row
    table = QAccessible.queryAccessibleInterface(card.table)
    said = [table.child(i).text(QAccessible.Text.Name) for i in range(table.childCount())]
    assert "w 1" in said


def test_the_keyboard_reaches_a_row_below_the_head_that_stays_on_top(card: GradientCard, qtbot: QtBot) -> None:
    card.resize(596, 204)
    card.set_reading(neuron(n_inputs=32))
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_End)
    for _ in range(20):
        qtbot.keyClick(card.table, Qt.Key.Key_Up)
    current = card.table.currentIndex()
    assert card.table.indexAt(card.table.visualRect(current).center()) == current


def test_clicking_a_batch_gradient_opens_its_terms_and_chooses_no_term(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    card.mean_clicked.connect(lambda key: card.set_reading(mean(key=key)))
    heard: list[object] = []
    for signal in (card.edge_clicked, card.mean_clicked, card.example_clicked):
        signal.connect(heard.append)
    double_click(qtbot, card, middle(card, 1, 4))
    assert heard == [EdgeKey(2, 1, 1)] * 2
    assert card.title.text() == "batch ∂L/∂w of a₁⁽¹⁾ → a₂⁽²⁾"
    assert not is_typing(card)


@pytest.mark.parametrize("column", [0, 1, 2, 3, 5])
def test_no_other_number_opens_terms(card: GradientCard, qtbot: QtBot, column: int) -> None:
    card.set_reading(neuron())
    with qtbot.assertNotEmitted(card.mean_clicked):
        qtbot.mouseClick(card.table.viewport(), Qt.MouseButton.LeftButton, pos=middle(card, 1, column))


def test_the_keyboard_alone_follows_a_batch_gradient_and_comes_back(card: GradientCard, qtbot: QtBot) -> None:
    card.set_reading(neuron())
    card.table.setFocus()
    card.table.setCurrentIndex(cell(card, 0, -1))
    for key in (*[Qt.Key.Key_Right] * 5, Qt.Key.Key_Down):
        qtbot.keyClick(card.table, key)
    with qtbot.waitSignal(card.mean_clicked) as opened:
        qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert opened.args == [EdgeKey(2, 1, 1)]
    card.set_reading(mean())
    card.set_selected_edge(EdgeKey(2, 1, 1))
    assert card.back_button.isVisible()
    assert card.table.currentIndex() == cell(card, 1, -1, "mean")
    with qtbot.waitSignal(card.example_clicked) as chosen:
        qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert chosen.args == [7]
    with qtbot.waitSignal(card.back_clicked):
        qtbot.keyClick(card.table, Qt.Key.Key_Backspace)
    card.set_reading(neuron())
    card.set_selected_edge(EdgeKey(2, 1, 1))
    assert not card.back_button.isVisible()
    assert card.table.currentIndex() == cell(card, 1, -1)


def test_the_terms_add_up_and_the_update_follows_line_by_line(card: GradientCard) -> None:
    card.set_reading(mean())
    card.set_selected_edge(EdgeKey(2, 0, 1))
    assert card.table.selected == 7
    assert [box.value for box in card.boxes._boxes] == [0.325 / 3, -0.01, 0.325 / 3 - 0.01]
    assert tooltip(card, 1, 2, "mean").startswith("∂Lᵢ/∂w = δᵢ · xᵢ\n1.5 × 0.3")
    text = card.text()
    assert "example 48\t-0.25\t0.5\t-0.125\n" in text
    assert "v = 0.9·0.1 + 0.0983333 = 0.1883333\n" in text
    assert cell(card, 1, -1, "update").data() == "next w = 1 + (−0.01883) ≈ 0.9812"
    card.digits_button.click()
    assert cell(card, 3, -1, "update").data() == " = 0.98116667"


def test_a_large_batch_shares_one_row_and_dropout_is_named(card: GradientCard) -> None:
    card.set_reading(mean(count=1003, rest=12.5, has_dropout=True))
    assert cell(card, 3, -1, "mean").data(Qt.ItemDataRole.AccessibleTextRole).startswith("the other 1")
    assert cell(card, 3, 2, "mean").data() == "12.5"
    assert "no row of their own" in tooltip(card, 3, 2, "mean")
    assert "drops" in card.notes.toolTip()


def test_slow_motion_blanks_the_update_that_is_not_computed(card: GradientCard) -> None:
    card.set_reading(mean(known=frozenset({"given", "inputs", "forward", "loss", "upstream", "backward"})))
    assert cell(card, 0, -1, "update").data() == "not computed yet: a later phase does"
    assert cell(card, 1, -1, "update").data() == ""
    assert "0.1883" not in card.text()
    assert "next w" not in card.notes.toolTip()


def test_the_loss_says_what_is_summed_over_the_weights() -> None:
    box = loss_sheet(LOSS).boxes[1]
    assert box.symbol == "λ·ΣR(W), λ = 0.01"
    assert box.note[0][0] == "R(W) = Σ w², no biases"
    assert "R(W) = Σ w², over all weight matrices, not biases" in box.derivation()
