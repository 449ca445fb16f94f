"""``export``: every target comes out of a file, every refusal is one line and writes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QImageReader

from playground.cli.main import main
from playground.document.document import DataSettings, Document, Node
from playground.document.selection import Example, Selection
from playground.engine.spec import LayerSpec
from playground.files import document_file
from playground.files.saved import Saved, ViewState
from playground.training.run import Run


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A document of XOR after 20 iterations, a neuron selected."""
    run = Run(Document(data=DataSettings(points=40)))
    run.train(20)
    view = ViewState(Selection(node=Node(1, 2), example=Example(3)))
    path = tmp_path / "xor.playground"
    document_file.save(path, Saved(run.document, run.trainer.state(), run.history.copy(), view))
    return path


def export(saved: Path, kind: str, name: str, *arguments: str) -> Path:
    path = saved.with_name(name)
    assert main(["export", str(saved), "--to", kind, "--output", str(path), *arguments]) == 0
    return path


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    assert main(["export", *arguments]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


def test_the_numpy_script_runs_and_agrees_with_the_window(saved: Path) -> None:
    path = export(saved, "numpy", "net.py")
    said = subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, check=True).stdout
    assert "iteration 20\n" in said
    assert said.count("the window: ") == 8


@pytest.mark.parametrize(("kind", "word"), [("pytorch", "import torch"), ("keras", "import keras")])
def test_scripts_of_libraries_are_written(saved: Path, kind: str, word: str) -> None:
    assert word in export(saved, kind, "net.py").read_text(encoding="utf-8")


def test_tables_hold_the_curves_and_the_points(saved: Path) -> None:
    curves = export(saved, "csv", "curves.csv").read_text(encoding="utf-8").splitlines()
    assert curves[0] == "iteration,train,test,regularization,train_accuracy,test_accuracy,rate"
    assert [line.split(",")[0] for line in curves[1:]] == [str(n) for n in range(21)]
    data = export(saved, "csv", "data.csv", "--table", "data").read_text(encoding="utf-8").splitlines()
    assert len(data) == 41


def test_a_worksheet_is_of_the_selected_neuron_unless_told(saved: Path) -> None:
    first = export(saved, "worksheet", "w.md").read_text(encoding="utf-8")
    assert "neuron 3 of hidden layer 1" in first.splitlines()[0]
    other = export(saved, "worksheet", "w.md", "--node", "2.0", "--example", "7", "--answers")
    text = other.read_text(encoding="utf-8")
    assert "output ŷ" in text.splitlines()[0]
    assert "example 7 " in text
    assert "____" not in text
    typed = export(saved, "worksheet", "w.md", "--node", "out.1", "--example", "7", "--answers")
    assert typed.read_text(encoding="utf-8") == text


def test_a_neuron_is_written_as_a_circuit_too(saved: Path) -> None:
    text = export(saved, "worksheet", "c.md", "--circuit").read_text(encoding="utf-8")
    assert "## Backward: upstream × local = downstream" in text
    assert export(saved, "svg", "c.svg", "--view", "circuit").read_text(encoding="utf-8").startswith("<svg")


def test_a_text_goes_to_standard_output(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(saved), "--to", "csv", "--output", "-"]) == 0
    assert capsys.readouterr().out.startswith("iteration,train,")


def test_pictures_are_of_the_view_and_the_scale_asked_for(saved: Path) -> None:
    one = QImage(str(export(saved, "png", "one.png", "--view", "output")))
    two = QImage(str(export(saved, "png", "two.png", "--view", "output", "--scale", "2")))
    assert not one.isNull()
    assert two.size() == one.size() * 2
    assert "<svg" in export(saved, "svg", "network.svg").read_text(encoding="utf-8")[:400]


def test_an_animation_shows_the_training_from_the_start(saved: Path) -> None:
    reader = QImageReader(str(export(saved, "gif", "a.gif", "--steps", "30", "--frames", "3")))
    frames = []
    while not (image := reader.read()).isNull():
        frames.append(image)
    assert len(frames) == 3
    assert frames[0] != frames[1] != frames[2]


def test_a_network_of_many_numbers_brings_files_beside_its_script(tmp_path: Path) -> None:
    document = Document(hidden=(LayerSpec(120), LayerSpec(120)))
    path = tmp_path / "wide.playground"
    document_file.save(path, Saved(document))
    script = export(path, "numpy", "wide.py")
    assert (tmp_path / "wide.weights.csv").is_file()
    subprocess.run([sys.executable, "-I", script], capture_output=True, check=True)
    export(path, "numpy", "wide.py")  # its own tables are written again


def test_a_table_of_something_else_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wide.playground"
    document_file.save(path, Saved(Document(hidden=(LayerSpec(120), LayerSpec(120)))))
    mine = tmp_path / "mine.weights.csv"
    mine.write_text("my own")
    assert main(["export", str(path), "--to", "numpy", "--output", str(tmp_path / "mine.py"), "--quiet"]) == 2
    assert "--output: mine.weights.csv is there already" in capsys.readouterr().err
    assert mine.read_text() == "my own"
    assert not (tmp_path / "mine.py").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--to", "pickle", "--output", "x"], "invalid choice"),
        (["--to", "numpy", "--output", "no/such/folder/x.py"], "there is no folder"),
        (["--to", "worksheet", "--node", "1", "--output", "x.md"], "--node: expected a node such as"),
        (["--to", "worksheet", "--node", "9.0", "--output", "x.md"], "the widths are 2-4-1"),
        (["--to", "worksheet", "--node", "0.0", "--output", "x.md"], "only a neuron has this worksheet"),
        (["--to", "worksheet", "--example", "40", "--output", "x.md"], "expected 0 to 39"),
        (["--to", "png", "--scale", "9", "--output", "x.png"], "--scale: expected a whole number from 1 to 4"),
        (["--to", "png", "--view", "nothing", "--output", "x.png"], "--view: expected one of window, network"),
        (["--to", "png", "--output", "-"], "a picture goes into a file"),
        (["--to", "gif", "--frames", "1", "--output", "x.gif"], "--frames: expected a whole number from 2 to 200"),
    ],
)
def test_a_bad_option_is_one_line_and_writes_nothing(
    arguments: list[str], word: str, saved: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(saved.parent)
    assert word in refusal(capsys, str(saved), *arguments)
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format": "backprop-playground", "version": 999}'])
def test_a_broken_file_is_refused_by_its_name(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.playground"
    path.write_bytes(content)
    assert "broken.playground: " in refusal(capsys, str(path), "--to", "numpy", "--output", str(tmp_path / "x.py"))
    assert not (tmp_path / "x.py").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be read" in refusal(capsys, str(tmp_path / "none"), "--to", "csv", "--output", str(tmp_path / "x"))


def test_help_tells_every_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--help"]) == 0
    text = capsys.readouterr().out
    for word in ("numpy", "pytorch", "keras", "csv", "svg", "png", "worksheet", "gif", "--node", "--answers", "130"):
        assert word in text
