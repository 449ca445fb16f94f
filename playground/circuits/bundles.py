"""Several gates as one, and back: −1·, exp, +1, 1/x ↔ σ. Both give the same gradients.

What a bundle stands for is written as text and read by ``expression``; folding looks for gates that are
wired like one of these forms and whose inner values nothing else uses. ``max(z, 0)`` is not ReLU: at z = 0
the first winner of that tie is z.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from playground.circuits.gates import CONSTANT, INPUT
from playground.circuits.graph import Builder, Circuit, Node
from playground.circuits.parser.expression import parse

FORMS: dict[str, tuple[str, ...]] = {
    "sigmoid": (
        "1 / (1 + exp(-1 * z))",
        "1 / (1 + exp(z * -1))",
        "1 / (exp(-1 * z) + 1)",
        "1 / (exp(z * -1) + 1)",
        "1 / (1 + exp(-z))",
        "1 / (exp(-z) + 1)",
        "(1 + exp(-1 * z)) ** -1",
        "(exp(-1 * z) + 1) ** -1",
        "(1 + exp(-z)) ** -1",
        "(exp(-z) + 1) ** -1",
    ),
    "relu": ("max(0, z)",),
    "silu": ("z * sigmoid(z)", "sigmoid(z) * z"),
    "softplus": ("log(1 + exp(z))", "log(exp(z) + 1)"),
    "tanh": ("(exp(z) - exp(-z)) / (exp(z) + exp(-z))", "(exp(z) - exp(-1 * z)) / (exp(z) + exp(-1 * z))"),
}
"""The forms of each bundle; expanding gives the first one."""

LOG_SUM_EXP = "log_sum_exp"
BUNDLES = (*FORMS, LOG_SUM_EXP)


@dataclass(frozen=True, slots=True)
class Regrouping:
    """A circuit after folding or expanding; ``ids[old]`` is the node's new id, None when it went inside."""

    circuit: Circuit
    ids: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    op: str
    inputs: tuple[int, ...]
    inner: frozenset[int]


def foldable(circuit: Circuit) -> tuple[int, ...]:
    """Return the ids of the gates at which a bundle ends that could be folded."""
    return tuple(i for i in range(len(circuit.nodes)) if _match_at(circuit, i) is not None)


def expandable(circuit: Circuit) -> tuple[int, ...]:
    """Return the ids of the gates that can be expanded."""
    return tuple(i for i, node in enumerate(circuit.nodes) if node.op in BUNDLES)


def fold(circuit: Circuit, i: int) -> Regrouping:
    """Fold the gates that end at node `i` into one; ValueError when they form no bundle."""
    match = _match_at(circuit, i)
    if match is None:
        raise ValueError(f"{circuit.place(i)}: no bundle ends here; fold at the last gate of one")
    return _rebuilt(circuit, {i: match}, frozenset())


def fold_all(circuit: Circuit) -> Regrouping:
    """Fold what can be folded, the largest bundles first, until nothing is left to fold."""
    result = Regrouping(circuit, tuple(range(len(circuit.nodes))))
    while True:
        matches = _apart(result.circuit)
        if not matches:
            return result
        result = _after(result, _rebuilt(result.circuit, matches, frozenset()))


def expand(circuit: Circuit, i: int) -> Regrouping:
    """Expand gate `i` into the gates that it stands for; ValueError when it is not a bundle."""
    if circuit.nodes[i].op not in BUNDLES:
        raise ValueError(f"{circuit.place(i)}: not a bundle; only {', '.join(BUNDLES)} can be expanded")
    return _rebuilt(circuit, {}, frozenset((i,)))


def toggle(circuit: Circuit, i: int) -> Regrouping | None:
    """Expand the bundle at node `i`, or fold the gates that end there; None where there is neither."""
    if i in expandable(circuit):
        return expand(circuit, i)
    return fold(circuit, i) if i in foldable(circuit) else None


def expand_all(circuit: Circuit) -> Regrouping:
    """Expand every bundle, also those inside expanded ones."""
    result = Regrouping(circuit, tuple(range(len(circuit.nodes))))
    while True:
        bundles = frozenset(expandable(result.circuit))
        if not bundles:
            return result
        result = _after(result, _rebuilt(result.circuit, {}, bundles))


# ---- looking for bundles -----------------------------------------------------------------------


def _apart(circuit: Circuit) -> dict[int, _Match]:
    """Return matches that share no gate, outermost first."""
    matches: dict[int, _Match] = {}
    taken: set[int] = set()
    for i in range(len(circuit.nodes) - 1, -1, -1):
        match = None if i in taken else _match_at(circuit, i)
        if match is not None and not taken & match.inner:
            matches[i] = match
            taken |= match.inner | {i}
    return matches


def _match_at(circuit: Circuit, i: int) -> _Match | None:
    node = circuit.nodes[i]
    for op, forms in FORMS.items():
        for text in forms:
            form = _form(text)
            if form.nodes[form.output].op == node.op:
                match = _match(circuit, i, op, form)
                if match is not None:
                    return match
    if node.op == "log":
        feeding = circuit.nodes[node.inputs[0]]
        if feeding.op in ("sum", "add"):
            return _match(circuit, i, LOG_SUM_EXP, _staged_log_sum_exp(len(feeding.inputs), feeding.op))
    return None


@cache
def _form(text: str) -> Circuit:
    return parse(text)


@lru_cache(maxsize=64)
def _staged_log_sum_exp(n: int, total: str = "sum") -> Circuit:
    """Build ln(e^z0 + e^z1 + …)."""
    builder = Builder()
    powers = [builder.gate("exp", builder.input(f"z{k}")) for k in range(n)]
    return builder.circuit(builder.gate("log", builder.gate(total, *powers)))


def _match(circuit: Circuit, root: int, op: str, form: Circuit) -> _Match | None:
    """Compare the gates that end at `root` with `form`, wire by wire."""
    bound: dict[str, int] = {}
    inner: set[int] = set()
    todo = [(form.output, root)]
    while todo:
        wanted, found = todo.pop()
        model, node = form.nodes[wanted], circuit.nodes[found]
        if model.op == INPUT:
            if bound.setdefault(model.name, found) != found:
                return None
            continue
        if model.op != node.op or len(model.inputs) != len(node.inputs) or model.value != node.value:
            return None
        if found != root:
            inner.add(found)
        todo += zip(model.inputs, node.inputs, strict=True)
    whole = inner | {root}
    if any(consumer not in whole for i in inner for consumer, _ in circuit.consumers[i]):
        return None
    inputs = tuple(bound[name] for name in form.inputs)
    return None if whole & set(inputs) else _Match(op, inputs, frozenset(inner))


# ---- building the new circuit ------------------------------------------------------------------


def _rebuilt(circuit: Circuit, folds: Mapping[int, _Match], expands: frozenset[int]) -> Regrouping:
    folded = frozenset(j for match in folds.values() for j in match.inner)
    nodes: list[Node] = []
    ids: list[int | None] = []
    for i, node in enumerate(circuit.nodes):
        if i in folded:
            ids.append(None)
            continue
        op, old = (folds[i].op, folds[i].inputs) if i in folds else (node.op, node.inputs)
        inputs = tuple(new for j in old if (new := ids[j]) is not None)
        if i in expands:
            _lay_out(nodes, _model(op, len(inputs)), inputs, node)
        else:
            nodes.append(Node(op, inputs, node.name, node.value, node.column, node.given))
        ids.append(len(nodes) - 1)
    output = ids[circuit.output]
    assert output is not None
    return Regrouping(Circuit(tuple(nodes), output, circuit.beyond), tuple(ids))


def _model(op: str, n: int) -> Circuit:
    return _staged_log_sum_exp(n) if op == LOG_SUM_EXP else _form(FORMS[op][0])


def _lay_out(nodes: list[Node], form: Circuit, inputs: tuple[int, ...], whole: Node) -> None:
    """Append the gates of `form`, fed by `inputs`; the last one takes the name of the `whole`."""
    ids: dict[int, int] = dict(zip(form.inputs.values(), inputs, strict=True))
    for i, model in enumerate(form.nodes):
        if model.op == INPUT:
            continue
        fed = tuple(ids[j] for j in model.inputs)
        name = whole.name if i == form.output else ""
        nodes.append(Node(model.op, fed, name, model.value if model.op == CONSTANT else 0.0, whole.column))
        ids[i] = len(nodes) - 1


def _after(first: Regrouping, second: Regrouping) -> Regrouping:
    return Regrouping(second.circuit, tuple(None if i is None else second.ids[i] for i in first.ids))
