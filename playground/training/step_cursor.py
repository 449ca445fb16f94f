"""StepCursor: how far one iteration has come, phase by phase; the step itself is computed whole, ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from playground.document.document import Edge, Node
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.record import StepRecord
from playground.training.snapshot import Snapshot

Kind = Literal["batch", "forward", "loss", "backward", "update"]
KINDS_OF_PHASES: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class StepPhase:
    """One phase of an iteration; `layer` is the layer (1…n) that a forward or backward phase is about, else 0."""

    kind: Kind
    layer: int = 0

    @property
    def label(self) -> str:
        """Return the name on the phase strip: ``"Batch"``, ``"Forward 2"``."""
        return f"{self.kind.capitalize()} {self.layer}" if self.layer else self.kind.capitalize()


Stage = Literal["given", "inputs", "forward", "loss", "upstream", "backward", "update"]
"""What a number needs: nothing, or one of the parts that a step computes one after the other."""


_STAGES: dict[str, Stage] = {
    "weight": "given", "value": "forward", "pre_activation": "forward", "local": "forward", "loss": "loss",
    "upstream": "upstream", "downstream": "backward", "gradient": "backward", "input_gradient": "backward",
    "batch_gradient": "backward", "update": "update", "next_weight": "update",
}  # fmt: skip
"""What each kind of quantity needs."""


def phases_of(n_layers: int) -> tuple[StepPhase, ...]:
    """Return the phases of an iteration through `n_layers` layers of weights: 2·n + 3 of them."""
    forward = tuple(StepPhase("forward", layer) for layer in range(1, n_layers + 1))
    backward = tuple(StepPhase("backward", layer) for layer in range(n_layers, 0, -1))
    return (StepPhase("batch"), *forward, StepPhase("loss"), *backward, StepPhase("update"))


@dataclass(frozen=True, slots=True)
class EdgeUpdate:
    """The update of one weight, term by term; next_w = w + delta, bit for bit what the step yields."""

    w: float
    data_gradient: float  # ∂L_B/∂w of the batch's mean data loss
    regularization_gradient: float  # λ·∂R/∂w of the regularization
    gradient: float  # their sum
    clipped: float  # the gradient after clipping and freezing: what the optimizer takes
    rate: float  # η of this iteration, after the schedule
    plain: float  # −η · clipped: what plain SGD would add
    decay: float  # −η · d · w: the part of delta that is weight decay; 0 where the optimizer has none
    slots: tuple[tuple[str, float, float], ...]  # the optimizer's slots: symbol, before, after
    delta: float
    next_w: float


@dataclass(frozen=True, slots=True, eq=False)
class StepCursor:
    """A phase of the step that follows `snapshot`; what is known is what the phases up to it compute."""

    snapshot: Snapshot  # the state that the step starts from
    index: int = 0

    @property
    def n_layers(self) -> int:
        """Layers of weights."""
        return len(self.snapshot.network.layers)

    @property
    def phases(self) -> tuple[StepPhase, ...]:
        """The phases of the step."""
        return phases_of(self.n_layers)

    @property
    def phase(self) -> StepPhase:
        """The current phase."""
        return self.phases[self.index]

    @property
    def last(self) -> int:
        """The index of the update, the last phase."""
        return 2 * self.n_layers + 2

    @property
    def record(self) -> StepRecord:
        """The whole step, computed ahead."""
        return self.snapshot.pending

    @property
    def batch(self) -> NDArray[np.intp]:
        """The points of the batch, as indices into the sample."""
        return self.snapshot.batch

    def at(self, index: int) -> StepCursor:
        """Return the cursor at phase `index`.

        Raises
        ------
        ValueError
            When there is no such phase.
        """
        if not 0 <= index <= self.last:
            raise ValueError(f"phase: expected an index from 0 to {self.last}, got {index}")
        return replace(self, index=index)

    @property
    def known_forward(self) -> int:
        """Layers 1…this have their z and a; 0 at the batch."""
        return min(self.index, self.n_layers)

    @property
    def is_loss_known(self) -> bool:
        """Whether the loss is computed."""
        return self.index > self.n_layers

    @property
    def known_backward(self) -> int | None:
        """Layers from this on up have their gradients; None before the first backward phase."""
        done = self.index - self.n_layers - 1
        return max(1, self.n_layers + 1 - done) if done >= 1 else None

    @property
    def is_update_known(self) -> bool:
        """Whether the new weights are computed."""
        return self.index == self.last

    def knows(self, stage: Stage, layer: int = 1) -> bool:
        """Return whether `stage` of `layer` (1…n, the output last) is computed.

        ``inputs`` is what the layer reads, ``forward`` its z and a; ``upstream`` is ∂L_B/∂a, which the layer after it
        sends back, and ``backward`` all that follows from it; ``loss`` and ``update`` belong to no layer.
        """
        lowest = self.n_layers + 2 if self.known_backward is None else self.known_backward
        return {
            "given": True,
            "inputs": self.known_forward >= layer - 1,
            "forward": self.known_forward >= layer,
            "loss": self.is_loss_known,
            "upstream": lowest <= layer + 1,
            "backward": lowest <= layer,
            "update": self.is_update_known,
        }[stage]

    def has(self, of: str, place: Node | Edge) -> bool:
        """Return whether the quantity `of` of a node or an edge is computed."""
        if of == "input_gradient" and isinstance(place, Node):
            return self.knows("upstream", place.layer)
        return self.knows(_STAGES[of], place.layer)

    def update_of(self, edge: Edge) -> EdgeUpdate:
        """Return the update of `edge` term by term.

        Raises
        ------
        ValueError
            When there is no such edge.
        """
        record, network = self.record, self.snapshot.network
        at = network.layers[edge.layer - 1].position(edge.target, edge.source, edge.piece)
        spec = self.snapshot.document.training.optimizer
        optimizer = OPTIMIZERS[spec.name]
        slots = zip(optimizer.slots, record.before.slots, record.after.slots, strict=True)
        w, clipped = float(record.before.parameters[at]), float(record.clipped[at])
        decay = spec.weight_decay if "weight_decay" in optimizer.settings else 0.0
        return EdgeUpdate(
            w=w,
            data_gradient=float(record.data_gradient[at]),
            regularization_gradient=float(record.regularization_gradient[at]),
            gradient=float(record.gradient[at]),
            clipped=clipped,
            rate=record.rate,
            plain=-record.rate * clipped,
            decay=-record.rate * decay * w,
            slots=tuple((symbol, float(before[at]), float(after[at])) for symbol, before, after in slots),
            delta=float(record.delta[at]),
            next_w=float(record.next_parameters[at]),
        )
