"""An image is a row of the first weight matrix, laid out as the pixels that it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from playground.app.views.templates import reading
from playground.document.changes import with_depth
from playground.document.data_choice import with_dataset
from playground.document.document import Node
from playground.document.selection import Example
from playground.session.session import Session


@pytest.fixture
def digits(make_session: Callable[..., Session]) -> Session:
    session = make_session()
    session.change(with_dataset("digits"), "Take the digits")
    return session


def test_each_unit_has_the_image_of_its_weights(digits: Session) -> None:
    snapshot = digits.snapshot()
    made = reading.of(snapshot, Example(0))
    assert made is not None
    assert made.labels == ("a₁⁽¹⁾", "a₂⁽¹⁾", "a₃⁽¹⁾", "a₄⁽¹⁾")
    np.testing.assert_array_equal(made.images, snapshot.matrices()[0][:, :-1].reshape(4, 8, 8))
    assert made.classes == ()
    assert reading.node_of(snapshot, 2) == Node(1, 2)


def test_a_pixel_that_is_no_input_is_0(digits: Session) -> None:
    names = digits.document.features
    digits.change(lambda d: replace(d, features=names[1:]), "Leave one out")
    made = reading.of(digits.snapshot(), Example(0))
    assert made is not None
    assert (made.images[:, 0, 0] == 0.0).all()
    np.testing.assert_array_equal(made.images.reshape(4, -1)[:, 1:], digits.snapshot().matrices()[0][:, :-1])


def test_without_a_hidden_layer_each_class_has_its_template(digits: Session) -> None:
    digits.change(with_depth(0), "Take the hidden layer away")
    made = reading.of(digits.snapshot(), Example(0))
    assert made is not None
    assert made.title == "One template per class"
    assert made.classes == tuple(range(10))
    assert made.labels == digits.snapshot().data.sample.class_names


def test_points_of_a_plane_are_no_images(session: Session) -> None:
    assert reading.of(session.snapshot(), Example(0)) is None


def test_under_the_templates_stands_what_each_class_takes_of_them(digits: Session) -> None:
    snapshot = digits.snapshot()
    made = reading.of(snapshot, Example(0))
    assert made is not None
    np.testing.assert_array_equal(made.mix, snapshot.matrices()[1][:, :-1])
    assert made.mix_rows == snapshot.data.sample.class_names
    digits.change(with_depth(2), "Add a hidden layer")
    made = reading.of(digits.snapshot(), Example(0))
    assert made is not None
    assert made.mix_rows == tuple(f"a{'₁₂₃₄'[k]}⁽²⁾" for k in range(4))
    assert "hidden layer 2" in made.mix_title


def test_with_no_hidden_layer_nothing_combines_the_templates(digits: Session) -> None:
    digits.change(with_depth(0), "Take the hidden layer away")
    made = reading.of(digits.snapshot(), Example(0))
    assert made is not None
    assert made.mix is None


def test_the_current_example_is_the_picture_of_its_pixels(digits: Session) -> None:
    snapshot = digits.snapshot()
    made = reading.of(snapshot, Example(5))
    assert made is not None
    assert made.example is not None
    points = snapshot.data.sample.points
    np.testing.assert_allclose(made.example.ink.reshape(-1) * points.max(), points[5])
