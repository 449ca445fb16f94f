"""The headers over the columns, one for each, which come and go with the hidden layers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from widgets.network_graph.end_headers import InputHeader, OutputHeader
from widgets.network_graph.header import Header
from widgets.network_graph.hidden_header import HiddenHeader
from widgets.network_graph.layout import ColumnPlace
from widgets.style import style
from widgets.style.letting_go import let_go
from widgets.values import Choice, NetworkDiagram

_NARROWEST = 96
"""What is left of a header beside the end of the view takes at least this much room."""


class ColumnHeaders:
    """Headers of the input, the hidden layers and the output on `content`; `connect` gets each new hidden one."""

    def __init__(self, content: QWidget, connect: Callable[[HiddenHeader], None]) -> None:
        self._content, self._connect = content, connect
        self._choices: tuple[Choice, ...] = ()
        self._withheld: frozenset[str] = frozenset()
        self.input = InputHeader(content)
        self.output = OutputHeader(content)
        self.hidden: list[HiddenHeader] = []

    def all(self) -> list[Header]:
        """Return the headers from left to right."""
        return [self.input, *self.hidden, self.output]

    def set_diagram(self, diagram: NetworkDiagram, output_activation: str) -> None:
        """Show the columns of `diagram`; a control that is being dragged stays under the mouse."""
        hidden = [column for column in diagram.columns if column.kind == "hidden"]
        while len(self.hidden) > len(hidden):
            let_go(self.hidden.pop())
        while len(self.hidden) < len(hidden):
            self.hidden.append(self._made(len(self.hidden) + 1, diagram.max_width))
        for header, column in zip(self.hidden, hidden, strict=True):
            header.set_column(column, diagram.max_width)
        self.input.set_diagram(diagram)
        self.output.set_column(diagram.columns[-1], output_activation)

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer `choices` of activation on every hidden column."""
        self._choices = choices
        for header in self.hidden:
            header.set_choices(choices)

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep the activations (``activation``) and the features that are in `keys` out of sight."""
        self._withheld = keys
        self.input.popup.set_withheld(keys)
        for header in self.hidden:
            header.set_activation_shown("activation" not in keys)

    def place(self, columns: tuple[ColumnPlace, ...], height: int, end: int) -> None:
        """Put each header over what is to be seen of its column, from 0 to `end`, where that is wide enough."""
        for header, place in zip(self.all(), columns, strict=True):
            left, right = round(place.slot.left), round(place.slot.left + place.slot.width)
            is_whole = left >= 0 and right <= end + 1
            left, right = max(left, 0), right if is_whole else min(right, end)
            header.setVisible(is_whole or right - left >= _NARROWEST * style.current().scale)
            header.setGeometry(left, 0, max(right - left, 0), height)

    def _made(self, layer: int, max_width: int) -> HiddenHeader:
        header = HiddenHeader(layer, max_width, self._content)
        header.set_choices(self._choices)
        header.set_activation_shown("activation" not in self._withheld)
        self._connect(header)
        header.show()
        return header
