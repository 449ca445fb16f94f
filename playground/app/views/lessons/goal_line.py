"""Lesson player → curves: the dotted line of a goal that a curve has to cross."""

from __future__ import annotations

from playground.app.views.lessons.player import LessonPlayer
from playground.engine.messages import message
from playground.lessons.lesson import Condition, Goal
from playground.lessons.metrics import METRICS
from widgets.loss_plot import LossPlot
from widgets.values import CurveGoal

_CURVES = {
    "train_loss": "train data loss",
    "test_loss": "test data loss",
    "regularization_loss": "regularization loss",
    "train_accuracy": "train accuracy",
    "test_accuracy": "test accuracy",
}
"""The curve of each metric that has one."""


class GoalLinePresenter:
    """Shows the goal of the present step where the curves are."""

    def __init__(self, player: LessonPlayer, plot: LossPlot) -> None:
        """Connect `plot` to `player`."""
        self._player, self._plot = player, plot
        player.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        visit = self._player.visit
        question = visit.step.question if visit else None
        self._plot.set_goal(line_of(question.reach) if isinstance(question, Goal) else None)


def line_of(wanted: Condition) -> CurveGoal | None:
    """Return the line of what is to be reached; None where no curve shows that."""
    if wanted.metric not in _CURVES:
        return None
    shown = METRICS[wanted.metric].shown(wanted.value)
    return CurveGoal(wanted.value, message("goal {value}", value=shown), _CURVES[wanted.metric])
