"""The other pages of the inspector: a table, each made when first shown or when the event loop is idle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from playground.app.views.scheduling import Scheduler
from playground.app.window.deferred import DeferredLoading
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.inspector import Inspector

if TYPE_CHECKING:
    from playground.app.views.circuits.open_circuit import OpenCircuit
    from playground.app.views.circuits.tab_presenter import CircuitTabPresenter
    from playground.app.views.tensors.presenter import TensorsPresenter

Made = tuple[QWidget, object]


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the pages use."""

    session: Session
    scheduler: Scheduler
    slow_motion: SlowMotion
    inspector: Inspector
    open_circuit: Callable[[OpenCircuit, str], None]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One row of the table."""

    key: str  # name in the code
    title: str  # text of the tab
    tip: str  # tooltip of the tab
    make: Callable[[PageContext], Made]
    modules: tuple[str, ...]  # what `make` imports
    needs_selection: bool = False


def _circuit(context: PageContext) -> Made:
    from playground.app.views.circuits.tab_presenter import CircuitTabPresenter
    from widgets.gates.circuit_tab import CircuitTab

    tab = CircuitTab()
    return tab, CircuitTabPresenter(context.session, context.scheduler, context.slow_motion, tab, context.open_circuit)


def _tensors(context: PageContext) -> Made:
    from playground.app.views.tensors.presenter import TensorsPresenter
    from widgets.matrices.tensor_view import TensorView

    view = TensorView()
    return view, TensorsPresenter(context.session, context.scheduler, context.slow_motion, view)


def _jacobian(context: PageContext) -> Made:
    from playground.app.views.jacobian.presenter import JacobianPresenter
    from widgets.matrices.jacobian_view import JacobianView

    view = JacobianView()
    return view, JacobianPresenter(context.session, context.scheduler, context.slow_motion, view)


def _check(context: PageContext) -> Made:
    from playground.app.views.gradcheck.presenter import GradientCheckPresenter
    from widgets.matrices.gradcheck_view import GradientCheckView

    view = GradientCheckView()
    return view, GradientCheckPresenter(context.session, context.scheduler, view)


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "circuit", "Circuit",
        "The selected neuron, input or loss as scalar gates at one example, live: values above, gradients below",
        _circuit,
        (  # one an event: together they take as long as several frames
            "widgets.circuit_graph", "playground.app.views.circuits.gates_presenter",
            "playground.app.views.circuits.tab_presenter", "widgets.gates.circuit_tab",
        ),
        needs_selection=True,
    ),
    PageSpec(
        "tensors", "Tensors",
        "The layers as bricks with forward and backward, and every tensor of the pending batch with its shape",
        _tensors, ("playground.app.views.tensors.presenter", "widgets.matrices.tensor_view"),
    ),
    PageSpec(
        "jacobian", "Jacobian",
        "∂out/∂in as a matrix at one example, and how little of it differs from 0",
        _jacobian, ("playground.app.views.jacobian.presenter", "widgets.matrices.jacobian_view"),
    ),
    PageSpec(
        "check", "Gradient check",
        "Every gradient beside (L(w + ε) − L(w − ε)) / 2ε: 2·P forward passes against one forward and one backward",
        _check, ("playground.app.views.gradcheck.presenter", "widgets.matrices.gradcheck_view"),
    ),
)  # fmt: skip


class InspectorPages:
    """The pages of ``PAGES`` in one inspector."""

    def __init__(self, context: PageContext, deferred: DeferredLoading) -> None:
        """Show the tabs; `deferred` makes their pages later."""
        self._context, self._deferred = context, deferred
        self._widgets: dict[str, QWidget] = {}
        self.presenters: dict[str, object] = {}  # those made so far, by key
        for spec in PAGES:
            context.inspector.add_deferred_page(spec.key, spec.title, spec.tip, needs_selection=spec.needs_selection)
            deferred.add(spec.key, partial(self._make, spec), spec.modules)
        context.inspector.page_needed.connect(deferred.need)

    def widget(self, key: str) -> QWidget:
        """Return the page `key`, made now if it has not been shown yet."""
        self._deferred.need(key)
        return self._widgets[key]

    def circuit_tab(self) -> CircuitTabPresenter | None:
        """Return the presenter of the circuit page, if that page has been made."""
        return cast("CircuitTabPresenter | None", self.presenters.get("circuit"))

    def tensors(self) -> TensorsPresenter:
        """Return the presenter of the tensors page, which is made now if it has not been."""
        self._deferred.need("tensors")
        return cast("TensorsPresenter", self.presenters["tensors"])

    def _make(self, spec: PageSpec) -> None:
        widget, presenter = spec.make(self._context)
        self._widgets[spec.key], self.presenters[spec.key] = widget, presenter
        self._context.inspector.fill_page(spec.key, widget)
