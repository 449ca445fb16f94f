"""The page for teachers names everything that a lesson can say, and its example can be done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playground.cli.main import main
from playground.document.quantity import KINDS
from playground.document.words import WORDS
from playground.lessons.actions import VERBS
from playground.lessons.blocks import FENCES
from playground.lessons.drills.ladder import KINDS as DRILLS
from playground.lessons.metrics import METRICS
from playground.lessons.places import PLACES, read_place

PAGE = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text("utf-8")
EXAMPLE = re.findall(r"````markdown\n(.*?)````", PAGE, re.DOTALL)[0]


def test_the_example_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "circle.md"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert main(["lesson", "check", str(file)]) == 0, capsys.readouterr().out


NAMES = [*VERBS, *METRICS, *FENCES, *KINDS, *DRILLS, *(word for word in WORDS if word != "dataset")]


@pytest.mark.parametrize("name", dict.fromkeys(NAMES))
def test_every_name_is_on_the_page(name: str) -> None:
    assert re.search(rf"`[^`]*\b{name}\b", PAGE)


def test_every_place_is_on_the_page() -> None:
    named = set(re.findall(r"`([a-z_0-9]+)`", PAGE))
    known = set()
    for name in named:
        try:
            known.add(read_place(name).key)
        except ValueError:
            continue
    inputs = {key for key in PLACES if key.startswith(("x", "sin", "cos"))}
    assert set(PLACES) - inputs <= known
