"""Random networks with random training settings and data, for property tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, NetworkSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.engine.trainer import Trainer, TrainingData

EVERY_ACTIVATION = (*ACTIVATIONS, "maxout")


@dataclass(frozen=True)
class Case:
    """A network, how it is trained, and on what."""

    network: Network
    training: TrainingSpec
    data: TrainingData
    seed: int

    def trainer(self) -> Trainer:
        return Trainer(self.network, self.training, self.data, self.seed)

    def parameters(self) -> np.ndarray:
        """Weights and biases, none of them 0, so that every gradient can show."""
        rng = np.random.default_rng(self.seed)
        return rng.uniform(0.2, 0.9, self.network.n_parameters) * rng.choice([-1.0, 1.0], self.network.n_parameters)


@st.composite
def layers(draw: st.DrawFn, dropout: bool) -> LayerSpec:
    return LayerSpec(
        width=draw(st.integers(1, 4)),
        activation=draw(st.sampled_from(EVERY_ACTIVATION)),
        slope=draw(st.sampled_from([0.0, 0.01, 0.3])),
        alpha=draw(st.sampled_from([0.5, 1.0, 2.0])),
        pieces=draw(st.integers(2, 3)),
        dropout=draw(st.sampled_from([0.0, 0.4])) if dropout else 0.0,
    )


@st.composite
def cases(draw: st.DrawFn, dropout: bool = False) -> Case:
    loss = LOSSES[draw(st.sampled_from(sorted(LOSSES)))]
    n_classes = draw(st.integers(2, 4))
    n, d = draw(st.integers(1, 13)), draw(st.integers(1, 3))
    spec = NetworkSpec(
        d,
        tuple(draw(st.lists(layers(dropout), max_size=3))),
        loss.outputs(n_classes),
        draw(st.sampled_from(["linear", "tanh", "gelu"])) if loss.name == "squared" else "linear",
    )
    training = TrainingSpec(
        loss=loss.name,
        optimizer=OptimizerSpec(name=draw(st.sampled_from(sorted(OPTIMIZERS)))),
        learning_rate=draw(st.sampled_from([0.01, 0.1])),
        schedule=ScheduleSpec(name=draw(st.sampled_from(sorted(SCHEDULES))), interval=3, floor=0.2),
        batch_size=draw(st.integers(1, 15)),
        regularizer=draw(st.sampled_from(["none", "l2", "l1", "elastic_net"])),
        penalty=0.01,
        clip_norm=draw(st.sampled_from([None, 0.3])),
        clip_value=draw(st.sampled_from([None, 0.1])),
    )
    seed = draw(st.integers(0, 2**32))
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, n_classes, n)
    data = TrainingData(rng.standard_normal((n, d)), loss.encode(labels, n_classes))
    return Case(Network(spec), training, data, seed)


def xor_case(
    hidden: tuple[LayerSpec, ...] = (LayerSpec(),),
    n: int = 50,
    loss: str = "softmax",
    seed: int = 0,
    **training: object,
) -> Case:
    """XOR in ±1, `n` points."""
    entry = LOSSES[loss]
    points = np.random.default_rng(seed).uniform(-1.0, 1.0, (n, 2))
    labels = (points[:, 0] * points[:, 1] > 0.0).astype(int)
    spec = NetworkSpec(2, hidden, entry.outputs(2))
    return Case(Network(spec), TrainingSpec(loss=loss, **training), TrainingData(points, entry.encode(labels, 2)), seed)


def set_parameters(trainer: Trainer, parameters: np.ndarray) -> None:
    """Go on from `parameters`, set by hand; the optimizer's memory stays."""
    trainer.load(replace(trainer.state(), parameters=parameters))
