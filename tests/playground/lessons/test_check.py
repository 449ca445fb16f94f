"""A lesson is proved by doing it: goals by their solutions, numbers in two ways."""

from __future__ import annotations

from typing import NoReturn

import pytest

from playground.document.document import Document
from playground.lessons.check import faults_of
from playground.lessons.reader import read_lesson
from playground.lessons.rehearsal import Opened

HEAD = '+++\ntitle = "A"\n+++\n# A\n'


def no_file(name: str) -> NoReturn:
    raise ValueError(f"{name}: there is no such file")


def found(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.text) for fault in faults_of(read_lesson(text, "sample"), no_file)]


def test_the_samples_can_be_done(xor: str, graph: str) -> None:
    assert found(xor) == []
    assert found(graph) == []


GOAL = "```scene\ndata = 'and'\nhidden = []\n```\n```goal\nreach = 'train_accuracy >= 1'\n```\n"
PLANE = GOAL.replace("and", "plane") + "```solution\ndo = ['step']\n```\n"
ZEROS = "```compute\ncircuit = 'x + y'\nwith = {x = 0, y = 0}\nof = 'value'\nat = 'f'\n```\n"
KINK = "```scene\ncircuit = 'max(x, y)'\nwith = {x = 1, y = 1}\n```\n```compute\nof = 'gradient'\nat = 'x'\n```\n"
PREDICTED = (
    "```scene\ncircuit = 'x * y'\nwith = {x = 3, y = 2}\n```\n"
    "```predict\nask = 'a'\nof = 'value'\nat = 'f'\nrun = ['circuit forward']\n```\n"
)


@pytest.mark.parametrize(
    ("body", "line", "expected"),
    [
        (GOAL, 9, "add a solution block"),
        (GOAL + "```solution\ndo = ['play 1']\n```\n", 9, "does not reach the goal: training accuracy "),
        (
            GOAL.replace("train_accuracy >= 1", "hidden_layers <= 2") + "```solution\ndo = ['step']\n```\n",
            9,
            "reached before anything is done",
        ),
        (GOAL + "```solution\ndo = ['play 300',\n'select h1.1']\n```\n", 14, "there is no hidden layer 1"),
        ("```compute\nof = 'downstream'\nat = 'h1.9'\n```\n", 5, "this 2-4-1 network has no h1.9"),
        ("```compute\nof = 'downstream'\nat = 'h1.1'\nexample = 400\n```\n", 5, "example: expected an index below 400"),
        (ZEROS, 5, "mistakes can be told"),
        ("```scene\ndo = ['epoch 100000']\n```\n", 5, "trains for too long"),
        ("```scene\npoints = 20000\nbatch_size = 20000\nhidden = [256, 256]\ndo = ['play 90']\n```\n", 5, "too long"),
        ("```scene\ndocument = 'gone.playground'\n```\n", 5, "gone.playground: there is no such file"),
        ("```scene\ndo = ['select example 400']\n```\n", 5, "the examples 0 to 399"),
        ("```scene\ndo = ['circuit forward']\n```\n", 5, "no circuit is open"),
        ("```scene\ndo = ['slow_motion backward 7']\n```\n", 5, "layers 1 to 2"),
        ("```scene\ncircuit = 'x*y'\nwith = {x = 1, y = 2}\ndo = ['circuit set z 1']\n```\n", 5, "no input 'z'"),
        (KINK, 9, "kink"),
        (PREDICTED.replace("x * y", "x + y").replace("= 3", "= 0").replace("= 2", "= 0"), 9, "mistakes can be told"),
        (PLANE, 9, "no training accuracy here"),
        ("```predict\nask = 'a'\nside = 5\nrun = ['step']\n```\n", 5, "side of class 5"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_with_its_line(body: str, line: int, expected: str) -> None:
    told = found(HEAD + body)
    assert any(at == line and expected in text for at, text in told), told


def test_a_predicted_number_whose_mistakes_can_be_told_apart_is_taken() -> None:
    assert found(HEAD + PREDICTED) == []


def test_a_scene_may_come_from_a_file_beside_the_lesson() -> None:
    text = HEAD + "```scene\ndocument = 'x.playground'\n```\n```compute\nof = 'value'\nat = 'h2.3'\n```\n"
    two = Document(hidden=Document().hidden * 2)
    assert faults_of(read_lesson(text, "sample"), lambda name: Opened(two)) == []
