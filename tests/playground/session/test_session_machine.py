"""Random edits, undo, redo, drags and training: whatever the user does, the session keeps its promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from playground.document.changes import (
    with_data,
    with_depth,
    with_feature,
    with_layer,
    with_training,
    with_width,
)
from playground.document.document import Document, Node
from playground.document.selection import Example, has_edge, has_node
from playground.engine.features import available
from playground.engine.spec import OptimizerSpec, ScheduleSpec
from playground.session import weight_edits as edits
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from playground.training import history, timeline
from playground.training.run import Run

FEATURES = tuple(feature.name for feature in available(2))
OPTIMIZERS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")


class Person(RuleBasedStateMachine):
    """Somebody in a hurry, with one session."""

    @initialize(keep=st.booleans())
    def open(self, keep: bool) -> None:
        self.first = replace(Document(), data=replace(Document().data, points=60), keep_weights=keep)
        self.session = Session(self.first)
        self.notes: list[str] = []
        self.session.noted.connect(self.notes.append)
        self.walk = SlowMotion(self.session)

    # ---- edits ---------------------------------------------------------------------------------

    @rule(layer=st.integers(1, 4), width=st.integers(1, 6))
    def change_a_width(self, layer: int, width: int) -> None:
        if layer <= self.session.document.depth:
            self.session.change(with_width(layer, width), "width")

    @rule(depth=st.integers(0, 4))
    def change_the_depth(self, depth: int) -> None:
        self.session.change(with_depth(depth), "depth")

    @rule(name=st.sampled_from(FEATURES), on=st.booleans())
    def switch_a_feature(self, name: str, on: bool) -> None:
        self.session.change(with_feature(name, on, FEATURES), "feature")

    @rule(name=st.sampled_from(("relu", "sigmoid", "maxout", "sine")), dropout=st.sampled_from((0.0, 0.3)))
    def change_an_activation(self, name: str, dropout: float) -> None:
        if self.session.document.depth:
            self.session.change(with_layer(1, activation=name, dropout=dropout), "activation")

    @rule(optimizer=st.sampled_from(OPTIMIZERS), schedule=st.sampled_from(("constant", "step_decay", "cosine")))
    def change_the_training(self, optimizer: str, schedule: str) -> None:
        chosen = with_training(optimizer=OptimizerSpec(optimizer), schedule=ScheduleSpec(schedule, interval=9))
        self.session.change(chosen, "training")

    @rule(rate=st.sampled_from((0.001, 0.1, 0.5)), size=st.sampled_from((1, 7, 30, 900)))
    def change_rate_and_batch(self, rate: float, size: int) -> None:
        self.session.change(with_training(learning_rate=rate, batch_size=size), "rate")

    @rule(loss=st.sampled_from(("softmax", "hinge", "squared", "logistic")))
    def change_the_loss(self, loss: str) -> None:
        self.session.change(with_training(loss=loss), "loss")

    @rule(name=st.sampled_from(("xor", "three_arms", "plane", "curve")), points=st.sampled_from((20, 60)))
    def change_the_data(self, name: str, points: int) -> None:
        self.session.change(with_data(name=name, points=points), "data")

    @rule(seed=st.integers(0, 3))
    def take_new_weights(self, seed: int) -> None:
        self.session.change(lambda d: replace(d, seed=seed), "seed")

    @rule()
    def switch_keeping(self) -> None:
        self.session.change(lambda d: replace(d, keep_weights=not d.keep_weights), "keep")

    @rule(unit=st.integers(0, 5), how=st.sampled_from(("freeze", "free", "prune", "revive", "perturb", "set")))
    def edit_weights(self, unit: int, how: str) -> None:
        layer = self.session.run.network.layers[0]
        edges = edits.edges_of(self.session.run.network, Node(1, unit % layer.units))
        {
            "freeze": lambda: edits.freeze(self.session, edges),
            "free": lambda: edits.freeze(self.session, edges, False),
            "prune": lambda: edits.prune(self.session, edges),
            "revive": lambda: edits.revive(self.session, edges),
            "perturb": lambda: edits.perturb(self.session, edges, 0.1, unit),
            "set": lambda: edits.set_all(self.session, edges, 0.5),
        }[how]()

    @rule(widths=st.lists(st.integers(1, 6), min_size=1, max_size=5), steps=st.integers(0, 3))
    def drag_a_width(self, widths: list[int], steps: int) -> None:
        if not self.session.document.depth:
            return
        before, count = self.session.run.memory(), self.session.undo_stack.index()
        self.session.begin_gesture()
        for width in (*widths, before.document.hidden[0].width):
            self.session.change(with_width(1, width), "drag")
            self.session.run.train(steps)
        self.session.end_gesture()
        assert self.session.undo_stack.index() <= count + 1
        if self.session.document.keep_weights and not steps:
            assert np.array_equal(self.session.run.trainer.parameters, before.state.parameters)

    @rule(width=st.integers(1, 6))
    def drag_and_let_go(self, width: int) -> None:
        if self.session.document.depth:
            self.session.begin_gesture()
            for part in (1, width):
                self.session.change(with_width(1, part), "drag")
            self.session.end_gesture()

    # ---- undo ----------------------------------------------------------------------------------

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.session.undo_stack.undo()

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.session.undo_stack.redo()

    @rule()
    @precondition(lambda self: self.session.undo_stack.canUndo())
    def undo_and_redo_change_nothing(self) -> None:
        document, parameters = self.session.document, self.session.run.trainer.parameters.copy()
        afresh = document.keep_weights is False
        self.session.undo_stack.undo()
        self.session.undo_stack.redo()
        assert self.session.document == document
        dated = self.session.undo_stack.undoText().split(" ")[0] in ("Prune", "Revive", "Perturb", "Set")
        if not dated and not afresh:
            assert np.array_equal(self.session.run.trainer.parameters, parameters)

    # ---- training ------------------------------------------------------------------------------

    @rule(steps=st.integers(1, 12))
    def step(self, steps: int) -> None:
        self.session.step(steps)

    @rule(steps=st.integers(1, 5))
    def step_back_and_forth_is_exact(self, steps: int) -> None:
        run = self.session.run
        before, first = run.trainer.state(), run.timeline.first
        self.session.step_back(steps)
        assert run.iteration == max(first, before.iteration - steps)
        self.session.go_to(before.iteration)
        assert run.trainer.state().same_as(before)

    @rule(share=st.floats(0, 1))
    def go_back(self, share: float) -> None:
        run = self.session.run
        self.session.go_to(run.timeline.first + int(share * (run.iteration - run.timeline.first)))

    @rule()
    def reset_gives_the_start_of_the_document(self) -> None:
        self.session.reset()
        assert self.session.run.trainer.state().same_as(Run(self.session.document).trainer.state())

    @rule(chunks=st.lists(st.integers(1, 5), max_size=4))
    def play(self, chunks: list[int]) -> None:
        self.session.play()
        for steps in chunks:
            self.session.advance(10.0, steps)
        self.session.pause()

    @rule(phases=st.integers(0, 20), complete=st.booleans())
    def walk_through_a_step(self, phases: int, complete: bool) -> None:
        if not self.walk.start():
            return
        for _ in range(phases):
            self.walk.forward()
        self.walk.commit() if complete else self.walk.cancel()

    @rule(layer=st.integers(0, 5), unit=st.integers(0, 5), point=st.integers(0, 59))
    def select(self, layer: int, unit: int, point: int) -> None:
        if has_node(self.session.run.network, Node(layer, unit)):
            self.session.select(node=Node(layer, unit))
        if point < len(self.session.run.data.sample.points):
            self.session.select(example=Example(point))

    # ---- promises ------------------------------------------------------------------------------

    @invariant()
    def the_run_belongs_to_the_document(self) -> None:
        run = self.session.run
        assert run.network.spec == run.document.network_spec(run.data.sample.n_classes)
        assert run.trainer.parameters.shape == (run.network.n_parameters,)
        assert np.isfinite(run.trainer.parameters).all()
        assert 0 <= run.trainer.position < run.data.train.n_samples

    @invariant()
    def what_is_bounded_is_within_its_bounds(self) -> None:
        run = self.session.run
        assert len(run.timeline) <= timeline.CAPACITY
        assert len(run.history) <= history.CAPACITY
        assert run.timeline.first <= run.iteration

    @invariant()
    def the_curves_are_in_order_and_finite(self) -> None:
        x, y = self.session.run.history.column("train")
        assert (np.diff(x) > 0).all()
        assert np.isfinite(y).all()
        if len(x) and x[-1] == self.session.run.iteration:
            assert y[-1] == self.session.snapshot().losses.train

    @invariant()
    def pruned_weights_are_zero(self) -> None:
        run = self.session.run
        for weight in run.document.pruned:
            if has_edge(run.network, weight.edge):
                assert run.trainer.parameters[run.index_of(weight.edge)] == 0.0

    @invariant()
    def what_is_selected_is_there(self) -> None:
        selection = self.session.selection
        assert selection.node is None or has_node(self.session.run.network, selection.node)
        self.session.snapshot().trace(selection.example)

    @invariant()
    def the_announced_step_is_the_step(self) -> None:
        run = self.session.run
        if run.divergence is None:
            announced, again = self.session.snapshot().pending.after, Run(run.document)
            again.trainer.load(run.trainer.state())
            again.trainer.step()
            assert again.trainer.state().same_as(announced)

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        while self.session.undo_stack.canUndo():
            self.session.undo_stack.undo()
        assert self.session.document == self.first
        self.session.reset()
        assert self.session.run.trainer.state().same_as(Run(self.first).trainer.state())
        while self.session.undo_stack.canRedo():
            self.session.undo_stack.redo()
        while self.session.undo_stack.canUndo():
            self.session.undo_stack.undo()
        assert self.session.document == self.first
        self.session.clock.stop()
        self.session.deleteLater()


@pytest.mark.usefixtures("qapp")
def test_whatever_a_person_does_undo_leads_back_to_the_first_document() -> None:
    run_state_machine_as_test(Person, settings=settings(max_examples=25, stateful_step_count=30))


@pytest.mark.slow
@pytest.mark.usefixtures("qapp")
def test_whatever_a_person_does_for_long_undo_leads_back_to_the_first_document() -> None:
    run_state_machine_as_test(Person, settings=settings(max_examples=120, stateful_step_count=60))
