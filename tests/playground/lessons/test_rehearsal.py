"""Scenes and actions without a window do what the window does."""

from __future__ import annotations

import numpy as np
import pytest

from playground.document.document import Document, Edge, Node
from playground.document.selection import Example
from playground.lessons.actions import VERBS, read_action
from playground.lessons.lesson import Scene
from playground.lessons.reader import read_lesson
from playground.lessons.rehearsal import Opened, Rehearsal
from playground.training.run import Run


@pytest.fixture
def rehearsal() -> Rehearsal:
    return Rehearsal(lambda name: Opened(Document()))


def do(rehearsal: Rehearsal, *texts: str) -> None:
    for text in texts:
        rehearsal.do(read_action(text))


def scene(body: str) -> Scene:
    part = read_lesson(f'+++\ntitle = "A"\n+++\n# A\n```scene\n{body}\n```\n', "a").steps[0].parts[0]
    assert isinstance(part, Scene)
    return part


def test_playing_equals_training_a_run_to_the_bit(rehearsal: Rehearsal) -> None:
    do(rehearsal, "play 37", "step", "step 2", "back 5", "step 5")
    run = Run(Document())
    run.train(40)
    assert rehearsal.run.trainer.state().same_as(run.trainer.state())


def test_an_epoch_ends_with_the_epoch_and_reset_returns(rehearsal: Rehearsal) -> None:
    do(rehearsal, "step 3", "epoch")
    assert rehearsal.run.trainer.state().epoch == 1
    do(rehearsal, "epoch 2")
    assert rehearsal.run.trainer.state().epoch == 3
    do(rehearsal, "reset")
    assert rehearsal.run.is_fresh


def test_settings_change_as_in_the_window(rehearsal: Rehearsal) -> None:
    do(rehearsal, "play 50", "set learning_rate 0.3", "set optimizer adam")
    assert rehearsal.run.iteration == 50
    assert rehearsal.run.document.training.learning_rate == 0.3
    do(rehearsal, "set hidden [4, 2]", "set activation relu", "set features [x1, x2, x1_x2]")
    assert [layer.width for layer in rehearsal.run.document.hidden] == [4, 2]
    assert rehearsal.run.document.features == ("x1", "x2", "x1_x2")
    assert {layer.activation for layer in rehearsal.run.document.hidden} == {"relu"}
    do(rehearsal, "new_weights")
    assert (rehearsal.run.iteration, rehearsal.run.document.seed) == (0, 2)
    do(rehearsal, "new_sample")
    assert rehearsal.run.document.data.seed == 2


def test_a_weight_that_is_set_before_training_is_part_of_the_start(rehearsal: Rehearsal) -> None:
    do(rehearsal, "set weight x1-h1.2 0.5", "set bias out.1 -1", "play 20", "reset")
    weights = rehearsal.run.network.matrices(rehearsal.run.trainer.parameters)
    assert weights[0][1, 0] == 0.5
    assert weights[1][0, -1] == -1.0
    do(rehearsal, "play 20", "set weight x1 → h1.2 2")
    assert rehearsal.run.iteration == 20
    assert rehearsal.run.network.matrices(rehearsal.run.trainer.parameters)[0][1, 0] == 2.0


def test_what_is_selected_follows(rehearsal: Rehearsal) -> None:
    do(rehearsal, "select x1-h1.2", "select example 7")
    assert rehearsal.selection.edge == Edge(1, 0, 1)
    assert rehearsal.selection.node == Node(1, 1)
    do(rehearsal, "select loss", "select probe 0.5 -1")
    assert rehearsal.selection.edge is None
    assert rehearsal.selection.example == Example(None, (0.5, -1.0))
    do(rehearsal, "select h1.4", "set hidden [2]")
    assert rehearsal.selection.node is None


def test_a_scene_begins_afresh_unless_it_changes_the_present_one(rehearsal: Rehearsal) -> None:
    rehearsal.enter(scene("data = 'and'\nhidden = [2]\ndo = ['play 10']"))
    rehearsal.enter(scene("document = 'previous'\nlearning_rate = 0.5"))
    assert rehearsal.run.iteration == 10
    assert rehearsal.run.document.data.name == "and"
    rehearsal.enter(scene("seed = 4"))
    assert rehearsal.run.iteration == 0
    assert rehearsal.run.document == Document(seed=4)


def test_examples_that_are_written_out_are_the_data(rehearsal: Rehearsal) -> None:
    rehearsal.enter(scene("examples = [[1, 0.5], [2, -3]]\ntargets = 'values'\nhidden = []"))
    sample = rehearsal.run.data.sample
    assert sample.is_regression
    np.testing.assert_array_equal(sample.points, [[1.0], [2.0]])
    np.testing.assert_array_equal(sample.values, [0.5, -3.0])


@pytest.mark.parametrize("verb", VERBS)
def test_every_action_is_written_as_its_form_says(verb: str) -> None:
    for text in VERBS[verb].form.replace(", or ", ", ").replace(" or ", ", ").split(f", {verb}"):
        form = text if text.startswith(verb) else verb + text
        assert read_action(form).verb == verb


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dance", "there is no action 'dance'; it is one of set, play"),
        ("play 0", "expected a whole number from 1 to 100 000, got '0'"),
        ("play 1,000", "expected a whole number"),
        ("play until test_loss <= 0.1", "say how long at most"),
        ("play until selected h1.1 at most 5", "expected"),
        ("set colour 3", "there is no word of a scene 'colour'"),
        ("set hidden four", "expected widths"),
        ("select z9", "expected a node"),
        ("show nothing", "there is no view or control"),
        ("edges colours", "expected one of weight, gradient, update"),
        ("slow_motion forward", "number of a layer"),
        ("circuit x +", "column"),
        ("reset now", "nothing follows it"),
        ("", "there is no action ''"),
    ],
)  # fmt: skip
def test_a_wrong_action_is_refused_with_what_would_do(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=r".+") as caught:
        read_action(text)
    assert expected in str(caught.value)
