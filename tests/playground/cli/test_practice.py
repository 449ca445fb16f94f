"""``practice``: the task, the reply to an answer, and one line with exit code 2 for bad input."""

from __future__ import annotations

import pytest

from playground.cli.main import main
from playground.lessons.drills.ladder import KINDS, named_task


def test_a_task_is_printed_with_its_last_step_blank(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "gates", "--level", "1", "--seed", "7"]) == 0
    by_options = capsys.readouterr().out
    assert main(["practice", "gates-1-7"]) == 0
    assert capsys.readouterr().out == by_options
    assert by_options.startswith("gates-1-7: Gates")
    assert by_options.rstrip().endswith("= ?")
    assert by_options.count("= ?") == 1


def test_the_solution_fills_the_blanks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "layers-4-7", "--solution"]) == 0
    assert "= ?" not in capsys.readouterr().out


def test_a_wrong_answer_is_called_by_its_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    step = named_task("batch-1-7").asked[0]
    mistake = step.told_apart[0]
    assert main(["practice", "batch-1-7", "--answer", f"{mistake.value!r}"]) == 1
    assert f"{step.symbol}: Not yet. " in capsys.readouterr().out
    assert main(["practice", "batch-1-7", "--answer", f"{step.right!r}"]) == 0
    assert f"{step.symbol}: Yes: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["knots"], f"kind: expected one of {', '.join(KINDS)}, got knots"),
        (["gates", "--level", "7"], "level: expected 1 to 4, got 7"),
        (["gates", "--seed", "-3"], "seed: expected 0 to"),
        (["gates-1"], "task: expected a name such as gates-1-7"),
        (
            ["gates-1-1", "--answer", "1", "--answer", "2"],
            "--answer: expected at most 1 for the",
        ),
    ],
)
def test_what_is_no_task_is_refused_in_one_line(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["practice", *words]) == 2
    assert says in capsys.readouterr().err
