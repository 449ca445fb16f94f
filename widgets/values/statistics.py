"""Values of the statistics: norms and histograms of each layer over time."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.values.keys import Floats


@dataclass(frozen=True, slots=True, eq=False)
class LayerTrack:
    """One layer over time: iterations (n,), ‖g‖ (n,), ‖ΔW‖/‖W‖ (n,)."""

    label: str
    iterations: Floats
    gradient_norms: Floats
    update_ratios: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ActivationTrack:
    """Histograms of one hidden layer's activations over time: shares (n, bins) of bins over low … high."""

    label: str
    iterations: Floats
    shares: Floats
    low: float
    high: float
