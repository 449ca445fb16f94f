"""Option values and streams that are easily taken for something else: one line, exit code 2, for every option."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.cli.export import TARGETS
from playground.cli.main import _parser, main
from playground.cli.parser import COMMANDS
from playground.document.document import Document
from playground.files import document_file
from playground.files.saved import Saved

NEEDED = {
    "export": ["x.playground", "--to", "numpy", "--output", "x.py"],
    "circuit": ["x*y"],
    "open": ["-"],
    "lesson": ["check", "x.md"],
}
COUNTS = ("--points", "--steps", "--scale", "--frames", "--from", "--batch-size", "--schedule-interval", "--pieces")


def options_of(command: str) -> Iterator[argparse.Action]:
    chosen = next(action for action in _parser(command)._actions if isinstance(action, argparse._SubParsersAction))
    return (action for action in chosen.choices[command]._actions if action.option_strings)


EVERY = [(command, flag) for command in COMMANDS for action in options_of(command) for flag in action.option_strings]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document_file.save(tmp_path / "x.playground", Saved(Document()))


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(("command", "flag"), EVERY)
def test_two_dashes_are_the_value_of_no_option(command: str, flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert flag in refused([command, *NEEDED.get(command, []), f"{flag}=--"], capsys)


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(("command", "flag"), [case for case in EVERY if case[1] in COUNTS])
def test_a_negative_count_is_refused_by_its_name(command: str, flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert flag in refused([command, *NEEDED.get(command, []), f"{flag}=-3", "--quiet"], capsys)


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize("example", ["-1", "-400", "400"])
def test_an_example_that_is_not_there_is_refused(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["export", "x.playground", "--to", "worksheet", "--node", "h1.1", "--example", example, "--output", "a.md"]
    assert f"expected 0 to 399, got {example}" in refused(words, capsys)
    assert not Path("a.md").exists()


@pytest.mark.usefixtures("document")
def test_an_empty_view_is_not_the_whole_window(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["export", "x.playground", "--to", "png", "--view=", "--output", "a.png"]
    assert "--view: expected one of" in refused(words, capsys)


OF_KIND = {
    "--table": ("data", ["csv"]), "--view": ("output", ["svg", "png"]), "--scale": ("1", ["png"]),
    "--theme": ("light", ["svg", "png", "gif"]), "--node": ("h1.1", ["worksheet"]), "--example": ("3", ["worksheet"]),
    "--answers": ("", ["worksheet"]), "--circuit": ("", ["worksheet"]), "--from": ("0", ["gif"]),
    "--steps": ("1000", ["gif"]), "--frames": ("40", ["gif"]),
}  # fmt: skip
"""Options of `export` with a value, often the default, and the kinds that they belong to."""
MISPLACED = [(flag, kind) for flag, (_, kinds) in OF_KIND.items() for kind in TARGETS if kind not in kinds]


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(("flag", "kind"), MISPLACED)
def test_an_option_of_another_kind_of_export_is_refused(
    flag: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", "x.playground", "--to", kind, "--output", "a", flag, *filter(None, OF_KIND[flag][:1])]
    assert f"{flag}: --to {kind} has no use for it; leave it out" in refused(words, capsys)
    assert not Path("a").exists()


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(("flag", "expected"), [("--theme", 2), ("--node", 0), ("--example", 0)])
def test_the_circuit_of_a_node_has_a_node_and_no_theme(flag: str, expected: int) -> None:
    value = OF_KIND[flag][0]
    words = ["export", "x.playground", "--to", "svg", "--view", "circuit", "--output", "a.svg", flag, value]
    assert main(words) == expected


def test_every_option_of_export_belongs_to_some_kind_or_to_all() -> None:
    common = {"--help", "--to", "--output", "--quiet"}
    assert {action.option_strings[-1] for action in options_of("export")} == common | OF_KIND.keys()


UNUSED = {
    "--momentum 0.5": "momentum, nesterov",
    "--beta1 0.8 --optimizer rmsprop": "adam, adamw",
    "--weight-decay 0.1 --optimizer adam": "adamw",
    "--lambda 0.1": "l2, l1, elastic_net",
    "--l1-ratio 0.1 --regularization l1": "elastic_net",
    "--gamma 0.6 --schedule cosine": "step_decay, exponential",
    "--schedule-interval 7": "step_decay, exponential, cosine, warm_up",
    "--slope 0.3 --hidden 2,2 --activation relu,elu": "leaky_relu",
    "--pieces 3": "maxout",
    "--initial-scale 3": "normal, uniform, constant",
    "--activation relu --hidden 0": "there is no hidden layer",
    "--dropout 0.5 --hidden 0": "there is no hidden layer",
    "--target y": "it belongs to a table",
    "--sheet y": "it belongs to a table",
}


@pytest.mark.parametrize("command", ["train", "check"])
@pytest.mark.parametrize("words", UNUSED)
def test_a_setting_that_would_change_nothing_is_refused(
    command: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if command == "check" and "table" in UNUSED[words]:
        return
    said = refused([command, "--steps", "1", *words.split()], capsys)
    assert f"error: {words.split()[0]}: " in said
    assert UNUSED[words] in said


@pytest.mark.parametrize("words", ["--momentum 0.5 --optimizer momentum", "--lambda 0", "--pieces 3 --hidden 2,2 "
                                   "--activation tanh,maxout", "--hidden 0"])  # fmt: skip
def test_a_setting_that_is_used_or_as_it_is_anyway_is_taken(words: str) -> None:
    assert main(["train", "--steps", "1", "--quiet", *words.split()]) == 0


def test_a_sheet_of_what_has_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "points.csv"
    table.write_text("x,c\n1,a\n2,b\n")
    for command in ("table", "train"):
        assert "has no sheets; leave the option out" in refused([command, str(table), "--sheet", "A"], capsys)


CLOSED = (
    ("open -", "<&-", "standard input is closed"),
    ("train --steps 1", ">&-", "standard output is closed"),
    ("train --steps 1 --quiet --report -", ">&-", "standard output is closed"),
    ("circuit x --set x=1", ">&-", "standard output is closed"),
    ("train --points=--", "2>&-", ""),
    ("train --steps 1", "<&- >&- 2>&-", ""),
)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize(("words", "closed", "expected"), CLOSED)
def test_a_closed_stream_that_is_needed_is_one_line_and_bad_input(words: str, closed: str, expected: str) -> None:
    command = f"exec {sys.executable} -m playground {words} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert expected in done.stderr
    assert len(done.stderr.splitlines()) == (1 if expected else 0)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
def test_a_closed_stream_that_is_not_needed_stops_nothing() -> None:
    command = f"exec {sys.executable} -m playground train --steps 1 --quiet >&- <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_standard_input_that_is_no_text_is_one_line() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "playground", "open", "-"]
    done = subprocess.run(command, input=b"\xff\xfe\x00playground:", capture_output=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
