"""A lesson file becomes a frozen lesson, or is refused with every fault, its line and the cure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.lessons.faults import Fault, LessonError
from playground.lessons.lesson import Compute, Goal, Predict, Recall, Scene, Text
from playground.lessons.reader import read_lesson

HEAD = '+++\ntitle = "A"\n+++\n'


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(LessonError) as caught:
        read_lesson(text, "sample")
    return [(fault.line, fault.text) for fault in caught.value.faults]


def test_the_sample_has_its_steps_in_the_order_of_the_file(xor: str) -> None:
    lesson = read_lesson(xor, "xor")
    assert (lesson.name, lesson.title, lesson.minutes) == ("xor", "A line cannot split XOR", 10)
    assert [step.kind for step in lesson.steps] == ["predict", "goal", "compute", "recall"]
    assert lesson.rows == (12, 13, 14)
    assert lesson.hide == ("flow",)


def test_blocks_keep_what_they_say_and_where(xor: str) -> None:
    lesson = read_lesson(xor, "xor")
    scene = next(part for part in lesson.steps[0].parts if isinstance(part, Scene))
    assert dict(scene.words) == {
        "dataset": "xor", "hidden": (), "loss": "squared", "learning_rate": 0.1, "seed": 3,
    }  # fmt: skip
    predict, goal, compute, recall = (step.question for step in lesson.steps)
    assert isinstance(predict, Predict)
    assert predict.choices[predict.right] == "about 50 %"
    assert isinstance(goal, Goal)
    assert [one.metric for one in (goal.reach, *goal.within)] == ["test_accuracy", "hidden_layers", "hidden_units"]
    assert isinstance(compute, Compute)
    assert compute.quantity.at == "h1.2"
    assert isinstance(recall, Recall)
    assert xor.split("\n")[recall.line - 1] == "```recall"
    assert lesson.steps[3].notes == "Ask the room before pressing Play; most say 75 %."


def test_cards_of_a_step_that_asks_something_else_gather_at_the_end(xor: str) -> None:
    lesson = read_lesson(xor.replace("# Recall\n", ""), "xor")
    assert [step.kind for step in lesson.steps] == ["predict", "goal", "compute", "recall"]
    assert lesson.steps[3].heading == "To remember"


def test_several_faults_are_told_at_once(xor: str) -> None:
    wrong = xor.replace('"xor"', "7").replace('"play 2000"', '"plya 2000"').replace("right = 0", "right = 3")
    assert [text for _, text in faults(wrong)] == [
        "data: expected a name in quotation marks, such as \"tanh\", got '7'",
        "right: expected a whole number from 0 to 2, got 3",
        "run: there is no action 'plya'; did you mean 'play'?",
    ]


@pytest.mark.parametrize(
    ("body", "line", "expected"),
    [
        ("text\n", 4, "before the first step"),
        ("# A\n```scen\n```\n", 5, "there is no block 'scen'; did you mean 'scene'?"),
        ("# A\n```scene\nseed = 3\n", 5, "does not end"),
        ("# A\n```drill\nkind = 'gate'\n```\n", 6, "there is no kind of drill 'gate'; did you mean 'gates'?"),
        ("# A\n```drill\nkind = '{x}'\n```\n", 6, "it is one of gates, branches"),
        ("# A\n```scene\nseed = \n```\n", 6, "this is not TOML"),
        ("# A\n```scene\nseed = 1.5\n```\n", 6, "seed: expected a whole number"),
        ("# A\n```scene\nsede = 1\n```\n", 6, "did you mean 'seed'?"),
        ("# A\n```scene\nhidden = [300]\n```\n", 6, "hidden"),
        ("# A\n```scene\nseed = 3\nactivation = 'thanh'\n```\n", 7, "activation: expected one of"),
        ("# A\n```scene\ndata = 'plane'\nloss = 'softmax'\n```\n", 7, "needs classes"),
        ("# A\n```scene\nmomentum = 0.5\n```\n", 6, "it belongs to momentum"),
        ("# A\n```scene\ndocument = '../x.playground'\n```\n", 6, "file beside the lesson"),
        ("# A\n```scene\ndo = ['step',\n 'select h1.x']\n```\n", 7, "expected a node such as"),
        ("# A\n```goal\nreach = 'test_los <= 1'\n```\n", 6, "did you mean 'test_loss'?"),
        ("# A\n```goal\nreach = 'test_accuracy >= 95'\n```\n", 6, "between 0 and 1"),
        ("# A\n```drill\nkind = 'gate'\n```\n", 6, "did you mean 'gates'?"),
        ("# A\n```drill\nkind = 'gates'\nlevel = 5\n```\n", 7, "level: expected a whole number from 1 to 4"),
        (
            "# A\n```compute\nof = 'locl'\nat = 'h1.1'\n```\n",
            6,
            "of: there is no quantity 'locl'; did you mean 'local'?",
        ),
        ("# A\n```compute\nof = 'local'\nat = 'loss'\n```\n", 7, "at: local needs a node"),
        (
            "# A\n```scene\ndo = ['hide tensors']\n```\n",
            6,
            "the view tensors cannot be hidden alone; leave it out, or hide insp",
        ),
        ("# A\n```scene\ndo = ['hide optimizer']\n```\n", 6, "the control optimizer cannot be hidden alone"),
        ("# A\n```scene\ndo = ['lock circuit']\n```\n", 6, "circuit is a tab"),
        ("# A\n```goal\n```\n", 5, "reach is missing"),
        ("# A\n```recall\nask = 'a'\nanswer = ''\n```\n", 7, "answer: it is empty"),
        ("# A\n\nSee <b>this</b>.\n", 6, "HTML is not shown"),
        ("# A\n\n![a](b.png)\n", 6, "images are not shown"),
        ("# A\n\n[a](http://x)\n", 6, "links are not followed"),
        ("## A\n", 4, "headings have one #"),
        ("# A\n\nturned \u202e around\n", 6, "U+202E"),
        ("", 1, "there is no step"),
        ("# A\n", 4, "the step is empty"),
    ],
)
def test_a_fault_names_its_line_and_the_cure(body: str, line: int, expected: str) -> None:
    found = faults(HEAD + body)
    assert any(at == line and expected in text for at, text in found), found


def test_a_place_that_stays_in_sight_is_refused_with_the_line_where_it_stands() -> None:
    found = faults("+++\ntitle = 'A'\nhide = ['flow',\n'transport']\n+++\n# A\n\nText.\n")
    expected = "hide: the view transport cannot be hidden alone; leave it out, or hide one of its buttons, such as play"
    assert found == [(4, expected)]


PIECES = (
    '+++\ntitle = "A"\n+++\n', "# A\n", "Text.\n", "```scene\n", "```goal\n", "```predict\n", "```compute\n", "```\n",
    "seed = 3\n", "hidden = [2]\n",
    'reach = "test_loss <= 0.1"\n', 'of = "value"\n', 'at = "h1.1"\n', 'ask = "A?"\n',
    "choices = []\n", "~~~\n",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=25))
def test_any_text_is_a_lesson_or_a_list_of_faults(pieces: list[str]) -> None:
    text = "".join(pieces)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    try:
        found = read_lesson(text, "sample").steps or ("nothing",)
    except LessonError as error:
        found = error.faults
    assert found
    for fault in found:
        if isinstance(fault, Fault):
            assert 1 <= fault.line <= lines
            assert str(fault).isprintable()
            assert len(str(fault)) < 350


def test_the_right_choice_may_be_written_out(xor: str) -> None:
    (first, *_) = read_lesson(xor.replace("right = 0", 'right = "about 75 %"'), "xor").steps
    assert isinstance(first.question, Predict)
    assert first.question.right == 1
    ((line, text),) = faults(xor.replace("right = 0", 'right = "about 57 %"'))
    assert (line, text) == (23, "right: there is no choice 'about 57 %'; did you mean 'about 75 %'?")


def test_line_ends_of_other_systems_are_read_alike(xor: str) -> None:
    assert read_lesson(xor.replace("\n", "\r\n"), "xor") == read_lesson(xor, "xor")
    assert read_lesson("\ufeff" + xor, "xor") == read_lesson(xor, "xor")


def test_code_may_hold_what_text_may_not() -> None:
    lesson = read_lesson(HEAD + "# A\n\n`<b>` and\n\n```\n# no heading <i>\n```\n", "a")
    (part,) = lesson.steps[0].parts
    assert isinstance(part, Text)
    assert "# no heading <i>" in part.markdown


def test_of_very_many_faults_the_first_are_told_and_the_rest_are_counted() -> None:
    told = faults(HEAD + "# A\n" + "Text <b>.\n" * 100)
    assert [line for line, _ in told[:20]] == list(range(5, 25))
    assert told[20:] == [(25, "80 more places are wrong; mend these first")]
