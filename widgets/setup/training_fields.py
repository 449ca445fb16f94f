"""The training panel as tables: its numbers with their stops and limits, and what each is shown with."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.controls import stops
from widgets.values import Choice, NumberField

_DECAYS = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
_MOST = 0.999999
_CLIPS = stops.decades(-3, 2, stops.ONE_TWO_FIVE)
_PENALTIES = (0.0, *stops.decades(-6, 0))


def _number(
    key: str, label: str, tooltip: str, at: tuple[float, ...], default: float, low: float, high: float,
    *, open_low: bool = False, integer: bool = False,
) -> NumberField:  # fmt: skip
    return NumberField(key, label, tooltip, at, default, low, high, open_low=open_low, integer=integer)


NUMBERS: dict[str, NumberField] = {
    field.key: field
    for field in (
        _number("momentum", "Momentum μ", "Share of the last velocity kept.\nv ← μ·v + g,  w ← w − η·v",
                _DECAYS, 0.9, 0.0, _MOST),
        _number("beta1", "β₁", "Memory of the mean gradient.\nm ← β₁·m + (1 − β₁)·g", _DECAYS, 0.9, 0.0, _MOST),
        _number("beta2", "β₂", "Memory of the squared gradient.\nv ← β₂·v + (1 − β₂)·g²", _DECAYS, 0.999, 0.0, _MOST),
        _number("rho", "Memory ρ", "Memory of the squared gradient.\nv ← ρ·v + (1 − ρ)·g²", _DECAYS, 0.99, 0.0, _MOST),
        _number("epsilon", "ε", "Keeps the denominator above zero.\nw ← w − η·g / (√v + ε)",
                stops.decades(-12, -1, (1.0,)), 1e-8, 0.0, 1.0, open_low=True),
        _number("weight_decay", "Weight decay", "Shrinks every weight before the update, apart from the gradient.\n"
                "w ← w − η·decay·w", _PENALTIES, 0.01, 0.0, 10.0),
        _number("learning_rate", "Learning rate η", "How far one iteration moves down the slope.\nw ← w − η·∂L/∂w",
                stops.decades(-5, 1), 0.1, 0.0, 1e6, open_low=True),
        _number("interval", "Interval", "Iterations between two steps of the schedule, of its ramp, or to its end.",
                stops.decades(1, 6, stops.ONE_TWO_FIVE), 1000, 1, 1e9, integer=True),
        _number("gamma", "Factor γ", "What the rate is multiplied by at each interval.\nη = η₀·γᵏ",
                stops.linear(0.05, 1.0, 0.05), 0.5, 0.0, 1.0, open_low=True),
        _number("floor", "Floor", "Share of the rate that cosine ends at and warm-up starts from.",
                stops.linear(0.0, 1.0, 0.05), 0.0, 0.0, 1.0),
        _number("penalty", "λ", "How much large weights cost.\nL = (1/N) Σ Lᵢ + λ·Σ R(W), over all weight matrices, "
                "not biases", _PENALTIES, 0.001, 0.0, 1e6),
        _number("l1_ratio", "Share of L1", "R(W) = share·Σ|W| + (1 − share)·ΣW²",
                stops.linear(0.0, 1.0, 0.05), 0.5, 0.0, 1.0),
        _number("clip_norm", "Clip norm", "A longer gradient is scaled back to this length.\n"
                "g ← g·min(1, limit / ‖g‖)", _CLIPS, 1.0, 0.0, 1e12, open_low=True),
        _number("clip_value", "Clip value", "Each entry of the gradient is held between −limit and limit.\n"
                "g ← max(−limit, min(limit, g))", _CLIPS, 1.0, 0.0, 1e12, open_low=True),
        _number("initial_scale", "Scale", "Standard deviation of normal, half-width of uniform, value of constant.",
                (-1.0, -0.5, -0.1, 0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0), 0.1, -100.0, 100.0),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A combo box of the panel: its key in the form, where its choices are, and its words."""

    key: str
    choices: str
    label: str
    tooltip: str


CHOICES: dict[str, ChoiceField] = {
    field.key: field
    for field in (
        ChoiceField("loss", "losses", "Loss", "What one wrong answer costs; L = (1/N) Σ Lᵢ + λ·Σ R(W)."),
        ChoiceField("output_activation", "output_activations", "Output activation",
                    "What squared error does with the score; the other losses take the score itself."),
        ChoiceField("optimizer", "optimizers", "Optimizer",
                    "How a gradient becomes an update. Another one keeps the weights and starts its own memory."),
        ChoiceField("schedule", "schedules", "Schedule", "How the learning rate changes with the iterations."),
        ChoiceField("regularizer", "regularizers", "Regularization",
                    "What large weights cost, over all weight matrices, not biases."),
        ChoiceField("initializer", "initializers", "Initialization", "Where the weights start; biases start at 0."),
    )
}  # fmt: skip

CLIPPING = (
    Choice("none", "None", "The gradient is used as it is."),
    Choice("norm", "By norm", "A longer gradient is scaled back; its direction stays.", "g ← g·min(1, limit / ‖g‖)"),
    Choice("value", "By value", "Each entry is cut on its own; the direction may turn.", "g ← max(−c, min(c, g))"),
    Choice("both", "By value, then norm", "Each entry is cut, then the whole is scaled back."),
)

ORDER = (
    "loss", "output_activation", "optimizer", "momentum", "beta1", "beta2", "rho", "epsilon", "weight_decay",
    "learning_rate", "schedule", "interval", "gamma", "floor", "regularizer", "penalty", "l1_ratio",
    "clipping", "clip_norm", "clip_value", "initializer", "initial_scale",
)  # fmt: skip

# A field that is not here is always shown.
SHOWN_WITH: dict[str, tuple[str, frozenset[str]]] = {
    "output_activation": ("loss", frozenset({"squared"})),
    "momentum": ("optimizer", frozenset({"momentum", "nesterov"})),
    "beta1": ("optimizer", frozenset({"adam", "adamw"})),
    "beta2": ("optimizer", frozenset({"adam", "adamw"})),
    "rho": ("optimizer", frozenset({"rmsprop"})),
    "epsilon": ("optimizer", frozenset({"adagrad", "rmsprop", "adam", "adamw"})),
    "weight_decay": ("optimizer", frozenset({"adamw"})),
    "interval": ("schedule", frozenset({"step_decay", "exponential", "cosine", "warm_up"})),
    "gamma": ("schedule", frozenset({"step_decay", "exponential"})),
    "floor": ("schedule", frozenset({"cosine", "warm_up"})),
    "penalty": ("regularizer", frozenset({"l1", "l2", "elastic_net"})),
    "l1_ratio": ("regularizer", frozenset({"elastic_net"})),
    "clip_norm": ("clipping", frozenset({"norm", "both"})),
    "clip_value": ("clipping", frozenset({"value", "both"})),
    "initial_scale": ("initializer", frozenset({"normal", "uniform", "constant"})),
}


def is_shown(key: str, present: dict[str, str]) -> bool:
    """Whether the field `key` means anything with the `present` choices, by key of their combo box."""
    if key not in SHOWN_WITH:
        return True
    choice, wanted = SHOWN_WITH[key]
    return present.get(choice, "") in wanted
