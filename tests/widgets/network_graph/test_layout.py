from __future__ import annotations

from itertools import pairwise

import pytest

from widgets.network_graph.labels import left_out_text
from widgets.network_graph.layout import Body, lay_out, least_width
from widgets.values import LOSS, NodeKey

BODY = Body(790.0, 80.0, 440.0)
SMALL = Body(620.0, 80.0, 290.0)


@pytest.mark.parametrize("body", [BODY, SMALL])
@pytest.mark.parametrize("widths", [(2, 1), (2, 4, 2, 1), (9, 32, 32, 10), (2, 256, 256, 3), (2, *[5] * 16, 2)])
def test_no_two_tiles_overlap_and_all_stay_inside_the_body(make_diagram, body, widths):
    layout = lay_out(make_diagram(*widths), body)
    tiles = [layout.tile(NodeKey(n, u)) for n, p in enumerate(layout.columns) for u in range(p.first, p.last)]
    tiles.append(layout.loss_box)
    for index, tile in enumerate(tiles):
        assert body.top - 1 <= tile.top()
        assert tile.bottom() <= body.bottom + 1
        assert tile.left() >= 0
        assert tile.right() <= layout.width
        assert not any(tile.intersects(other) for other in tiles[index + 1 :])


def test_thirty_two_units_are_all_shown_even_in_a_small_view(make_diagram):
    layout = lay_out(make_diagram(2, 32, 1), SMALL)
    assert len(layout.columns[1].ys) == 32
    assert left_out_text(layout.columns[1]) == ""


def test_a_wide_layer_says_how_many_units_it_leaves_out(make_diagram):
    place = lay_out(make_diagram(2, 256, 1), BODY).columns[1]
    assert len(place.ys) == 32
    assert left_out_text(place) == "+224 more"


def test_scrolling_a_wide_layer_moves_its_window_and_stops_at_the_end(make_diagram):
    diagram = make_diagram(2, 256, 1)
    place = lay_out(diagram, BODY, {1: 1000}).columns[1]
    assert place.last == 256
    assert left_out_text(place) == "224–255 · +224 more"
    assert not lay_out(diagram, BODY, {1: 40}).is_shown(NodeKey(1, 39))


def test_columns_never_get_narrower_than_their_controls_need(make_diagram):
    diagram = make_diagram(2, *[4] * 12, 1)
    layout = lay_out(diagram, SMALL)
    assert layout.width == pytest.approx(least_width(diagram))
    assert layout.width > SMALL.width


def test_eight_hidden_layers_fit_the_middle_of_a_window_of_1280_pixels_without_scrolling(make_diagram):
    assert least_width(make_diagram(2, *[4] * 8, 1)) <= 665


@pytest.mark.parametrize("width", [560.0, 725.0, 790.0, 1100.0])
@pytest.mark.parametrize("depth", range(9))
def test_the_columns_are_evenly_spaced(make_diagram, width, depth):
    layout = lay_out(make_diagram(2, *[4] * depth, 1), Body(width, 80.0, 440.0))
    gaps = [right.x - left.x for left, right in pairwise(layout.columns)]
    assert max(gaps) - min(gaps) <= 2.0  # whole pixels
    for place in layout.columns[1:]:
        assert abs(place.slot.centre - place.x) <= 1.0  # its controls stand above it


def test_a_tile_can_be_read_in_a_low_view(make_diagram):
    low = Body(731.0, 85.0, 280.0)
    assert all(place.tile >= 32 for place in lay_out(make_diagram(2, 4, 1), low).columns)
    assert all(place.tile >= 18 for place in lay_out(make_diagram(2, *[8] * 8, 1), low).columns)


def test_tiles_lie_on_whole_pixels(make_diagram):
    for place in lay_out(make_diagram(3, 7, 5, 1), BODY).columns:
        assert place.left == int(place.left)
        assert all((y - place.tile / 2) == int(y - place.tile / 2) for y in place.ys)


def test_the_loss_node_keeps_its_place_from_the_right_whatever_the_depth(make_diagram):
    boxes = {lay_out(make_diagram(2, *[4] * depth, 1), BODY).loss_box.getRect() for depth in range(7)}
    assert len({(round(x), round(w)) for x, _, w, _ in boxes}) == 1


def test_the_loss_node_is_always_shown_and_unknown_layers_never(make_diagram):
    layout = lay_out(make_diagram(2, 1), BODY)
    assert layout.is_shown(LOSS)
    assert not layout.is_shown(NodeKey(7, 0))
