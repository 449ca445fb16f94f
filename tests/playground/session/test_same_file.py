"""The same training writes the same file, byte for byte: however it was cut into slices, and in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from playground.document.document import Document
from playground.engine.spec import LayerSpec
from playground.files.format.codec import encode
from playground.session.saving import to_saved
from playground.session.session import Session
from playground.training import snapshot
from playground.training.costs import Costs

ROOT = Path(__file__).resolve().parents[3]


def at_once(session: Session, n: int) -> None:
    session.run.train(n)


def in_odd_slices(session: Session, n: int) -> None:
    sizes = iter([1, 7, 3, 111, 29] * n)
    while session.run.iteration < n:
        session.run.train(min(next(sizes), n - session.run.iteration))
        to_saved(session)  # as work is kept for recovery every few seconds


def by_the_clock(session: Session, n: int) -> None:
    while session.run.iteration < n:
        session.run.train_for(1e-4, n - session.run.iteration)


@pytest.mark.parametrize("n", [50, 128, 777, 3000])
@pytest.mark.parametrize("hidden", [(LayerSpec(4),), (LayerSpec(64), LayerSpec(64))], ids=["small", "large"])
@pytest.mark.parametrize("cut", [in_odd_slices, by_the_clock])
def test_slices_leave_no_trace_in_a_file(
    n: int, hidden: tuple[LayerSpec, ...], cut: Callable[[Session, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Measured times decide how often losses are recorded, and nothing else: here they say nothing.
    monkeypatch.setattr(snapshot, "Costs", partial(Costs, clock=lambda: 0.0))
    files = []
    for train in (at_once, cut):
        session = Session(Document(hidden=hidden))
        train(session, n if len(hidden) == 1 else n // 10)
        files.append(encode(to_saved(session)))
    assert files[0] == files[1]


def test_going_back_and_forth_leaves_no_trace_in_a_file() -> None:
    from playground.training.replay import go_to

    session, straight = Session(), Session()
    straight.run.train(300)
    session.run.train(300)
    for iteration in (17, 201, 300):
        go_to(session.run, iteration)
    assert encode(to_saved(session)) == encode(to_saved(straight))


@pytest.mark.slow
def test_two_processes_write_the_same_file(tmp_path: Path) -> None:
    settings = ["--hidden", "5,4", "--optimizer", "adam", "--learning-rate", "0.01", "--dataset", "spiral"]
    options = [*settings, "--steps", "900", "--quiet"]
    made = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.playground"
        command = [sys.executable, "-m", "playground", "train", *options, "--save", str(path)]
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        assert subprocess.run(command, env=environment, check=False, timeout=120).returncode == 0
        made.append(path.read_bytes())
    assert made[0] == made[1]
