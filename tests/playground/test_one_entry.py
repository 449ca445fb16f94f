"""An activation and an optimizer are one entry of a table each: the whole program knows a new one from there."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from playground.app.views.network.layers_reading import curve
from playground.app.views.network.reading import activation_choices
from playground.app.views.training.fields import training_fields
from playground.circuits.passes import evaluate
from playground.circuits.unroll import neuron
from playground.cli.main import main
from playground.document import differences
from playground.document.document import Document
from playground.document.quantity import Quantity
from playground.document.selection import Example
from playground.engine import activations
from playground.engine.activations import ACTIVATIONS, Activation, Array, Constants
from playground.engine.optimizers import OPTIMIZERS, Optimizer
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.engine.updates import Ops, Workspace, descend
from playground.exporters.from_run import exportable
from playground.exporters.keras_script import keras_script
from playground.exporters.numpy_script import numpy_script
from playground.exporters.pytorch_script import pytorch_script
from playground.files.format import schema
from playground.files.format.codec import decode, encode
from playground.files.saved import Saved
from playground.lessons.check import faults_of
from playground.lessons.reader import read_lesson
from playground.lessons.rehearsal import Opened, Rehearsal
from playground.lessons.second_way import second_way
from playground.training.quantities import value_of
from playground.training.run import Run


def softsign(z: Array, out: Array, work: Array, c: Constants) -> None:
    np.negative(z, work)
    np.maximum(z, work, out=work)
    np.add(work, c.one, work)
    np.divide(z, work, out)


def softsign_local(z: Array, a: Array, out: Array, work: Array, c: Constants) -> None:
    np.abs(a, out)
    np.subtract(c.one, out, out)
    np.multiply(out, out, out)


def sign_descent(on: Workspace) -> Ops:
    return partial(np.sign, on.g, on.delta), *descend(on.delta, on)


SOFTSIGN = Activation(
    name="softsign",
    label="Softsign",
    formula="a = z / (1 + |z|)",
    derivative="∂a/∂z = (1 − |a|)²",
    traits=("saturates slowly at −1 and 1",),
    range=(-1.0, 1.0),
    forward=softsign,
    local=softsign_local,
    needs_work=True,
    numpy=("z / (1.0 + np.abs(z))", "(1.0 - np.abs(a)) ** 2"),
    pytorch="nn.Softsign()",
    keras='keras.layers.Activation("softsign")',
)
SIGN = Optimizer(
    name="sign_descent",
    label="Sign descent",
    formula="Δw = −η·sign(g)",
    trait="every step is one rate long",
    compose=sign_descent,
    numpy="return -rate * np.sign(g)",
)
OPTIONS = ("--activation", "softsign", "--optimizer", "sign_descent")


@pytest.fixture(autouse=True)
def new_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "softsign", SOFTSIGN)
    monkeypatch.setitem(OPTIMIZERS, "sign_descent", SIGN)


@pytest.fixture
def document() -> Document:
    return Document(
        hidden=(LayerSpec(3, "softsign"),),
        training=TrainingSpec(loss="squared", optimizer=OptimizerSpec("sign_descent"), learning_rate=0.01),
    )


def test_the_menus_of_the_window_offer_it_with_its_law() -> None:
    assert ("Softsign", "a = z / (1 + |z|)") in [(choice.label, choice.formula) for choice in activation_choices()]
    boxes = {field.key: getattr(field, "choices", ()) for field in training_fields()}
    assert ("Sign descent", "Δw = −η·sign(g)") in [(choice.label, choice.formula) for choice in boxes["optimizer"]]
    assert "softsign" in [choice.key for choice in boxes["output_activation"]]


def test_the_layer_popup_draws_it() -> None:
    drawn = curve(LayerSpec(activation="softsign"))
    assert drawn.label == "Softsign"
    np.testing.assert_allclose(drawn.a, drawn.z / (1.0 + np.abs(drawn.z)))


def test_the_command_line_lists_it_and_trains_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--help"]) == 0
    words = capsys.readouterr().out.split()
    assert "softsign," in words
    assert "sign_descent" in " ".join(words)
    assert main(["train", *OPTIONS, "--learning-rate", "0.01", "--steps", "300", "--quiet", "--report", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["train"]["accuracy"] > 0.7


def test_a_lesson_sets_it_and_asks_for_its_numbers(document: Document) -> None:
    text = (
        '+++\ntitle = "A"\n+++\n# A\n```scene\nhidden = [3]\nactivation = "softsign"\nlearning_rate = 0.01\n'
        'do = ["set optimizer sign_descent", "play 5"]\n```\n```compute\nof = "value"\nat = "h1.2"\n```\n'
    )
    lesson = read_lesson(text, "a")
    assert faults_of(lesson, lambda name: Opened(document)) == []
    (scene, _) = lesson.steps[0].parts
    rehearsal = Rehearsal(lambda name: Opened(document))
    rehearsal.enter(scene)
    assert rehearsal.run.document == document
    local = Quantity("local", "h1.2")
    first, second = value_of(rehearsal.run.snapshot(), local), second_way(rehearsal.run, local, Example())
    np.testing.assert_allclose(first, second)


def test_the_gradient_check_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *OPTIONS, "--loss", "softmax", "--steps", "20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["max_relative_error"] <= 1e-5


def test_the_schema_of_files_knows_it() -> None:
    limits = schema.limits()
    assert "softsign" in limits["LayerSpec"]["activation"]["enum"]
    assert "sign_descent" in limits["OptimizerSpec"]["name"]["enum"]
    assert '"softsign"' in schema.text()


def test_a_document_with_it_is_saved_and_opened(document: Document) -> None:
    run = Run(document)
    run.train(5)
    saved = decode(encode(Saved(document, run.trainer.state())))
    assert saved.document == document
    assert saved.state is not None
    assert saved.state.same_as(run.trainer.state())


def test_a_difference_is_named_by_its_label(document: Document) -> None:
    assert "Sign descent" in differences.differing(document, Document(hidden=document.hidden))
    assert "Softsign" in differences.differing(document, Document())


def test_the_circuit_of_a_neuron_computes_it_forward_and_backward() -> None:
    unrolled = neuron([0.5, -2.0, 0.25], [1.0, 0.75], "softsign")
    found = evaluate(unrolled.circuit, unrolled.inputs)
    z = 0.5 * 1.0 - 2.0 * 0.75 + 0.25
    assert found.values[-1] == pytest.approx(float(activations.value("softsign", z)), rel=1e-15)
    bias = unrolled.parameters[1, 0, 0, -1]
    assert found.gradients[bias] == pytest.approx(float(activations.local("softsign", z)), rel=1e-15)


def test_the_numpy_script_trains_with_it_as_the_window_does(document: Document, tmp_path: Path) -> None:
    run = Run(document)
    run.train(4)
    (tmp_path / "network.py").write_text(numpy_script(exportable(run))["network.py"], encoding="utf-8")
    command = [sys.executable, str(tmp_path / "network.py"), "--train", "6", "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    run.train(6)
    np.testing.assert_allclose(found["outputs"], exportable(run).outputs(), rtol=1e-9, atol=1e-12)


def test_a_library_script_has_its_words_or_says_that_there_are_none(document: Document) -> None:
    trained = exportable(Run(Document(hidden=document.hidden)))
    assert "nn.Softsign()" in pytorch_script(trained)["network.py"]
    assert 'keras.layers.Activation("softsign")' in keras_script(trained)["network.py"]
    for library, script in (("PyTorch", pytorch_script), ("Keras", keras_script)):
        with pytest.raises(ValueError, match=f"{library} has no text for Sign descent; export the NumPy script"):
            script(exportable(Run(document)))


def test_the_command_line_says_in_one_line_that_a_script_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--to", "keras", *OPTIONS, "--output", str(tmp_path / "network.py")]) != 0
    assert capsys.readouterr().err.count("\n") == 1
