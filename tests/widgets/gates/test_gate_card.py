from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from widgets.gates.gate_card import GateCard
from widgets.gates.gate_cards import GateCards
from widgets.values import GateFactor, GateReading

MULTIPLY = GateReading(
    id=4,
    title="× multiply",
    formula="f = q · z = 3 · (−4) = −12",
    value=-12.0,
    upstream=1.0,
    upstream_terms=(),
    pattern="swaps: each input gets upstream × the other input",
    factors=(
        GateFactor("q", 3.0, "∂f/∂q = z", "−4", -4.0, -4.0),
        GateFactor("z", -4.0, "∂f/∂z = q", "3", 3.0, 3.0),
    ),
)
BRANCH = GateReading(0, "input x", "x", 4.0, 3.0, (("through max", 2.0), ("through +", 1.0)), "adds at a branch", ())


@pytest.fixture
def card(qtbot: QtBot) -> GateCard:
    shown = GateCard()
    qtbot.addWidget(shown)
    shown.set_reading(MULTIPLY)
    return shown


def answer(qtbot: QtBot, card: GateCard, which: str, text: str) -> None:
    cell = card.cell(which)
    cell.open_editor(text)
    assert cell._editor is not None
    qtbot.keyClick(cell._editor, Qt.Key.Key_Return)


def test_a_row_shows_upstream_times_local_equals_downstream(card: GateCard) -> None:
    shown = [card.cell(f"{which}_0").shown_text for which in ("value", "upstream", "local", "downstream")]
    assert shown == ["3", "1", "−4", "−4"]
    assert card._table.formulas[0].text() == "∂f/∂q = z = −4"


def test_a_branch_shows_each_contribution_and_the_sum(card: GateCard) -> None:
    card.set_reading(BRANCH)
    assert [card.cell(w).shown_text for w in ("upstream", "term_0", "term_1")] == ["3", "2", "1"]


def test_what_is_not_computed_is_blank_and_cannot_be_asked(card: GateCard) -> None:
    card.set_reading(
        replace(MULTIPLY, upstream=None, factors=tuple(replace(f, downstream=None) for f in MULTIPLY.factors))
    )
    card.hide_numbers()
    assert card.cell("downstream_0").shown_text == "·"
    assert not card.cell("downstream_0").is_hidden_number


def test_predicting_hides_every_number_and_the_formulas_give_none_away(card: GateCard) -> None:
    card.hide_numbers()
    assert {card.cell(w).shown_text for w in ("value", "local_0", "downstream_1")} == {"?"}
    assert card._table.formulas[0].text() == "∂f/∂q = z"
    assert card.formula.text() == "f = q · z"


def test_a_right_answer_shows_the_number_and_its_derivation(card: GateCard, qtbot: QtBot) -> None:
    card.cell("downstream_0").set_hidden(True)
    spy = QSignalSpy(card.number_answered)
    answer(qtbot, card, "downstream_0", "-4")
    assert spy.at(0) == [4, "downstream_0", "-4", True]
    assert not card.cell("downstream_0").is_hidden_number
    assert card.verdict.text() == "✓ Right. downstream = upstream × local = 1 × (−4) = (−4)"


def test_a_wrong_answer_may_be_tried_again_and_gives_nothing_away(card: GateCard, qtbot: QtBot) -> None:
    card.hide_numbers()
    spy = QSignalSpy(card.number_answered)
    answer(qtbot, card, "downstream_0", "4")
    assert spy.at(0) == [4, "downstream_0", "4", False]
    assert card.cell("downstream_0").is_hidden_number
    assert card.verdict.text() == "✗ 4 is not it, try again. downstream = upstream × local = ? × ? = ?"
    answer(qtbot, card, "downstream_0", "-4")
    assert spy.at(1) == [4, "downstream_0", "-4", True]


def test_what_is_no_number_is_said_so(card: GateCard, qtbot: QtBot) -> None:
    card.hide_numbers()
    spy = QSignalSpy(card.number_answered)
    answer(qtbot, card, "value", "minus twelve")
    assert "is not a number" in card.verdict.text()
    assert spy.count() == 0  # what cannot be read is no try


def test_numbers_are_revealed_one_by_one_in_reading_order(card: GateCard) -> None:
    card.hide_numbers()
    order = []
    while True:
        hidden = {which for which, cell in card._table.cells.items() if cell.is_hidden_number}
        if not card.reveal_next():
            break
        order += sorted(hidden - {which for which, cell in card._table.cells.items() if cell.is_hidden_number})
    assert order[:3] == ["value", "upstream", "value_0"]
    assert len(order) == 10
    assert not card.predict.isChecked()


def test_live_numbers_keep_what_is_hidden(card: GateCard) -> None:
    card.hide_numbers()
    cell = card.cell("value")
    card.set_reading(replace(MULTIPLY, value=-13.0))
    assert card.cell("value") is cell
    assert cell.is_hidden_number
    assert cell.number == -13.0


def test_another_gate_begins_with_everything_shown(card: GateCard) -> None:
    card.hide_numbers()
    card.set_reading(BRANCH)
    assert not card.has_hidden


def test_setting_a_reading_never_emits(card: GateCard) -> None:
    spies = [QSignalSpy(s) for s in (card.pin_toggled, card.number_answered, card.input_clicked)]
    card.set_reading(BRANCH)
    card.set_pinned(True)
    assert [spy.count() for spy in spies] == [0, 0, 0]


def test_pinning_keeps_a_card_beside_the_next_one(qtbot: QtBot) -> None:
    cards = GateCards()
    qtbot.addWidget(cards)
    cards.set_reading(MULTIPLY)
    with qtbot.waitSignal(cards.pin_toggled) as caught:
        qtbot.mouseClick(cards.current.pin, Qt.MouseButton.LeftButton)
    assert caught.args == [4, True]
    cards.set_reading(BRANCH)
    assert cards.pinned_ids == (4,)
    assert cards.card(4).reading == MULTIPLY
    assert cards.current.reading == BRANCH
    with qtbot.waitSignal(cards.pin_toggled) as caught:
        qtbot.mouseClick(cards.card(4).pin, Qt.MouseButton.LeftButton)
    assert caught.args == [4, False]
    assert cards.pinned_ids == ()


def test_a_lecturer_hides_all_cards_and_reveals_across_them(qtbot: QtBot) -> None:
    cards = GateCards()
    qtbot.addWidget(cards)
    cards.set_pinned_readings([BRANCH, replace(MULTIPLY, id=7)])
    cards._on_hide_all_clicked()
    for _ in range(4):
        cards._on_reveal_one_clicked()
    assert not cards.card(0).has_hidden
    cards._on_reveal_one_clicked()
    assert not cards.card(7).cell("value").is_hidden_number
    assert cards.card(7).has_hidden


def test_an_inputs_name_leads_to_its_gate(card: GateCard, qtbot: QtBot) -> None:
    spy = QSignalSpy(card.input_clicked)
    card._on_input_clicked(1)
    assert spy.at(0) == [4, 1]


def test_a_constant_in_its_gate_has_no_row(qtbot: QtBot) -> None:
    card = GateCard()
    qtbot.addWidget(card)
    first, second = MULTIPLY.factors
    card.set_reading(replace(MULTIPLY, factors=(replace(first, is_drawn=False), second)))
    assert "local_0" not in card.cells
    assert card.cell("local_1").number == second.local
    card.set_reading(MULTIPLY)
    assert {"local_0", "local_1"} <= set(card.cells)
