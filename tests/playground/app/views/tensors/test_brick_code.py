"""The code of a brick, run by NumPy on the shown inputs, gives the engine's numbers."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from playground.app.views.tensors.code import code_of
from playground.app.views.tensors.reading import brick_keys, letters
from playground.document.changes import with_layer, with_training
from playground.document.document import Document
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.losses import LOSSES
from playground.exporters.brick_code import script
from playground.session.session import Session
from playground.training.snapshot import Snapshot

ACTIVATED = [*ACTIVATIONS, MAXOUT.name]


def stepped(document: Document) -> Snapshot:
    session = Session(document)
    session.step(3)
    return session.snapshot()


def assert_the_code_gives_the_tensors(snapshot: Snapshot, folder: Path) -> None:
    for key in brick_keys(snapshot):
        code = code_of(snapshot, key)
        place = folder / f"{key.kind}{key.layer}.py"
        place.write_text(script(code), encoding="utf-8")
        brick = next(made for made in runpy.run_path(str(place)).values() if isinstance(made, type))()
        t = {letter.name: letter.values for letter in letters(snapshot, key)}
        forward, backward = RUN[key.kind]
        put_out = brick.forward(*(t[name] for name in forward[0]))
        back = brick.backward(*(t[name] for name in backward[0]))
        if key.kind == "loss":
            assert put_out == pytest.approx(t["L"].mean(), abs=1e-14)
        else:
            np.testing.assert_allclose(put_out, t[forward[1][0]], rtol=1e-12, atol=1e-14)
        for name, found in zip(backward[1], back if isinstance(back, tuple) else (back,), strict=True):
            np.testing.assert_allclose(found, t[name], rtol=1e-12, atol=1e-14)
        shown = {line.computes for line in code if line.computes}
        assert shown == {*forward[1], *backward[1]}


RUN = {
    "linear": ((("X", "W", "b"), ("Y",)), (("dY",), ("dX", "dW", "db"))),
    "activation": ((("Y",), ("A",)), (("dA",), ("dY",))),
    "dropout": ((("A", "M"), ("D",)), (("dD",), ("dA",))),
    "loss": ((("S", "T"), ("L",)), ((), ("dS",))),
}
"""What each brick takes and gives: forward, then backward."""


@pytest.mark.parametrize("activation", ACTIVATED)
def test_the_shown_code_of_every_activation_gives_the_engine_s_numbers(activation: str, tmp_path: Path) -> None:
    document = with_layer(1, activation=activation, width=3, dropout=0.3)(Document())
    assert_the_code_gives_the_tensors(stepped(document), tmp_path)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_shown_code_of_every_loss_gives_the_engine_s_numbers(loss: str, tmp_path: Path) -> None:
    document = with_training(loss=loss, batch_size=7)(Document())
    assert_the_code_gives_the_tensors(stepped(document), tmp_path)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_output_activation_is_a_brick_with_code_too(activation: str, tmp_path: Path) -> None:
    assert_the_code_gives_the_tensors(stepped(replace(Document(), output_activation=activation)), tmp_path)


def test_a_brick_is_about_ten_lines() -> None:
    snapshot = stepped(Document())
    for key in brick_keys(snapshot):
        assert 8 <= len(code_of(snapshot, key)) <= 16
