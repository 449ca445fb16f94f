"""What the layer popup shows."""

from __future__ import annotations

import numpy as np
import pytest

from playground.app.views.network.layers_reading import curve, settings
from playground.document.document import Document
from playground.engine.activations import ACTIVATIONS
from playground.engine.spec import LayerSpec


@pytest.mark.parametrize("name", [*ACTIVATIONS, "maxout"])
def test_the_dashed_curve_is_the_slope_of_the_solid_one(name: str) -> None:
    drawn = curve(LayerSpec(activation=name, slope=0.2, alpha=2.0, pieces=4))
    slopes = np.diff(drawn.a) / np.diff(drawn.z)
    middles = (drawn.local[1:] + drawn.local[:-1]) / 2.0
    smooth = (np.abs(np.diff(drawn.local)) < 0.1) & (np.abs(np.diff(drawn.a)) < 0.5)  # neither a kink nor a jump
    assert smooth.sum() > 100
    np.testing.assert_allclose(slopes[smooth], middles[smooth], atol=2e-3)
    assert drawn.traits


def test_the_constants_of_the_layer_bend_its_curve() -> None:
    assert curve(LayerSpec(activation="leaky_relu", slope=0.3)).a[0] == pytest.approx(-1.2)
    assert curve(LayerSpec(activation="leaky_relu", slope=0.3)).formula.endswith("s = 0.3")
    assert curve(LayerSpec(activation="elu", alpha=2.0)).a[0] == pytest.approx(2.0 * np.expm1(-4.0))


@pytest.mark.parametrize("pieces", [2, 5, 8])
def test_every_maxout_piece_wins_somewhere(pieces: int) -> None:
    assert len(np.unique(curve(LayerSpec(activation="maxout", pieces=pieces)).local)) == pieces


def test_every_hidden_layer_has_its_settings() -> None:
    document = Document(hidden=(LayerSpec(1, "elu", alpha=0.5), LayerSpec(3, dropout=0.2)))
    first, second = settings(document)
    assert (first.title, first.activation, first.numbers[0][1]) == ("Hidden 1: 1 unit", "elu", 0.5)
    assert (second.layer, second.title, second.numbers[-1][1]) == (2, "Hidden 2: 3 units", 0.2)
