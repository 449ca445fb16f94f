"""The program as a user starts it: in a window on an X server, from its first start to its third."""

from __future__ import annotations

import pytest

from tests.desktop import rectangles
from tests.desktop.visit import PICKERS, Visit

CENTER = "QWidget"  # of the window, which holds the network's panel
ALL = ("first start", "second start", "lecture mode", "after lecture mode", "after use", "offer", "recovered")


@pytest.mark.parametrize("moment", ALL)
def test_everything_stands_inside_its_parent_and_covers_nothing(visit: Visit, moment: str) -> None:
    assert rectangles.faults(visit.moments[moment]) == []


@pytest.mark.parametrize("moment", ALL)
def test_the_network_is_the_largest_panel(visit: Visit, moment: str) -> None:
    screen = visit.moments[moment]
    network = rectangles.network(screen)
    larger = {
        name: rect for name, rect in rectangles.panels(screen).items()
        if rectangles.area(rect) >= rectangles.area(network) and name != CENTER
    }  # fmt: skip

    assert larger == {}, network


@pytest.mark.parametrize("moment", [moment for moment in ALL[1:] if moment != "lecture mode"])
def test_the_layout_stays_as_at_the_first_start_to_the_pixel(visit: Visit, moment: str) -> None:
    first, now = visit.moments["first start"], visit.moments[moment]

    assert rectangles.panels(now) == rectangles.panels(first)
    assert now["windows"]["MainWindow"] == first["windows"]["MainWindow"]


@pytest.mark.parametrize("moment", ALL)
def test_the_theme_is_the_one_that_was_chosen(visit: Visit, moment: str) -> None:
    assert (visit.moments[moment]["lightness"] < 0.5) == visit.is_dark


@pytest.mark.parametrize("picker", PICKERS)
def test_a_picker_says_what_the_picture_shows(visit: Visit, picker: str) -> None:
    pictures = {choice: visit.picked[picker, choice][1] for choice in PICKERS[picker]}

    assert len(set(pictures.values())) == len(pictures)
    for choice in pictures:
        assert visit.picked[picker, choice][0]["picked"][picker] == [choice]


def test_work_outlives_a_power_cut(visit: Visit) -> None:
    assert "RecoveryOffer" in visit.moments["offer"]["windows"]
    assert visit.iteration_recovered == visit.iteration_at_kill


def test_an_untouched_window_closes_and_the_terminal_stays_silent(visit: Visit) -> None:
    assert visit.exit_codes == [0]
    assert visit.said == ["", "", ""]
