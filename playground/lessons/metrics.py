"""Metrics: the numbers of a run that goals compare, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.analysis.health import unit_health
from playground.circuits.numerals import numeral
from playground.engine.messages import grouped, message, plural
from playground.training.snapshot import Snapshot

SUCCESSES = "successes"
"""How many seeds reach what a goal asks of each: no number of one run."""
SELECTED = "selected"
"""Whether a node, an edge or an example is selected: no number at all."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One number: its name in a sentence, and how it is read; None where the data have no such number."""

    words: str
    read: Callable[[Snapshot], float | None]
    is_share: bool = False  # shown in per cent
    one: str = ""  # of a count: the sentence for one, as ``plural`` takes it; `words` are then that for others

    @property
    def is_count(self) -> bool:
        """Whether it is a whole number of things."""
        return bool(self.one)

    def shown(self, value: float) -> str:
        """Return `value` as a sentence shows it."""
        if self.is_share:
            return message("{percent} %", percent=numeral(round(100.0 * value, 1)))
        return grouped(int(value)) if self.is_count else numeral(value)

    def told(self, value: float) -> str:
        """Return name and `value`: ``test loss 0.31``, ``5 hidden units``."""
        if self.is_count:
            return plural(int(value), self.one, self.words)
        return message("{words} {value}", words=message(self.words), value=self.shown(value))


def _dead(snapshot: Snapshot) -> float:
    health = unit_health(snapshot.network, snapshot.state.parameters, snapshot.data.train)
    return float(sum(layer.dead.sum() for layer in health))


def _saturated(snapshot: Snapshot) -> float:
    health = unit_health(snapshot.network, snapshot.state.parameters, snapshot.data.train)
    return float(sum(layer.saturated.sum() for layer in health))


def _units(snapshot: Snapshot) -> float:
    return sum(layer.width for layer in snapshot.document.hidden)


METRICS: dict[str, Metric] = {
    "test_loss": Metric("test loss", lambda s: s.losses.test),
    "train_loss": Metric("training loss", lambda s: s.losses.train),
    "loss": Metric("training loss with regularization", lambda s: s.losses.train + s.losses.regularization),
    "regularization_loss": Metric("regularization loss", lambda s: s.losses.regularization),
    "test_gap": Metric("test loss − training loss", lambda s: s.losses.test - s.losses.train),
    "test_accuracy": Metric("test accuracy", lambda s: s.losses.test_accuracy, is_share=True),
    "train_accuracy": Metric("training accuracy", lambda s: s.losses.train_accuracy, is_share=True),
    "iterations": Metric("{count:,} iterations", lambda s: s.state.iteration, one="{count} iteration"),
    "epochs": Metric("{count:,} epochs", lambda s: s.state.epoch, one="{count} epoch"),
    "dead_units": Metric("{count} dead units", _dead, one="{count} dead unit"),
    "saturated_units": Metric("{count} saturated units", _saturated, one="{count} saturated unit"),
    "hidden_units": Metric("{count} hidden units", _units, one="{count} hidden unit"),
    "hidden_layers": Metric("{count} hidden layers", lambda s: s.document.depth, one="{count} hidden layer"),
    "features": Metric("{count} input features", lambda s: len(s.document.features), one="{count} input feature"),
    "parameters": Metric("{count:,} parameters", lambda s: s.network.n_parameters, one="{count} parameter"),
    "points": Metric("{count:,} points", lambda s: len(s.data.sample.points), one="{count} point"),
    "batch_size": Metric("a batch of {count:,}", lambda s: s.document.training.batch_size, one="a batch of {count}"),
    "learning_rate": Metric("learning rate", lambda s: s.document.training.learning_rate),
    "noise": Metric("noise", lambda s: s.document.data.noise),
}
"""Every metric by its name in a lesson; losses are mean data losses, as the window shows them."""
