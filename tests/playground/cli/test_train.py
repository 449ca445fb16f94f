"""``train``: every option reaches the document, the report is exact, bad options are one line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.analysis.evaluate import evaluate
from playground.cli import train as cli_train
from playground.cli.main import main
from playground.cli.options import add_document_options, document_from
from playground.cli.parser import Parser
from playground.document import catalogue
from playground.document.document import Document
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec
from playground.training.run import Run

PARTS = ["data_loss", "regularization_loss", "loss", "accuracy"]
KEYS = ["iterations", "epochs", "parameters", "train", "test", "seconds", "diverged"]
EVERY_OPTION = """
--dataset spiral --points 300 --noise 0.25 --train-fraction 0.75 --sample-seed 9 --features x2,x1_x2
--hidden 5,3,2 --activation leaky_relu,maxout,elu --dropout 0,0.5,0 --slope 0.2 --alpha 2 --pieces 3
--loss squared --output-activation tanh --optimizer adamw --beta1 0.2 --beta2 0.3
--epsilon 1e-6 --weight-decay 0.5 --learning-rate 0.03 --schedule cosine
--schedule-interval 77 --floor 0.7 --batch-size 31 --regularization elastic_net
--lambda 0.8 --l1-ratio 0.9 --clip-norm 1.5 --clip-value 2.5 --initializer normal
--initial-scale 0.35 --seed 12
"""


def report(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Train with `arguments` and return the report from standard output."""
    assert main(["train", "--report", "-", *arguments]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def document(*arguments: str) -> Document:
    parser = Parser(prog="test")
    add_document_options(parser)
    return document_from(parser.parse_args(arguments))


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that refuses `arguments`."""
    assert main(["train", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


# ---- the report --------------------------------------------------------------------------------


def test_the_report_has_exactly_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "--steps", "30")
    assert list(found) == KEYS
    assert list(found["train"]) == list(found["test"]) == PARTS
    assert (found["iterations"], found["parameters"], found["diverged"]) == (30, 17, False)
    assert found["seconds"] > 0.0


def test_the_report_counts_completed_epochs(capsys: pytest.CaptureFixture[str]) -> None:
    # 200 training points in batches of 64: four iterations an epoch.
    assert report(capsys, "--batch-size", "64", "--steps", "7")["epochs"] == 1
    assert report(capsys, "--batch-size", "64", "--steps", "8")["epochs"] == 2


def test_the_reported_losses_are_those_of_the_run_to_the_bit(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--dataset", "three_arms", "--loss", "softmax", "--regularization", "l2", "--lambda", "0.01"]
    found = report(capsys, *arguments, "--steps", "70")
    run = Run(document(*arguments))
    run.train(70)
    for name, data in (("train", run.data.train), ("test", run.data.test)):
        expected = evaluate(run.network, run.document.training, data, run.trainer.parameters)
        assert found[name] == {key: getattr(expected, key) for key in PARTS}
    assert found["train"]["regularization_loss"] > 0.0
    assert found["train"]["loss"] == found["train"]["data_loss"] + found["train"]["regularization_loss"]


def test_the_same_seed_gives_the_same_report_and_another_seed_another(capsys: pytest.CaptureFixture[str]) -> None:
    first, again = (report(capsys, "--steps", "40")["train"] for _ in range(2))
    other = report(capsys, "--steps", "40", "--seed", "2")["train"]
    assert first == again != other


def test_regression_has_no_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "--dataset", "plane", "--steps", "20")
    assert found["train"]["accuracy"] is None
    assert found["test"]["accuracy"] is None
    assert found["test"]["data_loss"] > 0.0


def test_no_steps_report_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "--steps", "0")
    run = Run(Document())
    expected = evaluate(run.network, run.document.training, run.data.test, run.trainer.parameters)
    assert (found["iterations"], found["epochs"]) == (0, 0)
    assert found["test"]["data_loss"] == expected.data_loss


def test_hidden_0_is_a_linear_model_that_cannot_split_xor(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "--hidden", "0", "--steps", "2000")
    assert found["parameters"] == 3
    assert found["test"]["accuracy"] < 0.8


def test_the_first_network_solves_xor_for_19_of_20_seeds(capsys: pytest.CaptureFixture[str]) -> None:
    solved = [
        report(capsys, "--steps", "1500", "--seed", str(seed))["test"]["accuracy"] >= 0.95 for seed in range(1, 21)
    ]
    assert sum(solved) >= 19


def test_the_report_goes_to_a_file_and_the_table_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report λ.json"
    target.write_text("what was there before, longer than the report will be" * 30, encoding="utf-8")
    assert main(["train", "--steps", "16", "--report", str(target)]) == 0
    assert list(json.loads(target.read_text(encoding="utf-8"))) == KEYS
    said = capsys.readouterr()
    assert "16 iterations" in said.out
    assert said.err == ""


def test_quiet_says_nothing_and_still_writes_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.json"
    assert main(["train", "--steps", "5", "--quiet", "--report", str(target)]) == 0
    assert target.exists()
    assert capsys.readouterr() == ("", "")


def test_the_table_names_network_losses_and_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--steps", "1000", "--hidden", "4,3", "--activation", "relu,tanh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("xor, 400 points · 2-4-3-1, relu, tanh · 31 parameters")
    assert lines[1].startswith("1 000 iterations, 76 epochs")
    assert [line.split()[0] for line in lines[3:]] == ["train", "test"]
    assert lines[3].endswith(" %")


def test_a_network_without_test_points_reports_null_instead_of_nan(capsys: pytest.CaptureFixture[str]) -> None:
    found = report(capsys, "--points", "4", "--train-fraction", "0.95", "--steps", "3")
    assert found["test"]["data_loss"] is None
    assert found["train"]["data_loss"] is not None


# ---- divergence --------------------------------------------------------------------------------


def test_a_run_that_diverges_says_so_and_reports_the_last_finite_state(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--learning-rate", "10000", "--report", "-"]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert found["diverged"] is True
    assert found["iterations"] < 1000
    assert np.isfinite(found["train"]["loss"])
    assert len(said.err.splitlines()) == 1
    assert "lower the learning rate" in said.err
    assert f"iteration {found['iterations']}" in said.err


# ---- the progress bar --------------------------------------------------------------------------


def test_a_person_at_a_terminal_sees_a_bar_beside_a_clean_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["train", "--steps", "2000", "--report", "-"]) == 0
    said = capsys.readouterr()
    assert list(json.loads(said.out)) == KEYS
    assert "training" in said.err
    assert "2000" in said.err


@pytest.mark.parametrize(("terminal", "arguments"), [(True, ["--quiet"]), (False, [])])
def test_nobody_else_sees_a_bar(
    terminal: bool, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    assert main(["train", "--steps", "2000", *arguments]) == 0
    assert capsys.readouterr().err == ""


# ---- options -----------------------------------------------------------------------------------


def test_without_options_the_document_is_that_of_the_first_start() -> None:
    assert document() == Document()


def test_every_option_reaches_its_place_in_the_document() -> None:
    made = document(*EVERY_OPTION.split())
    data, training = made.data, made.training
    assert (data.name, data.points, data.noise, data.train_fraction, data.seed) == ("spiral", 300, 0.25, 0.75, 9)
    assert made.features == ("x2", "x1_x2")
    assert made.hidden == (
        LayerSpec(5, "leaky_relu", 0.2, 2.0, 3, 0.0),
        LayerSpec(3, "maxout", 0.2, 2.0, 3, 0.5),
        LayerSpec(2, "elu", 0.2, 2.0, 3, 0.0),
    )
    assert (made.output_activation, made.seed) == ("tanh", 12)
    assert training.optimizer == OptimizerSpec("adamw", 0.9, 0.2, 0.3, 0.99, 1e-6, 0.5)
    assert training.schedule == ScheduleSpec("cosine", 77, 0.5, 0.7)
    assert (training.loss, training.learning_rate, training.batch_size) == ("squared", 0.03, 31)
    assert (training.regularizer, training.penalty, training.l1_ratio) == ("elastic_net", 0.8, 0.9)
    assert (training.clip_norm, training.clip_value) == (1.5, 2.5)
    assert (training.initializer, training.initial_scale) == ("normal", 0.35)
    others = document("--optimizer", "rmsprop", "--rho", "0.4", "--schedule", "step_decay", "--gamma", "0.6").training
    assert (others.optimizer.rho, others.schedule.gamma) == (0.4, 0.6)
    assert document("--optimizer", "nesterov", "--momentum", "0.1").training.optimizer.momentum == 0.1


def test_one_activation_and_one_dropout_serve_every_hidden_layer() -> None:
    made = document("--hidden", "3,2,2", "--activation", "relu", "--dropout", "0.25")
    assert [layer.width for layer in made.hidden] == [3, 2, 2]
    assert {(layer.activation, layer.dropout) for layer in made.hidden} == {("relu", 0.25)}


@pytest.mark.parametrize("name", catalogue.GENERATORS)
def test_every_data_set_trains_with_its_own_noise_and_inputs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    generator = catalogue.GENERATORS[name]
    made = document("--dataset", name)
    assert made.data.noise == generator.noise
    assert made.features == tuple(f"x{column + 1}" for column in range(generator.n_features))
    assert made.data.points == (generator.rows or 400)
    found = report(capsys, "--dataset", name, "--points", "60", "--steps", "2", "--hidden", "2")
    assert (found["train"]["accuracy"] is None) == generator.is_regression


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--dataset moon", "--dataset: expected one of xor, circle"),
        ("--points 3", "--points: expected an integer from 4 to 1000000, got 3"),
        ("--points 4e-2", "--points: expected a whole number such as 1000, got 4e-2"),
        ("--noise -1", "--noise: expected a number from 0 to 2, got -1.0"),
        ("--noise nan", "--noise: "),
        ("--train-fraction 1", "--train-fraction: "),
        ("--sample-seed -1", "--sample-seed: "),
        ("--features x3", "--features: expected one of x1, x2"),
        ("--features x1,,x2", "--features: expected names separated by commas"),
        ("--features x1,x1", "--features: each input feature may appear once"),
        ("--hidden 4,x", "--hidden: expected widths such as 4,2, or 0"),
        ("--hidden 257", "--hidden: expected an integer from 1 to 256, got 257"),
        ("--hidden 4,0", "--hidden: expected an integer from 1 to 256, got 0"),
        ("--hidden " + ",".join("1" * 17), "--hidden: expected at most 16 layers, got 17"),
        ("--activation rleu", "--activation: expected one of linear, relu"),
        ("--activation relu,tanh", "--activation: expected one for all or one for each of 1 hidden layers, got 2"),
        ("--dropout 0.95", "--dropout: expected a number from 0 to 0.9"),
        ("--dropout 0,a", "--dropout: expected numbers separated by commas"),
        ("--slope 2", "--slope: "),
        ("--alpha 11", "--alpha: "),
        ("--pieces 1", "--pieces: expected an integer from 2 to 8"),
        ("--loss mse", "--loss: expected one of softmax, hinge, squared, logistic; got 'mse'"),
        ("--loss softmax --dataset plane", "has values instead; use squared"),
        ("--output-activation tanh --loss hinge", "--output-activation: hinge takes scores"),
        ("--output-activation maxout", "--output-activation: expected one of linear"),
        ("--optimizer adma", "--optimizer: expected one of sgd"),
        ("--momentum 1", "--momentum: "),
        ("--epsilon 0", "--epsilon: "),
        ("--weight-decay -1", "--weight-decay: "),
        ("--learning-rate 0", "--learning-rate: expected a number above 0"),
        ("--learning-rate inf", "--learning-rate: "),
        ("--schedule linear", "--schedule: expected one of constant"),
        ("--schedule-interval 0", "--schedule-interval: "),
        ("--gamma 0", "--gamma: "),
        ("--floor 2", "--floor: "),
        ("--batch-size 0", "--batch-size: "),
        ("--regularization l3", "--regularization: expected one of none, l2"),
        ("--lambda -1", "--lambda: "),
        ("--l1-ratio 2", "--l1-ratio: "),
        ("--clip-norm 0", "--clip-norm: "),
        ("--clip-value 0", "--clip-value: "),
        ("--initializer ones", "--initializer: expected one of xavier"),
        ("--initial-scale 101", "--initial-scale: "),
        ("--seed -1", "--seed: "),
        ("--seed 99999999999", "--seed: "),
        ("--steps -1", "--steps: expected a whole number from 0 to"),
        ("--steps 1000000001", "--steps: expected a whole number from 0 to"),
        ("--screenshot picture.jpg", "--screenshot: expected a name that ends in .png, got 'picture.jpg'"),
        ("--report /no/such/folder/r.json", "--report: there is no folder"),
        ("--report .", "--report: . is a folder"),
        ("--dataset digits --points 100000", "--points: "),
        ("--bogus", "unrecognized arguments: --bogus"),
        ("surplus", "surplus: cannot be read"),
        ("a.playground surplus", "unrecognized arguments: surplus"),
        ("--steps", "--steps: expected one argument"),
    ],
)
def test_a_bad_option_is_one_line_that_names_it(
    arguments: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in refusal(capsys, *arguments.split())


def test_a_bad_place_for_the_report_is_refused_before_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_train, "train", lambda *_, **__: pytest.fail("trained first"))
    assert "--report" in refusal(capsys, "--report", str(tmp_path / "missing" / "r.json"))
    assert "--screenshot" in refusal(capsys, "--screenshot", str(tmp_path / "missing" / "p.png"))
    assert "null character" in refusal(capsys, "--report", "a\0b")


def test_looking_whether_a_file_can_be_written_leaves_nothing_behind_and_harms_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("mine", encoding="utf-8")
    refusal(capsys, "--report", str(kept), "--screenshot", str(tmp_path / "missing" / "p.png"))
    refusal(capsys, "--report", str(tmp_path / "new.json"), "--screenshot", str(tmp_path / "missing" / "p.png"))
    assert kept.read_text(encoding="utf-8") == "mine"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]


def test_a_disk_that_fills_up_is_one_line_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_settings: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["train", "--steps", "1", "--quiet", "--report", str(tmp_path / "r.json")]) == 1
    assert "--report" in (line := capsys.readouterr().err)
    assert "No space left on device" in line


# ---- the picture -------------------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
def test_the_screenshot_is_the_window_after_training(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PySide6.QtGui import QImage

    start, later = tmp_path / "start.png", tmp_path / "later.PNG"
    assert main(["train", "--steps", "0", "--quiet", "--screenshot", str(start)]) == 0
    assert main(["train", "--steps", "300", "--quiet", "--screenshot", str(later)]) == 0
    first, second = QImage(str(start)), QImage(str(later))
    assert (first.width(), first.height()) == (second.width(), second.height()) == (1600, 1000)
    assert first != second
    assert capsys.readouterr() == ("", "")


def test_a_namespace_without_an_option_is_a_mistake_of_ours_and_not_hidden() -> None:
    with pytest.raises(AttributeError):
        document_from(argparse.Namespace())
