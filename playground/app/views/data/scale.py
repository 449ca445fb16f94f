"""Numbers far from ±1: named as what hinders learning, with the button that standardizes them."""

from __future__ import annotations

from playground.document.input_scale import far_columns
from playground.document.prepared_data import Sample
from widgets.style import numbers
from widgets.values import Choice

STANDARDIZE = Choice(
    "standardize",
    "Standardize",
    "Use (x − mean) / standard deviation of each column instead, both over all rows, test rows included; "
    "Ctrl+Z undoes it.",
)


def cause(sample: Sample) -> str:
    """Return which columns are far from ±1 and what that does; empty where none is."""
    far = far_columns(sample)
    if not far:
        return ""
    name, low, high = far[0]
    first = f"The {name} runs from {numbers.four(low)} to {numbers.four(high)}"
    others = numbers.plural(len(far) - 1, "{count} more column is", "{count} more columns are") if far[1:] else ""
    so = "numbers this large make gradients huge or activations flat."
    return f"{first}{f', and {others} as far from ±1' if others else ''}: {so}"
