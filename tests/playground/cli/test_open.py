"""Files and links on the command line: opened, trained on, saved, or refused in one line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.app.window import start
from playground.app.window.main_window import MainWindow
from playground.app.window.parts import Parts
from playground.cli.main import main
from playground.document.changes import with_width
from playground.document.document import Document
from playground.files import document_file
from playground.files.links import document_link as links
from playground.files.saved import Saved
from playground.session.saving import to_saved
from playground.session.session import Session

ADDRESS = "https://playground.tensorflow.org/#activation=relu&dataset=spiral&networkShape=5&hideText=true"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, qapp: object) -> list[MainWindow]:
    """The windows that were opened, instead of running them."""
    windows: list[MainWindow] = []

    def run_window(first: Callable[[Parts], object] | None = None) -> int:
        start.make_application("light")
        window = start.open_window()
        if first is not None:
            first(window.parts)
        windows.append(window)
        return 7

    monkeypatch.setattr(start, "run_window", run_window)
    monkeypatch.setattr(start, "has_display", lambda: True)
    return windows


def the_window(opened: list[MainWindow]) -> MainWindow:
    (window,) = opened
    window.close()
    window.deleteLater()
    return window


def saved(path: Path, steps: int = 30) -> Path:
    session = Session()
    session.change(with_width(1, 3), "Change a width")
    session.step(steps)
    document_file.save(path, to_saved(session))
    return path


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    assert main(list(arguments)) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


# ---- the window --------------------------------------------------------------------------------


LESSON = '+++\ntitle = "Three units"\n+++\n# A\n```scene\nhidden = [3]\n```\n'


def test_a_lesson_opens_in_the_window(tmp_path: Path, opened: list[MainWindow]) -> None:
    path = tmp_path / "three.md"
    path.write_text(LESSON, encoding="utf-8")
    assert main([str(path)]) == 7
    window = opened[0]
    assert window.parts.docks["lesson"].isVisibleTo(window)
    assert [layer.width for layer in window.session.document.hidden] == [3]
    window.parts.lessons.leave()
    the_window(opened)


def test_a_lesson_without_a_display_says_what_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "has_display", lambda: False)
    path = tmp_path / "three.md"
    path.write_text(LESSON, encoding="utf-8")
    assert "lesson check" in refusal(capsys, "open", str(path))
    assert "--save: " in refusal(capsys, "open", str(path), "--save", str(tmp_path / "a.playground"))


@pytest.mark.parametrize("words", [[], ["open"]])
def test_a_file_opens_in_the_window(words: list[str], tmp_path: Path, opened: list[MainWindow]) -> None:
    path = saved(tmp_path / "a.playground")
    assert main([*words, str(path)]) == 7
    window = the_window(opened)
    assert window.session.run.iteration == 30
    assert window.windowTitle().startswith("a.playground[*]")


def test_a_file_opens_by_its_address(tmp_path: Path, opened: list[MainWindow]) -> None:
    path = saved(tmp_path / "a b.playground")
    assert main([path.as_uri()]) == 7
    assert the_window(opened).session.run.iteration == 30


def test_a_broken_file_opens_the_window_with_the_reason(tmp_path: Path, opened: list[MainWindow]) -> None:
    path = tmp_path / "b.playground"
    path.write_text("{", "utf-8")
    assert main([str(path)]) == 7
    window = the_window(opened)
    assert "b.playground: $" in window.parts.notices.bar.text.text()
    assert window.session.document == Document()


@pytest.mark.parametrize("words", [[], ["open"]])
def test_a_link_opens_in_the_window(words: list[str], opened: list[MainWindow]) -> None:
    link = links.encode(Saved(with_width(1, 7)(Document()))).text
    assert main([*words, link]) == 7
    assert the_window(opened).session.document.hidden[0].width == 7


def test_an_address_is_told_part_by_part_and_opened(
    opened: list[MainWindow], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["open", ADDRESS]) == 7
    lines = capsys.readouterr().out.splitlines()
    assert "activation = relu: read" in lines
    assert any(line.startswith("hideText = true: ignored") for line in lines)
    assert the_window(opened).session.document.hidden[0].width == 5


# ---- without a display -------------------------------------------------------------------------


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "has_display", lambda: False)


@pytest.mark.usefixtures("no_display")
def test_a_link_is_saved_as_a_document_without_a_display(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "spiral.playground"
    assert main(["open", ADDRESS, "--quiet", "--save", str(path)]) == 0
    assert capsys.readouterr().out == ""
    document = document_file.load(path).document
    assert document.hidden[0].activation == "relu"


def test_a_link_is_read_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = links.encode(Saved(with_width(1, 7)(Document()))).text
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{link[:40]}\n{link[40:]}\n"))
    path = tmp_path / "seven.playground"
    assert main(["open", "-", "--save", str(path)]) == 0
    assert document_file.load(path).document.hidden[0].width == 7


def test_a_text_on_standard_input_opens_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = saved(tmp_path / "here.playground")
    for text in (str(here), here.as_uri(), r"\\elsewhere\share\x.playground"):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        assert "playground:" in refusal(capsys, "open", "-", "--save", str(tmp_path / "x.playground"))


def test_a_byte_of_an_address_that_is_no_text_is_named_with_its_parameter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ADDRESS}&noise=\udcff"))
    assert main(["open", "-", "--save", str(tmp_path / "x.playground")]) == 0
    assert "noise = \\xff: ignored; expected a number" in capsys.readouterr().out


@pytest.mark.usefixtures("no_display")
def test_without_a_display_the_cure_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--save" in refusal(capsys, "open", ADDRESS, "--quiet")
    assert "--screenshot" in refusal(capsys, str(saved(tmp_path / "a.playground")))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["open", "playground:1.xyz"], "copy the whole link again"),
        (["open", "hello"], "playground:"),
        (["open", "https://example.org/page"], "it holds no settings"),
        (["https://example.org/points.csv"], "it holds no settings"),
        (["open", "https://playground.tensorflow.org/#curve=cubic", "--quiet"], "curve"),
        (["open", ADDRESS, "--save", "spiral.json"], ".playground"),
        (["open", "nowhere.playground", "--save", "x.playground"], "nowhere.playground"),
        (["train", "nowhere.playground"], "nowhere.playground"),
        (["train", "--save", "xor.txt"], ".playground"),
    ],
)
def test_what_cannot_be_opened_is_one_line(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert word in refusal(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


# ---- train -------------------------------------------------------------------------------------


def test_training_on_from_a_file_equals_training_at_once(tmp_path: Path) -> None:
    a, b, c = (str(tmp_path / f"{name}.playground") for name in "abc")
    options = ["--hidden", "5", "--optimizer", "adam", "--learning-rate", "0.01"]
    assert main(["train", *options, "--steps", "40", "--save", a, "--quiet"]) == 0
    assert main(["train", a, "--steps", "60", "--save", b, "--quiet"]) == 0
    assert main(["train", *options, "--steps", "100", "--save", c, "--quiet"]) == 0
    stopped, whole = (json.loads(Path(name).read_bytes()) for name in (b, c))
    pasts = [[state["iteration"] for state in file.pop("past")["states"]] for file in (stopped, whole)]
    assert stopped == whole
    assert pasts == [[*range(101)]] * 2


def test_a_file_is_trained_on_in_place_and_keeps_its_view(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = Session()
    session.step(3)
    path = tmp_path / "a.playground"
    document_file.save(path, to_saved(session, {"discretize": True}))
    assert main(["train", str(path), "--steps", "2", "--save", str(path), "--report", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["iterations"] == 5
    assert document_file.load(path).view.settings == {"discretize": True}


@pytest.mark.parametrize("option", [("--learning-rate", "0.1"), ("--hidden", "4"), ("--seed", "0")])
def test_settings_beside_a_file_are_refused_even_at_their_default(
    option: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert option[0] in refusal(capsys, "train", str(saved(tmp_path / "a.playground")), *option)


def test_a_file_that_a_window_has_open_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from playground.files.file_claim import FileClaim

    path = saved(tmp_path / "a.playground")
    claim = FileClaim()
    claim.load(path)
    before = path.read_bytes()
    assert main(["train", str(path), "--steps", "2", "--save", str(path), "--quiet"]) == 1
    assert "open in another window" in capsys.readouterr().err
    assert path.read_bytes() == before
    claim.release()


def test_view_settings_of_a_window_are_plain_values(opened: list[MainWindow]) -> None:
    main([])
    window = the_window(opened)
    assert json.loads(json.dumps(window.parts.files.view.settings()))["discretize"] is False
