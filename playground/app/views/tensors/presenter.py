"""Tensors tab ↔ session: the bricks, the shown brick's tensors of the pending batch, and the clicked cell."""

from __future__ import annotations

from functools import partial

from playground.app.views.prediction.blanks import Named
from playground.app.views.prediction.wishes import answer_at, fulfil
from playground.app.views.scheduling import READINGS, Aspect, Scheduler
from playground.app.views.tensors.cells import cell
from playground.app.views.tensors.code import code
from playground.app.views.tensors.reading import BrickKey, Read, letters, tensor_key, tensors
from playground.app.views.tensors.tensor_numbers import named, share_of, veiled_letters
from playground.document.document import LOSS, Edge, Node
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.matrices.tensor_view import TensorView

_TIMES = 10


class TensorsPresenter:
    """Shows the tensors of one brick; the brick follows the selected node, the cell the selected edge."""

    def __init__(self, session: Session, scheduler: Scheduler, slow_motion: SlowMotion, view: TensorView) -> None:
        """Connect `view` to `session`; `slow_motion` decides what is computed yet."""
        self._session, self._slow, self._view = session, slow_motion, view
        self._brick, self._shows_code = "", False
        self._cell: tuple[str, int, int] | None = None
        self._followed: tuple[Node | None, Edge | None] = (None, None)
        view.brick_clicked.connect(self._on_brick_clicked)
        view.cell_clicked.connect(self._on_cell_clicked)
        view.code_toggled.connect(self._on_code_toggled)
        view.answered.connect(self._on_answered)
        view.wished.connect(self._on_wished)
        self._page = scheduler.add(view, self.show_tensors, READINGS | Aspect.SELECTION, times=_TIMES)
        slow_motion.moved.connect(self._page.refresh)
        slow_motion.ended.connect(self._page.refresh)

    def show_tensors(self, changed: Aspect) -> None:
        """Show the current tensors; another selection leads to its brick and cell."""
        if Aspect.SELECTION in changed:
            self._follow_selection()
        snapshot, hidden = self._session.snapshot(), self._session.prediction.hidden()
        read: Read = letters
        if hidden:
            read = partial(veiled_letters, hidden=hidden)
        reading = tensors(snapshot, self._brick, self._slow.cursor, read)
        keys = [brick.key for brick in reading.bricks]
        if self._brick not in keys:
            self._brick, self._cell = keys[0], None
        self._view.set_reading(reading, self._brick)
        self._view.set_code(code(snapshot, self._brick, self._slow.cursor, read) if self._shows_code else None)
        known = {matrix.key for matrix in reading.tensors if matrix.is_known}
        is_shown = self._cell is not None and self._cell[0] in known
        self._view.set_cell(cell(snapshot, *self._cell, read) if self._cell is not None and is_shown else None)

    def _on_brick_clicked(self, brick: str) -> None:
        self._brick, self._cell = brick, None
        self._page.refresh()

    def _on_code_toggled(self, on: bool) -> None:
        self._shows_code = on
        self._page.refresh()

    def _on_cell_clicked(self, tensor: str, row: int, column: int) -> None:
        self._cell = (tensor, row, column)
        self._page.refresh()

    @property
    def cell(self) -> tuple[str, int, int] | None:
        """The cell whose making is written out: tensor key, row and column."""
        return self._cell

    def show_cell(self, cell: tuple[str, int, int]) -> None:
        """Show the brick of a cell, and how the cell was made."""
        self._follow_selection()  # which would lead elsewhere later
        self._brick, self._cell = cell[0].split(":")[0], cell
        self._page.refresh()

    def _named(self, tensor: str, row: int, column: int) -> Named | None:
        brick, name = tensor.split(":")
        return named(self._session.snapshot(), BrickKey.parse(brick), name, row, column)

    def _on_answered(self, tensor: str, row: int, column: int, typed: str) -> None:
        if found := self._named(tensor, row, column):
            share = share_of(self._session.snapshot(), tensor.split(":")[1])
            answer_at(self._session, found, typed, share)

    def _on_wished(self, tensor: str, row: int, column: int, wish: str) -> None:
        if found := self._named(tensor, row, column):
            fulfil(self._session, found, wish)

    def _follow_selection(self) -> None:
        selection = self._session.selection
        if (selection.node, selection.edge) == self._followed:
            return
        self._followed = (selection.node, selection.edge)
        if selection.edge is not None:
            self._follow_edge(selection.edge)
        elif selection.node is not None:
            self._follow_node(selection.node)

    def _follow_node(self, node: Node) -> None:
        last = len(self._session.run.network.layers)
        key = BrickKey("loss", last) if node == LOSS else BrickKey("linear", max(1, node.layer))
        self._brick, self._cell = str(key), None

    def _follow_edge(self, edge: Edge) -> None:
        key = BrickKey("linear", edge.layer)
        column = self._session.run.network.layers[edge.layer - 1].row(edge.target, edge.piece)
        self._brick = str(key)
        self._cell = (tensor_key(key, "db"), 0, column)
        if edge.source >= 0:
            self._cell = (tensor_key(key, "dW"), edge.source, column)
