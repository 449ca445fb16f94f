"""The vocabulary of a typed expression: its constants, operators and functions, which follow from the gate table."""

from __future__ import annotations

import math

from playground.circuits.gates import GATES
from playground.engine.activations import ACTIVATIONS
from playground.engine.spec import LayerSpec

CONSTANTS = {"pi": math.pi, "π": math.pi}
DEFAULTS = {name: getattr(LayerSpec(), one.settings[0]) for name, one in ACTIVATIONS.items() if one.settings}
"""The slope and the α of a call that does not give them."""

BINARY = {"+": ("add", 1), "-": ("subtract", 1), "*": ("multiply", 2), "/": ("divide", 2), "**": ("power", 4)}
"""Gate and precedence; ``**`` is the only one that groups from the right."""
SIGNS = {"+": "", "-": "negate"}
SIGN_PRECEDENCE = 3

FUNCTIONS: dict[str, tuple[int, int]] = {
    name: (gate.least - (name in DEFAULTS) if gate.most else 2, gate.most)
    for name, gate in GATES.items()
    if name != "negate" and name not in {op for op, _ in BINARY.values()}
}
"""The functions of an expression: fewest and most arguments (0: no limit)."""


MEANT = {
    **{name: "log(x)" for name in ("ln", "Ln", "LN", "Log", "LOG")},
    "log10": "log(x) / log(10)",
    "lg": "log(x) / log(10)",
    "log2": "log(x) / log(2)",
    "pow": "x ** y",
    "power": "x ** y",
    "square": "x ** 2",
    "sqr": "x ** 2",
    "root": "sqrt(x)",
    "tan": "sin(x) / cos(x)",
    "sigma": "sigmoid(x)",
    "σ": "sigmoid(x)",
    "logistic": "sigmoid(x)",
    "swish": "silu(x)",
    "logsumexp": "log_sum_exp(x, y)",
    "leakyrelu": "leaky_relu(x)",
    "add": "x + y",
    "mul": "x * y",
    "multiply": "x * y",
}
"""What to write for a function that has another name here, or is made of others."""


def takes(name: str, n: int) -> bool:
    """Return whether the function `name` may have `n` arguments."""
    least, most = FUNCTIONS[name]
    return least <= n and (not most or n <= most)


def arguments_template(name: str) -> str:
    """Return the message of a wrong number of arguments, with places for ``name``, ``least``, ``most`` and ``n``."""
    least, most = FUNCTIONS[name]
    if not most:
        return "{name} takes {least} or more arguments; it got {n}"
    if most > least:
        return "{name} takes {least} or {most} arguments; it got {n}"
    return "{name} takes 1 argument; it got {n}" if least == 1 else "{name} takes {least} arguments; it got {n}"
