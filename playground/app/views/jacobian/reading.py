"""The Jacobian tab's values: which matrices there are, one of them at the example, and what makes an entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from playground.analysis.collapse import collapsed, is_linear
from playground.analysis.jacobian import Jacobian, layer_jacobian
from playground.app.views.hand_edits.reading import what_if_title, without_what_if
from playground.app.views.names import class_of, layer_labels, named_labels, node_label
from playground.app.views.prediction.blanks import Named, blank_of, blanked
from playground.document.document import Edge, Node
from playground.document.selection import Example
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.notation import layer_symbol, piece_of, unit_symbol
from playground.engine.trace import GradientTrace
from playground.training.hidden import Hidden
from playground.training.snapshot import Snapshot
from widgets.style import numbers
from widgets.values import Choice
from widgets.values.jacobian import JacobianReading
from widgets.values.veil import HIDDEN_TEXT, Blank

MOST_TERMS = 8
PRODUCT = "A product of a hidden number"


@dataclass(frozen=True, slots=True)
class Which:
    """One Jacobian: of the whole network, of a part of `layer` (1 … H + 1), or the collapsed W′.

    ``part`` is ``network``, ``collapsed``, or ``activation``, ``linear``, ``layer``.
    """

    part: str = "network"
    layer: int = 0

    def __str__(self) -> str:
        """Return it as widgets carry it."""
        return f"{self.part} {self.layer}"

    @classmethod
    def parse(cls, text: str) -> Which:
        """Read what ``str`` wrote."""
        part, layer = text.split(" ")
        return cls(part, int(layer))

    def at(self, layer: int) -> Which:
        """Return the same part of another layer; the whole network stays the whole network."""
        return Which(self.part, layer) if self.layer else self


def choices(snapshot: Snapshot) -> tuple[Choice, ...]:
    """Return every Jacobian that can be shown."""
    made = [Choice(str(Which()), "output by input", "The whole network: how each output changes with each input.")]
    if is_linear(snapshot.network.spec):
        made.append(Choice(str(Which("collapsed")), "W′, the whole linear network", _chain(snapshot)))
    for layout in snapshot.network.layers:
        name, i, function = layout.name, layout.index, LAYER_ACTIVATIONS[layout.activation].label
        made.append(Choice(str(Which("activation", i)), f"{name}: {function}, ∂a/∂z", "Element by element."))
        made.append(Choice(str(Which("linear", i)), f"{name}: ∂z/∂x = W", "The weights themselves."))
        made.append(Choice(str(Which("layer", i)), f"{name}: ∂a/∂x", "Through the whole layer: ∂a/∂z · W."))
    return tuple(made)


def exists(snapshot: Snapshot, which: Which) -> bool:
    """Return whether the current network has `which`."""
    if which.part == "collapsed":
        return is_linear(snapshot.network.spec)
    return which.layer <= len(snapshot.network.layers)


def is_given(which: Which) -> bool:
    """Return whether `which` holds weights alone, which no pass computes."""
    return which.part in ("linear", "collapsed")


def jacobian(snapshot: Snapshot, example: Example, which: Which, hidden: Hidden | None = None) -> JacobianReading:
    """Return the matrix `which` at `example`, without what is `hidden`."""
    made = _jacobian(snapshot, example, which)
    blanks = _blanks(snapshot, which, made, hidden) if hidden else {}
    return replace(made, matrix=blanked(made.matrix, blanks), blanks=blanks) if blanks else made


def _blanks(snapshot: Snapshot, which: Which, made: JacobianReading, hidden: Hidden) -> dict[tuple[int, int], Blank]:
    """Return the entries that are hidden, or that a hidden number is a factor of."""
    rows, columns = made.matrix.shape
    found: dict[tuple[int, int], Blank] = {}
    cells = product(range(rows), range(columns))
    if not which.layer:  # every entry is made of all layers
        is_hidden = any(hidden.hides(of, place) for of, place, _ in entry_numbers(snapshot, which, 0, 0))
        return dict.fromkeys(cells, Blank(PRODUCT)) if is_hidden else {}
    for cell in cells:
        names = entry_numbers(snapshot, which, *cell)
        blanks = (blank_of(hidden, named, snapshot) for named in names)
        blank = next((blank for blank in blanks if blank), None)
        if blank is not None:
            found[cell] = blank if len(names) == 1 else Blank(PRODUCT)
    return found


def entry_numbers(snapshot: Snapshot, which: Which, row: int, column: int) -> list[Named]:
    """Return the local gradients and weights that an entry is made of; those of all layers where it is a long sum."""
    layers = [snapshot.network.layers[which.layer - 1]] if which.layer else snapshot.network.layers
    if which.layer and which.part != "linear":
        layout = layers[0]
        if which.part == "activation":
            return [("local", Node(which.layer, row), None)] if column % layout.units == row else []
        edges: list[Named] = [("weight", Edge(which.layer, column, row, k), None) for k in range(layout.pieces)]
        return [("local", Node(which.layer, row), None), *edges]
    if which.layer:
        layout = layers[0]
        return [("weight", Edge(which.layer, column, row % layout.units, row // layout.units), None)]
    units = [(layout, unit) for layout in layers for unit in range(layout.units)]
    factors = units if which.part == "network" else []
    found: list[Named] = [("local", Node(layout.index, unit), None) for layout, unit in factors]
    return found + [
        ("weight", Edge(layout.index, source, unit, piece), None)
        for layout, unit in units
        for source in range(layout.n_in)
        for piece in range(layout.pieces)
    ]


def whole_entry(snapshot: Snapshot, which: Which, row: int) -> Named:
    """Return what an entry that is a product is about: ∂a/∂z of its unit, or the output that its row is of."""
    if which.layer:
        return "local", Node(which.layer, row), None
    return "value", Node(len(snapshot.network.layers), row), None


def _jacobian(snapshot: Snapshot, example: Example, which: Which) -> JacobianReading:
    if which.part == "collapsed":
        return _collapsed(snapshot)
    trace = snapshot.trace(example)
    made = layer_jacobian(trace, which.layer or len(trace.layers), which.part)
    rows, columns = _labels(snapshot, which)
    return JacobianReading(
        title=_title(snapshot, which),
        matrix=made.matrix,
        row_labels=rows,
        column_labels=columns,
        row_names=_row_names(snapshot, which, rows),
        sparsity=made.sparsity,
        n_nonzero=made.n_nonzero,
        note=_note(snapshot, which) + _held_note(snapshot, which),
    )


def entry(
    snapshot: Snapshot, example: Example, which: Which, row: int, column: int, hidden: Hidden | None = None
) -> str:
    """Write out where the entry (row, column) comes from; empty when there is none."""
    shown = jacobian(snapshot, example, which, hidden)
    if row >= len(shown.row_labels) or column >= len(shown.column_labels):
        return ""
    if blank := shown.blanks.get((row, column)):
        return f"∂{shown.row_labels[row]} / ∂{shown.column_labels[column]} = {HIDDEN_TEXT}   {blank.words}"
    value = numbers.approximately(float(shown.matrix[row, column]))
    equals = value if value.startswith(numbers.APPROXIMATELY) else f"= {value}"
    if which.part == "collapsed":
        return f"W′[{shown.row_labels[row]}, {shown.column_labels[column]}] {equals}"
    made = _made_of(snapshot, example, which, row, column)
    return f"∂{shown.row_labels[row]} / ∂{shown.column_labels[column]} = {made} {equals}"


def linear_sentence(snapshot: Snapshot, hidden: Hidden | None = None) -> str:
    """Return what a network of linear layers amounts to; empty when some activation is not linear.

    Where a weight is `hidden` it is not said.
    """
    if not is_linear(snapshot.network.spec) or (hidden and _hides_weights(snapshot, hidden)):
        return ""
    matrix = collapsed(snapshot.network, snapshot.state.parameters)
    n_outputs, n_columns = matrix.shape
    last = len(snapshot.network.layers)
    if n_outputs > 1 or n_columns > 5:
        amount = f"one matrix W′ of {n_outputs} × {n_columns} numbers, last column b′ (Jacobian tab)"
    else:
        names = [f"·{label}" for label in layer_labels(snapshot, 0)]
        sum_text = _signed_sum(list(zip(matrix[0].tolist(), [*names, ""], strict=True)))
        amount = f"{node_label(snapshot, Node(last, 0))} = {sum_text}"
    return (
        f"All activations are linear, so {'the layer is' if last == 1 else f'the {last} layers together are'} {amount}"
    )


def _hides_weights(snapshot: Snapshot, hidden: Hidden) -> bool:
    names = entry_numbers(snapshot, Which("collapsed"), 0, 0)
    return any(hidden.hides(of, place) for of, place, _ in names)


# ---- matrices ----------------------------------------------------------------------------------


def _collapsed(snapshot: Snapshot) -> JacobianReading:
    matrix = collapsed(snapshot.network, snapshot.state.parameters)
    made = Jacobian(matrix, "network")
    return JacobianReading(
        title=_chain(snapshot),
        matrix=matrix,
        row_labels=layer_labels(snapshot, len(snapshot.network.layers)),
        column_labels=(*layer_labels(snapshot, 0), "1 (bias b′)"),
        row_names=named_labels(snapshot, len(snapshot.network.layers)),
        sparsity=made.sparsity,
        n_nonzero=made.n_nonzero,
        note="Every activation is linear: for every x this one matrix does what all layers do, b′ in its last column."
        + _held_note(snapshot, Which("collapsed")),
    )


def _made_of(snapshot: Snapshot, example: Example, which: Which, row: int, column: int) -> str:
    """Write the factors of an entry."""
    trace = snapshot.trace(example)
    if which.part == "network":
        return _chain_terms(snapshot, trace, row, column)
    here = trace.layer(which.layer)
    layout = here.layout
    if which.part == "activation":
        if column % layout.units != row:
            return "another unit's z: nothing of it reaches this output"
        if snapshot.clamped is not None and snapshot.clamped[0] == Node(which.layer, row):
            return "held, so z moves nothing"
        return f"{LAYER_ACTIVATIONS[layout.activation].derivative} at z = {numbers.four(float(here.z[column]))}"
    if which.part == "linear":
        return "w"
    piece = int(here.winners[row])
    at = layout.row(row, piece)
    return (
        f"∂a/∂z · w = {numbers.bracketed(float(here.local[at]))} · {numbers.bracketed(float(here.weights[at, column]))}"
    )


def _chain_terms(snapshot: Snapshot, trace: GradientTrace, row: int, column: int) -> str:
    """Write Σₖ ∂out/∂hₖ · ∂hₖ/∂x over the last hidden layer."""
    last = len(trace.layers)
    through = layer_jacobian(trace, last, "layer").matrix
    if last == 1:
        local, weight = float(trace.layer(1).local[row]), float(trace.layer(1).weights[row, column])
        return f"∂a/∂z · w = {numbers.bracketed(local)} · {numbers.bracketed(weight)}"
    before = layer_jacobian(trace, last - 1, "network").matrix
    pairs = list(zip(through[row].tolist(), before[:, column].tolist(), strict=True))
    shown = " + ".join(f"{numbers.bracketed(a)} · {numbers.bracketed(b)}" for a, b in pairs[:MOST_TERMS])
    rest = f" + … {len(pairs) - MOST_TERMS} more" if len(pairs) > MOST_TERMS else ""
    symbol = unit_symbol("a", last - 1, "ₖ")
    return f"Σₖ ∂a/∂{symbol} · ∂{symbol}/∂x = {shown}{rest}"


# ---- words -------------------------------------------------------------------------------------


def _title(snapshot: Snapshot, which: Which) -> str:
    if which.part == "network":
        return "∂output / ∂input"
    layout = snapshot.network.layers[which.layer - 1]
    fraction = {"activation": "∂a/∂z", "linear": "∂z/∂x = W", "layer": "∂a/∂x = ∂a/∂z · W"}[which.part]
    return f"{fraction} of {layout.name}"


def _note(snapshot: Snapshot, which: Which) -> str:
    if which.part == "network":
        return "The product of all layers' Jacobians. Backprop never builds them: it multiplies one row through."
    layout = snapshot.network.layers[which.layer - 1]
    if which.part == "activation":
        if layout.is_maxout:
            return "One winning piece a row: it gets the whole upstream gradient."
        return "Element-wise: each output depends on its own z alone, so everything off the diagonal is 0."
    if which.part == "linear":
        return "z = W·x + b, so the Jacobian is W itself, at every example."
    return "Each row of W times its unit's own ∂a/∂z."


def _held_note(snapshot: Snapshot, which: Which) -> str:
    """Return what a what-if does to the matrix, with a leading space; empty without one."""
    if snapshot.clamped is None:
        return ""
    node, value = snapshot.clamped
    if which.part in ("collapsed", "linear"):
        return f" Shown {without_what_if(snapshot)}."
    if which.layer and which.layer != node.layer:
        return f" Read with {what_if_title(snapshot)}."
    return f" {node_label(snapshot, node)} is held at {numbers.four(value)}, so nothing goes through it: its ∂a is 0."


def _labels(snapshot: Snapshot, which: Which) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if which.part == "network":
        return layer_labels(snapshot, len(snapshot.network.layers)), layer_labels(snapshot, 0)
    pre = _pre_activations(snapshot, which.layer)
    if which.part == "activation":
        return layer_labels(snapshot, which.layer), pre
    if which.part == "linear":
        return pre, layer_labels(snapshot, which.layer - 1)
    return layer_labels(snapshot, which.layer), layer_labels(snapshot, which.layer - 1)


def _row_names(snapshot: Snapshot, which: Which, rows: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rows' labels, those of outputs with their classes."""
    last = len(snapshot.network.layers)
    names = [class_of(snapshot, Node(last, unit)) for unit in range(len(rows))] if which.layer in (0, last) else []
    return tuple(f"{row} {name}".rstrip() for row, name in zip(rows, names, strict=True)) if names else rows


def _pre_activations(snapshot: Snapshot, layer: int) -> tuple[str, ...]:
    """Return ``z₁⁽¹⁾``, ``z₂⁽¹⁾`` …, of Maxout with each piece."""
    layout = snapshot.network.layers[layer - 1]
    return tuple(
        piece_of(unit_symbol("z", layer, row % layout.units), row // layout.units, layout.pieces)
        for row in range(layout.rows)
    )


def _chain(snapshot: Snapshot) -> str:
    """Return ``W′ = W⁽³⁾·W⁽²⁾·W⁽¹⁾``."""
    last = len(snapshot.network.layers)
    return "W′ = " + "·".join(layer_symbol("W", index) for index in range(last, 0, -1))


def _signed_sum(terms: list[tuple[float, str]]) -> str:
    """Return ``0.82·x₁ − 0.91·x₂ + 0.07``."""
    text = ""
    for number, name in terms:
        size = f"{numbers.live(abs(number))}{name}"
        sign = numbers.MINUS if number < 0.0 else "+"
        text += f" {sign} {size}" if text else f"{sign if number < 0.0 else ''}{size}"
    return text
