"""Times the engine's training step against the same step in other libraries; medians and ratios.

Run it with ``python3 run.py bench rivals``; libraries that are not installed are left out and named.
float64, one thread for all, the same start, everybody gathers its batch from shuffled data. Before
anything is timed, one full-batch step of each is compared with ours: it must be the same arithmetic.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
sys.path.insert(0, str(Path(__file__).resolve().parent))

from step_bench import RATE, ROWS, microseconds, trainer_for  # isort: skip - it sets the BLAS threads

import numpy as np
from libraries import LIBRARIES, Maker, installed, versions

from playground.engine.spec import TrainingSpec
from playground.engine.trainer import Trainer

NARROW, WIDE = 8, 64


def machine() -> str:
    """Return what this is measured on."""
    model = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        lines = facts.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def check_same(widths: tuple[int, ...], make: Maker) -> None:
    """Stop unless one full-batch step from one start ends where the engine's ends."""
    trainer = trainer_for(widths, 10)
    data, n = trainer.data, trainer.data.n_samples
    full = TrainingSpec(loss="squared", learning_rate=RATE, batch_size=n)
    trainer = Trainer(trainer.network, full, data, trainer.seed)
    rival = make(widths, data.inputs, data.targets[0], n, trainer.parameters.copy(), RATE)
    np.testing.assert_array_equal(rival.parameters(), trainer.parameters)
    rival.train(1)
    trainer.step()
    np.testing.assert_allclose(rival.parameters(), trainer.parameters, rtol=1e-10, atol=1e-12)


def verdict(widths: tuple[int, ...], fastest: float) -> str:
    """Return how a ratio `fastest` rival / engine stands beside its target."""
    width = max(widths[1:-1])
    if width <= NARROW:
        return "reached" if fastest > 1.0 else "MISSED: a rival is faster"
    if width == WIDE:
        return "reached" if fastest * 1.1 >= 1.0 else "MISSED: more than 1.1 × the fastest"
    return ""


def main() -> None:
    """Print a row per network."""
    print(machine())
    print(f"numpy {np.__version__}, {versions() or 'no other library'}")
    missing = [name for name in LIBRARIES if name not in installed()]
    if missing:
        print(f"not installed here: {', '.join(missing)}")
    if len(missing) == len(LIBRARIES):
        return
    print("\nOne step, µs, and how many of ours fit into it (to reach: every rival above 1 × up to 8 units wide;")
    print("at 64 wide the engine within 1.1 × of the fastest)")
    print(f"{'':16}{'engine':>9}" + "".join(f"{name:>18}" for name in installed()))
    for name, widths, batch_size in ROWS:
        for make in installed().values():
            check_same(widths, make)
        trainer = trainer_for(widths, batch_size)
        data, start = trainer.data, trainer.parameters.copy()
        rivals = [make(widths, data.inputs, data.targets[0], batch_size, start, RATE) for make in installed().values()]
        ours, *theirs = microseconds(trainer.advance, *(rival.train for rival in rivals))
        cells = "".join(f"{their:10.1f} {their / ours:5.2f} ×" for their in theirs)
        print(f"{name:16}{ours:9.1f}{cells}   {verdict(widths, min(theirs) / ours)}", flush=True)


if __name__ == "__main__":
    main()
