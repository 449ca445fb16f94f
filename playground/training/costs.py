"""Costs: what training, measuring and drawing take on this machine, and how often and how finely each is done for it.

What decides numbers (the examples that losses are measured over) follows from the estimate alone, so that it is the
same everywhere. What decides only when and how finely something is shown follows from measured times.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from playground.engine.network import Network

MEASURE_S = 5e-3
"""What measuring both sets may take; beyond it, losses are those of a subset."""
LEAST_EXAMPLES = 100
SHARE = 1.0 / 8.0
"""What measuring may take of training."""
FREE_S = 0.4e-3
"""What measuring may take besides, so that a small network's curves have every iteration at first."""
CHUNK_S, MOST_STEPS = 0.4e-3, 32
"""How long training goes on before the clock is asked again."""
PICTURE_S = 12e-3
GRIDS = (12, 16, 20, 24, 28, 32, 48, 64, 80, 100)
_TOLERANCE = 1.5
"""How far off a choice may be before it is changed: measured times vary."""
_REMEMBERED, _LEAST = 8, 4
_UNIT_S, _FLOPS = 15e-9, 11e9
_LAYER_S, _PASSES = 3e-6, 2.5
_FLOAT32 = 0.25

Result = TypeVar("Result")


class Cost:
    """Seconds for one piece of some work: an estimate at first, then the least of the latest measured times.

    The least, because whatever else runs on the machine only ever adds to a time.
    """

    def __init__(self, estimate: float, clock: Callable[[], float]) -> None:
        """Believe `estimate` until a few pieces have been measured."""
        self.estimate, self._clock = estimate, clock
        self._latest: deque[float] = deque(maxlen=_REMEMBERED)

    @property
    def is_measured(self) -> bool:
        """Whether it is more than an estimate."""
        return len(self._latest) >= _LEAST

    @property
    def seconds(self) -> float:
        """What one piece takes."""
        return min(self._latest) if self.is_measured else self.estimate

    def timed(self, work: Callable[[], Result], pieces: int = 1) -> Result:
        """Do `work`, which is so many `pieces`, and remember what it took."""
        begun = self._clock()
        result = work()
        self._latest.append((self._clock() - begun) / pieces)
        return result


class Costs:
    """The costs of one network on one data set.

    Parameters
    ----------
    network : Network
    batch_size : int
        Examples of one iteration.
    sizes : tuple of int
        Training and test examples.
    clock : callable
        Seconds.
    """

    def __init__(
        self, network: Network, batch_size: int, sizes: tuple[int, int], clock: Callable[[], float] = perf_counter
    ) -> None:
        units = network.spec.n_inputs + sum(layer.rows for layer in network.layers)
        example = _UNIT_S * units + 2.0 * network.n_parameters / _FLOPS
        self.most_examples = max(LEAST_EXAMPLES, _round(MEASURE_S / 2.0 / example))
        measured = sum(min(size, self.most_examples) for size in sizes)
        self.step = Cost(_LAYER_S * len(network.layers) + _PASSES * batch_size * example, clock)
        self.measuring = Cost(measured * example, clock)
        self.point = Cost(_FLOAT32 * example, clock)  # all neurons at one point of a map
        self._stride, self._grid = _stride(self.measuring.estimate, self.step.estimate), 0

    @property
    def stride(self) -> int:
        """Iterations between two measured losses, a power of two that only grows."""
        if self.measuring.is_measured and self.step.is_measured:
            affordable = _stride(self.measuring.seconds / _TOLERANCE, self.step.seconds)
            self._stride = max(self._stride, affordable)
        return self._stride

    @property
    def steps(self) -> int:
        """Iterations to train before the clock is asked again."""
        return max(1, min(MOST_STEPS, int(CHUNK_S / max(self.step.seconds, 1e-9))))

    def grid(self, most: int) -> int:
        """Return the size of a map that is wanted with `most` points a side, so that it is drawn in time."""
        affordable = (PICTURE_S / max(self.point.seconds, 1e-12)) ** 0.5
        if not self._grid / _TOLERANCE <= affordable <= self._grid * _TOLERANCE:
            self._grid = max((size for size in GRIDS if size <= affordable), default=GRIDS[0])
        return min(most, self._grid)


def _stride(measuring: float, step: float) -> int:
    least = max(1.0, (measuring - FREE_S) / (SHARE * max(step, 1e-9)))
    return 1 << (int(least) - 1).bit_length() if least < 2**40 else 1 << 40


def _round(number: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20 … that is not above `number`."""
    scale = 1
    while scale * 10 <= number:
        scale *= 10
    return max((factor * scale for factor in (1, 2, 5) if factor * scale <= number), default=0)
