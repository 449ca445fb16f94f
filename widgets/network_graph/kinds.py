"""What edges and neurons can show: one entry per kind, from which pickers, words, legend and colours follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from widgets.values import Choice, MapKind, NetworkFrame


@dataclass(frozen=True, slots=True)
class EdgeKindEntry:
    """What one kind of edge number is called, its formula for a weight and for a bias, and its colours."""

    label: str
    noun: str
    bias_noun: str
    formula: str
    bias_formula: str
    explanation: str
    colours: MapKind = "gradient"
    word: str = ""  # the key of the picker's word that stands for it, where it has none of its own


@dataclass(frozen=True, slots=True)
class NeuronKindEntry:
    """What one kind of neuron number is called, at a neuron and at an input, and its colours."""

    label: str
    noun: str
    input_noun: str
    symbol: str
    explanation: str
    colours: MapKind = "gradient"


EDGE_KINDS: dict[str, EdgeKindEntry] = {
    "weight": EdgeKindEntry(
        label="weights",
        noun="weight",
        bias_noun="bias",
        formula="w, a summand of z = Σ w·x + b",
        bias_formula="b, the summand of z = Σ w·x + b that no input scales",
        explanation="Edges show weights: what the input is multiplied by, z = Σ w·x + b",
        colours="value",
    ),
    "gradient": EdgeKindEntry(
        label="batch ∂L/∂w",
        noun="batch ∂L/∂w",
        bias_noun="batch ∂L/∂b",
        formula="g = ∂L_B/∂w + λ·∂R/∂w; ∂L_B/∂w = mean over the pending batch of ∂Lᵢ/∂z · x",
        bias_formula="g = ∂L_B/∂b = mean over the pending batch of ∂Lᵢ/∂z",
        explanation=(
            "Edges show the gradient of the pending batch: g = ∂L_B/∂w + λ·∂R/∂w, "
            "∂L_B/∂w the mean of ∂Lᵢ/∂z · x over the batch"
        ),
    ),
    "example": EdgeKindEntry(
        label="∂Lᵢ/∂w",
        noun="gradient ∂Lᵢ/∂w",
        bias_noun="gradient ∂Lᵢ/∂b",
        formula="∂Lᵢ/∂w = ∂Lᵢ/∂z · x at the selected example",
        bias_formula="∂Lᵢ/∂b = ∂Lᵢ/∂z at the selected example",
        explanation="Edges show the gradient of the selected example: ∂Lᵢ/∂w = ∂Lᵢ/∂z · x",
        word="gradient",
    ),
    "update": EdgeKindEntry(
        label="updates",
        noun="update",
        bias_noun="update",
        formula="Δw, what the next update adds to w",
        bias_formula="Δb, what the next update adds to b",
        explanation="Edges show updates: Δw, what the next update adds to w",
    ),
}
NEURON_KINDS: dict[str, NeuronKindEntry] = {
    "activation": NeuronKindEntry(
        label="activation",
        noun="activation",
        input_noun="value",
        symbol="a",
        explanation="Neurons show their activation over the plane: a = f(z)",
        colours="value",
    ),
    "upstream": NeuronKindEntry(
        label="upstream",
        noun="upstream gradient",
        input_noun="gradient ∂Lᵢ/∂x",
        symbol="∂Lᵢ/∂a",
        explanation="Neurons show the upstream gradient at the selected example: ∂Lᵢ/∂a",
    ),
    "downstream": NeuronKindEntry(
        label="downstream",
        noun="downstream gradient",
        input_noun="gradient ∂Lᵢ/∂x",
        symbol="∂Lᵢ/∂z",
        explanation="Neurons show the downstream gradient at the selected example: ∂Lᵢ/∂z = ∂Lᵢ/∂a · ∂a/∂z",
    ),
}

NEURON_CHOICES = tuple(Choice(key, entry.label, entry.explanation) for key, entry in NEURON_KINDS.items())


@cache
def edge_choices(kind: str = "") -> tuple[Choice, ...]:
    """Return the words of the picker while edges show `kind`, whose own name stands at the word it is picked by."""
    words = {key: entry for key, entry in EDGE_KINDS.items() if not entry.word}
    if kind:
        words[edge_word(kind)] = EDGE_KINDS[kind]
    return tuple(Choice(key, entry.label, entry.explanation) for key, entry in words.items())


def edge_word(kind: str) -> str:
    """Return the key of the picker's word for an edge kind."""
    return EDGE_KINDS[kind].word or kind


def edge_colours(frame: NetworkFrame) -> MapKind:
    """Return the colour map of the numbers on edges and biases."""
    return EDGE_KINDS[frame.edge_kind].colours


def legend(frame: NetworkFrame) -> str:
    """Return one line for the whole picture: ``edges show weights · neurons show activation a``."""
    neuron = NEURON_KINDS[frame.neuron_kind]
    edges = EDGE_KINDS[frame.edge_kind].label
    return f"edges show {edges} · neurons show {neuron.noun} {neuron.symbol}"
