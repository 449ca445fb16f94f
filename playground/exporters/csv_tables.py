"""Curves and data as CSV: every float in the digits that restore it, an empty cell where there is no number."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from playground.document import catalogue
from playground.engine import features
from playground.exporters.trained import Trained


def curves_csv(columns: Sequence[str], table: NDArray[np.float64]) -> str:
    """Return the recorded losses: a header, then a row per recorded iteration.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns after the first, which is the iteration.
    table : array, shape (n, 1 + len(columns))

    Raises
    ------
    ValueError
        If there are no curves.
    """
    if not len(table):
        raise ValueError("curves: nothing is recorded yet; train some iterations first")
    rows = ((int(iteration), *map(_cell, values)) for iteration, *values in table.tolist())
    return _text([("iteration", *columns), *rows])


def data_csv(trained: Trained) -> str:
    """Return the points: coordinates, further input features, what is to be learned, outputs, and their set.

    A class is written by its name. The coordinates are those that the network sees, standardization included.
    """
    plain = [f"x{k + 1}" for k in range(trained.points.shape[1])]
    made = [name for name in trained.features if name not in plain]
    derived = features.compute(made, trained.points).tolist() if made else [[]] * len(trained.points)
    outputs = [f"output_{k}" for k in range(trained.network.spec.n_outputs)]
    names = trained.column_names or tuple(plain)
    goal = trained.goal_name or ("y" if trained.is_regression else "class")
    sets = np.full(len(trained.points), "", dtype="U5")
    sets[trained.train], sets[trained.test] = "train", "test"
    rows = (
        (*point, *more, _goal(trained, wanted), *scores, part)
        for point, more, wanted, scores, part in zip(
            trained.points.tolist(), derived, trained.goals.tolist(), trained.outputs().tolist(), sets, strict=True
        )
    )
    return _text([(*names, *made, goal, *outputs, "set"), *rows])


def _goal(trained: Trained, wanted: float) -> object:
    if trained.is_regression:
        return wanted
    return trained.class_names[int(wanted)] if trained.class_names else int(wanted)


def _cell(value: float) -> object:
    return value if math.isfinite(value) else ""


def _text(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([*map(catalogue.marked, row)] for row in rows)
    return out.getvalue()
