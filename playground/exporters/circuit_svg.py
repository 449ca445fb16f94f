"""A circuit as a stand-alone SVG picture: values above the wires, gradients below them.

Grid units of the layout are stretched to pixels column by column, so that every number has a place of its
own: a wire runs straight beside its gate (there its value and gradient stand), bends between the columns,
and runs straight into its port (there stands the contribution of a branch).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax import saxutils

from playground.circuits.gates import CONSTANT, INPUT
from playground.circuits.graph import Circuit
from playground.circuits.layout.layered import LayeredLayout, Route, layered_layout
from playground.circuits.naming import names
from playground.circuits.numerals import numeral
from playground.circuits.passes import Evaluation
from playground.circuits.sweep import CircuitState, complete
from playground.circuits.unary import drawn_inputs, drawn_label, drawn_nodes, drawn_slots, drawn_symbol

ROW = 46.0
MARGIN = 20.0
BEND = 34.0
CHARACTER = 6.7
NUMBER = 9 * CHARACTER + 8.0
SYMBOL_CHARACTER = 8.0
TITLE = 26.0
SMALL = 60
"""Nodes up to which all inputs stand at the very left, as in the lecture."""

# The look of the window: one meaning per colour (text, secondary, panel, line, value, gradient).
LIGHT = ("#1B2430", "#647083", "#FFFFFF", "#A9B4C2", "#0B7A5B", "#C2255C")
DARK = ("#E7ECF2", "#93A0B2", "#1B212A", "#55627A", "#3CCB9B", "#FF6B9A")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each column lies: its centre, half its width, where wires arrive straight and begin to bend."""

    centres: list[float]
    halves: list[float]
    arrivals: list[float]
    leaves: list[float]


def circuit_svg(
    circuit: Circuit,
    evaluation: Evaluation,
    *,
    state: CircuitState | None = None,
    dark: bool = False,
    title: str = "",
) -> str:
    """Return the text of an SVG file that shows `circuit`, at `state` of a sweep or with every number.

    Parameters
    ----------
    circuit, evaluation
        The circuit and its numbers.
    state : CircuitState, optional
        What is known; a blank is left where something is None.
    dark : bool
        The dark look.
    title : str
        Printed above the picture and given to screen readers.
    """
    state = state or complete(evaluation)
    layout = _laid_out(circuit)
    columns = _place(circuit, layout)
    top = MARGIN + 0.5 * ROW + (TITLE if title else 0.0)
    width = max(columns.leaves[-1] + 8.0, MARGIN + len(title) * SYMBOL_CHARACTER) + MARGIN
    edges = [(y - h / 2.0, y + h / 2.0) for y, h in zip(layout.y, layout.heights, strict=True)]
    top += max(-0.5 - min(above for above, _ in edges), 0.0) * ROW
    height = top + max(below for _, below in edges) * ROW + MARGIN
    drawing = _Drawing(circuit, state, layout, columns, top)
    parts = [*_head(width, height, dark, title), *drawing.wires(), *drawing.nodes(), *drawing.numbers(), "</svg>"]
    return "\n".join(parts) + "\n"


def _laid_out(circuit: Circuit) -> LayeredLayout:
    """Return the places by node; what stands in its gate has none."""
    drawn, n = drawn_nodes(circuit), len(circuit.nodes)
    index = {i: k for k, i in enumerate(drawn)}
    first = circuit.inputs.values() if n <= SMALL else ()
    wires = [tuple(index[j] for j in drawn_inputs(circuit, i)) for i in drawn]
    layout = layered_layout(wires, frozenset(index[i] for i in first))
    x, y, heights = [0.0] * n, [0.0] * n, [0.0] * n
    routes: list[tuple[Route, ...]] = [()] * n
    for k, i in enumerate(drawn):
        x[i], y[i], heights[i], routes[i] = layout.x[k], layout.y[k], layout.heights[k], layout.routes[k]
    return replace(layout, x=tuple(x), y=tuple(y), heights=tuple(heights), routes=tuple(routes))


def _half_width(circuit: Circuit, i: int) -> float:
    symbol = drawn_symbol(circuit, i)
    least = 17.0 if circuit.nodes[i].is_gate else 10.0
    return max(least, len(symbol) * SYMBOL_CHARACTER / 2.0 + 8.0)


def _place(circuit: Circuit, layout: LayeredLayout) -> _Columns:
    """Give each column the width of its widest gate, and each gap the room for the numbers that stand in it."""
    n = int(layout.width) + 1
    halves, before = [0.0] * n, [6.0] * n
    for i in drawn_nodes(circuit):
        c = int(layout.x[i])
        halves[c] = max(halves[c], _half_width(circuit, i))
        if any(len(circuit.consumers[j]) > 1 for j in drawn_inputs(circuit, i)):
            before[c] = NUMBER
    columns = _Columns([], halves, [], [])
    x = MARGIN
    for c, half in enumerate(halves):
        columns.arrivals.append(x)
        x += (before[c] if c else 0.0) + half
        columns.centres.append(x)
        x += half + NUMBER
        columns.leaves.append(x)
        x += BEND
    return columns


class _Drawing:
    """Turns nodes and wires into SVG elements."""

    def __init__(
        self, circuit: Circuit, state: CircuitState, layout: LayeredLayout, columns: _Columns, top: float
    ) -> None:
        self._circuit, self._state, self._layout, self._columns = circuit, state, layout, columns
        self._top = top
        self._names = names(circuit)

    def wires(self) -> list[str]:
        """Return a path per wire, and a stub at the output."""
        found = []
        for i in drawn_nodes(self._circuit):
            for slot, source, route in self._wires_into(i):
                won = self._state.winners[i]
                off = " off" if won is not None and won != slot else ""
                found.append(f'<path class="wire{off}" d="{self._path(source, i, route)}"/>')
        out = self._circuit.output
        y, right = self._y(self._layout.y[out]), self._right(out)
        found.append(f'<path class="wire" d="M{right:.1f} {y:.1f}H{self._columns.leaves[-1]:.1f}"/>')
        return found

    def _wires_into(self, i: int) -> list[tuple[int, int, Route]]:
        """Return input, source and route of each drawn wire into node `i`."""
        slots, sources = drawn_slots(self._circuit, i), drawn_inputs(self._circuit, i)
        return list(zip(slots, sources, self._layout.routes[i], strict=True))

    def nodes(self) -> list[str]:
        """Return a shape, a symbol and a tooltip per node."""
        return [self._node(i) for i in drawn_nodes(self._circuit)]

    def numbers(self) -> list[str]:
        """Return the values above, the gradients below, the contributions of branches at their ports."""
        found = []
        for i in drawn_nodes(self._circuit):
            node = self._circuit.nodes[i]
            x, y = self._right(i) + 5.0, self._y(self._layout.y[i])
            if node.op != CONSTANT:
                found += _number(x, y - 5.0, "value", self._state.values[i])
            if self._circuit.varies[i]:
                found += _number(x, y + 14.0, "gradient", self._state.gradients[i])
            for slot, source, route in self._wires_into(i):
                if len(self._circuit.consumers[source]) > 1:
                    port = self._y(route[-1][1])
                    share = self._state.wire_gradients[i][slot]
                    found += _number(self._left(i) - 4.0, port + 12.0, "gradient share", share)
        return found

    def _node(self, i: int) -> str:
        node = self._circuit.nodes[i]
        x, y = self._centre(i), self._y(self._layout.y[i])
        half = _half_width(self._circuit, i)
        high = 15.0 if node.is_gate and len(node.inputs) <= 2 else 12.0
        if len(node.inputs) > 2:
            high = max(15.0, self._layout.heights[i] * ROW / 2.0 - 7.0)
        kind = node.op if node.op in (INPUT, CONSTANT) else "gate"
        said = drawn_label(self._circuit, i) if node.is_gate else node.op
        tip = escape(f"{self._names[i]}: {said}")
        box = (
            f'<rect class="{kind}" x="{x - half:.1f}" y="{y - high:.1f}" width="{2 * half:.1f}" '
            f'height="{2 * high:.1f}" rx="{min(high, 15.0):.1f}"/>'
        )
        symbol = escape(drawn_symbol(self._circuit, i))
        text = f'<text class="symbol {kind}-text" x="{x:.1f}" y="{y + 4.5:.1f}">{symbol}</text>'
        return f"<g><title>{tip}</title>{box}{text}</g>"

    def _path(self, source: int, target: int, route: Route) -> str:
        """Run along each column's own height, bending only between the columns."""
        first, last = int(self._layout.x[source]), int(self._layout.x[target])
        y = self._y(route[0][1])
        parts = [f"M{self._right(source):.1f} {y:.1f}H{self._columns.leaves[first]:.1f}"]
        x = self._columns.leaves[first]
        for c in range(first + 1, last + 1):
            here = self._y(route[-1][1] if c == last else _height_at(route, c))
            arrive, middle = self._columns.arrivals[c], (x + self._columns.arrivals[c]) / 2.0
            if here != y:
                parts.append(f"H{x:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {here:.1f} {arrive:.1f} {here:.1f}")
            x, y = self._columns.leaves[c], here
        return "".join([*parts, f"H{self._left(target):.1f}"])

    def _centre(self, i: int) -> float:
        c = int(self._layout.x[i])
        if self._circuit.nodes[i].is_gate:
            return self._columns.centres[c]
        return self._columns.centres[c] + self._columns.halves[c] - _half_width(self._circuit, i)

    def _right(self, i: int) -> float:
        return self._centre(i) + _half_width(self._circuit, i)

    def _left(self, i: int) -> float:
        return self._centre(i) - _half_width(self._circuit, i)

    def _y(self, y: float) -> float:
        return self._top + y * ROW


def _height_at(route: Sequence[tuple[float, float]], x: float) -> float:
    """Return the height of a route at column `x`, in grid units."""
    k = min(max(bisect_left(route, (x, float("-inf"))), 1), len(route) - 1)
    (x0, y0), (x1, y1) = route[k - 1], route[k]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y1


def _number(x: float, y: float, kind: str, number: float | None) -> list[str]:
    if number is None:
        return []
    sign = "∂ " if kind.startswith("gradient") else ""
    return [f'<text class="number {kind}" x="{x:.1f}" y="{y:.1f}">{sign}{numeral(number)}</text>']


def escape(text: str) -> str:
    """Return `text` as XML can hold it, attributes included: on one line, no sign that XML or a reader obeys."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return saxutils.escape(plain, {'"': "&quot;"})


def _head(width: float, height: float, dark: bool, title: str) -> list[str]:
    text, secondary, panel, line, value, gradient = DARK if dark else LIGHT
    name = title or "Circuit"
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(name)}" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">',
        f"<title>{escape(name)}</title>",
        "<desc>A scalar circuit from left to right: values above the wires, gradients below them.</desc>",
        "<style>",
        "text{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:11px}",
        f".wire{{fill:none;stroke:{secondary};stroke-width:1.4}}.off{{stroke:{line};stroke-dasharray:4 3}}",
        f".gate{{fill:{panel};stroke:{text};stroke-width:1.3}}.input{{fill:{panel};stroke:{line}}}",
        f".constant{{fill:{panel};stroke:none}}.symbol{{text-anchor:middle;font-size:13px;fill:{text}}}",
        f".input-text{{font-weight:bold}}.constant-text{{fill:{secondary}}}.heading{{font-size:13px;fill:{text}}}",
        f".value{{fill:{value}}}.gradient{{fill:{gradient}}}.share{{text-anchor:end}}",
        "</style>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{panel}"/>',
    ]
    if title:
        head.append(f'<text class="heading" x="{MARGIN:.0f}" y="{MARGIN + 6.0:.0f}">{escape(title)}</text>')
    return head
