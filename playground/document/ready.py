"""Ready documents: the lecture's examples as networks with their data and weights, to be opened from the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from playground.document.data_choice import with_dataset
from playground.document.document import DataSettings, Document, Edge, StartWeight
from playground.document.own_data import OWN, Table
from playground.engine.spec import LayerSpec, TrainingSpec


@dataclass(frozen=True, slots=True)
class ReadyDocument:
    """One example: `label` stands in the menu, `note` says what it shows."""

    label: str
    note: str
    make: Callable[[], Document]


def one_one_one() -> Document:
    """Return x = 1, y = 5 with w₁ = 2, b₁ = 0, w₂ = 3, b₂ = 1, ReLU on both layers and ½(ŷ − y)².

    The point stands twice, once to train and once to test: the losses are those of the lecture, J = 2.
    """
    table = Table(np.ones((2, 1)), np.full(2, 5.0), n_classes=0, target_name="y", source="the lecture's x = 1, y = 5")
    weights = ((1, 0, 2.0), (1, -1, 0.0), (2, 0, 3.0), (2, -1, 1.0))
    return Document(
        data=DataSettings(OWN, table=table),
        features=("x1",),
        hidden=(LayerSpec(1, "relu"),),
        output_activation="relu",
        training=TrainingSpec(loss="squared", batch_size=1, learning_rate=0.01),
        start_weights=tuple(StartWeight(Edge(layer, source, 0), value) for layer, source, value in weights),
    )


def sum_of_hinges() -> Document:
    """Return a fit over one input by twelve ReLU units, whose hinges add up to the curve."""
    curve = with_dataset("curve")(Document())
    training = replace(curve.training, learning_rate=0.03)
    return replace(curve, hidden=(LayerSpec(12, "relu"),), training=training)


READY: dict[str, ReadyDocument] = {
    "one-one-one": ReadyDocument(
        "The lecture's 1-1-1 network",
        "x = 1, y = 5, w₁ = 2, b₁ = 0, w₂ = 3, b₂ = 1, ReLU twice: z₁ = 2, ŷ = 7, loss 2, ∂Lᵢ/∂w₁ = 6",
        one_one_one,
    ),
    "sum-of-hinges": ReadyDocument(
        "A curve as a sum of hinges",
        "Twelve ReLU units fit a curve over one input; Overlays → Hinges of a fit shows what each adds",
        sum_of_hinges,
    ),
}
