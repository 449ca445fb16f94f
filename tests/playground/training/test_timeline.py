from __future__ import annotations

import numpy as np
import pytest

from playground.document.document import Document
from playground.engine.state import RunState
from playground.training import timeline as module
from playground.training.timeline import Timeline

DOCUMENT = Document()


def state(iteration: int, size: int = 4) -> RunState:
    return RunState(np.full(size, float(iteration)), (), iteration)


def filled(n: int, size: int = 4, step: int = 1) -> Timeline:
    timeline = Timeline()
    timeline.restart(state(0, size), DOCUMENT)
    for iteration in range(step, n * step, step):
        timeline.keep(state(iteration, size), DOCUMENT)
    return timeline


@pytest.mark.parametrize("step", [1, 37])
def test_a_long_run_keeps_a_bounded_number_of_states_and_its_start(step: int) -> None:
    timeline = filled(20_000, step=step)
    assert module.CAPACITY // 4 < len(timeline) <= module.CAPACITY
    assert timeline.first == 0
    assert timeline.last == 19_999 * step


def test_kept_states_are_spread_over_the_whole_run() -> None:
    timeline = filled(20_000)
    gaps = [iteration - timeline.before(iteration).iteration for iteration in range(0, 20_000, 50)]
    assert max(gaps) <= 2 * 20_000 // (module.CAPACITY // 4)


def test_the_most_recent_states_are_all_kept() -> None:
    timeline = filled(5000)
    assert all(timeline.before(i).iteration == i for i in range(5000 - module.RECENT, 5000))


@pytest.mark.parametrize("size", [1000, 100_000, 2_000_000])
def test_large_states_are_bounded_in_bytes_and_the_start_is_kept(size: int) -> None:
    timeline = filled(600 if size < 10_000 else 40 if size < 1_000_000 else 12, size)
    assert timeline.size_bytes <= module.CAPACITY_BYTES
    assert timeline.size_bytes == len(timeline) * size * 8
    assert timeline.first == 0
    assert len(timeline) >= 2


def test_two_states_are_kept_however_large() -> None:
    timeline = filled(4, 6_000_000)
    assert (len(timeline), timeline.first, timeline.last) == (2, 0, 3)


def test_edits_are_not_thinned_away_while_trained_states_can_be() -> None:
    timeline = Timeline()
    timeline.restart(state(0), DOCUMENT)
    for iteration in range(1, 3000):
        timeline.keep(state(iteration), DOCUMENT, edited=iteration % 100 == 0)
    assert all(timeline.before(i).iteration == i and timeline.before(i).edited for i in range(100, 3000, 100))
    assert timeline.first == 0


def test_when_edits_alone_fill_it_the_oldest_go() -> None:
    timeline = Timeline()
    timeline.restart(state(0), DOCUMENT)
    for iteration in range(1, 2000):
        timeline.keep(state(iteration), DOCUMENT, edited=True)
    assert len(timeline) <= module.CAPACITY
    assert timeline.first == 2000 - len(timeline)
    with pytest.raises(ValueError, match="lies before the first kept one"):
        timeline.before(timeline.first - 1)


def test_an_edit_takes_the_place_of_the_state_of_its_iteration() -> None:
    timeline = filled(5)
    edited = RunState(np.zeros(4), (), 4)
    timeline.keep(edited, DOCUMENT, edited=True)
    timeline.keep(state(4), DOCUMENT)
    assert len(timeline) == 5
    assert timeline.before(4).state is edited


def test_keeping_an_earlier_state_forgets_the_later_ones() -> None:
    timeline = filled(10)
    timeline.keep(state(3), DOCUMENT)
    assert timeline.last == 3
    assert len(timeline) == 4
    assert timeline.size_bytes == 4 * 32


def test_an_outline_is_short_and_leads_through_every_edit() -> None:
    timeline = Timeline()
    timeline.restart(state(0), DOCUMENT)
    for iteration in range(1, 900):
        timeline.keep(state(iteration), DOCUMENT, edited=iteration in (50, 700))
    outline = timeline.outline()
    iterations = [mark.iteration for mark in outline]
    assert iterations == sorted(set(iterations))
    assert len(outline) <= module.OUTLINE
    assert {0, 50, 700} <= set(iterations)


def test_an_outline_of_many_edits_keeps_the_latest() -> None:
    timeline = Timeline()
    for iteration in range(100):
        timeline.keep(state(iteration), DOCUMENT, edited=True)
    assert [mark.iteration for mark in timeline.outline()] == list(range(100 - module.OUTLINE, 100))


def test_an_outline_of_large_states_is_bounded_in_bytes() -> None:
    outline = filled(20, 100_000).outline()
    assert [mark.iteration for mark in outline] == [0, 1]
    assert sum(mark.state.parameters.nbytes for mark in outline) <= module.OUTLINE_BYTES


def test_an_empty_timeline_has_nothing_to_tell() -> None:
    timeline = Timeline()
    assert (timeline.first, timeline.last, len(timeline), timeline.size_bytes, timeline.outline()) == (0, 0, 0, 0, ())


def test_a_revived_outline_goes_on() -> None:
    outline = filled(200).outline()
    timeline = filled(3)
    timeline.restore(outline, state(199), DOCUMENT)
    assert (timeline.first, timeline.last) == (0, 199)
    assert timeline.marks == outline
    timeline.restore(outline, RunState(np.full(4, -1.0), (), 199), DOCUMENT)
    assert (timeline.first, timeline.last) == (0, 199)
    assert timeline.before(199).edited  # another state than training had come to
