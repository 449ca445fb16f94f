"""CircuitDesk: a circuit in the place of the network, for the scenes of a lesson that are about gates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.app.views.circuits import panels
from playground.app.views.circuits.gates_presenter import GatesPresenter
from playground.app.views.circuits.open_circuit import OpenCircuit, circuit_of
from playground.app.views.circuits.stepping import Stepping
from playground.circuits.naming import names
from playground.circuits.quiz import Quiz, backward_quiz, number, quiz
from playground.engine.messages import message
from playground.lessons.drills.drawing import Drawing
from playground.lessons.lesson import CircuitQuantity
from playground.session.clock import Metronome
from widgets.circuit_graph import CircuitGraph
from widgets.circuit_view.step_bar import StepBar
from widgets.frame.panel import Panel
from widgets.gates.gate_cards import GateCards
from widgets.style import boxes

Key = tuple[int, str]


class CircuitDesk(QObject):
    """Shows one circuit in `place` while a scene is about it; what it `hides` comes back after that."""

    solved = Signal()  # the number that is asked was typed into the circuit, and was right
    open_changed = Signal(bool)  # a circuit is about to stand where the network was, or does no longer

    def __init__(self, place: QWidget, hides: Iterable[QWidget], parent: QObject) -> None:
        """Make nothing yet."""
        super().__init__(parent)
        self._place, self._hides = place, tuple(hides)
        self._hidden: list[QWidget] = []
        self._asked: Key | None = None
        self._task: Drawing | None = None  # what a drill shows
        self._before: OpenCircuit | None = None  # what was shown before it
        self._gates: GatesPresenter | None = None
        self._stepping: Stepping | None = None
        place.hide()

    @property
    def is_open(self) -> bool:
        """Whether a circuit is shown."""
        return not self._place.isHidden()

    @property
    def current(self) -> OpenCircuit:
        """The circuit that is shown, and how far its passes have come."""
        assert self._gates is not None
        assert self._gates.current is not None
        return self._gates.current

    def open(self, text: str, inputs: Mapping[str, float]) -> None:
        """Show the circuit of the expression `text` at `inputs`, at the start of its forward pass.

        Raises
        ------
        ValueError
            When it is no expression.
        """
        shown = circuit_of(text, inputs).at(0)
        self._asked, self._task, self._before = None, None, None
        self._lay_out(shown)

    def close(self) -> None:
        """Show the network again."""
        if self._stepping is not None:
            self._stepping.pause()
        self._asked, self._task, self._before = None, None, None
        was_open = self.is_open
        self._place.hide()
        for part in self._hidden:
            part.show()
        self._hidden = []
        if was_open:
            self.open_changed.emit(False)

    def move(self, how: Callable[[Stepping], object]) -> None:
        """Step, play or go back as the keys for that say; in a drill nothing moves, for it would say what is asked."""
        if self._stepping is not None and self._task is None:
            how(self._stepping)

    def go(self, where: str) -> None:
        """Go to the ``start``, to the end of the ``forward`` pass, or to the end of the ``backward`` pass."""
        shown = self.current
        self._show(shown.at({"start": 0, "forward": _n_gates(shown)}.get(where, shown.total)))

    def set_input(self, name: str, value: float) -> None:
        """Change one input.

        Raises
        ------
        ValueError
            When there is none of that name.
        """
        if name not in self.current.inputs:
            raise ValueError(message("This circuit has no input {name}.", name=name))
        self._show(self.current.with_input(name, value))

    # ---- drills --------------------------------------------------------------------------------

    def show_task(self, drawing: Drawing, known: int) -> None:
        """Show the circuit of a task, of which the first `known` numbers are known, and ask for the next one."""
        shown = OpenCircuit(drawing.circuit, drawing.values, drawing.upstream)
        waiting = drawing.keys[known:]
        asked = quiz(drawing.circuit, drawing.evaluation, waiting)
        shown = shown.at(drawing.progress(known)).with_quiz(asked, waiting[0] if waiting else None)
        if self._task is None:
            self._before = self.current if self.is_open else None
        if drawing is self._task:
            self._show(shown)
        else:
            self._lay_out(shown)
            self._task = drawing
            self._steps.hide()  # its steps would say what is asked
        self._asked = shown.asked

    def end_task(self) -> None:
        """Show what was shown before the drill."""
        if self._task is None:
            return
        before = self._before
        self._asked, self._task, self._before = None, None, None
        if before is None:
            self.close()
        else:
            self._lay_out(before)

    # ---- asking --------------------------------------------------------------------------------

    def ask(
        self, of: str, at: str, later: tuple[CircuitQuantity, ...] = (), before: tuple[CircuitQuantity, ...] = ()
    ) -> None:
        """Hide the value or the gradient of what is called `at`, and what is worked out from it; ask for it.

        Parameters
        ----------
        later, before : tuple of CircuitQuantity
            What is asked afterwards, and hidden as long; what was answered, and stays in sight.

        Raises
        ------
        ValueError
            When the circuit has no such number.
        """
        shown = self.current.with_quiz(None)
        key = self._key(of, at)
        shown = shown.at(_n_gates(shown)) if of == "value" else shown.at(shown.total)
        asked = _from(shown, key)
        waiting, known = ({self._key(one.of, one.at) for one in some} for some in (later, before))
        asked = replace(asked, revealed=(asked.revealed | known) - waiting - {key})
        self._asked = key
        self._show(shown.with_quiz(asked, key))

    def reveal(self) -> None:
        """Show the number that is asked."""
        shown = self.current
        if self._asked is not None and shown.quiz is not None:
            key, self._asked = self._asked, None
            self._show(shown.with_quiz(shown.quiz.reveal(*key)))

    def take_answer(self) -> None:
        """Show the number that is asked: it has been answered elsewhere."""
        shown = self.current
        if self._asked is not None and shown.quiz is not None:
            key, self._asked = self._asked, None
            self._show(shown.with_quiz(shown.quiz.judged(key, True)))

    def end_asking(self) -> None:
        """Show everything."""
        self._asked = None
        if self._gates is not None and self.current.quiz is not None:
            self._show(self.current.with_quiz(None))

    def number(self, of: str, at: str) -> float:
        """Return a value or a gradient.

        Raises
        ------
        ValueError
            When the circuit has no such number.
        """
        shown = self.current
        assert shown.evaluation is not None
        return number(shown.circuit, shown.evaluation, *self._key(of, at))

    def _key(self, of: str, at: str) -> Key:
        known = names(self.current.circuit)
        if at not in known:
            raise ValueError(message("This circuit has no value {name}.", name=at))
        return known.index(at), of

    # ---- inside --------------------------------------------------------------------------------

    def _lay_out(self, shown: OpenCircuit) -> None:
        """Show another circuit, in the place of the network."""
        self._make()
        assert self._gates is not None
        self._gates.show_structure(shown)
        self._steps.show()
        self._show(shown)
        self._take_place()

    def _make(self) -> None:
        if self._gates is not None:
            return
        graph, cards, steps = CircuitGraph(), GateCards(), StepBar()
        panel = Panel("Circuit")
        boxes.add(panel.body, steps, (graph, 1), cards)
        boxes.column(panel, owner=self._place)
        graph.setProperty("canvas", False)
        self._steps = steps
        self._gates = GatesPresenter(graph, cards, self._on_answered, keeps_legible=True)
        self._stepping = Stepping(lambda: self.current, self._go_to, steps, Metronome(parent=self))

    def _take_place(self) -> None:
        if not self.is_open:
            self.open_changed.emit(True)
            self._hidden = [part for part in self._hides if not part.isHidden()]
            for part in self._hidden:
                part.hide()
            self._place.show()

    def _go_to(self, position: int) -> None:
        self._show(self.current.at(position))

    def _show(self, shown: OpenCircuit) -> None:
        assert self._gates is not None
        self._gates.show(shown)
        self._steps.set_progress(panels.progress(shown))

    def _on_answered(self) -> None:
        self._steps.set_progress(panels.progress(self.current))
        if self._asked is not None and self._asked not in self.current.hidden:
            self._asked = None
            self.solved.emit()


def _n_gates(shown: OpenCircuit) -> int:
    """Return the steps of the forward pass."""
    return sum(node.is_gate for node in shown.circuit.nodes)


def _from(shown: OpenCircuit, key: Key) -> Quiz:
    """Return the quiz that hides `key` and what is worked out after it.

    Raises
    ------
    ValueError
        When the circuit has no such number.
    """
    assert shown.evaluation is not None
    if key[1] == "value":
        gates = [(i, "value") for i, node in enumerate(shown.circuit.nodes) if node.is_gate and i >= key[0]]
        return quiz(shown.circuit, shown.evaluation, gates or [key])
    whole = backward_quiz(shown.circuit, shown.evaluation)
    if key not in whole.asked:
        return quiz(shown.circuit, shown.evaluation, [key])
    at = whole.asked.index(key)
    while at > 0 and whole.asked[at - 1][1].startswith("wire"):  # what its sum is made of
        at -= 1
    return replace(whole, revealed=frozenset(whole.asked[:at]))
