"""Drills on matrices and checks: shapes, Jacobians, and the gradient check."""

from __future__ import annotations

import numpy as np

from playground.circuits.numerals import numeral
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate, forward
from playground.engine import activations
from playground.engine.activations import ACTIVATIONS
from playground.engine.notation import entry
from playground.lessons.drills.draw import Generator, friendly, given, matrix, one_of, small
from playground.lessons.drills.task import Draft
from playground.lessons.misconceptions import of_matrices


def shapes(rng: Generator, level: int) -> Draft:
    """Draw sides of matrices, numbers of parameters, entries of a product."""
    if level < 3:
        n, d, h = (int(size) for size in rng.permutation(np.arange(2, 6 + 5 * level))[:3])
        sizes = {"N": n, "D": d, "H": h}
        asked = ("W", "dW") if level == 1 else ("dW", "dX", "dY")
        steps = [of_matrices.side(name, sizes, axis) for name in asked for axis in (0, 1)]
        lines = [f"Y = X·W with N = {n} examples, D = {d} inputs, H = {h} neurons"]
        if level == 2:
            outputs = int(rng.integers(2, 6))
            steps.append(of_matrices.parameters((d, h, outputs)))
            lines.append(f"for the number of parameters: {d} inputs, {h} hidden neurons, {outputs} outputs")
        return Draft("Shapes", tuple(lines), tuple(steps))
    n, d, h = (2, 2, 2) if level == 3 else (3, 2, 2)
    x, w, dy = (np.array([friendly(rng, level - 2, b) for _ in range(a)]) for a, b in ((n, d), (d, h), (n, h)))
    steps = [of_matrices.weight_gradient_entry(x, dy, j, k) for j in range(d) for k in range(h)]
    steps += [of_matrices.input_gradient_entry(dy, w, i, 1 - i) for i in range(2)]
    lines = ["Y = X·W, an example is a row of X", matrix("X", x), matrix("W", w), matrix("dY", dy)]
    return Draft("Products of matrices", tuple(lines), tuple(steps))


def jacobian(rng: Generator, level: int) -> Draft:
    """Draw a Jacobian: how sparse it is, and what stands in it."""
    if level == 1:
        units, z = int(rng.integers(4, 12)), friendly(rng, 2, 6)
        steps = [of_matrices.alive(z)]
        steps += [of_matrices.jacobian_size(units, zeros=zeros) for zeros in (False, True)]
        given_here = (
            f"a ReLU unit at 6 examples: z = {', '.join(map(numeral, z))}",
            f"a ReLU layer of {units} units: its Jacobian ∂a/∂z is {units} × {units}",
        )
        return Draft("ReLU and its Jacobian", given_here, tuple(steps))
    curve = ("tanh", "sigmoid", "tanh")[level - 2]
    w, x = np.array([small(rng, 2) for _ in range(2)]), small(rng, 2)
    slopes = [float(f"{one:.3g}") for one in activations.local(curve, w @ np.array(x))]
    steps = [of_matrices.jacobian_entry(w, slopes, i, j) for i in range(2) for j in range(2)]
    at = {f"f′({entry('z', i)})": slope for i, slope in enumerate(slopes)}
    lines = (f"a = f(W·x) with f = {ACTIVATIONS[curve].label}", matrix("W", w), given(at))
    return Draft("Jacobian of a layer, ∂a/∂x", lines, tuple(steps))


def check(rng: Generator, level: int) -> Draft:
    """Draw a central difference beside backprop, the error, and the cost."""
    choices = (("w ** 2 * x",), ("w ** 2 * x", "(w * x - t) ** 2"), ("(w * x - t) ** 2 / 2",), ("w ** 3 * x + w",))
    expression = one_of(rng, *choices[level - 1])
    circuit = parse(expression)
    true = 0.0
    while not true:  # a relative error needs something to divide by
        values = dict(zip(circuit.inputs, friendly(rng, min(level, 2), len(circuit.inputs)), strict=True))
        true = evaluate(circuit, values).gradients[circuit.inputs["w"]] or 0.0
    epsilon = 0.5 if level == 1 else 0.1
    minus, here, plus = (
        round(forward(circuit, values | {"w": values["w"] + move})[circuit.output], 9)
        for move in (-epsilon, 0.0, epsilon)
    )
    bug, count = round(true * float(rng.choice([1.25, 0.8, 1.1])), 6), int(rng.integers(5, 60))
    numeric = of_matrices.central(plus, here, minus, epsilon)
    steps = (of_matrices.passes(count), of_matrices.relative_error(bug, numeric.right), numeric)
    lines = (
        f"L = {expression}, {given(values | {'ε': epsilon})}",
        f"L(w − ε) = {numeral(minus)}, L(w) = {numeral(here)}, L(w + ε) = {numeral(plus)}",
        f"a backprop with a bug gives ∂L/∂w = {numeral(bug)}",
        f"the whole network has {count} parameters",
    )
    return Draft("Is the gradient right?", lines, (steps[0], steps[2], steps[1]))
