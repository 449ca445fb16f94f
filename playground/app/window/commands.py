"""Commands: what the actions of the window do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playground.app.files.document_files import Files
from playground.app.files.hidden_controls import HiddenControls
from playground.app.files.own_points import OwnPoints
from playground.app.files.sharing import Sharing
from playground.app.views.guide.presenter import GuidePresenter
from playground.app.views.prediction.presenter import PredictionPresenter
from playground.app.views.stop.presenter import StopPresenter
from playground.app.views.why.presenter import WhyPresenter
from playground.app.window.appearance import Appearance
from playground.app.window.circuits_opener import CircuitsOpener
from playground.app.window.dock_layout import DockLayout
from playground.app.window.help import Help
from playground.app.window.lecture_mode import LectureMode
from playground.app.window.lessons_opener import LessonsOpener
from playground.document.data_choice import with_new_sample
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion

if TYPE_CHECKING:
    from playground.app.views.circuits.stepping import Stepping
    from playground.app.views.circuits.tab_presenter import CircuitTabPresenter


@dataclass(frozen=True, slots=True)
class Commands:
    """The parts that actions act on, and the commands that need more than one of them."""

    session: Session
    slow_motion: SlowMotion
    # Returns the presenter of the inspector's circuit, if it has been made.
    circuit_tab: Callable[[], CircuitTabPresenter | None]
    files: Files
    sharing: Sharing
    own_points: OwnPoints
    stops: StopPresenter
    circuits: CircuitsOpener
    appearance: Appearance
    lecture: LectureMode
    layout: DockLayout
    controls: HiddenControls
    prediction: PredictionPresenter
    why: WhyPresenter
    lessons: LessonsOpener
    guide: GuidePresenter
    help: Help
    close: Callable[[], object]

    def toggle_play(self) -> None:
        """Play or pause; in slow motion its phases, in the circuit of a lesson its gates."""
        slow = self.slow_motion
        if self._moves_circuit(lambda circuit: circuit.toggle_play()):
            return
        if not slow.is_active:
            self.session.toggle()
        elif slow.is_playing:
            slow.pause()
        else:
            slow.play()

    def step(self) -> None:
        """Take one iteration; in slow motion one gate of the open circuit, or one phase."""
        self.slow_motion.pause()
        self.go_on()

    def go_on(self) -> None:
        """Do what a step does, also while slow motion plays."""
        if self._moves_circuit(lambda circuit: circuit.step()):
            return
        if self.slow_motion.is_active:
            tab = self.circuit_tab()
            if tab is None or not tab.step_gate():
                self.slow_motion.forward()
        else:
            self.session.step()

    def step_back(self) -> None:
        """Go back one iteration; in slow motion one gate of the open circuit, or one phase."""
        self.slow_motion.pause()
        if self._moves_circuit(lambda circuit: circuit.step_back()):
            return
        if self.slow_motion.is_active:
            tab = self.circuit_tab()
            if tab is None or not tab.step_gate_back():
                self.slow_motion.back()
        else:
            self.session.step_back()

    def to_epoch_end(self) -> None:
        """Train to the end of the epoch; of the circuit of a lesson, do both passes."""
        if not self._moves_circuit(lambda circuit: circuit.go_to_end()):
            self.session.step_epoch()

    def reset(self) -> None:
        """Go back to iteration 0; in the circuit of a lesson, to the inputs."""
        if not self._moves_circuit(lambda circuit: circuit.go_to_start()):
            self.session.reset()

    def _moves_circuit(self, how: Callable[[Stepping], object]) -> bool:
        """Do `how` where a lesson shows a circuit in the place of the network; return whether one does."""
        desk = self.lessons.player.open_desk
        if desk is None:
            return False
        desk.move(how)
        return True

    def toggle_slow_motion(self) -> None:
        """Step through one iteration phase by phase, or leave it without taking the step."""
        if self.slow_motion.is_active:
            self.slow_motion.cancel()
        else:
            self.slow_motion.start()

    def new_weights(self) -> None:
        """Start again from the next seed."""
        self.session.change(lambda d: replace(d, seed=d.seed + 1), "New weights")

    def new_sample(self) -> None:
        """Draw other points: the next seed of the data."""
        self.session.change(with_new_sample(), "New sample")

    def toggle_values(self) -> None:
        """Write the network's numbers on it, or leave them out."""
        self.session.set_display(values=not self.session.display.values)

    def clear_selection(self) -> None:
        """Select nothing, and end a what-if."""
        self.session.set_what_if(None)
        self.session.select(node=None, edge=None)
        self.session.hover(None)

    def toggle_lecture_mode(self) -> None:
        """Enter or leave lecture mode; an open Circuits view follows."""
        self.lecture.toggle()
        self.circuits.follow()
