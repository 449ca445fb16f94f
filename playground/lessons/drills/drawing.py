"""The circuit of a task, as it is drawn: its numbers, and which of them each step works out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from playground.circuits import unroll
from playground.circuits.graph import Circuit
from playground.circuits.layer_gates import LayerValues
from playground.circuits.passes import Evaluation, evaluate
from playground.circuits.quiz import Key, split
from playground.circuits.sweep import CircuitState, Sweep
from playground.engine.trace import GradientTrace


@dataclass(frozen=True, eq=False)
class Drawing:
    """A circuit at its numbers.

    Attributes
    ----------
    upstream : float
        What arrives at its result.
    keys : tuple
        The number of each step of the task, in their order.
    """

    circuit: Circuit
    values: Mapping[str, float]
    upstream: float
    keys: tuple[Key, ...]

    @cached_property
    def evaluation(self) -> Evaluation:
        """Every number."""
        return evaluate(self.circuit, self.values, self.upstream)

    def progress(self, known: int) -> int:
        """Return how many steps of both passes are done as soon as the first `known` numbers are."""
        sweep, wanted = Sweep(self.circuit, self.evaluation), self.keys[:known]
        if known == len(self.keys):
            return len(sweep)
        low, high = 0, len(sweep)
        while low < high:
            middle = (low + high) // 2
            state = sweep.state(middle)
            low, high = (low, middle) if all(_is_known(state, key) for key in wanted) else (middle + 1, high)
        return low


def _is_known(state: CircuitState, key: Key) -> bool:
    gate, (kind, place) = key[0], split(key[1])
    if kind == "wire":
        return state.wire_gradients[gate][place] is not None
    return (state.values if kind == "value" else state.gradients)[gate] is not None


class NetworkDrawing:
    """The circuit of a small network with squared error at one example, and the keys of its numbers.

    Parameters
    ----------
    trace : GradientTrace
        The network with its numbers.
    """

    def __init__(self, trace: GradientTrace) -> None:
        layers = [LayerValues(one.weights, one.layout.activation) for one in trace.layers]
        self._made = unroll.network(layers, trace.inputs, "squared", trace.target)

    @property
    def loss(self) -> Key:
        """Lᵢ."""
        return self._made.circuit.output, "value"

    def z(self, layer: int, unit: int, which: str) -> Key:
        """Return value or gradient of a pre-activation."""
        return self._made.pre_activations[layer, unit, 0], which

    def a(self, layer: int, unit: int, which: str) -> Key:
        """Return value or gradient of an activation; layer 0 are the inputs."""
        return self._made.activations[layer, unit], which

    def parameter(self, layer: int, unit: int, source: int) -> Key:
        """Return the gradient of a weight, or of the bias for −1."""
        return self._made.parameters[layer, unit, 0, source], "gradient"

    def drawing(self, keys: tuple[Key, ...]) -> Drawing:
        """Return the drawing for steps that work out `keys`."""
        return Drawing(self._made.circuit, self._made.inputs, 1.0, keys)
