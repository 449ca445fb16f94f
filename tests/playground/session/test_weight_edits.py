from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.document.changes import with_depth, with_feature, with_layer, with_pruned, with_width
from playground.document.document import Document, Edge, Node
from playground.engine.features import available
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.session import weight_edits as edits
from playground.session.session import Session

ORDER = tuple(feature.name for feature in available(2))


def values(session: Session, edges: tuple[Edge, ...]) -> list[float]:
    return [float(session.run.trainer.parameters[session.run.index_of(edge)]) for edge in edges]


def test_the_edges_of_a_neuron_are_its_weights_then_its_bias(session: Session) -> None:
    assert edits.edges_of(session.run.network, Node(1, 2)) == (Edge(1, 0, 2), Edge(1, 1, 2), Edge(1, -1, 2))
    assert edits.edges_of(session.run.network, Node(1, 2), biases=False) == (Edge(1, 0, 2), Edge(1, 1, 2))


def test_the_edges_of_a_layer_are_all_its_parameters(make_session: Callable[..., Session]) -> None:
    session = make_session(Document(hidden=(LayerSpec(3, "maxout", pieces=2), LayerSpec(2))))
    network = session.run.network
    for layer in network.layers:
        places = sorted(session.run.index_of(edge) for edge in edits.edges_of(network, layer.index))
        assert places == list(range(layer.slice.start, layer.slice.stop))


@pytest.mark.parametrize("place", [0, 3, Node(0, 0), Node(1, 4), Node(-1, 0)])
def test_what_has_no_weights_is_refused(session: Session, place: Node | int) -> None:
    with pytest.raises(ValueError, match="expected an integer from"):
        edits.edges_of(session.run.network, place)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_frozen_weights_stay_and_the_others_train(make_session: Callable[..., Session], optimizer: str) -> None:
    training = TrainingSpec("squared", OptimizerSpec(optimizer), 0.05, regularizer="l2", penalty=0.1)
    session = make_session(Document(training=training))
    session.step(5)
    frozen = edits.edges_of(session.run.network, Node(1, 1))
    free = edits.edges_of(session.run.network, Node(1, 0))
    before, others = values(session, frozen), values(session, free)
    assert edits.freeze(session, frozen)
    session.step(20)
    assert values(session, frozen) == before
    assert all(a != b for a, b in zip(values(session, free), others, strict=True))
    edits.freeze(session, frozen, False)
    session.step(1)
    assert values(session, frozen) != before


def test_freezing_is_undone_and_training_goes_on(session: Session) -> None:
    edges = (Edge(1, 0, 0),)
    edits.freeze(session, edges)
    assert session.document.frozen == tuple(edges)
    session.step(5)
    session.undo_stack.undo()
    assert session.run.iteration == 5
    assert session.document.frozen == tuple()
    assert session.undo_stack.redoText() == "Freeze a weight"


def test_going_back_before_a_freeze_replays_without_it(session: Session) -> None:
    session.step(5)
    states = [session.run.trainer.state()]
    edits.freeze(session, edits.edges_of(session.run.network, 1))
    for _ in range(5):
        session.step()
        states.append(session.run.trainer.state())
    for iteration in (8, 5, 10):
        session.go_to(iteration)
        assert session.run.trainer.state().same_as(states[iteration - 5])


def test_freezes_follow_features_depth_and_width(session: Session) -> None:
    edits.freeze(session, [Edge(1, 0, 0), Edge(1, 1, 0), Edge(1, 0, 3), Edge(2, 2, 0)])
    session.change(with_feature("x1", False, ORDER), "off")
    assert session.document.frozen == (Edge(1, 0, 0), Edge(2, 2, 0))
    session.change(with_depth(2), "deeper")
    assert session.document.frozen == (Edge(1, 0, 0), Edge(3, 2, 0))
    session.change(with_width(1, 2), "narrower")
    kept = values(session, (Edge(1, 0, 0), Edge(3, 2, 0)))
    session.step(10)
    assert values(session, (Edge(1, 0, 0), Edge(3, 2, 0))) == kept
    session.change(with_width(2, 2), "narrower")
    session.step(10)
    assert session.document.frozen == (Edge(1, 0, 0), Edge(3, 2, 0))
    for _ in range(5):
        session.undo_stack.undo()
    assert session.document == Document()


def test_pruned_weights_are_zero_and_stay_so(session: Session) -> None:
    session.step(10)
    edges = edits.edges_of(session.run.network, Node(1, 1))
    assert edits.prune(session, edges)
    assert values(session, edges) == [0.0] * 3
    session.step(20)
    assert values(session, edges) == [0.0] * 3
    assert {weight.edge for weight in session.document.pruned} == set(edges)
    session.reset()
    session.step(5)
    assert values(session, edges) == [0.0] * 3


def test_revived_weights_are_what_they_were_and_train_on(session: Session) -> None:
    session.step(10)
    edges = edits.edges_of(session.run.network, Node(1, 1))
    before = values(session, edges)
    edits.prune(session, edges)
    session.step(20)
    assert edits.revive(session, edges)
    assert values(session, edges) == before
    assert session.document.pruned == ()
    session.step(1)
    assert values(session, edges) != before


def test_a_document_that_holds_weights_at_zero_sets_them_to_zero(session: Session) -> None:
    session.step(3)
    edge = Edge(1, 0, 0)
    session.change(with_pruned({edge: 1.0}), "prune")
    assert values(session, (edge,)) == [0.0]
    session.go_to(1)
    assert values(session, (edge,)) == [0.0]
    session.go_to(3)
    assert values(session, (edge,)) == [0.0]


def test_prune_is_undone_to_the_bit(session: Session) -> None:
    session.step(10)
    before = session.run.memory()
    edits.prune(session, edits.edges_of(session.run.network, 1))
    session.step(5)
    session.undo_stack.undo()
    assert session.run.trainer.state().same_as(before.state)
    assert session.document == before.document


def test_pruning_and_reviving_before_training_leaves_the_start_as_it_was(session: Session) -> None:
    start = session.run.trainer.state()
    edge = Edge(1, 0, 0)
    session.set_weight(edge, 2.0)
    edits.prune(session, [edge])
    session.reset()
    assert values(session, (edge,)) == [0.0]
    edits.revive(session, [edge])
    assert values(session, (edge,)) == [2.0]
    session.reset()
    assert values(session, (edge,)) == [2.0]
    for _ in range(3):
        session.undo_stack.undo()
    assert session.run.trainer.state().same_as(start)


def test_a_weight_pruned_before_training_starts_as_ever_once_it_is_revived(session: Session) -> None:
    edge = Edge(1, 0, 0)
    start = session.run.trainer.state()
    edits.prune(session, [edge])
    session.step(5)
    edits.revive(session, [edge])
    session.reset()
    assert session.run.trainer.state().same_as(start)


def test_pruning_twice_keeps_the_first_value(session: Session) -> None:
    session.step(10)
    edge = Edge(1, 0, 0)
    before = values(session, (edge,))
    edits.prune(session, [edge])
    assert edits.prune(session, [edge])
    assert session.undo_stack.count() == 1
    edits.revive(session, [edge])
    assert values(session, (edge,)) == before
    assert edits.revive(session, [edge])
    assert session.undo_stack.count() == 2


def test_a_hand_set_weight_is_pruned_no_longer(session: Session) -> None:
    session.step(3)
    edge = Edge(1, 0, 0)
    edits.prune(session, [edge])
    session.set_weight(edge, 0.5)
    assert session.document.pruned == ()
    session.step(1)
    assert values(session, (edge,)) != [0.5]


def test_a_pruned_weight_whose_unit_is_gone_can_be_revived(session: Session) -> None:
    session.step(3)
    edges = (Edge(1, 0, 3), Edge(1, 0, 0))
    edits.prune(session, edges)
    session.change(with_width(1, 2), "narrower")
    assert edits.revive(session, edges[:1])
    assert [weight.edge for weight in session.document.pruned] == [Edge(1, 0, 0)]
    assert edits.revive(session, edges)
    assert session.document.pruned == ()


def test_a_pruned_weight_comes_back_as_zero_with_its_unit(session: Session) -> None:
    session.step(3)
    edge = Edge(1, 0, 3)
    edits.prune(session, [edge])
    session.change(with_width(1, 2), "narrower")
    session.change(with_width(1, 4), "wider")
    assert values(session, (edge,)) == [0.0]
    session.step(5)
    assert values(session, (edge,)) == [0.0]


def test_perturbing_is_the_same_for_the_same_seed(make_session: Callable[..., Session]) -> None:
    first, second, third = make_session(), make_session(), make_session()
    edges = edits.edges_of(first.run.network, 1)
    before = values(first, edges)
    for session, seed in ((first, 3), (second, 3), (third, 4)):
        assert edits.perturb(session, edges, 0.1, seed)
    assert values(first, edges) == values(second, edges)
    assert values(first, edges) != values(third, edges)
    moves = np.subtract(values(first, edges), before)
    assert 0.02 < moves.std() < 0.25
    first.undo_stack.undo()
    assert values(first, edges) == before


def test_perturbing_leaves_pruned_weights_and_refuses_nonsense(session: Session, notes: list[str]) -> None:
    edges = edits.edges_of(session.run.network, 1)
    edits.prune(session, edges[:2])
    edits.perturb(session, edges, 0.5, 1)
    assert values(session, edges[:2]) == [0.0, 0.0]
    assert edits.perturb(session, edges[:2], 0.5, 1)
    for scale, seed in ((-1.0, 1), (float("nan"), 1), (0.1, -1)):
        assert not edits.perturb(session, edges, scale, seed)
    assert len(notes) == 3


def test_setting_all_to_a_value_is_one_undo_and_part_of_the_start(session: Session) -> None:
    edges = edits.edges_of(session.run.network, 2)
    start = session.run.trainer.state()
    assert edits.set_all(session, edges, 0.25)
    assert values(session, edges) == [0.25] * 5
    session.step(4)
    session.reset()
    assert values(session, edges) == [0.25] * 5
    session.undo_stack.undo()  # the reset
    session.undo_stack.undo()  # the weights
    assert session.run.trainer.state().same_as(start)
    assert edits.set_all(session, (), 1.0)


def test_an_edge_that_is_not_there_is_refused(session: Session, notes: list[str]) -> None:
    assert not edits.set_all(session, [Edge(1, 0, 9)], 1.0)
    assert not edits.prune(session, [Edge(1, 0, 9)])
    assert not edits.perturb(session, [Edge(1, 0, 9)], 0.1, 1)
    assert len(notes) == 3
    assert session.undo_stack.count() == 0


def test_pieces_of_maxout_are_frozen_while_there_are_pieces(session: Session) -> None:
    session.change(with_layer(1, activation="maxout"), "maxout")
    edge = Edge(1, 0, 0, 1)
    edits.freeze(session, [edge])
    before = values(session, (edge,))
    session.step(5)
    assert values(session, (edge,)) == before
    session.change(with_layer(1, activation="tanh"), "tanh")
    session.step(5)
    assert session.document.frozen == (edge,)
