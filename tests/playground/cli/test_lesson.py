"""``backprop-playground lesson``: what is wrong is told as FILE:LINE, and the exit code says whether anything is."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.cli.main import main
from playground.document.data_choice import with_stroke
from playground.document.document import Document
from playground.document.paint import Stroke
from playground.files import document_file
from playground.files.saved import Saved

GOOD = '+++\ntitle = "A"\nneeds = [{needs}]\n+++\n# A\nText of five words here.\n'


def lesson(folder: Path, name: str, *needs: str, text: str = GOOD) -> str:
    file = folder / name
    file.write_text(text.replace("{needs}", ", ".join(f'"{one}"' for one in needs)), encoding="utf-8")
    return str(file)


def test_a_good_lesson_says_how_long_it_takes_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lesson(tmp_path, "a.md")
    assert main(["lesson", "check", file]) == 0
    said = capsys.readouterr().out
    assert said == f"{file}: “A”, 1 step, 0.0 minutes of reading at 150 words a minute, 10 announced\n"


def test_every_fault_of_every_file_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = lesson(tmp_path, "good.md")
    bad = lesson(tmp_path, "bad.md", text=GOOD + "```scene\nsede = 3\n```\n```goal\n```\n")
    assert main(["lesson", "check", good, bad]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{good}: “A”")
    assert lines[1] == f"{bad}:8: there is no word of a scene 'sede'; did you mean 'seed'?"
    assert lines[2].startswith(f"{bad}:10: reach is missing")


def test_lessons_that_are_checked_together_know_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = lesson(tmp_path, "01-first.md"), lesson(tmp_path, "02-second.md", "first")
    assert main(["lesson", "check", second, first]) == 0
    assert main(["lesson", "check", second]) == 1
    assert "needs: there is no lesson 'first'" in capsys.readouterr().out


def test_lessons_that_need_each_other_are_a_loop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [lesson(tmp_path, "a.md", "b"), lesson(tmp_path, "b.md", "c"), lesson(tmp_path, "c.md", "a")]
    assert main(["lesson", "check", *files]) == 1
    assert f"{files[0]}:1: needs: a → b → c → a is a loop" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda file: None, "cannot be read"),
        (lambda file: file.mkdir(), "folder"),
        (lambda file: file.write_bytes(b"+++\n\xff\xfe"), "line 2: this is not UTF-8 text"),
        (lambda file: file.write_bytes(b"a" * 1_000_001), "a lesson has at most 1 000 000"),
    ],
    ids=["missing", "a folder", "not UTF-8", "huge"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_line_and_exit_code_2(
    make: object, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    make(file)  # type: ignore[operator]
    assert main(["lesson", "check", str(file)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert expected in said.err


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    huge, missing = tmp_path / "huge.md", tmp_path / "missing.md"
    huge.write_bytes(b"a" * 1_000_001)
    good, broken = lesson(tmp_path, "good.md"), lesson(tmp_path, "broken.md", text="nothing\n")
    assert main(["lesson", "check", str(huge), good, str(missing), broken]) == 2
    said = capsys.readouterr()
    assert [name in line for name, line in zip(("huge.md", "missing.md"), said.err.splitlines(), strict=True)] == [
        True
    ] * 2
    assert f"{good}: “" in said.out
    assert f"{broken}:1: " in said.out


def test_a_scene_can_be_a_document_beside_the_lesson(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lesson(tmp_path, "a.md", text=GOOD + "```scene\ndocument = 'x.playground'\n```\n")
    assert main(["lesson", "check", file]) == 1
    assert f"{file}:7: x.playground: cannot be read" in capsys.readouterr().out
    document_file.save(tmp_path / "x.playground", Saved(Document()))
    assert main(["lesson", "check", file]) == 0


def test_a_lesson_is_begun_from_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document_file.save(tmp_path / "x.playground", Saved(Document(seed=5)))
    assert main(["lesson", "write", str(tmp_path / "x.playground")]) == 0
    printed = capsys.readouterr().out
    assert "seed = 5" in printed
    assert main(["lesson", "write", str(tmp_path / "x.playground"), "--save", str(tmp_path / "x.md")]) == 0
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == printed
    assert main(["lesson", "check", str(tmp_path / "x.md")]) == 0


def test_painted_points_stay_in_their_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    painted = with_stroke(Stroke("add").to(0.5, 0.5))(Document())
    (tmp_path / "other").mkdir()
    document_file.save(tmp_path / "x.playground", Saved(painted))
    assert main(["lesson", "write", str(tmp_path / "x.playground"), "--save", str(tmp_path / "other" / "x.md")]) == 0
    assert "put x.playground beside the lesson" in capsys.readouterr().err
    assert main(["lesson", "write", str(tmp_path / "x.playground"), "--save", str(tmp_path / "x.md")]) == 0
    assert capsys.readouterr().err == ""
    assert main(["lesson", "check", str(tmp_path / "x.md")]) == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check"], "FILE"),
        (["prove", "a.md"], "check|write"),
        (["check", "a.md", "--save", "b.md"], "only write makes a file"),
        (["write", "a.playground", "b.playground"], "expected one document"),
        (["write", "a.playground", "--save", "b.txt"], "expected a name that ends in .md"),
        (["write", "/gone/x.playground"], "cannot be read"),
    ],
)
def test_a_wrong_request_is_one_line(
    arguments: list[str],
    expected: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["lesson", *arguments]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert expected in said
