"""Times a training step of the engine against a hand-unrolled one; medians and ratios.

Run it with ``python3 run.py bench step``. One BLAS thread for all, float64. The rows: ratio to the
floor, Adam against SGD, readings, and the curve of cost against width, depth and batch beside the
machine's own GEMM rate. Other libraries: ``run.py bench rivals``.
"""

# ruff: noqa: E402 - BLAS reads its number of threads when NumPy is imported

from __future__ import annotations

import os
import sys
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_name] = "1"
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from unrolled import unrolled

from playground.analysis.maps import NeuronMaps, grid_points
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec, OptimizerSpec, TrainingSpec
from playground.engine.trace import Tracer
from playground.engine.trainer import Trainer, TrainingData

RATE = 0.01
ROWS = (
    ("2-4-1 b4", (2, 4, 1), 4),
    ("2-4-2-1 b10", (2, 4, 2, 1), 10),
    ("2-8-8-1 b30", (2, 8, 8, 1), 30),
    ("2-8×6-1 b30", (2, *[8] * 6, 1), 30),
    ("2-64×3-1 b250", (2, 64, 64, 64, 1), 250),
)
ROUNDS = 9


def data_for(batch_size: int) -> TrainingData:
    """Return XOR-like points: ten batches of them, 300 at least."""
    n = max(10 * batch_size, 300) // batch_size * batch_size
    inputs = np.random.default_rng(0).uniform(-1.0, 1.0, (n, 2))
    return TrainingData(inputs, np.sign(inputs[:, 0] * inputs[:, 1])[None])


def trainer_for(widths: tuple[int, ...], batch_size: int, optimizer: str = "sgd") -> Trainer:
    """Return the engine on that network: tanh, ½ squared error."""
    hidden = tuple(LayerSpec(width=width, activation="tanh") for width in widths[1:-1])
    network = Network(NetworkSpec(widths[0], hidden, widths[-1]))
    training = TrainingSpec(
        loss="squared", learning_rate=RATE, batch_size=batch_size, optimizer=OptimizerSpec(name=optimizer)
    )
    return Trainer(network, training, data_for(batch_size), seed=0)


def microseconds(*works: Callable[[int], None], slice_seconds: float = 0.02) -> list[float]:
    """Return the median µs per step of each of `works`, measured in turns so that drift meets all alike."""
    counts = []
    for work in works:
        work(3)
        start = time.perf_counter()
        work(10)
        counts.append(max(1, int(slice_seconds / ((time.perf_counter() - start) / 10))))
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, count, times in zip(works, counts, spent, strict=True):
            start = time.perf_counter()
            work(count)
            times.append((time.perf_counter() - start) / count * 1e6)
    return [median(times) for times in spent]


def floor_rows() -> None:
    """Print the engine beside the floor."""
    print("\nOne step, µs (to reach: ≤ 1.3 × unrolled; Adam ≤ 2 × SGD at 2-8-8-1)")
    print(f"{'':16}{'unrolled':>10}{'engine':>10}{'ratio':>8}{'Adam':>10}{'Adam/SGD':>10}{'steps/s':>12}")
    for name, widths, batch_size in ROWS:
        trainer, adam = trainer_for(widths, batch_size), trainer_for(widths, batch_size, "adam")
        data = trainer.data
        floor, w = unrolled(widths, data.inputs, data.targets, batch_size, trainer.parameters, RATE)
        check_same(trainer_for(widths, batch_size), widths)
        slow, ours, adaptive = microseconds(floor, trainer.advance, adam.advance)
        assert np.isfinite(w).all()
        compared = f"{slow:10.2f}{ours:10.2f}{ours / slow:8.2f}"
        print(f"{name:16}{compared}{adaptive:10.2f}{adaptive / ours:10.2f}{1e6 / ours:12,.0f}")


def check_same(trainer: Trainer, widths: tuple[int, ...]) -> None:
    """Stop unless both floor and engine do the same arithmetic: one full-batch step from one start."""
    n = trainer.data.n_samples
    full = TrainingSpec(loss="squared", learning_rate=RATE, batch_size=n)
    trainer = Trainer(trainer.network, full, trainer.data, trainer.seed)
    floor, w = unrolled(widths, trainer.data.inputs, trainer.data.targets, n, trainer.parameters, RATE)
    floor(1)
    trainer.step()
    np.testing.assert_allclose(w, trainer.parameters, rtol=1e-12, atol=1e-14)


def reading_rows() -> None:
    """Print the readings on 2-8×6-1."""
    trainer = trainer_for((2, *[8] * 6, 1), 30)
    tracer = Tracer(trainer.network, "squared")
    maps = NeuronMaps(trainer.network, grid_points(-6.0, 6.0, -6.0, 6.0, 100))
    example, target = np.array([0.3, -0.7]), np.array([1.0])

    def trace(count: int) -> None:
        for _ in range(count):
            tracer.trace(trainer.parameters, example, target)

    def draw(count: int) -> None:
        for _ in range(count):
            maps.compute(trainer.parameters)

    traced, drawn = microseconds(trace, draw)
    print("\nReadings of 2-8×6-1")
    print(f"gradient trace of all nodes   {traced / 1000:6.2f} ms (to reach: ≤ 1)")
    print(f"100 × 100 maps of all neurons {drawn / 1000:6.2f} ms (to reach: ≤ 4)")


def gemm_rate() -> float:
    """Return the machine's GFLOP/s of a float64 matrix product on one thread."""
    a, b = np.random.default_rng(0).normal(size=(2, 1000, 1000))
    out = np.empty_like(a)

    def product(count: int) -> None:
        for _ in range(count):
            a.dot(b, out)

    return 2e9 / microseconds(product)[0] / 1e3


def curve_rows() -> None:
    """Print cost against width, depth and batch, as a share of the GEMM rate."""
    peak = gemm_rate()
    print(f"\nShare of this machine's GEMM rate, {peak:.1f} GFLOP/s (to reach: ≥ 50 % at 256 wide, batch 1,000)")
    rows = [((2, *[width] * 3, 1), 250) for width in (4, 8, 16, 32, 64, 128, 256)]
    rows += [((2, *[256] * 3, 1), 1000)]
    rows += [((2, *[16] * depth, 1), 30) for depth in (1, 2, 4, 8, 16)]
    rows += [((2, *[8] * 2, 1), size) for size in (1, 10, 100, 1000, 10_000)]
    for widths, batch_size in rows:
        trainer = trainer_for(widths, batch_size)
        (spent,) = microseconds(trainer.advance)
        weights = [layer.rows * (layer.n_in + 1) for layer in trainer.network.layers]
        flops = 2.0 * batch_size * (3 * sum(weights) - weights[0])
        depth, width = len(widths) - 2, widths[1]
        print(
            f"{width:4} wide × {depth:2} deep, batch {batch_size:6,}: {spent:10.1f} µs, "
            f"{flops / spent / 1e3:6.1f} GFLOP/s, {flops / spent / 1e3 / peak:5.0%}"
        )


if __name__ == "__main__":
    floor_rows()
    reading_rows()
    curve_rows()
