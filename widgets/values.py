"""Frozen things to draw; presenters make them, widgets show them.

Images are indices into colour tables, never colours, so that a theme change needs no new value.
Index 0…255 into the diverging tables: 128 is zero. Index class·256 + sureness into the class table.
Image rows run from the top of the plane (largest x₂) to the bottom.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MapKind = Literal["value", "gradient", "classes"]


class NodeKey(NamedTuple):
    """A node of the network: layer 0 is the input, 1…H hidden, H + 1 the output."""

    layer: int
    unit: int


class EdgeKey(NamedTuple):
    """An edge into unit `target` of `layer` (1…H + 1) from unit `source` of the layer before.

    `source` is -1 for the bias. `piece` counts the weight vectors of a Maxout unit.
    """

    layer: int
    source: int
    target: int
    piece: int = 0


LOSS = NodeKey(-1, 0)
BIAS = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a combo box: what the document calls it, what people read, and why."""

    key: str
    label: str
    tooltip: str = ""
    formula: str = ""


# ---- network -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NetworkColumn:
    """One column of the network view: a title, its units' labels and its layer's settings."""

    kind: Literal["input", "hidden", "output"]
    title: str
    labels: tuple[str, ...]
    activation: str = "linear"
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class NetworkDiagram:
    """The structure that is laid out once: columns from the inputs to the outputs.

    ``features`` lists every input feature that can be switched on, ``active`` those that are.
    """

    columns: tuple[NetworkColumn, ...]
    features: tuple[Choice, ...] = ()
    active: tuple[str, ...] = ()
    loss_label: str = "loss L"
    max_depth: int = 8
    max_width: int = 32


@dataclass(frozen=True, slots=True, eq=False)
class LayerSettings:
    """Everything that can be set of one hidden layer (1 … H), and the picture of its activation."""

    layer: int
    title: str
    activation: str
    slope: float = 0.01
    alpha: float = 1.0
    pieces: int = 2
    dropout: float = 0.0
    curve: ActivationCurve | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A warning on a node or layer: one word, the number behind it, a sentence of advice."""

    word: str
    number: str
    advice: str


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFrame:
    """What streams into the network view at each frame.

    Attributes
    ----------
    maps : tuple of uint8 arrays, one per column, shape (n_units, size, size)
        What each unit computes over the plane; an empty tuple hides them.
    map_kind : str
        ``"value"`` or ``"gradient"``: which colour table the maps use.
    edges : tuple of arrays, one per column after the input, shape (n_units, n_in + 1)
        The number each edge shows, bias last. A Maxout layer gives (n_units, pieces, n_in + 1),
        or its first piece alone as (n_units, n_in + 1).
    edge_kind : str
        ``"value"`` for weights, ``"gradient"`` for gradients and updates.
    edge_scale : float
        The absolute value drawn at full width.
    biases_shown, nodes_known, edges_known : tuples
        What a slow-motion cursor has reached; None means everything.
    loss : float or None
        The number in the loss node.
    node_texts : tuple per column of one text per unit, or None
        The live number in words: ``"activation 0.83"``.
    badges, dropped
        Warnings by node (unit -1: by layer); units dropped in the pending batch.
    weights : tuple of arrays or None
        The weights themselves in the shapes of ``edges``, where edges show something else: what an
        editor starts from. None where ``edges`` are the weights.
    frozen, pruned
        Edges that training leaves as they are (drawn with a lock), and edges held at 0 (drawn dotted).
    """

    maps: tuple[NDArray[np.uint8], ...]
    edges: tuple[Floats, ...]
    edge_scale: float = 1.0
    map_kind: MapKind = "value"
    edge_kind: MapKind = "value"
    loss: float | None = None
    node_texts: tuple[tuple[str, ...], ...] | None = None
    known_layers: int | None = None
    badges: dict[NodeKey, Badge] = field(default_factory=dict)
    dropped: frozenset[NodeKey] = frozenset()
    weights: tuple[Floats, ...] | None = None
    frozen: frozenset[EdgeKey] = frozenset()
    pruned: frozenset[EdgeKey] = frozenset()


# ---- output ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of the plane that a picture covers."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True, eq=False)
class BoundaryImage:
    """A picture over the plane: indices of shape (size, size), and which table they are for.

    ``threshold`` is the index at which *discretize* changes colour in the diverging tables: 128 for
    zero; where the decision falls elsewhere (a sigmoid's ½) the presenter says so.
    """

    pixels: NDArray[np.uint16]
    kind: MapKind
    extent: Extent
    title: str = ""
    low_label: str = "class 0"
    high_label: str = "class 1"
    class_labels: tuple[str, ...] = ()
    threshold: int = 128


@dataclass(frozen=True, slots=True, eq=False)
class PlaneLine:
    """A line over the plane, a decision line or a contour: points (n, 2); a NaN row lifts the pen."""

    points: Floats
    label: str = ""
    dashed: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The data to scatter: positions (n, 2), class of each (n,), or values in -1…1 for regression."""

    positions: Floats
    classes: NDArray[np.int64]
    n_classes: int
    is_test: NDArray[np.bool_]
    levels: Floats | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One curve, already thinned to a screenful: x and y of shape (n,).

    ``axis`` is the scale it belongs to: the losses share one, accuracy (0…1) and rate have their own.
    A ``dimmed`` one is a future that was left: drawn faintly, without a switch and without a read-out.
    """

    name: str
    x: Floats
    y: Floats
    dashed: bool = False
    visible: bool = True
    axis: Literal["loss", "accuracy", "rate"] = "loss"
    dimmed: bool = False


@dataclass(frozen=True, slots=True)
class CurveMark:
    """A moment worth a mark on the curves: the rate dropped, a person edited, a branch began."""

    iteration: float
    label: str
    kind: Literal["drop", "edit", "branch"] = "edit"


@dataclass(frozen=True, slots=True, eq=False)
class FlowRow:
    """One layer of the flow view: its name and its numbers."""

    label: str
    gradient_norm: float
    update_ratio: float
    dead: int = 0
    saturated: int = 0
    units: int = 0


# ---- gradient card -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UpstreamTerm:
    """One row of the upstream's sum: δₖ · wₖ of the next neuron k."""

    label: str
    delta: float
    weight: float
    product: float


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One incoming edge: of the example x, w, ∂Lᵢ/∂w, ∂Lᵢ/∂x; of the pending batch the update gradient.

    ``input_gradient`` is None for the bias. ``pieces`` > 0 rows belong to a Maxout unit.
    """

    key: EdgeKey
    label: str
    x: float
    weight: float
    weight_gradient: float
    input_gradient: float | None
    update_gradient: float
    next_weight: float


@dataclass(frozen=True, slots=True)
class NeuronReading:
    """Everything the card shows of one neuron at one example.

    ``upstream`` × ``local`` = ``downstream`` at full precision. ``upstream_terms`` is empty at an
    output, where ``upstream_note`` says how the loss makes the upstream.
    """

    key: NodeKey
    title: str
    example: str
    activation: str
    local_formula: str
    local_note: str
    z: float
    a: float
    upstream: float
    local: float
    downstream: float
    upstream_terms: tuple[UpstreamTerm, ...]
    upstream_note: str
    edges: tuple[EdgeRow, ...]
    update_note: str


@dataclass(frozen=True, slots=True)
class InputReading:
    """An input node: its value and ∂Lᵢ/∂x with its sum; inputs are not updated."""

    key: NodeKey
    title: str
    example: str
    formula: str
    value: float
    gradient: float
    terms: tuple[UpstreamTerm, ...]


@dataclass(frozen=True, slots=True)
class LossRow:
    """One score at the loss node: s, target, what the loss makes of it, ∂Lᵢ/∂s."""

    label: str
    score: float
    target: float
    middle: float
    gradient: float


@dataclass(frozen=True, slots=True)
class LossReading:
    """The loss node at one example, and the full loss of the training set in its two parts."""

    title: str
    example: str
    formula: str
    middle_label: str
    rows: tuple[LossRow, ...]
    example_loss: float
    data_loss: float
    regularization_loss: float
    regularization_formula: str


# ---- circuits ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gate:
    """One node of a drawn circuit, with its place: x and y of its centre in grid units.

    ``routes`` holds, per input, the points (grid units) through which the wire from that input runs,
    the output port of the input gate first and the input port of this gate last.
    """

    id: int
    symbol: str
    kind: Literal["input", "constant", "gate", "bundle"]
    name: str
    inputs: tuple[int, ...]
    x: float
    y: float
    routes: tuple[tuple[tuple[float, float], ...], ...] = ()
    tooltip: str = ""
    walkable: bool = False


@dataclass(frozen=True, slots=True)
class GateDiagram:
    """A circuit laid out once per structure: left to right, in grid units."""

    gates: tuple[Gate, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class GateValues:
    """The numbers on the wires, by gate id order; None is not computed yet.

    ``wire_gradients[i][j]`` is what gate i sends back to its j-th input; ``winners[i]`` is the
    index of the input that a max gate took, or None. ``active`` is the gate being computed.
    """

    values: tuple[float | None, ...]
    gradients: tuple[float | None, ...]
    wire_gradients: tuple[tuple[float | None, ...], ...]
    winners: tuple[int | None, ...] = ()
    active: int | None = None
    hidden: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class GateFactor:
    """One input of a gate on its card: upstream × local = downstream, the local with numbers plugged in."""

    name: str
    value: float | None
    local_formula: str
    local_numbers: str
    local: float | None
    downstream: float | None


@dataclass(frozen=True, slots=True)
class GateReading:
    """The card of one gate: its value, upstream (a sum where the value branches) and each input's row."""

    id: int
    title: str
    formula: str
    value: float | None
    upstream: float | None
    upstream_terms: tuple[tuple[str, float | None], ...]
    pattern: str
    factors: tuple[GateFactor, ...]


# ---- controls ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number that a person drags or types: its slider's stops and the hard limits of typing.

    Attributes
    ----------
    key, label, tooltip : str
        What the document calls it, what people read, what it does with its formula.
    stops : tuple of float
        Where the slider rests, ascending; typed values may lie between and beyond them. A last stop
        of infinity reads as ``infinity_text``.
    default : float
        Where a double-click goes back to.
    low, high : float
        Hard limits of typed values; ``open_low`` leaves `low` itself out.
    integer, percent : bool
        Whole numbers only; a share 0…1 shown as per cent.
    """

    key: str
    label: str
    tooltip: str
    stops: tuple[float, ...]
    default: float
    low: float
    high: float
    open_low: bool = False
    integer: bool = False
    percent: bool = False
    unit: str = ""
    infinity_text: str = ""


@dataclass(frozen=True, slots=True)
class TrainingChoices:
    """What each combo box of the training panel offers."""

    losses: tuple[Choice, ...] = ()
    output_activations: tuple[Choice, ...] = ()
    optimizers: tuple[Choice, ...] = ()
    schedules: tuple[Choice, ...] = ()
    regularizers: tuple[Choice, ...] = ()
    initializers: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingForm:
    """What the training panel shows: the present settings under the names the panel reports them by.

    ``clip_norm`` and ``clip_value`` are None for no clipping. ``rate_now`` is η after the schedule.
    ``keep_weights`` says whether a new width or depth keeps every weight that still has a place.
    """

    choices: TrainingChoices = field(default_factory=TrainingChoices)
    loss: str = ""
    output_activation: str = "linear"
    optimizer: str = ""
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rho: float = 0.99
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    learning_rate: float = 0.1
    rate_now: float | None = None
    schedule: str = ""
    interval: int = 1000
    gamma: float = 0.5
    floor: float = 0.0
    regularizer: str = ""
    penalty: float = 0.001
    l1_ratio: float = 0.5
    clip_norm: float | None = None
    clip_value: float | None = None
    initializer: str = ""
    initial_scale: float = 0.1
    seed: int = 0
    keep_weights: bool = True
    n_parameters: int = 0


@dataclass(frozen=True, slots=True)
class StopForm:
    """When training is to stop by itself; None: not for that reason. ``part`` is ``train`` or ``test``."""

    iteration: float | None = None
    loss: float | None = None
    accuracy: float | None = None
    patience: float | None = None
    part: str = "train"


@dataclass(frozen=True, slots=True, eq=False)
class GalleryItem:
    """One picture of the data gallery: positions (n, 2), class of each (n,), or levels −1…1 for regression."""

    key: str
    label: str
    tooltip: str
    positions: Floats
    classes: NDArray[np.int64]
    n_classes: int = 2
    levels: Floats | None = None


@dataclass(frozen=True, slots=True)
class DataForm:
    """What the data panel shows: which data set, and the settings under the names it reports them by.

    Attributes
    ----------
    extras, extra_values
        Settings of this data set alone, and their values in the same order.
    function : str or None
        The typed function, for data that take one.
    fixed : tuple of str
        Keys of settings that these data do not have, and `reason` why.
    """

    dataset: str = ""
    noise: float = 0.1
    n_points: int = 200
    train_share: float = 0.5
    batch_size: int = 16
    note: str = ""
    extras: tuple[NumberField, ...] = ()
    extra_values: tuple[float, ...] = ()
    function: str | None = None
    fixed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ActivationCurve:
    """An activation's curve and derivative over z, shape (n,) each, with the formulas and traits to print."""

    label: str
    formula: str
    derivative: str
    z: Floats
    a: Floats
    local: Floats
    traits: tuple[str, ...] = ()


PhaseKind = Literal["batch", "forward", "loss", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of an iteration on the phase strip; ``short`` is used where the strip is narrow."""

    label: str
    kind: PhaseKind
    short: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class TransportReadouts:
    """The numbers beside the transport; None reads as a dash."""

    iteration: int = 0
    epoch: int = 0
    train_loss: float | None = None
    test_loss: float | None = None
    test_accuracy: float | None = None
    note: str = ""
