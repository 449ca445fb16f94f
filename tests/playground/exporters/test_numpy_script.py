"""The NumPy script, run in a process of its own: its losses, outputs and training are those of the engine."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.passes import Pass
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.exporters import trained as trained_module
from playground.exporters.numpy_script import numpy_script
from playground.exporters.trained import Trained
from tests.playground.exporters.script_cases import CASES, KINDS, document, trained, trained_on

MORE = 9


def run_script(files: dict[str, str], folder: Path, *arguments: str) -> dict[str, Any]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", folder / next(iter(files)), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def require_same(found: dict[str, Any], wanted: Trained) -> None:
    assert found["iteration"] == wanted.state.iteration
    for name, evaluation in zip(("train", "test"), wanted.evaluations, strict=True):
        part = found[name]
        assert part["data_loss"] == pytest.approx(evaluation.data_loss, abs=1e-6, rel=1e-9)
        assert part["regularization_loss"] == pytest.approx(evaluation.regularization_loss, abs=1e-6, rel=1e-9)
        assert part["loss"] == pytest.approx(evaluation.loss, abs=1e-6, rel=1e-9)
        assert part.get("accuracy") == evaluation.accuracy
    everything = wanted.part(np.arange(len(wanted.points)))
    here = Pass(wanted.network, wanted.training.loss, everything.n_samples, wanted.state.parameters)
    np.copyto(here.batch, everything.table)
    here.forward()
    np.testing.assert_allclose(found["outputs"], here.scores.T, rtol=0, atol=1e-6)


@pytest.mark.parametrize("index", CASES)
def test_the_script_prints_the_losses_and_outputs_of_the_window(index: int, tmp_path: Path) -> None:
    network = trained(index)
    require_same(run_script(numpy_script(network), tmp_path), network)


@pytest.mark.parametrize("index", CASES)
def test_the_script_trains_on_as_the_window_does(index: int, tmp_path: Path) -> None:
    before, after = trained(index), trained_on(index, MORE)
    assert not np.allclose(before.state.parameters, after.state.parameters, rtol=0, atol=1e-5)
    require_same(run_script(numpy_script(before), tmp_path, "--train", str(MORE)), after)


def test_the_script_trains_from_the_start_to_the_same_weights(tmp_path: Path) -> None:
    network = trained(2)
    steps = str(network.state.iteration)
    require_same(run_script(numpy_script(network), tmp_path, "--from-start", "--train", steps), network)


def test_the_cases_use_every_choice_of_the_engine() -> None:
    made = [document(index) for index in CASES]
    layers = [layer for one in made for layer in one.hidden]
    assert {layer.activation for layer in layers} == set(KINDS)
    assert {one.training.loss for one in made} == set(LOSSES)
    assert {one.training.optimizer.name for one in made} == set(OPTIMIZERS)
    assert {one.training.schedule.name for one in made} == set(SCHEDULES)
    assert {one.training.regularizer for one in made} == set(REGULARIZERS)
    assert any(layer.dropout for layer in layers)


@pytest.mark.parametrize("index", [0, 1])
def test_many_numbers_go_into_files_beside_the_script(
    index: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trained_module, "MOST_INLINE", 10)
    network = trained(index)
    files = numpy_script(network, "net")
    assert list(files) == ["net.py", "net.data.csv", "net.weights.csv"]
    assert len(files["net.py"]) < 10_000
    assert "net.data.csv and net.weights.csv, which must lie beside it" in files["net.py"].replace("\n", " ")
    require_same(run_script(files, tmp_path, "--train", str(MORE)), trained_on(index, MORE))


def test_names_out_of_a_file_cannot_become_code(tmp_path: Path) -> None:
    evil = '"""\nimport os; os._exit(7)\n"""\\'
    network = replace(trained(1), title=evil, column_names=(evil, evil), class_names=(evil,) * 3, goal_name=evil)
    script = numpy_script(network)["network.py"]
    assert not any(isinstance(node, ast.Attribute) and node.attr == "_exit" for node in ast.walk(ast.parse(script)))
    require_same(run_script({"network.py": script}, tmp_path), network)


def test_a_person_reads_losses_beside_those_of_the_window(tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text(numpy_script(trained(1))["network.py"], encoding="utf-8")
    said = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, check=True).stdout
    differences = [float(line.rsplit(" ", 1)[1]) for line in said.splitlines() if "the window:" in line]
    assert len(differences) == 8
    assert max(differences) < 1e-6
