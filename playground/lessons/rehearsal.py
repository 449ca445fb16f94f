"""Rehearsal: what a lesson does, carried out on a run without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from playground.document.changes import Change, with_start_weights
from playground.document.compatibility import made_compatible
from playground.document.data_choice import with_new_sample
from playground.document.document import Document, Edge, Node
from playground.document.quantity import Quantity
from playground.document.selection import Example, Selection, has_example
from playground.document.words import document_of
from playground.engine.messages import message
from playground.engine.state import RunState
from playground.lessons.expressions import with_input
from playground.lessons.lesson import PREVIOUS, Action, Condition, Expression, Scene
from playground.lessons.playing import train_until
from playground.lessons.scenes import document_of_scene
from playground.training.quantities import place_of
from playground.training.replay import go_to
from playground.training.run import Run
from playground.training.step_cursor import phases_of

MOST_WORK = 20_000_000_000
"""Weights times examples of all iterations together: about a minute, 400 000 iterations of the first start."""
_FIXED = 50_000
"""What an iteration of the smallest network costs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file beside the lesson holds."""

    document: Document
    state: RunState | None = None


Open = Callable[[str], Opened]
"""Opens the document of a name beside the lesson; ValueError where it cannot."""


class Rehearsal:
    """A run that scenes and actions change, and what is selected.

    What only a window can show is checked as far as it names nodes, edges, examples and phases.
    """

    def __init__(self, open_document: Open) -> None:
        """Begin with the first start; `open_document` opens what lies beside the lesson."""
        self._open = open_document
        self.run = Run(Document())
        self.selection = Selection()
        self.circuit: Expression | None = None
        self._work = 0
        self._verbs: dict[str, Callable[..., None]] = {
            "set": self._set,
            "play": self._play,
            "step": self._step,
            "back": self._back,
            "epoch": self._epoch,
            "reset": self._reset,
            "new_weights": self._new_weights,
            "new_sample": self._new_sample,
            "select": self._select,
            "circuit": self._circuit,
            "ring": self._ring,
            "slow_motion": self._slow_motion,
        }

    def enter(self, scene: Scene) -> None:
        """Put up `scene`.

        Raises
        ------
        ValueError
            Where it cannot be had; a sentence with the cure.
        """
        if scene.circuit is not None:
            self.circuit = scene.circuit
        elif scene.document in ("", PREVIOUS):
            document = document_of_scene(scene, self.run.document)
            if scene.document == PREVIOUS:
                self._change(lambda _before: document)
            else:
                self._begin(Opened(document))
        else:
            self._begin(self._open(scene.document))
        for action in scene.actions:
            self.do(action)

    def do(self, action: Action) -> None:
        """Carry out `action`.

        Raises
        ------
        ValueError
            Where it names what is not there; it begins with the action.
        """
        try:
            self._verbs.get(action.verb, self._leave)(*action.arguments)
        except ValueError as error:
            raise ValueError(message("{action}: {error}", action=action.text, error=error)) from None

    # ---- scenes and settings -------------------------------------------------------------------

    def _begin(self, opened: Opened) -> None:
        document, _ = made_compatible(opened.document, opened.document)
        run = Run(document)
        run.resume(document, opened.state)
        self.run, self.selection, self.circuit = run, Selection(), None

    def _change(self, change: Change) -> None:
        before = self.run.document
        after, _ = made_compatible(before, change(before))
        self.run.replace_document(after, self.run.memory())
        self.selection = self.selection.carried(before, after).within(self.run.network, self.run.data)

    def _set(self, word: str, value: object, number: float = 0.0) -> None:
        if word == "weight":
            self._set_weight(str(value), number)
        else:
            self._change(lambda before: document_of({word: value}, before))

    def _set_weight(self, name: str, value: float) -> None:
        edge = place_of(Quantity("weight", name), self.run.network)
        assert isinstance(edge, Edge)
        now = self.run.memory()
        parameters = now.state.parameters.copy()
        parameters[self.run.index_of(edge)] = value
        document = now.document if now.state.iteration else with_start_weights({edge: value})(now.document)
        state = replace(now.state, parameters=np.ascontiguousarray(parameters))
        self.run.restore(replace(now, document=document, state=state))

    def _new_weights(self) -> None:
        self._change(lambda before: replace(before, seed=before.seed + 1))

    def _new_sample(self) -> None:
        self._change(with_new_sample())

    # ---- training ------------------------------------------------------------------------------

    def _play(self, until: int | Condition) -> None:
        if isinstance(until, Condition):
            self._spend(until.most)
            for _ in train_until(self.run, until):
                pass
        else:
            self._step(until)

    def _step(self, count: int) -> None:
        self._spend(count)
        self.run.train(count)
        if self.run.divergence is not None:
            raise ValueError(self.run.divergence.message)

    def _spend(self, iterations: int) -> None:
        """Refuse training that takes longer than a lesson may."""
        examples = min(self.run.document.training.batch_size, self.run.data.train.n_samples)
        self._work += iterations * (examples * self.run.network.n_parameters + _FIXED)
        if self._work > MOST_WORK:
            raise ValueError(message("the lesson trains for too long here; take fewer iterations or a smaller network"))

    def _epoch(self, count: int) -> None:
        for _ in range(count):
            self._step(self.run.steps_to_epoch_end())

    def _back(self, count: int) -> None:
        go_to(self.run, max(self.run.timeline.first, self.run.iteration - count))

    def _reset(self) -> None:
        self.run.reset()

    # ---- what is looked at ---------------------------------------------------------------------

    def _select(self, kind: str, what: object = None) -> None:
        if isinstance(what, int):
            self._read_at(Example(what))
        elif isinstance(what, tuple):
            self._read_at(Example(None, what))
        elif kind == "nothing":
            self.selection = replace(self.selection, node=None, edge=None)
        else:
            place = self._place(str(what), kind)
            edge, node = (place, None) if isinstance(place, Edge) else (None, place)
            self.selection = replace(self.selection, node=node or (edge and Node(edge.layer, edge.target)), edge=edge)

    def _read_at(self, example: Example) -> None:
        if not has_example(self.run.data, example):
            n = len(self.run.data.sample.points)
            raise ValueError(message("the data have the examples 0 to {last:,}", last=n - 1))
        self.selection = replace(self.selection, example=example)

    def _circuit(self, what: str, first: object = None, second: float = 0.0) -> None:
        if isinstance(first, Expression):
            self.circuit = first
        elif self.circuit is None:
            raise ValueError(message("no circuit is open; put circuit = … into the scene"))
        elif what == "set":
            self.circuit = with_input(self.circuit, str(first), second)

    def _ring(self, kind: str, name: str) -> None:
        if kind != "place":
            self._place(name, kind)

    def _slow_motion(self, kind: str, layer: int) -> None:
        phases = phases_of(len(self.run.network.layers))
        if kind != "off" and not any((phase.kind, phase.layer) == (kind, layer) for phase in phases):
            template = "this network has the layers 1 to {last}, the output among them"
            raise ValueError(message(template, last=len(self.run.network.layers)))

    def _place(self, name: str, kind: str) -> Node | Edge:
        """Return a node or an edge of the network; ValueError where it has none."""
        of = "weight" if kind == "edge" else "loss" if name == "loss" else "value"
        return place_of(Quantity(of, name), self.run.network)

    def _leave(self, *_arguments: object) -> None:
        """Leave to the window what only a window shows."""
