"""What a document names: each choice with its words, where it stands, and the engine's table that it is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from playground.engine.activations import ACTIVATIONS, LAYER_ACTIVATIONS
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import choose


class Entry(Protocol):
    """One entry of a table of the engine."""

    @property
    def name(self) -> str:
        """Key in files and on the command line."""

    @property
    def label(self) -> str:
        """Text in the window."""

    @property
    def formula(self) -> str:
        """Its law as text."""

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that belong to it."""


@dataclass(frozen=True, slots=True)
class NamedChoice:
    """One choice."""

    key: str  # what messages, forms and the command line call it
    path: str  # where it stands in a document (in a layer, for the activation)
    label: str  # what panels call it
    meaning: str  # what it decides, in one sentence
    entries: Mapping[str, Entry]  # what there is to choose, by name

    def of(self, owner: Any) -> str:
        """Return the name that the document (or layer) `owner` has."""
        return str(attrgetter(self.path)(owner))

    def check(self, owner: Any, place: str = "") -> None:
        """Raise ``ValueError`` with the known names if `owner` has another; `place` comes before the key."""
        choose(place + self.key, self.of(owner), self.entries)


CHOICES: dict[str, NamedChoice] = {
    choice.key: choice
    for choice in (
        NamedChoice(
            "loss", "training.loss", "Loss", "What one wrong answer costs; L = (1/N) Σ Lᵢ + λ·Σ R(W).", LOSSES
        ),
        NamedChoice(
            "output_activation", "output_activation", "Output activation",
            "What makes an output ŷ of its z: a choice of squared error; the other losses take scores.", ACTIVATIONS,
        ),
        NamedChoice(
            "optimizer", "training.optimizer.name", "Optimizer",
            "How a gradient becomes an update. Another one keeps the weights and starts with an empty memory.",
            OPTIMIZERS,
        ),
        NamedChoice(
            "schedule", "training.schedule.name", "Schedule", "How the learning rate changes with the iterations.",
            SCHEDULES,
        ),
        NamedChoice(
            "regularizer", "training.regularizer", "Regularization",
            "What large weights cost, over all weight matrices, not biases.", REGULARIZERS,
        ),
        NamedChoice(
            "initializer", "training.initializer", "Initialization", "Where the weights start; biases start at 0.",
            INITIALIZERS,
        ),
    )
}  # fmt: skip

ACTIVATION = NamedChoice(
    "activation",
    "activation",
    "Activation f",
    "What a unit makes of its z: a = f(z). Another one keeps the weights.",
    LAYER_ACTIVATIONS,
)
"""The choice of each hidden layer."""


def users(setting: str) -> tuple[str, ...]:
    """Return the names of the entries that `setting` belongs to; none for a setting that always means something."""
    entries = (entry for choice in (*CHOICES.values(), ACTIVATION) for entry in choice.entries.values())
    return tuple(dict.fromkeys(entry.name for entry in entries if setting in entry.settings))
