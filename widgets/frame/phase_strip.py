"""The phases of one iteration as chips: batch, forward 1…n, loss, backward n…1, update."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.frame.phase_chip import PhaseChip
from widgets.style.letting_go import let_go
from widgets.style.themed import Themed
from widgets.values import Phase, PhaseKind

_KINDS: tuple[PhaseKind, ...] = ("batch", "forward", "loss", "backward", "update")
_TOOLTIPS: dict[PhaseKind, str] = {
    "batch": "The examples of this iteration are taken.",
    "forward": "z = W·a + b, then a = f(z): values go left to right.",
    "loss": "L = (1/N) Σ Lᵢ + λ·Σ R(W): how wrong the outputs are.",
    "backward": "upstream × local = downstream: gradients go right to left.",
    "update": "w ← w + Δw, where the optimizer makes Δw of the batch's gradient.",
}
_GAP = 6
_LEAST = 5


class PhaseStrip(Themed, QWidget):
    """Chips in a row; the current one is filled, those done are tinted.

    Where they do not fit, the chips take their short words, then only the current one keeps a word.
    Tab reaches the strip, the arrow keys move through it, Enter or Space clicks.

    Signals
    -------
    phase_clicked(int)
        The index of the chip that the user clicked.
    """

    phase_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: tuple[Phase, ...] = ()
        self._current: int | None = None
        self.chips: list[PhaseChip] = []
        self.setAccessibleName("Phases of one iteration")

    @property
    def current(self) -> int | None:
        """The index of the current phase; None outside slow motion."""
        return self._current

    def set_phases(self, phases: Sequence[Phase | str]) -> None:
        """Show `phases` in order; a plain label such as ``"Backward 2"`` will do. Never emits."""
        wanted = tuple(phase_named(p) if isinstance(p, str) else p for p in phases)
        if wanted == self._phases:
            return
        for chip in self.chips:
            let_go(chip)
        self._phases = wanted
        self.chips = [self._chip(i, phase) for i, phase in enumerate(wanted)]
        self.set_current(None)
        self._place()

    def set_current(self, index: int | None) -> None:
        """Mark phase `index` as the current one and those before it as done. Never emits.

        Raises
        ------
        ValueError
            When there is no such phase.
        """
        if index is not None and not 0 <= index < len(self.chips):
            raise ValueError(f"phase: expected an index below {len(self.chips)}, got {index}")
        self._current = index
        for i, chip in enumerate(self.chips):
            chip.set_state("waiting" if index is None or i > index else "current" if i == index else "done")
        reached = index or 0
        for i, chip in enumerate(self.chips):
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == reached else Qt.FocusPolicy.ClickFocus)
        self._place()

    def sizeHint(self) -> QSize:
        """Ask for the room of the full words."""
        return QSize(self._needed([c.width_of("label") for c in self.chips]), self._height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Shrink to a row of dots with one word."""
        return QSize(160, self._height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the chips into the new width."""
        super().resizeEvent(event)
        self._place()

    def take_theme(self) -> None:
        """Follow the type scale."""
        self.updateGeometry()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the arrow keys; Enter clicks like Space."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, PhaseChip):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                place = self.chips.index(watched) + step
                if 0 <= place < len(self.chips):
                    self.chips[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def _chip(self, index: int, phase: Phase) -> PhaseChip:
        chip = PhaseChip(phase, self)
        chip.installEventFilter(self)
        chip.clicked.connect(lambda: self.phase_clicked.emit(index))
        chip.show()
        return chip

    def _place(self) -> None:
        if not self.chips:
            return
        widths, gap = self._widths()
        left = max(0, (self.width() - sum(widths) - gap * (len(widths) - 1)) // 2)
        top = (self.height() - self._height()) // 2
        for chip, width in zip(self.chips, widths, strict=True):
            chip.setGeometry(left, top, width, self._height())
            left += width + gap

    def _widths(self) -> tuple[list[int], int]:
        for words in ("label", "short"):
            widths = [c.width_of("label" if i == self._current else words) for i, c in enumerate(self.chips)]
            if self._needed(widths) <= self.width():
                return widths, _GAP
        gap = 2
        room = self.width() - gap * (len(self.chips) - 1)
        if self._current is None:
            return [max(_LEAST, room // len(self.chips))] * len(self.chips), gap
        word = self.chips[self._current].width_of("label")
        rest = max(_LEAST, (room - word) // max(1, len(self.chips) - 1))
        return [word if i == self._current else rest for i in range(len(self.chips))], gap

    def _needed(self, widths: list[int]) -> int:
        return sum(widths) + _GAP * max(0, len(widths) - 1)

    def _height(self) -> int:
        return self.fontMetrics().height() + 12


def phase_named(label: str) -> Phase:
    """Return the phase that `label` names by its first word: ``"Forward 2"``, ``"Loss"``."""
    word, _, number = label.partition(" ")
    kind: PhaseKind = next((k for k in _KINDS if k == word.lower()), _KINDS[0])
    return Phase(label, kind, f"{word[:1]}{number}", _TOOLTIPS[kind])


def phases_of(n_layers: int) -> tuple[Phase, ...]:
    """Return the phases of an iteration of a network with `n_layers` layers of weights."""
    forward = [phase_named(f"Forward {i}") for i in range(1, n_layers + 1)]
    backward = [phase_named(f"Backward {i}") for i in range(n_layers, 0, -1)]
    return (phase_named("Batch"), *forward, phase_named("Loss"), *backward, phase_named("Update"))
