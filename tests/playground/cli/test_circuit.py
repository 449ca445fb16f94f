"""``circuit``: the table, the JSON, the picture, and one line with exit code 2 for bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from playground.cli.main import main

WORKED = json.loads((Path(__file__).parents[2] / "data" / "worked-examples.json").read_text(encoding="utf-8"))
NODE_KEYS = ["id", "op", "inputs", "value", "upstream", "locals", "downstream"]


def arguments(example: dict[str, Any]) -> list[str]:
    given = [word for name, value in example["inputs"].items() for word in ("--set", f"{name}={value}")]
    upstream = ["--upstream", str(example["upstream"])] if "upstream" in example else []
    return ["circuit", example["expression"], *given, *upstream]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["circuit", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize("example", WORKED, ids=lambda e: e["name"])
def test_the_json_holds_the_worked_examples(example: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments(example), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["value", "gradients", "nodes", "notes"]
    assert found["value"] == pytest.approx(example["value"], rel=1e-14, abs=1e-16)
    assert found["gradients"] == pytest.approx(example["gradients"], rel=1e-14, abs=1e-16)
    for node in found["nodes"]:
        assert list(node) == NODE_KEYS
        assert len(node["locals"]) == len(node["downstream"]) == len(node["inputs"])
        for local, downstream in zip(node["locals"], node["downstream"], strict=True):
            if local is not None:
                assert downstream == pytest.approx(node["upstream"] * local, rel=1e-15)


def test_the_gradients_are_named_in_the_order_of_the_input_nodes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "b * a + b", "--set", "a=2", "--set", "b=5", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    upstreams = [node["upstream"] for node in found["nodes"] if node["op"] == "input"]
    assert list(found["gradients"].items()) == list(zip("ba", upstreams, strict=True))


def test_the_table_shows_both_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "(x + y) * z", "--set", "x=-2", "--set", "y=5", "--set", "z=-4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[:8]] == [
        ["id", "gate", "name", "inputs", "value", "upstream", "local", "downstream"],
        ["0", "input", "x", "-2", "-4"],
        ["1", "input", "y", "5", "-4"],
        ["2", "add", "q", "x", "3", "-4", "1", "-4"],
        ["y", "1", "-4"],
        ["3", "input", "z", "-4", "3"],
        ["4", "multiply", "f", "q", "-12", "1", "-4", "-4"],
        ["z", "3", "3"],
    ]
    assert lines[9:] == [
        "f = -12",
        "df/dx = -4, df/dy = -4, df/dz = 3",
        "4 local derivatives in one backward pass; 5 one input at a time",
    ]


def test_a_tie_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "max(x, y)", "--set", "x=1", "--set", "y=1"]) == 0
    assert (
        "gate 2 (f): a corner at 1: the slope is 0 on one side and 1 on the other; "
        "by convention the first of the inputs that tie, x, gets 1 and the others get 0"
    ) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("expression", "gradient", "taken"),
    [
        ("relu(x)", 0.0, "the input gets 0"),
        ("max(x, 0)", 1.0, "the first of the inputs that tie, x, gets 1 and the others get 0"),
        ("max(0, x)", 0.0, "the first of the inputs that tie, 0, gets 1 and the others get 0"),
        ("min(x, 0)", 1.0, "the first of the inputs that tie, x, gets 1 and the others get 0"),
    ],
)
def test_a_corner_is_explained_alike_however_it_is_written(
    expression: str, gradient: float, taken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["circuit", expression, "--set", "x=0", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["gradients"] == {"x": gradient}
    (note,) = found["notes"]
    same = "a corner at 0: the slope is 0 on one side and 1 on the other; by convention "
    assert note.partition(": ")[2] == same + taken


def test_a_derivative_that_does_not_exist_is_said_and_the_rest_is_computed(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["circuit", "z * x ** y", "--set", "x=-2", "--set", "y=3", "--set", "z=2"]
    assert main([*command, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["value"] == -16.0
    assert found["gradients"] == {"z": -8.0, "x": 24.0, "y": None}
    assert found["notes"] == [
        "column 7, gate power: ∂out/∂in₂ = (−2) ^ 3 · ln (−2) does not exist here: ln (−2) is not a real number, "
        "a logarithm needs a base above 0; move the inputs away from there"
    ]
    assert main(command) == 0
    assert "df/dz = -8, df/dx = 24, df/dy does not exist" in capsys.readouterr().out


def test_an_expression_and_a_number_may_begin_with_a_minus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "-x*y", "--set", "x=3", "--set", "y=−4", "--upstream", "-1e1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["value"] == 12.0
    assert found["gradients"] == {"x": -40.0, "y": 30.0}


def test_an_expression_without_inputs_needs_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "2 + 3"]) == 0
    assert "f = 5" in capsys.readouterr().out


def test_the_picture_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "circuit.svg"
    assert main(["circuit", "x * y", "--set", "x=3", "--set", "y=-4", "--svg", str(path)]) == 0
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert root.tag.endswith("svg")
    assert "−12" in [element.text for element in root.iter()]
    assert "f = -12" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["x * y", "--set", "x=1"], "no value for y"),
        (["x * y"], "no value for x, y"),
        (["x", "--set", "x=1", "--set", "z=1"], "z is not an input of this expression; its inputs: x"),
        (["x", "--set", "x"], "expected NAME=VALUE"),
        (["x", "--set", "=1"], "expected NAME=VALUE"),
        (["x", "--set", "x=one"], "--set: x: expected a number such as 0.03 or 3e-2, got one"),
        (["x", "--set", "x=nan"], "--set: x: expected a finite number"),
        (["x", "--set", "x=1e999"], "--set: x: expected a finite number"),
        (["x", "--set", "x=1", "--set", "x=2"], "x is given twice"),
        (["x", "--set", "x=1", "--upstream", "nan"], "upstream: expected a finite number"),
        (["x", "--set", "x=1", "--upstream", "up"], "expected a number"),
        (["x +", "--set", "x=1"], "column 4: the text ends after '+'"),
        (["1 / x", "--set", "x=0"], "column 3, gate divide: 1 ÷ 0 has no value"),
        (["log(x)", "--set", "x=-1"], "column 1, gate natural logarithm"),
        (["exp(x)", "--set", "x=1000"], "too large"),
        (["x", "--set", "x=1", "--svg", "/there/is/no/such.svg"], "there is no folder"),
        (["x", "--set", "x=1", "--colour"], "unrecognized arguments: --colour"),
        (["__import__('os').system('true')"], "column 12"),
        ([], "EXPR"),
        ([""], "column 1: there is nothing to read"),
        (["x\n\x1b[31m+"], "column 3: the control character U+001B"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_code_2(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told in refused(capsys, *words)


def test_a_refused_expression_leaves_the_old_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "circuit.svg"
    path.write_text("old", encoding="utf-8")
    refused(capsys, "log(x)", "--set", "x=-1", "--svg", str(path))
    assert path.read_text(encoding="utf-8") == "old"


def test_values_that_the_text_gives_need_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "x = -2; y = 5; z = -4; q = x + y; J = q * z", "--set", "y=6"]) == 0
    printed = capsys.readouterr().out
    assert "J = -16\n" in printed
    assert "dJ/dx = -4, dJ/dy = -4, dJ/dz = 4" in printed


def test_an_upstream_from_outside_makes_it_the_gradient_of_a_loss(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "x * y", "--set", "x=3", "--set", "y=-4", "--upstream", "2"]) == 0
    assert "dL/dx = -8, dL/dy = 6" in capsys.readouterr().out
