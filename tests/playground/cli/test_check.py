"""``check``: the table, the JSON, the exit code, and that a wrong derivative is caught."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from playground.cli import check as cli_check
from playground.cli.main import main
from playground.document.document import Document
from playground.engine.gradcheck import GradientCheck, check_gradients
from playground.engine.gradient_verdict import Finding
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.training.run import Run

KEYS = [
    "passed", "max_relative_error", "parameters", "forward_passes_numeric", "seconds_numeric", "seconds_backprop",
    "findings", "worst", "exceptions",
]  # fmt: skip


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["check", "--json", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_json_has_exactly_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(capsys)
    assert list(found) == KEYS
    assert found["parameters"] == 17
    assert found["forward_passes_numeric"] == 2 * 17
    assert found["max_relative_error"] <= 1e-5
    assert found["findings"] == {
        "agrees": 17, "kink": 0, "rounding": 0, "curvature": 0, "not_finite": 0, "wrong": 0,
    }  # fmt: skip
    assert found["passed"]
    assert found["exceptions"] == []
    assert found["seconds_numeric"] > 0.0
    assert found["seconds_backprop"] > 0.0


def test_the_worst_parameter_comes_with_both_gradients(capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(capsys, "--hidden", "3", "--steps", "20")
    worst = found["worst"]
    scale = max(abs(worst["backprop"]), abs(worst["numeric"]), 1e-5)
    assert worst["relative_error"] == found["max_relative_error"]
    assert abs(worst["backprop"] - worst["numeric"]) / scale == pytest.approx(worst["relative_error"], rel=1e-12)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "elu", "sigmoid", "maxout", "gelu", "silu", "sine"])
@pytest.mark.parametrize("loss", ["softmax", "hinge", "squared", "logistic"])
def test_every_activation_and_loss_passes(activation: str, loss: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = f"--activation {activation} --loss {loss} --dataset three_arms --regularization elastic_net --steps 9"
    assert checked(capsys, *arguments.split())["max_relative_error"] <= 1e-5


def test_the_table_lists_every_parameter_of_a_small_network(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--hidden", "2", "--features", "x1,x2_squared"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = lines[1 : lines.index("")]
    assert [row.split("  ")[0] for row in rows] == [
        "x1 → h1.1", "x2_squared → h1.1", "bias of h1.1",
        "x1 → h1.2", "x2_squared → h1.2", "bias of h1.2",
        "h1.1 → out.1", "h1.2 → out.1", "bias of out.1",
    ]  # fmt: skip
    assert any(line.startswith("passed: largest relative error") for line in lines)
    assert "central differences: 18 forward passes" in "\n".join(lines)


def test_the_table_of_a_large_network_shows_the_worst_first_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--hidden", "30"]) == 0
    lines = capsys.readouterr().out.splitlines()
    errors = [float(line.split()[-2]) for line in lines[2 : lines.index("")]]
    assert lines[0] == "the 20 worst of 121 parameters"
    assert len(errors) == 20
    assert errors == sorted(errors, reverse=True)


def test_beyond_5000_parameters_a_sample_is_checked_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--hidden", "80,70", "--batch-size", "2", "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["parameters"] == 2 * 80 + 80 + 80 * 70 + 70 + 70 + 1
    assert found["forward_passes_numeric"] == 2 * 5000
    assert "sample of 5 000" in said.err


def test_a_wrong_derivative_fails_with_exit_code_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: Any, **settings: Any) -> Any:
        return check_gradients(*arguments, **settings, broken_layer=1)

    monkeypatch.setattr(cli_check, "check_gradients", broken)
    assert main(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["max_relative_error"] > 1.0
    assert found["worst"]["layer"] == "hidden 1"
    assert found["worst"]["finding"] == "wrong"
    assert found["findings"]["wrong"] == len(found["exceptions"]) == 12
    assert main(["check"]) == 1
    assert "FAILED: largest relative error" in capsys.readouterr().out
    assert main(["check", "--quiet"]) == 1
    assert capsys.readouterr() == ("", "")


def test_a_gradient_that_is_not_a_number_fails_and_stays_valid_json() -> None:
    check = check_of(Document())
    where = np.arange(17) == 4
    wrong = replace(
        check,
        errors=np.where(where, np.nan, check.errors),
        findings=np.where(where, Finding.NOT_FINITE, Finding.AGREES).astype(np.int8),
    )
    found = json.loads(cli_check.as_json(cli_check.report_of(wrong, Run(Document()).network)))
    assert found["max_relative_error"] is None
    assert (found["worst"]["index"], found["worst"]["relative_error"]) == (4, None)
    assert [entry["finding"] for entry in found["exceptions"]] == ["not_finite"]
    assert not wrong.passed


def check_of(document: Document) -> GradientCheck:
    run = Run(document)
    job = check_gradients(run.network, document.training, cli_check.next_batch(run), run.trainer.parameters)
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: GradientCheck = end.value
            return result


def test_the_checked_examples_are_those_of_the_next_iteration() -> None:
    run = Run(Document())
    run.train(5)
    batch = cli_check.next_batch(run)
    record = run.trainer.record()
    np.testing.assert_array_equal(batch.inputs, run.data.train.inputs[record.indices])
    np.testing.assert_array_equal(batch.targets, run.data.train.targets[:, record.indices])


def test_every_parameter_is_named_by_the_place_that_it_has() -> None:
    network = Network(NetworkSpec(3, (LayerSpec(4, "maxout", pieces=3), LayerSpec(2)), 2))
    for index in range(network.n_parameters):
        place = cli_check.place_of(network, index)
        layer = next(layer for layer in network.layers if layer.name == place["layer"])
        source = -1 if place["input"] is None else place["input"]
        assert layer.position(place["unit"], source, place.get("piece", 0)) == place["index"] == index


def test_training_that_diverged_before_the_check_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--learning-rate", "10000", "--steps", "500", "--quiet"]) == 1
    assert "Training stopped" in capsys.readouterr().err


def test_a_bad_option_of_check_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--hidden", "a"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("backprop-playground check: error: --hidden: ")
    assert len(said.err.splitlines()) == 1
