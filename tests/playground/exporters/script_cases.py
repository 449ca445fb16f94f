"""Networks that between them use every choice of the engine, trained a little."""

from __future__ import annotations

from dataclasses import replace

from playground.document.document import DataSettings, Document, Edge, PrunedWeight
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.exporters.from_run import exportable
from playground.exporters.trained import Trained
from playground.training.run import Run

KINDS = (*ACTIVATIONS, MAXOUT.name)
DATA = ("xor", "three_arms", "circle", "curve")
FEATURES = (("x1", "x2"), ("x1", "x2", "x1_x2", "sin_x1"), ("x1_squared", "x2_squared", "cos_x2"))
CASES = range(22)
TRAINED_FOR = 12
"""Not a whole number of epochs, so that a script must go on in the middle of one."""


def nth(names, index: int):
    found = tuple(names)
    return found[index % len(found)]


def document(index: int) -> Document:
    """The `index`-th network; counting up goes through every activation, loss, optimizer, schedule, regularizer."""
    data = nth(DATA, index)
    loss = "squared" if data == "curve" else nth(LOSSES, index // 3)
    training = TrainingSpec(
        loss=loss,
        optimizer=OptimizerSpec(nth(OPTIMIZERS, index), momentum=0.8, rho=0.95, beta2=0.99, epsilon=1e-7),
        learning_rate=0.02,
        schedule=ScheduleSpec(nth(SCHEDULES, index), interval=7, gamma=0.6, floor=0.2),
        batch_size=nth((16, 7, 1000), index),
        regularizer=nth(REGULARIZERS, index),
        penalty=0.003,
        l1_ratio=0.3,
        clip_norm=0.5 if index % 3 == 0 else None,
        clip_value=0.05 if index % 4 == 0 else None,
    )
    hidden = (
        LayerSpec(5, nth(KINDS, index), slope=0.1, alpha=0.7, pieces=3, dropout=0.3 if index % 5 == 4 else 0.0),
        LayerSpec(3, nth(KINDS, index + 3), slope=0.2, alpha=1.3),
    )
    made = Document(
        data=DataSettings(data, points=90, noise=0.1, seed=index),
        features=("x1",) if data == "curve" else nth(FEATURES, index),
        hidden=hidden if index % 6 else (),
        output_activation="tanh" if loss == "squared" and index % 2 else "linear",
        training=training,
        seed=index,
    )
    if index % 6 == 1:
        held = Edge(1, 0, 2), Edge(2, -1, 1)
        made = replace(made, frozen=held[:1], pruned=(PrunedWeight(held[1], 0.5),))
    return made


def trained(index: int) -> Trained:
    """The `index`-th network after a few iterations."""
    run = Run(document(index))
    run.train(TRAINED_FOR)
    return exportable(run)


def trained_on(index: int, steps: int) -> Trained:
    """The same network `steps` iterations later, as the engine trains it."""
    run = Run(document(index))
    run.train(TRAINED_FOR)
    run.trainer.advance(steps)
    return exportable(run)
