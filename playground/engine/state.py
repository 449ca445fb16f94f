"""What training has made of a network at one moment, frozen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RunState:
    """A run between two iterations; with the same settings it fixes all that follows, bit for bit."""

    parameters: Array  # all weights and biases, as ``Network.matrices`` lays them out; shape (n_parameters,)
    slots: tuple[Array, ...] = ()  # what the optimizer remembers (``OPTIMIZERS[name].slots``); each (n_parameters,)
    iteration: int = 0  # parameter updates so far
    epoch: int = 0  # passes over the training set completed so far
    position: int = 0  # examples of the current epoch already used; the next batch starts there
    updates: int = 0  # updates since the slots were zeros: Adam's t, which starts again when the optimizer changes

    @property
    def nbytes(self) -> int:
        """Return the memory of the arrays, in bytes."""
        return self.parameters.nbytes + sum(slot.nbytes for slot in self.slots)

    def same_as(self, other: RunState) -> bool:
        """Return whether `other` is this state to the bit."""
        counts = (self.iteration, self.epoch, self.position, self.updates)
        arrays = (self.parameters, *self.slots)
        others = (other.parameters, *other.slots)
        return (
            counts == (other.iteration, other.epoch, other.position, other.updates)
            and len(arrays) == len(others)
            and all(mine.tobytes() == theirs.tobytes() for mine, theirs in zip(arrays, others, strict=True))
        )
