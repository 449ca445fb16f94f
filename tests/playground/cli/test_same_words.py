"""The command line and a scene say the same words, and mean the same document."""

from __future__ import annotations

import pytest

from playground.cli.main import _parser
from playground.cli.options import document_from
from playground.document.words import WORDS
from playground.lessons.lesson import Scene
from playground.lessons.reader import read_lesson
from playground.lessons.scenes import document_of_scene

SAID = (
    {},
    {"dataset": "spiral", "points": 300, "noise": 0.25, "train_fraction": 0.75, "sample_seed": 9,
     "features": ["x2", "x1_x2"]},
    {"hidden": [8, 3], "activation": ["relu", "sine"], "dropout": [0.1, 0.2]},
    {"hidden": [8, 3], "activation": "leaky_relu", "slope": 0.2},
    {"hidden": [], "loss": "softmax"},
    {"optimizer": "adam", "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-6, "learning_rate": 0.01, "batch_size": 8,
     "seed": 3},
    {"regularization": "elastic_net", "lambda": 0.02, "l1_ratio": 0.25, "clip_norm": 1.5,
     "initializer": "normal", "initial_scale": 0.5},
    {"schedule": "step_decay", "schedule_interval": 50, "gamma": 0.25, "dataset": "plane", "output_activation": "tanh"},
    {"dataset": "digits"}, {"dataset": "and"},
)  # fmt: skip


def toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def typed(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value)) or "0"
    return str(value)


@pytest.mark.parametrize("words", SAID, ids=[" ".join(words) or "nothing" for words in SAID])
def test_a_scene_and_a_command_line_make_the_same_document(words: dict[str, object]) -> None:
    options = [part for word, value in words.items() for part in (f"--{word.replace('_', '-')}", typed(value))]
    lines = [f"{'data' if word == 'dataset' else word} = {toml(value)}" for word, value in words.items()]
    text = "\n".join(('+++\ntitle = "A"\n+++\n# A\n```scene', *lines, "```"))
    (scene,) = read_lesson(text, "a").steps[0].parts
    assert isinstance(scene, Scene)
    assert document_of_scene(scene) == document_from(_parser("train").parse_args(["train", *options]))


def test_every_word_is_an_option() -> None:
    options = vars(_parser("train").parse_args(["train"]))
    assert set(WORDS) <= set(options)
