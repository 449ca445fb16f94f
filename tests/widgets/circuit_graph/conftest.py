"""Small circuits, laid out by hand."""

from __future__ import annotations

import pytest

from widgets.values import Gate, GateDiagram, GateValues


@pytest.fixture
def multiply() -> GateDiagram:
    """Return (x + y) * z."""
    return GateDiagram(
        (
            Gate(0, "x", "input", "x", (), 0, 0),
            Gate(1, "y", "input", "y", (), 0, 1),
            Gate(2, "z", "input", "z", (), 0, 2),
            Gate(3, "+", "gate", "q", (0, 1), 1, 0.5),
            Gate(4, "×", "gate", "f", (3, 2), 2, 1, (((1, 0.5), (2, 1)), ((0, 2), (1, 1.5), (2, 1)))),
        ),
        2,
        2,
    )


@pytest.fixture
def multiply_values() -> GateValues:
    """Return its numbers at x = −2, y = 5, z = −4."""
    return GateValues(
        (-2.0, 5.0, -4.0, 3.0, -12.0),
        (-4.0, -4.0, 3.0, -4.0, 1.0),
        ((), (), (), (-4.0, -4.0), (-4.0, 3.0)),
        (None,) * 5,
    )


@pytest.fixture
def square() -> GateDiagram:
    """Return x * x: two wires from one gate."""
    return GateDiagram((Gate(0, "x", "input", "x", (), 0, 0), Gate(1, "×", "gate", "f", (0, 0), 1, 0)), 1, 0)


@pytest.fixture
def routed() -> GateDiagram:
    """Return max(x, y) * 2 + x."""
    return GateDiagram(
        (
            Gate(0, "x", "input", "x", (), 0, 0),
            Gate(1, "y", "input", "y", (), 0, 1),
            Gate(2, "max", "gate", "m", (0, 1), 1, 1),
            Gate(3, "2", "constant", "", (), 1, 2),
            Gate(4, "×", "gate", "t", (2, 3), 2, 1.5),
            Gate(5, "+", "gate", "f", (4, 0), 3, 1, ((), ((0, 0), (1, 0), (2, 0), (3, 1)))),
        ),
        3,
        2,
    )


@pytest.fixture
def routed_values() -> GateValues:
    """Return its numbers at x = 4, y = 1."""
    return GateValues(
        (4.0, 1.0, 4.0, 2.0, 8.0, 12.0),
        (3.0, 0.0, 2.0, 4.0, 1.0, 1.0),
        ((), (), (2.0, 0.0), (), (2.0, 4.0), (1.0, 1.0)),
        (None, None, 0, None, None, None),
    )


@pytest.fixture
def neuron() -> GateDiagram:
    """Return a neuron with eight inputs: products, one sum, tanh."""
    gates = [Gate(i, f"v{i}", "input", f"v{i}", (), 0, i) for i in range(16)]
    gates += [Gate(16 + i, "×", "gate", f"p{i}", (2 * i, 2 * i + 1), 1, 2 * i + 0.5) for i in range(8)]
    gates.append(Gate(24, "b", "input", "b", (), 0, 16))
    gates.append(Gate(25, "Σ", "gate", "z", (*range(16, 24), 24), 2, 8))
    gates.append(Gate(26, "tanh", "gate", "a", (25,), 3, 8))
    return GateDiagram(tuple(gates), 3, 16)
