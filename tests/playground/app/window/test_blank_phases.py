"""In slow motion, what no phase has computed yet stands nowhere: not on the card, in the tensors or in the flow."""

from __future__ import annotations

import pytest

from playground.app.views.inspector.reading import card
from playground.app.views.tensors.reading import brick_keys, tensors
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_depth
from playground.document.document import LOSS, Document, Node
from playground.session.session import Session
from playground.training.step_cursor import StepCursor
from widgets.gradient_card.blanks import NOT_YET
from widgets.gradient_card.gradient_card import GradientCard

BATCH, FORWARD_1, FORWARD_2, LOSS_PHASE, BACKWARD_2, BACKWARD_1, UPDATE = range(7)

ORDER = ["δₖ = ∂Lᵢ/∂zₖ", "δₖ · wₖ", "∂Lᵢ/∂w = δ·x", "∂Lᵢ/∂x = δ·w", "batch ∂L/∂w", "next w"]


def cursor(session: Session, index: int) -> StepCursor:
    return StepCursor(session.snapshot()).at(index)


@pytest.fixture
def shown(qtbot: object, session: Session) -> GradientCard:
    made = GradientCard()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("node", "phase", "boxes", "columns"),
    [
        (Node(1, 0), BATCH, (), {"wₖ", "x", "w"}),
        (Node(1, 0), FORWARD_1, ("Local",), {"wₖ", "x", "w"}),
        (Node(1, 0), LOSS_PHASE, ("Local",), {"wₖ", "x", "w"}),
        (Node(1, 0), BACKWARD_2, ("Upstream", "Local"), {"wₖ", "x", "w", "δₖ = ∂Lᵢ/∂zₖ", "δₖ · wₖ"}),
        (Node(1, 0), BACKWARD_1, ("Upstream", "Local", "Downstream"), {"wₖ", "x", "w", *ORDER[:-1]}),
        (Node(1, 0), UPDATE, ("Upstream", "Local", "Downstream"), {"wₖ", "x", "w", *ORDER}),
        (Node(2, 0), BATCH, (), {"w"}),
        (Node(2, 0), FORWARD_1, (), {"x", "w"}),
        (Node(2, 0), FORWARD_2, ("Local",), {"x", "w"}),
        (Node(2, 0), BACKWARD_2, ("Upstream", "Local", "Downstream"), {"x", "w", *ORDER[2:-1]}),
        (Node(0, 0), LOSS_PHASE, ("Value",), {"wₖ"}),
        (Node(0, 0), BACKWARD_1, ("Value", "Gradient"), {"wₖ", "δₖ = ∂Lᵢ/∂zₖ", "δₖ · wₖ"}),
        (LOSS, FORWARD_1, (), {"target t"}),
        (LOSS, FORWARD_2, (), {"output ŷ", "target t"}),
        (LOSS, LOSS_PHASE, ("Data loss", "Regularization", "Loss"), {"output ŷ", "target t", "½(ŷ − t)²"}),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else None,
)
def test_a_card_shows_what_the_phases_have_computed(
    session: Session, shown: GradientCard, node: Node, phase: int, boxes: tuple[str, ...], columns: set[str]
) -> None:
    reading = card(session.snapshot(), node, session.selection.example, cursor(session, phase))
    shown.set_reading(reading)
    sheet = shown._sheet
    assert tuple(box.title for box in sheet.boxes if box.value is not None) == boxes
    known = {column.head for section in sheet.sections for column in section.columns if column.is_known}
    assert {head for head in known if head != reading_middle(reading)} == columns - {"½(ŷ − t)²"}
    for section in sheet.sections:
        for place, column in enumerate(section.columns):
            assert (NOT_YET in section.derive(0, place)) != column.is_known


def reading_middle(reading: object) -> str:
    return getattr(reading, "middle_label", "")


def test_no_digit_of_the_future_is_copied(session: Session, shown: GradientCard) -> None:
    node, example = Node(1, 0), session.selection.example
    whole = card(session.snapshot(), node, example)
    shown.set_reading(whole)
    assert repr(whole.downstream).lstrip("-") in shown.text()
    shown.set_reading(card(session.snapshot(), node, example, cursor(session, FORWARD_1)))
    assert repr(whole.downstream).lstrip("-") not in shown.text()
    assert repr(whole.edges[0].next_weight).lstrip("-") not in shown.text()


@pytest.mark.parametrize("phase", range(9))
def test_tensors_and_the_card_know_the_same(session: Session, phase: int) -> None:
    session.change(with_depth(2), "Depth")
    at = cursor(session, phase)
    for key in brick_keys(session.snapshot()):
        for tensor in tensors(session.snapshot(), str(key), at).tensors:
            if tensor.name in ("dW", "dX", "db"):
                assert tensor.is_known == at.knows("backward", key.layer)
            if tensor.name in ("W", "b", "T"):
                assert tensor.is_known


def test_the_window_blanks_and_shows_again(window: MainWindow) -> None:
    session, slow = window.session, window.parts.slow_motion
    session.select(node=Node(1, 0))
    card_view = window.parts.panels.card
    slow.start()
    assert [box.value for box in card_view._sheet.boxes] == [None, None, None]
    assert window.parts.panels.flow._rows[0].gradient_norm is None
    slow.goto(slow.cursor.last)
    assert None not in [box.value for box in card_view._sheet.boxes]
    slow.goto(1)
    slow.cancel()
    assert None not in [box.value for box in card_view._sheet.boxes]
    assert window.parts.panels.flow._rows[0].update_ratio is not None


def test_the_first_document_has_the_phases_of_this_file() -> None:
    assert StepCursor(Session(Document()).snapshot()).last == UPDATE
