"""A lesson that is begun from a window shows that window, and can be checked at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.document.choices import CHOICES
from playground.document.display import Display
from playground.document.document import DataSettings, Document, Edge, Node, StartWeight
from playground.document.selection import Example, Selection
from playground.document.settings import with_value
from playground.document.view import View
from playground.document.words import document_of
from playground.engine.spec import LayerSpec, TrainingSpec
from playground.lessons.check import faults_of
from playground.lessons.lesson import Scene
from playground.lessons.reader import read_lesson
from playground.lessons.rehearsal import Opened, Rehearsal
from playground.lessons.writing import lesson_from, words_of

DOCUMENTS = {
    "the first start": Document(),
    "no hidden layer": Document(hidden=()),
    "other data": document_of({"dataset": "spiral", "noise": 0.25, "sample_seed": 9, "features": ("x1", "x1_x2")}),
    "two kinds of layers": Document(hidden=(LayerSpec(8, "relu"), LayerSpec(3, "sine", dropout=0.25))),
    "many settings": document_of(
        {"optimizer": "adam", "learning_rate": 0.01, "regularization": "l2", "lambda": 0.02, "loss": "softmax",
         "clip_norm": 2.0, "schedule": "step_decay", "schedule_interval": 200, "seed": 7}
    ),
    "weights by hand": Document(start_weights=(StartWeight(Edge(1, 0, 1), 0.5), StartWeight(Edge(2, -1, 0), -1.25))),
}  # fmt: skip
VIEW = View(
    Selection(Node(1, 1), Edge(1, 0, 1), Example(None, (0.5, -1.0))),
    display=Display("gradient", "downstream", values=False),
)


def scene_of(text: str) -> Scene:
    return next(part for part in read_lesson(text, "mine").steps[0].parts if isinstance(part, Scene))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_scene_makes_the_document_again(name: str) -> None:
    document = DOCUMENTS[name]
    written = lesson_from(document, View(), "mine.playground")
    assert not written.needs_document
    rehearsal = Rehearsal(lambda name: Opened(Document()))
    rehearsal.enter(scene_of(written.text))
    assert rehearsal.run.document == document


def test_what_is_selected_and_shown_is_in_the_scene() -> None:
    document = Document()
    scene = scene_of(lesson_from(document, VIEW, "mine.playground").text)
    assert [action.text for action in scene.actions] == [
        "select x1-h1.2", "select probe 0.5 -1.0", "edges gradients", "neurons downstream", "values off",
    ]  # fmt: skip


def test_what_words_do_not_say_is_a_file_beside_the_lesson() -> None:
    document = Document(data=DataSettings("blobs", parameters=(("classes", 4.0),)), training=TrainingSpec())
    written = lesson_from(document, View(), "mine.playground")
    assert written.needs_document
    assert scene_of(written.text).document == "mine.playground"
    assert words_of(replace(Document(), frozen=(Edge(1, 0, 0),))) is None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_passes_the_check_as_it_is(name: str) -> None:
    text = lesson_from(DOCUMENTS[name], View(), "mine.playground").text
    assert faults_of(read_lesson(text, "mine"), lambda name: Opened(Document())) == []


@given(st.data())
def test_words_make_every_choice_again(data: st.DataObject) -> None:
    document = Document()
    for key, choice in CHOICES.items():
        if key != "output_activation":
            document = with_value(key, data.draw(st.sampled_from(sorted(choice.entries))))(document)
    words = words_of(document)
    assert words is not None
    assert document_of(words) == document
