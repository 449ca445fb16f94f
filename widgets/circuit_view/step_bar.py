"""Step through the forward and the backward pass, gate by gate, by hand or at a pace."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.button import Button
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import secondary
from widgets.controls.stop_slider import StopSlider
from widgets.style import boxes
from widgets.values.circuits import CircuitProgress

PACES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
TIPS = {
    "first": "Nothing computed yet: only the inputs are known.",
    "back": "Take back the last gate.",
    "play": "Compute gate by gate at the chosen pace: values left to right, then gradients right to left.",
    "forward": "Compute the next gate: forward its value, backward upstream × local for each of its inputs.",
    "last": "Both passes done: every value and every gradient.",
}


class StepBar(QWidget):
    """Five buttons, a pace and a line about what was computed.

    Signals
    -------
    first_requested(), back_requested(), forward_requested(), last_requested()
        Move through both passes.
    play_toggled(bool)
        Play or pause.
    pace_changed(float)
        Gates a second.
    """

    first_requested = Signal()
    back_requested = Signal()
    forward_requested = Signal()
    last_requested = Signal()
    play_toggled = Signal(bool)
    pace_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self.first = Button("Start", TIPS["first"], "reset")
        self.back = Button("Back", TIPS["back"], "back")
        self.play = Button("Play", TIPS["play"], "play", role="primary")
        self.forward = Button("Step", TIPS["forward"], "step", icon_after=True)
        self.last = Button("End", TIPS["last"], "epoch", icon_after=True)
        self.pace = StopSlider(PACES)
        self.pace_label = secondary(wrap=False)
        self.text = ElidedLabel()
        self._build()
        self.first.clicked.connect(self.first_requested)
        self.back.clicked.connect(self.back_requested)
        self.forward.clicked.connect(self.forward_requested)
        self.last.clicked.connect(self.last_requested)
        self.play.clicked.connect(lambda: self.play_toggled.emit(not self._playing))
        self.pace.valueChanged.connect(self._on_pace_moved)

    def set_playing(self, playing: bool) -> None:
        """Show Play or Pause. Never emits."""
        self._playing = playing
        self.play.set_face("Pause" if playing else "Play", "pause" if playing else "play")

    def set_pace(self, pace: float) -> None:
        """Show the pace (gates a second). Never emits."""
        with QSignalBlocker(self.pace):
            self.pace.setValue(min(range(len(PACES)), key=lambda i: abs(PACES[i] - pace)))
        self._say_pace()

    def set_progress(self, progress: CircuitProgress) -> None:
        """Show how many steps are done."""
        self.text.setText(f"{progress.position} / {progress.total}  {progress.text}")
        self.text.setToolTip(progress.text)
        for button, possible in (
            (self.first, progress.can_back),
            (self.back, progress.can_back),
            (self.forward, progress.can_forward),
            (self.last, progress.can_forward),
        ):
            button.setEnabled(possible)

    def _build(self) -> None:
        self.pace.setFixedWidth(90)
        self.pace.setAccessibleName("Pace, gates a second")
        self.pace.setToolTip("How many gates a second Play computes.")
        self.text.setProperty("role", "secondary")
        self.text.setAccessibleName("What was computed last")
        buttons = self.first, self.back, self.play, self.forward, self.last
        row = boxes.row(*buttons, 8, self.pace, self.pace_label, boxes.STRETCH, spacing=6)
        boxes.column(row, self.text, owner=self, spacing=4)
        self.set_pace(2.0)

    def _on_pace_moved(self, index: int) -> None:
        self._say_pace()
        self.pace_changed.emit(PACES[index])

    def _say_pace(self) -> None:
        pace = PACES[self.pace.value()]
        self.pace_label.setText(f"{pace:g} / s")
        self.pace_label.setFixedWidth(self.pace_label.fontMetrics().horizontalAdvance("0.5 / s "))
