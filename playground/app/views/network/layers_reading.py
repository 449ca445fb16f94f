"""The layer popup's values: what is set of each hidden layer, and the picture of its activation."""

from __future__ import annotations

import numpy as np

from playground.app.views.fields import number_field
from playground.document.document import Document
from playground.engine import activations
from playground.engine.activations import ACTIVATIONS, LAYER_ACTIVATIONS, MAXOUT
from playground.engine.setting import settings_of
from playground.engine.spec import LayerSpec
from widgets.values import ActivationCurve, LayerSettings, NumberField

REACH = 4.0
_POINTS = 161
_REACHED = 0.005  # how near to the largest derivative counts as there
_BESIDE = 1e-9


def settings(document: Document) -> tuple[LayerSettings, ...]:
    """Return the settings of hidden layers 1 … H."""
    return tuple(
        LayerSettings(
            layer=index,
            title=f"Hidden {index}: {layer.width} unit{'s' if layer.width > 1 else ''}",
            activation=layer.activation,
            numbers=numbers(layer),
            curve=curve(layer),
        )
        for index, layer in enumerate(document.hidden, 1)
    )


def numbers(layer: LayerSpec) -> tuple[tuple[NumberField, float], ...]:
    """Return the settings of the activation, then those that every layer has, each with its value."""
    owned = LAYER_ACTIVATIONS[layer.activation].settings
    known = settings_of(LayerSpec)
    return tuple((number_field(key, known[key]), float(getattr(layer, key))) for key in (*owned, "dropout"))


def curve(layer: LayerSpec) -> ActivationCurve:
    """Return a = f(z) and ∂a/∂z over z from −4 to 4, with formulas and traits; NaN where one of them jumps."""
    z = np.linspace(-REACH, REACH, _POINTS)
    if layer.activation == MAXOUT.name:
        return _maxout(layer.pieces, z)
    entry = ACTIVATIONS[layer.activation]
    if entry.kinked:  # z = 0 with both its sides, and a place between them
        z = np.concatenate((z[z < 0.0], np.repeat((-_BESIDE, 0.0, _BESIDE), (2, 2, 1)), z[z > 0.0]))
    local = _apart(z, activations.local(layer.activation, z, layer))
    return ActivationCurve(
        label=entry.label,
        formula=f"{entry.formula}{_constants(layer)}",
        derivative=entry.derivative,
        z=z,
        a=_apart(z, activations.value(layer.activation, z, layer)),
        local=local,
        traits=entry.traits,
        peak=_peak(z, local, entry.local_maximum(layer)),
    )


def _peak(z: np.ndarray, local: np.ndarray, largest: float) -> tuple[float, float] | None:
    """Return where ∂a/∂z is largest, and how large; in the middle where it is so over a stretch, None without any.

    A largest value that is only approached, beyond `z`, is nowhere.
    """
    reached = float(np.nanmax(local))
    if largest == 0.0 or reached < largest - _REACHED:
        return None
    top = np.flatnonzero(local >= reached - _BESIDE)
    return round(float(z[top[len(top) // 2]]), 6), largest


def _apart(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return `y` with NaN at the doubled places of `z` behind which it jumps: nothing joins both sides."""
    doubled = np.flatnonzero(np.diff(z) == 0.0) + 1
    jumps = np.abs(y[doubled + 1] - y[doubled]) > np.sqrt(_BESIDE)
    y[doubled[jumps]] = np.nan
    return y


def _constants(layer: LayerSpec) -> str:
    """Return the settings of the activation with the symbol that ends their label: ``, s = 0.01``."""
    settings, owned = settings_of(LayerSpec), LAYER_ACTIVATIONS[layer.activation].settings
    return "".join(f", {settings[key].label.split()[-1]} = {getattr(layer, key):g}" for key in owned)


def _maxout(pieces: int, x: np.ndarray) -> ActivationCurve:
    """Draw a unit with one input whose pieces are tangents of a parabola: each of them wins somewhere."""
    touched = np.linspace(-0.75, 0.75, pieces) * REACH
    slopes = 2.0 * touched / REACH
    lines = slopes[:, None] * (x - touched[:, None] / 2.0)
    winners = lines.argmax(axis=0)
    return ActivationCurve(
        label=MAXOUT.label,
        formula=MAXOUT.formula,
        derivative="∂a/∂x = w of the winning piece",
        z=x,
        a=lines.max(axis=0),
        local=np.where(np.diff(winners, prepend=winners[0]) != 0, np.nan, slopes[winners]),
        across="x",
        traits=(f"drawn over x: a unit of one input x and {pieces} straight pieces", MAXOUT.derivative, *MAXOUT.traits),
    )
