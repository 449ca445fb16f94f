"""Predicted classes in chunks are those of one pass; confusion counts every point once."""

from __future__ import annotations

import numpy as np
import pytest

from playground.analysis import predictions
from playground.engine.losses import LOSSES
from playground.engine.network import Network
from playground.engine.passes import Pass
from playground.engine.spec import LayerSpec, NetworkSpec, TrainingSpec

INPUTS = np.random.default_rng(0).normal(size=(53, 2))


@pytest.mark.parametrize(("loss", "n_outputs"), [("softmax", 4), ("squared", 1), ("logistic", 1), ("hinge", 3)])
def test_chunks_say_what_one_pass_says(loss: str, n_outputs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(NetworkSpec(2, (LayerSpec(5),), n_outputs))
    parameters = network.initial(TrainingSpec(), 1)
    whole = Pass(network, None, len(INPUTS), parameters)
    whole.inputs[:-1] = INPUTS.T
    whole.forward()
    monkeypatch.setattr(predictions, "_CHUNK", 10)
    said = predictions.predicted(network, loss, parameters, INPUTS)
    assert (said == LOSSES[loss].predict(whole.scores)).all()
    assert len(np.unique(said)) > 1


def test_confusion_has_true_classes_as_rows() -> None:
    counts = predictions.confusion(np.array([0, 0, 2, 1]), np.array([0, 1, 2, 1]), 3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
