"""Curves ↔ session: the losses by iteration, a few times a second, and the line to go back in time."""

from __future__ import annotations

from playground.analysis.smoothing import moving_mean
from playground.app.views.curves.time_travel import TimeTravel
from playground.app.views.scheduling import READOUTS, Aspect, Scheduler
from playground.engine import schedules
from playground.session.branches import label, switch_to
from playground.session.session import Session
from widgets.loss_plot import LossPlot
from widgets.values import CurveMark, Series

_CURVES = (
    ("train", "train data loss", False, True, "loss"),
    ("test", "test data loss", True, True, "loss"),
    ("regularization", "regularization loss", False, False, "loss"),
    ("train_accuracy", "train accuracy", False, False, "accuracy"),
    ("test_accuracy", "test accuracy", True, False, "accuracy"),
    ("rate", "learning rate", False, False, "rate"),
)


class CurvesPresenter:
    """Shows the history of the run."""

    def __init__(self, session: Session, scheduler: Scheduler, plot: LossPlot) -> None:
        """Connect `plot` to `session`."""
        self._session, self._plot = session, plot
        self._shown: int | None = None
        self._wanted = {name: visible for _, name, _, visible, _ in _CURVES}
        self._reach = 0
        self._generation = session.run.generation
        plot.smoothing_picked.connect(self._on_smoothing_picked)
        plot.series_toggled.connect(self._on_series_toggled)
        plot.branch_clicked.connect(self._on_branch_clicked)
        self.travel = TimeTravel(session, plot)
        on = Aspect.RUN | Aspect.DOCUMENT
        scheduler.add(plot, lambda _changed: plot.set_iteration(session.run.iteration), on, times=READOUTS, light=True)
        self._curves = scheduler.add(plot, self.show_curves, on, times=5)

    def show_curves(self, _changed: Aspect) -> None:
        """Show the curves if they changed, and where the run is on them."""
        history = self._session.run.history
        if self._shown != history.version:
            self._shown = history.version
            self._plot.set_series(self._series())
            self._plot.set_marks(self._marks())
        if self._generation != self._session.run.generation:
            self._generation = self._session.run.generation
            self._plot.fit()  # a zoom into the curves of another run shows nothing of this one
        self._plot.set_line(self._session.run.iteration)

    def _series(self) -> tuple[Series, ...]:
        history, regression = self._session.run.history, self._session.run.data.sample.is_regression
        made = []
        for key, name, dashed, _visible, axis in _CURVES:
            if regression and axis == "accuracy":
                continue
            x, y = history.column(key)
            if self._reach and key != "rate":
                y = moving_mean(y, self._reach)
            made.append(Series(name, x, y, dashed, self._wanted[name], axis))  # type: ignore[arg-type]
        return (*self._branches(), *made)

    def _branches(self) -> list[Series]:
        """Return the branches, dimmed, under the curves of the run."""
        made = []
        for number, branch in enumerate(self._session.run.history.branches):
            for key, name, dashed, _visible, axis in _CURVES[:2]:
                x, y = branch.column(key)
                made.append(Series(f"{name}, left {number}", x, y, dashed, self._wanted[name], axis, dimmed=True))  # type: ignore[arg-type]
        return made

    def _marks(self) -> tuple[CurveMark, ...]:
        spec = self._session.document.training.schedule
        drops = schedules.marks(spec, 0, self._session.run.iteration + 1)
        history = self._session.run.history
        marks = [CurveMark(t, "the learning rate drops", "drop") for t in list(drops)[-50:]]
        marks += [CurveMark(edit.iteration, edit.text, "edit") for edit in history.edits]
        marks += [
            CurveMark(branch.iteration, f"{label(branch).capitalize()}: click ⑂ to switch to it", "branch")
            for branch in history.branches
            if branch.has_split
        ]
        return tuple(sorted(marks, key=lambda mark: mark.iteration))

    def _on_branch_clicked(self, iteration: float) -> None:
        """Switch to the newest branch that begins there."""
        branches = self._session.run.history.branches
        there = [branch for branch in branches if branch.has_split and branch.iteration == iteration]
        if there:
            switch_to(self._session, there[-1])

    def _on_smoothing_picked(self, reach: int) -> None:
        self._reach = reach
        self._draw_again()

    def _on_series_toggled(self, name: str, on: bool) -> None:
        self._wanted[name] = on
        self._draw_again()

    def _draw_again(self) -> None:
        self._shown = None
        self._curves.refresh()
