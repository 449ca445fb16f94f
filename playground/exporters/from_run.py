"""What the exporters take of a run: its present moment as plain engine values."""

from __future__ import annotations

import numpy as np

from playground.document.own_data import OWN
from playground.exporters.trained import Trained
from playground.training.run import Run
from playground.training.weight_transfer import flags_of, start_of


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
