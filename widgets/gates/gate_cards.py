"""The card of the selected gate with the pinned ones beside it, for comparing and for a lecture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.controls.button import Button
from widgets.controls.labels import secondary
from widgets.gates.gate_card import GateCard
from widgets.style import boxes
from widgets.style.letting_go import let_go
from widgets.values import GateReading

SPACING = 8
NOTHING = "Click a gate to read its card: upstream × local = downstream, for every input. Arrow keys move, Enter opens."


class GateCards(QWidget):
    """A row of cards: the selected gate's, then the pinned ones in the order they were pinned.

    Signals
    -------
    pin_toggled(int, bool)
        A card was pinned or unpinned; send readings for the ids in ``pinned_ids`` from then on.
    number_answered(int, str, str, bool)
        A prediction was made: gate id, which number, what was typed, whether it was right.
    input_clicked(int, int)
        The name of an input was clicked: gate id, which input.
    """

    pin_toggled = Signal(int, bool)
    number_answered = Signal(int, str, str, bool)
    input_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = self._new_card()
        self._pinned: dict[int, GateCard] = {}
        self._neighbours: list[GateCard] = []
        self.empty = secondary(NOTHING)
        self.hide_all = Button(
            "Hide all", "Hide every number of every card, to reveal them one by one.", "eye", role="flat"
        )
        self.reveal_one = Button(
            "Reveal next", "Show the next hidden number, card by card, left to right.", role="flat"
        )
        self.hide_all.clicked.connect(self._on_hide_all_clicked)
        self.reveal_one.clicked.connect(self._on_reveal_one_clicked)
        self._build()

    @property
    def pinned_ids(self) -> tuple[int, ...]:
        """The ids of the pinned gates."""
        return tuple(self._pinned)

    def card(self, gate: int) -> GateCard:
        """Return the pinned card of `gate`."""
        return self._pinned[gate]

    def set_reading(self, reading: GateReading | None) -> None:
        """Show the selected gate's card; None shows how to open one. A pinned gate is not shown twice."""
        twice = reading is not None and reading.id in self._pinned
        self.current.set_reading(None if twice else reading)
        if reading is not None and reading.id in self._pinned:
            self._pinned[reading.id].set_reading(reading)
        self.empty.setVisible(reading is None and not self._pinned)

    def set_pinned_readings(self, readings: Sequence[GateReading]) -> None:
        """Show exactly these pinned cards, in this order."""
        wanted = {reading.id: reading for reading in readings}
        for gate in [gate for gate in self._pinned if gate not in wanted]:
            self._drop(gate)
        for gate, reading in wanted.items():
            if gate not in self._pinned:
                self._add(gate)
            self._pinned[gate].set_reading(reading)
        self._refresh()

    def set_neighbours(self, readings: Sequence[GateReading]) -> Sequence[GateCard]:
        """Show the cards of gates beside the selected one, as many as there is room for; return those cards."""
        while len(self._neighbours) < len(readings):
            card = self._new_card(is_neighbour=True)
            self._neighbours.append(card)
            self._row.addWidget(card)
        for k, card in enumerate(self._neighbours):
            card.set_reading(readings[k] if k < len(readings) else None)
        self._fit_neighbours()
        return self._neighbours

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many neighbours as fit."""
        super().resizeEvent(event)
        self._fit_neighbours()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the neighbours again as soon as a card has another size."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit_neighbours()
        return super().eventFilter(watched, event)

    def _fit_neighbours(self) -> None:
        used = sum(_width(card) + SPACING for card in self._cards())
        for card in self._neighbours:
            used += _width(card) + SPACING
            card.setVisible(card.reading is not None and used - SPACING <= self.width())

    def _build(self) -> None:
        self._inside = QWidget()
        self._inside.installEventFilter(self)
        self._row = boxes.row(self.current, owner=self._inside, spacing=SPACING)
        tools = boxes.row((self.empty, 1), boxes.STRETCH, self.hide_all, self.reveal_one)
        boxes.column(tools, (boxes.scroll_area(self._inside), 1), owner=self, spacing=4)
        self._refresh()

    def _new_card(self, *, is_neighbour: bool = False) -> GateCard:
        card = GateCard(is_neighbour=is_neighbour)
        card.pin_toggled.connect(self._on_pin_toggled)
        card.number_answered.connect(self.number_answered)
        card.input_clicked.connect(self.input_clicked)
        return card

    def _add(self, gate: int) -> None:
        card = self._new_card()
        card.set_pinned(True)
        self._pinned[gate] = card
        self._row.insertWidget(len(self._pinned), card)

    def _drop(self, gate: int) -> None:
        card = self._pinned.pop(gate)
        self._row.removeWidget(card)
        let_go(card)

    def _cards(self) -> list[GateCard]:
        return [card for card in (self.current, *self._pinned.values()) if card.reading is not None]

    def _refresh(self) -> None:
        self.empty.setVisible(not self._cards())
        for button in (self.hide_all, self.reveal_one):
            button.setVisible(len(self._pinned) > 0)

    def _on_pin_toggled(self, gate: int, pinned: bool) -> None:
        if pinned and gate not in self._pinned and self.current.reading is not None:
            reading = self.current.reading
            self._add(gate)
            self._pinned[gate].set_reading(reading)
            self.current.set_pinned(False)
            self.current.set_reading(None)
        elif not pinned and gate in self._pinned:
            self._drop(gate)
        self._refresh()
        self.pin_toggled.emit(gate, pinned)

    def _on_hide_all_clicked(self) -> None:
        for card in self._cards():
            card.hide_numbers()

    def _on_reveal_one_clicked(self) -> None:
        any(card.reveal_next() for card in self._cards())


def _width(card: GateCard) -> int:
    return max(card.sizeHint().width(), card.minimumSizeHint().width())
