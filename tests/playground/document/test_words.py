"""Words make documents: alone, of the first start, or as changes of a document that is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.document.document import Document, Edge, StartWeight
from playground.document.words import WORDS, document_of, word_of
from playground.engine.spec import LayerSpec


def test_no_words_are_the_first_start() -> None:
    assert document_of({}) == Document()
    before = Document(seed=7, hidden=(LayerSpec(3), LayerSpec(2)))
    assert document_of({}, before) == before


def test_words_change_what_they_name_and_nothing_else() -> None:
    before = Document(seed=7, hidden=(LayerSpec(3, "relu"), LayerSpec(2, "sine")))
    after = document_of({"learning_rate": 0.5, "dropout": (0.1, 0.2), "loss": "logistic"}, before)
    assert after.training == replace(before.training, learning_rate=0.5, loss="logistic")
    assert [layer.dropout for layer in after.hidden] == [0.1, 0.2]
    assert replace(after, training=before.training, hidden=before.hidden) == before


def test_layers_that_stay_keep_their_settings_and_new_ones_are_like_the_last() -> None:
    before = Document(hidden=(LayerSpec(3, "relu"), LayerSpec(2, "sine")))
    assert [layer.activation for layer in document_of({"hidden": (5, 4, 3)}, before).hidden] == ["relu", "sine", "sine"]
    assert document_of({"hidden": ()}, before).hidden == ()


def test_other_data_bring_what_they_need() -> None:
    made = document_of({"dataset": "digits"}, Document())
    assert len(made.features) == 64
    assert document_of({"dataset": "plane"}, document_of({"loss": "softmax"})).training.loss == "squared"
    with pytest.raises(ValueError, match=r"^loss: softmax needs classes, and plane has values"):
        document_of({"dataset": "plane", "loss": "softmax"})


def test_weights_by_hand_follow_the_layers() -> None:
    before = Document(start_weights=(StartWeight(Edge(2, 0, 0), 0.5),))
    assert document_of({"hidden": (4, 4)}, before).start_weights == (StartWeight(Edge(3, 0, 0), 0.5),)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"dataset": "xnor"}, r"^dataset: expected one of xor"),
        ({"features": ("x9",)}, r"^features: expected one of"),
        (
            {"activation": ("relu", "tanh")},
            r"^activation: expected one for all or one for each of 1 hidden",
        ),
        ({"hidden": (), "activation": ("relu",)}, r"^activation: there is no hidden layer"),
        ({"momentum": 0.5}, r"^momentum: it belongs to momentum, nesterov; choose one of them"),
        ({"optimizer": "best"}, r"^optimizer: expected one of"),
        ({"output_activation": "tanh", "loss": "softmax"}, r"^output_activation: "),
        ({"lambda": -1.0, "regularization": "l2"}, r"^penalty: expected a number"),
    ],
)
def test_what_does_not_fit_names_the_field_and_the_cure(words: dict[str, object], expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        document_of(words)


def test_every_field_that_a_message_names_has_its_word() -> None:
    assert {word_of(field) for field in ("width", "penalty", "regularizer", "interval", "sample seed", "loss")} <= set(
        WORDS
    )
