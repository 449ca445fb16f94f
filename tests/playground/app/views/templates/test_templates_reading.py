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
from playground.session.session import Session


@pytest.fixture
def digits(make_session: Callable[..., Session]) -> Session:
    session = make_session()
    session.change(with_dataset("digits"), "Take the digits")
    return session


def test_each_unit_has_the_image_of_its_weights(digits: Session) -> None:
    snapshot = digits.snapshot()
    made = reading.of(snapshot)
    assert made is not None
    assert made.labels == ("a₁⁽¹⁾", "a₂⁽¹⁾", "a₃⁽¹⁾", "a₄⁽¹⁾")
    np.testing.assert_array_equal(made.images, snapshot.matrices()[0][:, :-1].reshape(4, 8, 8))
    assert made.classes == ()
    assert reading.node_of(snapshot, 2) == Node(1, 2)


def test_a_pixel_that_is_no_input_is_0(digits: Session) -> None:
    names = digits.document.features
    digits.change(lambda d: replace(d, features=names[1:]), "Leave one out")
    made = reading.of(digits.snapshot())
    assert made is not None
    assert (made.images[:, 0, 0] == 0.0).all()
    np.testing.assert_array_equal(made.images.reshape(4, -1)[:, 1:], digits.snapshot().matrices()[0][:, :-1])


def test_without_a_hidden_layer_each_class_has_its_template(digits: Session) -> None:
    digits.change(with_depth(0), "Take the hidden layer away")
    made = reading.of(digits.snapshot())
    assert made is not None
    assert made.title == "One template per class"
    assert made.classes == tuple(range(10))
    assert made.labels == digits.snapshot().data.sample.class_names


def test_points_of_a_plane_are_no_images(session: Session) -> None:
    assert reading.of(session.snapshot()) is None
