"""What the exporters take of a run: its present moment as plain engine values."""

from __future__ import annotations

import numpy as np

from playground.exporters.trained import Trained
from playground.session.carrying import flags_of, start_of
from playground.session.own_data import OWN
from playground.session.saved import Saved
from playground.session.training_run import Run


def exportable(run: Run) -> Trained:
    """Return the present moment of `run` for a script or a table."""
    document, sample = run.document, run.data.sample
    held = (*document.frozen, *(weight.edge for weight in document.pruned))
    table = document.table
    return Trained(
        title=(table.source or "own points") if table is not None and document.data.name == OWN else document.data.name,
        network=run.network,
        training=document.training,
        seed=document.seed,
        state=run.trainer.state(),
        start=start_of(document, run.network).parameters,
        frozen=flags_of(run.network, held),
        features=document.features,
        points=sample.points,
        goals=sample.values if sample.is_regression else sample.labels.astype(np.float64),
        n_classes=sample.n_classes,
        train=sample.train,
        test=sample.test,
        column_names=sample.feature_names,
        class_names=() if sample.is_regression else sample.class_names,
        goal_name=sample.target_name,
    )


def run_of(saved: Saved) -> Run:
    """Return the run that a file holds, where it was left.

    Raises
    ------
    ValueError
        If its data cannot be made as asked.
    """
    run = Run(saved.document)
    run.resume(saved.document, saved.state, saved.curves)
    return run
