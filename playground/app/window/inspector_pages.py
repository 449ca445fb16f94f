"""Pages of the inspector behind its first: a table, each made when first looked at or in an idle moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

Made = tuple[QWidget, object]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One row of the table.

    Attributes
    ----------
    key, title, tip : str
        Name in the code; the tab's word and its tooltip.
    make : callable
        Makes widget and presenter.
    """

    key: str
    title: str
    tip: str
    make: Callable[[MainWindow], Made]


def _circuit(window: MainWindow) -> Made:
    from playground.app.views.circuits.tab_presenter import CircuitTabPresenter
    from widgets.gates.circuit_tab import CircuitTab

    tab = CircuitTab()
    return tab, CircuitTabPresenter(window.session, window.slow_motion, tab, window.show_circuit)


def _tensors(window: MainWindow) -> Made:
    from playground.app.views.tensors.presenter import TensorsPresenter
    from widgets.matrices.tensor_view import TensorView

    view = TensorView()
    return view, TensorsPresenter(window.session, window.panels.inspector, view)


def _jacobian(window: MainWindow) -> Made:
    from playground.app.views.jacobian.presenter import JacobianPresenter
    from widgets.matrices.jacobian_view import JacobianView

    view = JacobianView()
    return view, JacobianPresenter(window.session, window.panels.inspector, view)


def _check(window: MainWindow) -> Made:
    from playground.app.views.gradcheck.presenter import GradientCheckPresenter
    from widgets.matrices.gradcheck_view import GradientCheckView

    view = GradientCheckView()
    return view, GradientCheckPresenter(window.session, window.panels.inspector, view)


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "circuit", "Circuit",
        "The selected neuron, input or loss as scalar gates at one example, live: values above, gradients below",
        _circuit,
    ),
    PageSpec(
        "tensors", "Tensors",
        "The layers as bricks with forward and backward, and every tensor of the pending batch with its shape",
        _tensors,
    ),
    PageSpec(
        "jacobian", "Jacobian",
        "∂out/∂in as a matrix at one example, and how little of it differs from 0",
        _jacobian,
    ),
    PageSpec(
        "check", "Gradient check",
        "Every gradient beside (L(w + ε) − L(w − ε)) / 2ε: 2·P forward passes against one forward and one backward",
        _check,
    ),
)  # fmt: skip


class InspectorPages:
    """The pages of ``PAGES`` in one window.

    Attributes
    ----------
    presenters : dict
        Those made so far, by key.
    """

    def __init__(self, window: MainWindow) -> None:
        """Show the tabs; their pages come later."""
        self._window = window
        self._widgets: dict[str, QWidget] = {}
        self.presenters: dict[str, object] = {}
        inspector = window.panels.inspector
        for spec in PAGES:
            inspector.add_deferred_page(spec.key, spec.title, spec.tip)
            window.later.add(spec.key, partial(self._make, spec))
        inspector.page_needed.connect(window.later.need)

    def widget(self, key: str) -> QWidget:
        """Return the page `key`, made now if nobody has looked at it yet."""
        self._window.later.need(key)
        return self._widgets[key]

    def _make(self, spec: PageSpec) -> None:
        widget, presenter = spec.make(self._window)
        self._widgets[spec.key], self.presenters[spec.key] = widget, presenter
        self._window.panels.inspector.fill_page(spec.key, widget)
