"""The tour: five stops, each of which waits for an act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Act = Literal["play", "pause", "select", "example", "slow_motion"]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: what to do, what it waits for, and the place that it points at."""

    text: str
    act: Act
    place: str  # a key of ``PLACES``


STOPS: tuple[Stop, ...] = (
    Stop("Press Play (F5): each iteration takes a batch of points and moves every weight a little.", "play", "play"),
    Stop("The plane at the right shows what the network says at each point. Press Pause (F5) when the colours are "
         "apart.", "pause", "output"),
    Stop("Click a neuron of the network: its gradients open below, upstream × local = downstream.", "select",
         "network"),
    Stop("Click a point on the plane, or drag the cross: every number is now that of this example.", "example",
         "output"),
    Stop("Press Slow motion (F9): it takes one iteration apart, from the batch to the update. Step (F10) "
         "goes on to the next phase.", "slow_motion", "slow_motion"),
)  # fmt: skip
"""In their order; they begin at iteration 0."""
