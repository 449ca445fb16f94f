from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import Builder, Circuit
from playground.circuits.numerals import numeral
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, evaluate
from playground.circuits.sweep import Sweep
from playground.circuits.unroll import LayerValues, network, neuron
from playground.exporters.circuit_svg import CHARACTER, DARK, LIGHT, circuit_svg


def example(name: str) -> tuple[Circuit, Evaluation]:
    entry = EXAMPLES[name]
    circuit = parse(entry.expression)
    return circuit, evaluate(circuit, entry.inputs, entry.upstream)


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [e for e in root.iter() if e.tag.endswith("text") and kind in e.get("class", "").split()]


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    found = []
    for e in root.iter():
        if e.tag.endswith("rect") and e.get("class"):
            x, y = float(e.attrib["x"]), float(e.attrib["y"])
            found.append((x, y, x + float(e.attrib["width"]), y + float(e.attrib["height"])))
    return found


def label_box(e: ElementTree.Element) -> tuple[float, float, float, float]:
    x, y, width = float(e.attrib["x"]), float(e.attrib["y"]), len(e.text or "") * CHARACTER
    left = x - width if "share" in e.get("class", "") else x
    return left, y - 8.0, left + width, y


def apart(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def pictures() -> list[tuple[Circuit, Evaluation]]:
    rng = np.random.default_rng(0)
    xor = network([LayerValues(rng.normal(size=(2, 3)), "tanh"), LayerValues(rng.normal(size=(1, 3)))], [0.3, -0.8],
                  "logistic", [1.0])  # fmt: skip
    unit = neuron(rng.normal(size=9), rng.normal(size=8), "relu")
    opened = [(u.circuit, evaluate(u.circuit, u.inputs)) for u in (xor, unit)]
    return [*(example(name) for name in EXAMPLES), *opened]


@pytest.mark.parametrize("index", range(len(EXAMPLES) + 2))
def test_every_number_stands_clear_of_gates_and_other_numbers(index: int) -> None:
    root = drawn(circuit_svg(*pictures()[index]))
    labels = [label_box(e) for e in texts(root, "number")]
    shapes = boxes(root)
    assert all(apart(a, b) for a, b in combinations(shapes, 2))
    assert all(apart(a, b) for a, b in combinations(labels, 2))
    assert all(apart(a, b) for a in labels for b in shapes)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert all(
        left >= 0 and right <= width and top >= 0 and bottom <= height for left, top, right, bottom in labels + shapes
    )


def test_values_stand_above_and_gradients_below_the_wire() -> None:
    circuit, numbers = example("add-then-multiply")
    root = drawn(circuit_svg(circuit, numbers))
    values, slopes = texts(root, "value"), texts(root, "gradient")
    assert [e.text for e in values] == [numeral(v) for v in numbers.values]
    assert [e.text for e in slopes] == [f"∂ {numeral(g or 0.0)}" for g in numbers.gradients]
    assert all(float(v.attrib["y"]) < float(g.attrib["y"]) for v, g in zip(values, slopes, strict=True))


def test_contributions_of_a_branch_stand_at_their_ports() -> None:
    root = drawn(circuit_svg(*example("square-by-branching")))
    assert [e.text for e in texts(root, "share")] == ["∂ 3", "∂ 3"]
    assert [e.text for e in texts(root, "gradient") if "share" not in e.get("class", "")] == ["∂ 6", "∂ 1"]


def test_there_is_a_wire_for_every_input_and_one_for_the_result() -> None:
    circuit, numbers = example("square-by-branching")
    paths = [e for e in drawn(circuit_svg(circuit, numbers)).iter() if e.tag.endswith("path")]
    assert len(paths) == circuit.n_wires + 1
    assert len({e.attrib["d"] for e in paths}) == 3


def test_the_wires_that_max_did_not_take_are_off() -> None:
    svg = circuit_svg(*example("max-routes-x-branches"))
    assert svg.count('class="wire off"') == 1
    assert circuit_svg(*example("add-then-multiply")).count('class="wire off"') == 0


def test_what_is_not_computed_is_blank() -> None:
    circuit, numbers = example("add-then-multiply")
    sweep = Sweep(circuit, numbers)
    start = drawn(circuit_svg(circuit, numbers, state=sweep.state(0)))
    assert [e.text for e in texts(start, "number")] == ["−2", "5", "−4"]
    halfway = drawn(circuit_svg(circuit, numbers, state=sweep.state(sweep.n_forward)))
    assert len(texts(halfway, "value")) == 5
    assert texts(halfway, "gradient") == []


def test_light_and_dark_use_the_colours_of_the_window() -> None:
    light, dark = circuit_svg(*example("square-by-branching")), circuit_svg(*example("square-by-branching"), dark=True)
    assert all(colour in light for colour in LIGHT)
    assert all(colour in dark for colour in DARK)
    assert (LIGHT[4:], DARK[4:]) == (("#0B7A5B", "#C2255C"), ("#3CCB9B", "#FF6B9A"))


def test_names_and_titles_cannot_break_the_file() -> None:
    build = Builder()
    circuit = build.circuit(build.gate("exp", build.input('<&">')))
    root = drawn(circuit_svg(circuit, evaluate(circuit, {'<&">': 0.0}), title='a < b & "c"'))
    assert root.attrib["aria-label"] == 'a < b & "c"'
    assert '<&">' in [e.text for e in root.iter()]


def test_the_picture_stands_alone_and_is_the_same_each_time() -> None:
    one, other = circuit_svg(*example("sigmoid-staged")), circuit_svg(*example("sigmoid-staged"))
    assert one == other
    assert re.findall(r"(?:href|url|script)", one) == []


def test_five_thousand_gates_are_drawn() -> None:
    build = Builder()
    node = build.input("x")
    for _ in range(5000):
        node = build.gate("negate", node)
    circuit = build.circuit(node)
    root = drawn(circuit_svg(circuit, evaluate(circuit, {"x": 1.0})))
    assert len(boxes(root)) == 5001


@pytest.mark.parametrize(
    "sign", ["\0", "\x0b", "\f", "\x1b[2J", "\ufffe", "\ud800", "\u202e", "\n", '"onload="', "</script>"]
)
def test_a_title_stays_text_and_the_drawing_well_formed(sign: str) -> None:
    circuit = parse("x * y")
    text = circuit_svg(circuit, evaluate(circuit, {"x": 1.0, "y": 2.0}, 1.0), title=f"a{sign}b")
    root = ElementTree.fromstring(text.encode())
    assert set(root.keys()) == {"role", "aria-label", "width", "height", "viewBox"}
    assert root.get("aria-label") == next(iter(root)).text
    assert not set("\u202e\n") & set(root.get("aria-label", ""))


def test_a_constant_stands_in_its_gate_as_on_the_slide() -> None:
    svg = circuit_svg(*example("sigmoid-staged"))
    symbols = re.findall(r'<text class="symbol gate-text"[^>]*>([^<]*)</text>', svg)
    assert symbols[-4:] == ["−1·", "exp", "+1", "1/x"]
    assert "constant-text" not in re.sub(r"<style>.*</style>", "", svg, flags=re.S)
