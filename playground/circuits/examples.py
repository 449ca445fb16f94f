"""The worked examples of the lecture as data: expression and inputs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example: `label` stands in the menu, `note` says what it teaches; ∂L/∂f is `upstream`."""

    name: str
    label: str
    note: str
    expression: str
    inputs: dict[str, float]
    upstream: float = 1.0


_NEURON = {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}

_ENTRIES = (
    Example(
        "add-then-multiply",
        "Add, then multiply",
        "add distributes, multiply swaps and scales: q = 3, ∂f/∂q = −4",
        "(x + y) * z",
        {"x": -2.0, "y": 5.0, "z": -4.0},
    ),
    Example(
        "one-hidden-relu-unit",
        "One hidden ReLU unit with its loss",
        "a 1-1-1 network: z₁ = 2, a₂ = 7, J = 2; ∂J/∂w₁ = 6 although the weight is only one step away",
        "0.5 * (relu(w2 * relu(w1 * x + b1) + b2) - y) ** 2",
        {"x": 1.0, "y": 5.0, "w1": 2.0, "b1": 0.0, "w2": 3.0, "b2": 1.0},
    ),
    Example(
        "named-hidden-unit",
        "The same network, value by value",
        "every value has its name, as on the slide: z₁ = 2, a₁ = 2, z₂ = 7, a₂ = 7, J = 2",
        "z1 = w1 * x + b1; a1 = relu(z1); z2 = w2 * a1 + b2; a2 = relu(z2); J = 0.5 * (a2 - y) ** 2",
        {"x": 1.0, "y": 5.0, "w1": 2.0, "b1": 0.0, "w2": 3.0, "b2": 1.0},
    ),
    Example(
        "sigmoid-neuron",
        "Sigmoid neuron",
        "the local gradient of σ is σ·(1 − σ): w·x + b = 1, f = 0.7311",
        "sigmoid(w0 * x0 + w1 * x1 + w2)",
        _NEURON,
    ),
    Example(
        "sigmoid-staged",
        "Sigmoid neuron in stages",
        "the same neuron from −1·, exp, +1 and 1/x: fold them, and the gradients stay",
        "1 / (1 + exp(-1 * (w0 * x0 + w1 * x1 + w2)))",
        _NEURON,
    ),
    Example(
        "max-routes-x-branches",
        "max routes, x branches",
        "∂f/∂x = 2 through max + 1 direct = 3; y gets 0",
        "max(x, y) * 2 + x",
        {"x": 4.0, "y": 1.0},
    ),
    Example(
        "square-by-branching",
        "Square by branching",
        "two wires from the same node: ∂f/∂x = 3 + 3",
        "x * x",
        {"x": 3.0},
    ),
    Example(
        "multiply-gate",
        "One multiply gate with upstream 2",
        "the cached inputs are all that the backward pass needs: 2 × (−4) and 2 × 3",
        "x * y",
        {"x": 3.0, "y": -4.0},
        2.0,
    ),
    Example(
        "svm-hinge-three-classes",
        "SVM hinge loss, three classes",
        "scores (3.2, 5.1, −1.7), class 0 is right: 2.9 + 0; only the margin s0 − s1 = −1.9 < 1 sends gradient back",
        "max(0, s1 - s0 + 1) + max(0, s2 - s0 + 1)",
        {"s0": 3.2, "s1": 5.1, "s2": -1.7},
    ),
    Example(
        "softmax-three-classes",
        "Softmax cross-entropy, three classes",
        "the same scores: ∂f/∂s = p − 1 for the right class, p for the others; the three add up to 0",
        "log(exp(s0) + exp(s1) + exp(s2)) - s0",
        {"s0": 3.2, "s1": 5.1, "s2": -1.7},
    ),
)

EXAMPLES: dict[str, Example] = {entry.name: entry for entry in _ENTRIES}
