"""In the real window every reading is computed once: what is hidden, and what did not change, costs nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from playground.analysis.maps import NeuronMaps
from playground.app.views.network import reading as network_reading
from playground.app.views.output import reading as output_reading
from playground.app.views.scheduling import Aspect, View
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training, with_width
from playground.document.document import Node
from playground.engine.record import StepRecord


@pytest.fixture
def shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Counter[View]:
    """Count what each view is asked to show from now on."""
    calls: Counter[View] = Counter()
    for view in window.parts.scheduler.views:
        show = view.show

        def counted(changed: Aspect, view: View = view, show: Any = show) -> None:
            calls[view] += 1
            show(changed)

        monkeypatch.setattr(view, "show", counted)
    return calls


def count(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[int]:
    """Return a list that grows by one with every call of `owner`'s function `name`."""
    calls: list[int] = []
    original = getattr(owner, name)

    def counted(*values: Any, **named: Any) -> object:
        calls.append(1)
        return original(*values, **named)

    monkeypatch.setattr(owner, name, counted)
    return calls


def test_an_edit_refreshes_each_visible_view_once(window: MainWindow, shown: Counter[View]) -> None:
    window.parts.docks["flow"].hide()
    window.session.change(with_training(learning_rate=0.5), "Change the learning rate")
    depending = [view for view in window.parts.scheduler.views if view.on & (Aspect.RUN | Aspect.DOCUMENT)]
    assert {view: shown[view] for view in depending} == {view: int(view.is_visible) for view in depending}
    assert any(view.is_visible for view in depending)
    assert not all(view.is_visible for view in depending)


def test_a_hover_computes_one_picture_and_nothing_else(
    window: MainWindow, shown: Counter[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = count(monkeypatch, output_reading, "image")
    maps = count(monkeypatch, NeuronMaps, "compute")
    frames = count(monkeypatch, network_reading, "frame")
    window.session.hover(Node(1, 0))
    assert len(pictures) == 1
    assert (maps, frames) == ([], [])
    assert {view.on & Aspect.HOVERED for view in shown} == {Aspect.HOVERED}


def test_a_reshape_builds_the_network_once(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    built = count(monkeypatch, window.parts.panels.network, "set_diagram")
    frames = count(monkeypatch, network_reading, "frame")
    window.session.change(with_width(1, 6), "Change a width")
    assert len(built) == 1
    assert len(frames) == 1


def test_a_selection_computes_no_map(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    maps = count(monkeypatch, NeuronMaps, "compute")
    pictures = count(monkeypatch, output_reading, "image")
    window.session.select(node=Node(1, 0))
    assert (maps, pictures) == ([], [])


def test_hidden_views_compute_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    for dock in window.parts.docks.values():
        dock.hide()
    window.parts.panels.center.hide()
    window.session.step()
    window.session.select(node=Node(1, 0))
    maps = count(monkeypatch, NeuronMaps, "compute")
    traces = count(monkeypatch, StepRecord, "__init__")
    window.session.step()
    window.session.change(with_width(1, 6), "Change a width")
    assert (maps, traces) == ([], [])
