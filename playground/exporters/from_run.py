"""What the exporters take of a run: its current moment as plain engine values."""

from __future__ import annotations

import numpy as np

from playground.document.own_data import OWN
from playground.exporters.trained import Trained
from playground.training.run import Run
from playground.training.setup import frozen_flags, initial_state


def exportable(run: Run) -> Trained:
    """Return the current moment of `run` for a script or a table."""
    document, sample = run.document, run.data.sample
    table = document.table
    scaled = " (standardized)" if table is not None and table.standardization is not None else ""
    return Trained(
        title=(table.source or "own points") if table is not None and document.data.name == OWN else document.data.name,
        network=run.network,
        training=document.training,
        seed=document.seed,
        state=run.trainer.state(),
        start=initial_state(document, run.network).parameters,
        frozen=frozen_flags(document, run.network),
        features=document.features,
        points=sample.points,
        goals=sample.values if sample.is_regression else sample.labels.astype(np.float64),
        n_classes=sample.n_classes,
        train=sample.train,
        test=sample.test,
        column_names=tuple(f"{name}{scaled}" for name in sample.feature_names),
        class_names=() if sample.is_regression else sample.class_names,
        goal_name=f"{sample.target_name}{scaled}" if sample.is_regression else sample.target_name,
    )
