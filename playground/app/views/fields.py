"""The engine's settings and entries as fields and choices of the window; what they add is where sliders rest."""

from __future__ import annotations

from playground.document.choices import Entry
from playground.engine.setting import Setting
from widgets.controls import stops
from widgets.values import Choice, NumberField

_MEMORIES = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
_CLIPS = stops.decades(-3, 2, stops.ONE_TWO_FIVE)
_PENALTIES = (0.0, *stops.decades(-6, 0))

STOPS: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(("momentum", "beta1", "beta2", "rho"), _MEMORIES),
    **dict.fromkeys(("weight_decay", "penalty"), _PENALTIES),
    **dict.fromkeys(("clip_norm", "clip_value"), _CLIPS),
    "epsilon": stops.decades(-12, -1, (1.0,)),
    "learning_rate": stops.decades(-5, 1),
    "interval": stops.decades(1, 6, stops.ONE_TWO_FIVE),
    "gamma": stops.linear(0.05, 1.0, 0.05),
    "initial_scale": (-1.0, -0.5, -0.1, 0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0),
    "seed": (0.0,),
    "slope": (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0),
    "alpha": (*stops.linear(0.0, 1.0, 0.1), 1.25, 1.5, 2.0, 3.0, 5.0, 10.0),
    "pieces": stops.linear(2.0, 8.0, 1.0),
    "dropout": stops.linear(0.0, 0.9, 0.05),
}
"""Where sliders rest; in twenty steps over the whole range otherwise."""

_STEPS = 20
_PERCENT = ("dropout",)


def number_field(key: str, one: Setting) -> NumberField:
    """Return the field of a setting."""
    return NumberField(
        key,
        one.label,
        "\n".join(filter(None, (one.meaning, one.formula))),
        STOPS.get(key) or stops.linear(one.low, one.high, (one.high - one.low) / _STEPS),
        one.default,
        one.low,
        one.high,
        open_low=one.open_low,
        integer=one.integer,
        percent=key in _PERCENT,
    )


def choice_of(entry: Entry) -> Choice:
    """Return an entry of an engine's table as a combo box offers it: its trait, or its derivative, and its law."""
    text = getattr(entry, "trait", "") or getattr(entry, "derivative", "")
    return Choice(entry.name, entry.label, text, entry.formula, entry.settings)
