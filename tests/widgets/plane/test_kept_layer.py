"""The picture of very many points comes in slices between the events, and is the one that is made at once."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from pytestqt.qtbot import QtBot

from widgets.plane import OutputPlane
from widgets.plane.kept_layer import MOST_AT_ONCE, KeptLayer
from widgets.plane.projection import Projection
from widgets.values import Extent, Points

PROJECTION = Projection(Extent(-1.0, 1.0, -1.0, 1.0), QRectF(10, 5, 80, 80))


def scattered(n: int) -> Points:
    rng = np.random.default_rng(1)
    places = rng.uniform(-1.1, 1.1, (n, 2))
    return Points(places, (places[:, 0] > 0).astype(np.int64), 2, rng.random(n) < 0.5)


@pytest.mark.parametrize("with_test", [False, True])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_picture_in_slices_is_the_picture_at_once(qtbot: QtBot, *, with_test: bool, ratio: float) -> None:
    plot = OutputPlane()
    qtbot.addWidget(plot)
    layer, points = KeptLayer(plot), scattered(MOST_AT_ONCE + 50_000)
    image = partial(layer.image, points, PROJECTION, QSize(100, 90), ratio, with_test=with_test)

    with qtbot.waitSignal(layer.made):
        assert image(at_once=False) is None
        assert image(at_once=False) is None  # asked for twice, made once
    in_slices = image(at_once=False)
    layer.forget()
    assert in_slices is not None
    assert image(at_once=True) == in_slices


def test_what_is_forgotten_while_it_is_made_never_comes(qtbot: QtBot) -> None:
    plot = OutputPlane()
    qtbot.addWidget(plot)
    layer = KeptLayer(plot)
    layer.image(scattered(MOST_AT_ONCE + 1), PROJECTION, QSize(100, 90), 1.0, with_test=False, at_once=False)
    layer.forget()
    with qtbot.assertNotEmitted(layer.made, wait=50):
        pass


def test_a_view_shows_very_many_points_when_they_are_drawn_and_a_picture_for_a_file_at_once(qtbot: QtBot) -> None:
    plot = OutputPlane()
    qtbot.addWidget(plot)
    plot.resize(360, 430)
    plot.show()
    qtbot.waitExposed(plot)
    canvas = plot.plane
    empty = canvas.grab().toImage()
    plot.set_points(scattered(MOST_AT_ONCE + 1))
    assert canvas.grab().toImage() == empty  # no event lasts as long as all of them take
    qtbot.waitUntil(lambda: canvas.grab().toImage() != empty)

    plot.hide()
    canvas.show_points(scattered(MOST_AT_ONCE + 2))
    assert canvas.grab().toImage() != empty
