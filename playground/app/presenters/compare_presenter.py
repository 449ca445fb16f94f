"""Compare panel ↔ comparison: two boundaries and their numbers, side by side."""

from __future__ import annotations

from pathlib import Path

from playground.app.presenters.pace import Pace
from playground.app.readings import output as reading
from playground.session.comparison import CHANGES, PRESETS, Comparison
from playground.session.document import Document
from playground.session.session import Session
from playground.session.snapshot import Snapshot
from playground.session.storage import load
from widgets.compare_panel import ComparePanel
from widgets.values import Choice, TransportReadouts

_NOTHING = "none"
_DIFFERENCES = {difference.key: difference for difference in (*PRESETS, *CHANGES)}


class ComparePresenter:
    """Shows both runs and starts or ends the comparison."""

    def __init__(self, session: Session, comparison: Comparison, panel: ComparePanel) -> None:
        """Connect `panel` to `comparison`."""
        self._session, self._comparison, self._panel = session, comparison, panel
        self._pace = Pace(session, 20)
        self._points: tuple[Document | None, Document | None] = (None, None)
        nothing = Choice(_NOTHING, "Nothing: one run", "No second run.")
        self._choices = (nothing, *(Choice(key, d.label, d.label) for key, d in _DIFFERENCES.items()))
        panel.difference_picked.connect(self._on_difference_picked)
        panel.end_clicked.connect(comparison.stop)
        comparison.changed.connect(self.show_names)
        session.stepped.connect(self.show_frame)
        self.show_names()

    def show_names(self) -> None:
        """Name both runs and what differs."""
        difference = self._comparison.difference
        choices = self._choices
        if difference and difference.key not in _DIFFERENCES:
            choices = (*choices, Choice(difference.key, difference.label, "A saved document, at its own settings."))
        self._panel.set_choices(choices, difference.key if difference else _NOTHING)
        self._panel.set_names(*((difference.first, difference.second) if difference else ("", "")))
        self._points = (None, None)
        self.show_frame()

    def show_frame(self) -> None:
        """Show both boundaries at this moment."""
        other = self._comparison.other
        if other is None or not self._panel.isVisible() or not self._pace.is_due():
            return
        for index, snapshot in enumerate((self._session.snapshot(), other.snapshot())):
            self._show_run(index, snapshot)

    def compare_with(self, path: Path) -> None:
        """Make the document saved at `path` the second run; what is wrong with it is said in the status line."""
        try:
            document = load(path).document
        except (ValueError, OSError) as error:
            self._session.noted.emit(str(error))
        else:
            self._comparison.start_with(document, path.stem)

    def _show_run(self, index: int, snapshot: Snapshot) -> None:
        plot = self._panel.plots[index]
        if self._points[index] is not snapshot.document:
            plot.set_points(reading.points(snapshot))
            kept = list(self._points)
            kept[index] = snapshot.document
            self._points = (kept[0], kept[1])
        plot.set_image(reading.image(snapshot, None))
        state, losses = snapshot.state, snapshot.losses
        self._panel.set_readouts(
            index,
            TransportReadouts(
                state.iteration,
                state.epoch,
                losses.train + losses.regularization,
                losses.test + losses.regularization,
                losses.test_accuracy,
            ),
        )

    def _on_difference_picked(self, key: str) -> None:
        if key == _NOTHING:
            self._comparison.stop()
        elif not self._comparison.start(_DIFFERENCES[key]):
            self.show_names()
