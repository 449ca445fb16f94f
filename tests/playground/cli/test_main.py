"""The command line as a whole: help, version, exit codes, one clear line for what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground import __version__
from playground.cli import main as cli
from playground.cli import train as cli_train
from playground.cli.main import main
from playground.cli.parser import CommandError

ROOT = Path(__file__).resolve().parents[3]


def only_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error; nothing else was said."""
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("\n")
    assert len(said.err.splitlines()) == 1
    return said.err


def test_help_names_every_command_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for word in ("train", "check", "circuit", "exit codes", "0 ", "1 ", "2 ", "130 "):
        assert word in text


def test_version_is_that_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Backprop Playground {__version__}\n"


@pytest.mark.parametrize("command", ["train", "check"])
def test_help_of_a_command_explains_every_option_and_the_exit_codes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    for option in ("--dataset", "--hidden", "--activation", "--loss", "--lambda", "--initializer", "--steps"):
        assert option in text
    for word in ("leaky_relu", "maxout", "elastic_net", "step_decay", "adamw", "three_arms", "examples:", "130"):
        assert word in text


def test_an_unknown_command_is_told_with_the_commands_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trian"]) == 2
    line = only_line(capsys)
    assert "'trian'" in line
    assert "'train'" in line


def test_an_option_is_never_guessed_from_its_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--step", "1"]) == 2
    assert "--step" in only_line(capsys)


def test_a_message_stays_on_one_line_whatever_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--lo\nss\x1b[31m", "x"]) == 2
    line = only_line(capsys)
    assert "\x1b" not in line


def test_ctrl_c_ends_politely(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object, **_settings: object) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_train, "train", interrupted)
    assert main(["train"]) == 130
    assert only_line(capsys) == "backprop-playground train: interrupted\n"


def test_too_little_memory_is_told_with_the_cure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(_document: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cli_train, "begin", exhausted)
    assert main(["train"]) == 1
    assert "--points" in only_line(capsys)


def test_a_reader_that_left_is_no_error_message(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    discarded = []
    monkeypatch.setattr(cli, "_discard_output", lambda: discarded.append(True))

    def gone(*_arguments: object) -> str:
        raise BrokenPipeError

    monkeypatch.setattr(cli_train, "summary", gone)
    assert main(["train", "--steps", "1"]) == 1
    assert discarded == [True]
    assert capsys.readouterr().err == ""


def test_without_a_command_the_window_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    from playground.app.window import start

    opened = []

    def run_window(*arguments: object) -> int:
        opened.append(arguments)
        return 7

    monkeypatch.setattr(start, "run_window", run_window)
    monkeypatch.setattr(start, "has_display", lambda: True)
    assert main([]) == 7
    assert len(opened) == 1


@pytest.mark.usefixtures("qapp")
def test_without_a_display_the_window_is_trained_for_a_picture_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.app.window import start

    monkeypatch.setattr(start, "run_window", lambda _document: pytest.fail("opened a window without a display"))
    monkeypatch.setattr(start, "has_display", lambda: False)
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    said = capsys.readouterr()
    picture = tmp_path / "backprop-playground.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert said.out.splitlines()[-1] == f"picture: {picture}"
    assert "no display" in said.err


def test_a_command_error_means_bad_input_unless_it_says_otherwise() -> None:
    assert CommandError("--x: no").code == 2
    assert CommandError("--x: full disk", 1).code == 1


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_help_and_version_load_neither_numpy_nor_qt(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom playground.cli.main import main\n"
        f"assert main({arguments!r}) == 0\n"
        "heavy = {'numpy', 'PySide6', 'pyqtgraph', 'tqdm', 'widgets'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr


def test_the_module_runs_as_a_program_with_one_blas_thread_and_clean_streams() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "playground", "train", "--steps", "5"],
        capture_output=True, text=True, env=environment, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "17 parameters" in done.stdout


def test_blas_is_held_to_one_thread_unless_the_person_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    assert main(["--version"]) == 0
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert os.environ["OMP_NUM_THREADS"] == "2"
