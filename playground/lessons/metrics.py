"""Metrics: the numbers of a run that goals compare, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.analysis.health import unit_health
from playground.circuits.numerals import numeral
from playground.engine.messages import grouped, message
from playground.training.snapshot import Snapshot

SUCCESSES = "successes"
"""How many seeds reach what a goal asks of each: no number of one run."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One number: its name in a sentence, and how it is read; None where the data have no such number."""

    words: str
    read: Callable[[Snapshot], float | None]
    is_share: bool = False  # shown in per cent
    is_count: bool = False

    def shown(self, value: float) -> str:
        """Return `value` as a sentence shows it."""
        if self.is_share:
            return message("{percent} %", percent=numeral(round(100.0 * value, 1)))
        return grouped(int(value)) if self.is_count else numeral(value)


def _dead(snapshot: Snapshot) -> float:
    health = unit_health(snapshot.network, snapshot.state.parameters, snapshot.data.train)
    return float(sum(layer.dead.sum() for layer in health))


def _saturated(snapshot: Snapshot) -> float:
    health = unit_health(snapshot.network, snapshot.state.parameters, snapshot.data.train)
    return float(sum(layer.saturated.sum() for layer in health))


METRICS: dict[str, Metric] = {
    "test_loss": Metric("test loss", lambda s: s.losses.test),
    "train_loss": Metric("training loss", lambda s: s.losses.train),
    "loss": Metric("training loss with regularization", lambda s: s.losses.train + s.losses.regularization),
    "regularization_loss": Metric("regularization loss", lambda s: s.losses.regularization),
    "test_accuracy": Metric("test accuracy", lambda s: s.losses.test_accuracy, is_share=True),
    "train_accuracy": Metric("training accuracy", lambda s: s.losses.train_accuracy, is_share=True),
    "iterations": Metric("iterations", lambda s: s.state.iteration, is_count=True),
    "epochs": Metric("epochs", lambda s: s.state.epoch, is_count=True),
    "dead_units": Metric("dead units", _dead, is_count=True),
    "saturated_units": Metric("saturated units", _saturated, is_count=True),
    "hidden_units": Metric("hidden units", lambda s: sum(layer.width for layer in s.document.hidden), is_count=True),
    "hidden_layers": Metric("hidden layers", lambda s: s.document.depth, is_count=True),
    "features": Metric("input features", lambda s: len(s.document.features), is_count=True),
    "parameters": Metric("parameters", lambda s: s.network.n_parameters, is_count=True),
    "points": Metric("points", lambda s: len(s.data.sample.points), is_count=True),
    "batch_size": Metric("batch size", lambda s: s.document.training.batch_size, is_count=True),
    "learning_rate": Metric("learning rate", lambda s: s.document.training.learning_rate),
    "noise": Metric("noise", lambda s: s.document.data.noise),
}
"""Every metric by its name in a lesson; losses are mean data losses, as the window shows them."""
