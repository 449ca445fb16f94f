"""The PyTorch and Keras scripts: always read, and run wherever the library is.

They run in this Python, or in the one that BACKPROP_PLAYGROUND_TORCH or BACKPROP_PLAYGROUND_KERAS names
(Keras takes the backend that KERAS_BACKEND names).
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from playground.exporters.keras_script import keras_script
from playground.exporters.numpy_script import numpy_script
from playground.exporters.pytorch_script import pytorch_script
from playground.exporters.trained import Trained
from tests.playground.exporters.script_cases import CASES, document, trained, trained_on
from tests.playground.exporters.test_numpy_script import require_same

MORE = 9
SCRIPTS = {"torch": pytorch_script, "keras": keras_script}

DRIVER = """
import importlib, json
found = {}
for index in %r:
    script = importlib.import_module(f"net{index}")
    run = script.Run()
    before = script.report(run)
    for _ in range(%d):
        run.step()
    found[index] = before, script.report(run)
with open("found.json", "w") as file:
    json.dump(found, file)
"""


@pytest.fixture(scope="module")
def run_all(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Any]]:
    """Return the runner of all scripts of a library in one process, which starts it but once."""
    done: dict[str, dict[str, Any]] = {}

    def run(library: str) -> dict[str, Any]:
        python = os.environ.get(f"BACKPROP_PLAYGROUND_{library.upper()}", "")
        if not python and find_spec(library) is None:
            pytest.skip(f"{library} is not installed: its script was read, but not run")
        if library not in done:
            folder = tmp_path_factory.mktemp(library)
            for index in CASES:
                for name, text in SCRIPTS[library](trained(index), f"net{index}").items():
                    (folder / name).write_text(text, encoding="utf-8")
            (folder / "driver.py").write_text(DRIVER % (list(CASES), MORE))
            process = subprocess.run(
                [python or sys.executable, "driver.py"], cwd=folder, capture_output=True, text=True, check=False
            )
            assert process.returncode == 0, process.stderr
            done[library] = json.loads((folder / "found.json").read_text())
        return done[library]

    return run


@pytest.mark.parametrize("library", SCRIPTS)
@pytest.mark.parametrize("index", CASES)
def test_losses_and_outputs_are_those_of_the_window(
    library: str, index: int, run_all: Callable[[str], dict[str, Any]]
) -> None:
    require_same(run_all(library)[str(index)][0], trained(index))


@pytest.mark.parametrize("index", [i for i in CASES if not any(layer.dropout for layer in document(i).hidden)])
def test_pytorch_trains_on_as_the_window_does(index: int, run_all: Callable[[str], dict[str, Any]]) -> None:
    require_same(run_all("torch")[str(index)][1], trained_on(index, MORE))


@pytest.mark.parametrize("index", [7, 21])
def test_keras_trains_on_as_the_window_does_where_its_definitions_are_the_same(
    index: int, run_all: Callable[[str], dict[str, Any]]
) -> None:
    require_same(run_all("keras")[str(index)][1], trained_on(index, MORE))


@pytest.mark.parametrize("script", [*SCRIPTS.values(), numpy_script])
def test_every_name_in_a_script_is_defined_and_used(
    script: Callable[[Trained, str], dict[str, str]], tmp_path: Path
) -> None:
    for index in CASES:
        (text,) = script(trained(index), "net").values()
        ast.parse(text)
        (tmp_path / f"net{index}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F,E9", "--no-cache", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("script", SCRIPTS.values())
def test_a_script_says_where_its_dropout_is_not_the_windows(
    script: Callable[[Trained, str], dict[str, str]],
) -> None:
    with_dropout = next(i for i in CASES if any(layer.dropout for layer in document(i).hidden))
    said, unsaid = (" ".join(script(trained(index), "net")["net.py"].split()) for index in (with_dropout, 1))
    assert "ropout draws with" in said
    assert "ropout draws with" not in unsaid
