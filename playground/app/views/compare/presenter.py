"""Compare panel ↔ session: two boundaries, their numbers and a curve of each, side by side."""

from __future__ import annotations

from pathlib import Path

from playground.analysis.smoothing import moving_mean
from playground.app.views.curves.time_travel import TimeTravel
from playground.app.views.flow.reading import rows
from playground.app.views.output import reading
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.document.differences import DIFFERENCES, differing, with_document
from playground.document.document import Document
from playground.files.document_file import load
from playground.session import comparison
from playground.session.session import Session
from playground.training.comparison_run import ComparisonRun
from playground.training.run import Run
from playground.training.snapshot import Snapshot
from widgets.compare.compare_panel import ComparePanel
from widgets.compare.compare_table import LETTERS
from widgets.style import numbers
from widgets.values import Choice, Floats, Series, TransportReadouts

_NOTHING = "none"
_COLUMNS = {"train_loss": "train", "test_loss": "test", "test_accuracy": "test_accuracy"}
_FIRST = "test_loss"


class ComparePresenter:
    """Shows both runs and starts or ends the comparison."""

    def __init__(self, session: Session, scheduler: Scheduler, panel: ComparePanel) -> None:
        """Connect `panel` to `session`."""
        self._session, self._panel = session, panel
        self._points: list[Document | None] = [None, None]
        self._curve, self._reach = _FIRST, 0
        self._drawn: tuple[object, ...] = ()
        nothing = Choice(_NOTHING, "No second run", "Train one run only.")
        self._choices = (nothing, *(Choice(key, d.label, d.label) for key, d in DIFFERENCES.items()))
        panel.table.set_curve(_FIRST)
        panel.difference_picked.connect(self._on_difference_picked)
        panel.end_clicked.connect(self.end_comparison)
        panel.curve_picked.connect(self._on_curve_picked)
        panel.smoothing_picked.connect(self._on_smoothing_picked)
        panel.flow_toggled.connect(self._on_flow_toggled)
        self._shows_flow = False
        self.travel = TimeTravel(session, panel)
        self._names = scheduler.add(panel, self.show_names, Aspect.DOCUMENT)
        self._frame = scheduler.add(panel, self.show_frame, READINGS, times=20)
        self._curves = scheduler.add(panel, self.show_curves, READINGS, times=5)
        self._flows = scheduler.add(panel, self.show_flows, READINGS, times=5)
        session.lockstep.changed.connect(self._names.refresh)
        for view in (self._frame, self._curves, self._flows):
            session.lockstep.changed.connect(view.refresh)
            session.lockstep.caught_up.connect(view.refresh)

    def show_names(self, _changed: Aspect) -> None:
        """Name both runs and what differs."""
        comparison_run = self._session.comparison_run
        choices = self._choices
        if comparison_run is None:
            self._panel.set_choices(choices, _NOTHING)
            self._panel.set_names("", "")
            return
        difference, document = comparison_run.difference, self._session.document
        if difference.key not in DIFFERENCES:
            choices = (*choices, Choice(difference.key, difference.label, "A saved document, at its own settings."))
        self._panel.set_choices(choices, difference.key)
        self._panel.set_names(*comparison_run.names(document), differing(document, comparison_run.run.document))
        has_accuracy = not (self._session.run.data.sample.is_regression or comparison_run.run.data.sample.is_regression)
        if not has_accuracy and self._curve == "test_accuracy":
            self._curve = _FIRST
        self._panel.table.set_columns(tuple(key for key in _COLUMNS if has_accuracy or key != "test_accuracy"))
        self._panel.table.set_curve(self._curve)
        self._drawn = ()

    def show_frame(self, _changed: Aspect) -> None:
        """Show both output planes and their numbers."""
        comparison_run = self._session.comparison_run
        if comparison_run is None:
            return
        for index, snapshot in enumerate((self._session.snapshot(), comparison_run.run.snapshot())):
            self._show_run(index, snapshot)
        self._panel.set_note(_note(comparison_run, self._session.run))
        self._panel.set_time(self._session.run.iteration)

    def show_curves(self, _changed: Aspect) -> None:
        """Show both curves."""
        if self._session.comparison_run is not None:
            self._show_curves(self._session.comparison_run)

    def show_flows(self, _changed: Aspect) -> None:
        """Show the gradient flow of both runs where it is wanted."""
        comparison_run = self._session.comparison_run
        if comparison_run is None or not self._shows_flow:
            self._panel.set_flows(None)
            return
        self._panel.set_flows((rows(self._session.snapshot(), {}), rows(comparison_run.run.snapshot(), {})))

    def end_comparison(self) -> None:
        """End the second run: its panel was closed."""
        comparison.stop(self._session)

    def compare_with(self, path: Path) -> None:
        """Make the document saved at `path` the second run; report in the status line what is wrong with it."""
        try:
            document = load(path).document
        except (ValueError, OSError) as error:
            self._session.note(str(error))
        else:
            comparison.start(self._session, with_document(document, path.stem))

    def _show_run(self, index: int, snapshot: Snapshot) -> None:
        plot = self._panel.plots[index]
        if self._points[index] is not snapshot.document:
            plot.set_points(reading.points(snapshot))
            plot.set_axis_names(*reading.axis_names(snapshot))
            self._points[index] = snapshot.document
        plot.set_image(reading.image(snapshot, None))
        state, losses = snapshot.state, snapshot.losses
        self._panel.set_readouts(
            index, TransportReadouts(state.iteration, state.epoch, losses.train, losses.test, losses.test_accuracy)
        )

    def _show_curves(self, comparison_run: ComparisonRun) -> None:
        runs = (self._session.run, comparison_run.run)
        drawn = (*(run.history.version for run in runs), comparison_run, self._curve, self._reach)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        names = comparison_run.names(self._session.document)
        axis = "accuracy" if self._curve == "test_accuracy" else "loss"
        made, words = [], []
        for letter, name, run in zip(LETTERS, names, runs, strict=True):
            x, y = self._column(run)
            made.append(Series(f"{letter} · {name}", x, y, dashed=letter != "A", axis=axis, letter=letter))  # type: ignore[arg-type]
            words.append(f"{letter}, {name}: {numbers.four(float(y[-1]))} at iteration {numbers.grouped(int(x[-1]))}")
        self._panel.set_curves(tuple(made), f"{self._curve.replace('_', ' ')}. {'; '.join(words)}.")

    def _column(self, run: Run) -> tuple[Floats, Floats]:
        x, y = run.history.column(_COLUMNS[self._curve])
        return x, moving_mean(y, self._reach) if self._reach else y

    def _on_difference_picked(self, key: str) -> None:
        if key == _NOTHING:
            comparison.stop(self._session)
        elif not comparison.start(self._session, DIFFERENCES[key]):
            self._names.refresh()

    def _on_flow_toggled(self, on: bool) -> None:
        self._shows_flow = on
        self._flows.refresh()

    def _on_curve_picked(self, key: str) -> None:
        self._curve = key
        self._curves.refresh()

    def _on_smoothing_picked(self, reach: int) -> None:
        self._reach = reach
        self._curves.refresh()


def _note(comparison_run: ComparisonRun, first: Run) -> str:
    """Return which run stopped, or how far the second has come; empty when both are level."""
    for letter, other, run in (("A", "B", first), ("B", "A", comparison_run.run)):
        if run.divergence is not None:
            rest = "both wait" if letter == "A" else f"{other} continues"
            last = numbers.grouped(run.divergence.iteration)
            return f"{letter} stopped at iteration {last}, its last finite one; {rest}."
    if comparison_run.behind > 1:
        reached, wanted = (numbers.grouped(run.iteration) for run in (comparison_run.run, first))
        return f"B is catching up: iteration {reached} of {wanted}."
    return ""
