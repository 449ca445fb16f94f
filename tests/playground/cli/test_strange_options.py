"""Option values and streams that are easily taken for something else: one line, exit code 2, for every option."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.cli.main import _parser, main
from playground.cli.parser import COMMANDS
from playground.document.document import Document
from playground.files import document_file
from playground.files.saved import Saved

NEEDED = {"export": ["x.playground", "--to", "numpy", "--output", "x.py"], "circuit": ["x*y"], "open": ["-"]}
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
