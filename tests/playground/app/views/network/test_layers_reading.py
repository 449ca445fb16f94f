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
    middles = (drawn.local[1:] + drawn.local[:-1]) / 2.0
    joined = np.isfinite(np.diff(drawn.a)) & np.isfinite(middles) & (np.diff(drawn.z) > 0.01)
    assert joined.sum() > 100
    slopes = np.diff(drawn.a)[joined] / np.diff(drawn.z)[joined]
    np.testing.assert_allclose(slopes, middles[joined], atol=6e-3)


@pytest.mark.parametrize("name", [*ACTIVATIONS, "maxout"])
@pytest.mark.parametrize("which", ["a", "local"])
def test_no_line_joins_the_two_sides_of_a_jump(name: str, which: str) -> None:
    drawn = curve(LayerSpec(activation=name, slope=0.2, alpha=2.0, pieces=4))
    y = getattr(drawn, which)
    steps = np.abs(np.diff(y))
    assert np.nanmax(steps) < 0.17  # the steepest curve, a Maxout of slope 2 or ELU below 0, climbs 0.1 between places
    jumps = {"relu": 1, "leaky_relu": 1, "elu": 1, "maxout": 3} if which == "local" else {"step": 1}
    assert np.isnan(y).sum() == jumps.get(name, 0)


def test_a_bend_without_a_jump_stays_joined() -> None:
    assert np.isfinite(curve(LayerSpec(activation="elu", alpha=1.0)).local).all()
    assert np.isfinite(curve(LayerSpec(activation="leaky_relu", slope=1.0)).local).all()


def test_the_slope_of_maxout_is_named_as_what_is_drawn() -> None:
    drawn = curve(LayerSpec(activation="maxout", pieces=3))
    assert drawn.derivative == "∂a/∂x = w of the winning piece"
    assert set(drawn.local[np.isfinite(drawn.local)]) == {-1.5, 0.0, 1.5}
    assert drawn.traits


def test_the_constants_of_the_layer_bend_its_curve() -> None:
    assert curve(LayerSpec(activation="leaky_relu", slope=0.3)).a[0] == pytest.approx(-1.2)
    assert curve(LayerSpec(activation="leaky_relu", slope=0.3)).formula.endswith("s = 0.3")
    assert curve(LayerSpec(activation="elu", alpha=2.0)).a[0] == pytest.approx(2.0 * np.expm1(-4.0))


@pytest.mark.parametrize("pieces", [2, 5, 8])
def test_every_maxout_piece_wins_somewhere(pieces: int) -> None:
    local = curve(LayerSpec(activation="maxout", pieces=pieces)).local
    assert len(np.unique(local[np.isfinite(local)])) == pieces


def test_every_hidden_layer_has_its_settings() -> None:
    document = Document(hidden=(LayerSpec(1, "elu", alpha=0.5), LayerSpec(3, dropout=0.2)))
    first, second = settings(document)
    assert (first.title, first.activation, first.numbers[0][1]) == ("Hidden 1: 1 unit", "elu", 0.5)
    assert (second.layer, second.title, second.numbers[-1][1]) == (2, "Hidden 2: 3 units", 0.2)


@pytest.mark.parametrize(
    ("name", "peak"),
    [
        ("sigmoid", (0.0, 0.25)), ("tanh", (0.0, 1.0)), ("linear", (0.0, 1.0)), ("step", None), ("maxout", None),
        ("softplus", None),  # it comes near 1 and never is
    ],
)  # fmt: skip
def test_the_largest_derivative_is_marked_where_it_is(name: str, peak: tuple[float, float] | None) -> None:
    assert curve(LayerSpec(activation=name)).peak == peak


def test_a_derivative_that_is_largest_over_a_stretch_is_marked_inside_it() -> None:
    made = curve(LayerSpec(activation="relu"))
    assert made.peak is not None
    assert 0.0 < made.peak[0] < 4.0
    assert made.peak[1] == 1.0


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_mark_of_the_largest_derivative_lies_on_its_curve(name: str) -> None:
    made = curve(LayerSpec(activation=name))
    if made.peak is not None:
        at = int(np.argmin(np.abs(made.z - made.peak[0])))
        assert made.local[at] == pytest.approx(made.peak[1], abs=0.005)
