"""The texts of numbers in settled places: at each refresh only those are made again that read differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPixmap

from widgets.network_graph.edges import by_piece
from widgets.network_graph.number_places import Sizes, Which
from widgets.network_graph.number_stamps import line_height, room_of_numbers, stamp_at
from widgets.style import numbers as numerals
from widgets.values import EdgeKey, Floats, NetworkNumbers, NodeKey

Key = NodeKey | EdgeKey
Place = tuple[Key, Which]
Stamp = tuple[QPointF, QPixmap]
_PLAIN = ("value", "weight")
"""Those that are written as they are: of the others, what they are may stand in front."""


@dataclass(frozen=True, slots=True)
class NumberLabel:
    """A number as it is written: of which node or edge, which of its numbers, where, and whether it stands out."""

    key: Key
    which: Which
    box: QRectF
    text: str  # empty where it is veiled
    is_own: bool  # of what is marked


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Where the numbers of one layer stand among all: those of nodes by unit, of edges by unit, piece and source."""

    which: Which
    layer: int
    at: NDArray[np.intp]
    indices: tuple[NDArray[np.intp], ...]

    def of(self, numbers: NetworkNumbers) -> Floats | None:
        """Return the numbers, None where they are not computed."""
        if self.which in ("value", "gradient"):
            column = layer_of(numbers.values if self.which == "value" else numbers.gradients, self.layer)
            return None if column is None else column[self.indices]
        matrix = layer_of(numbers.weights if self.which == "weight" else numbers.below, self.layer - 1)
        return None if matrix is None else by_piece(matrix)[self.indices]


class WrittenNumbers:
    """What is written in settled places, the numbers of what is marked above the others."""

    def __init__(self, places: Mapping[Place, QRectF], own: Set[Key]) -> None:
        self._places = sorted(places.items(), key=lambda item: item[0][0] in own)
        self._own = own
        count = len(self._places)
        self._groups = _grouped([place for place, _ in self._places])
        self._replaced = _replaced(self._places)
        self._is_weight = np.array([which == "weight" for (_, which), _ in self._places], dtype=np.bool_)
        self._numbers: NetworkNumbers | None = None
        self._values = np.full(count, np.nan)
        self._known, self._is_shown = np.zeros((2, count), dtype=np.bool_)
        self._texts, self._figures = [""] * count, np.zeros(count, dtype=np.intp)
        self._labels: list[NumberLabel] | None = None
        self._ratio = 0.0
        self._stamps: list[Stamp | None] = [None] * count
        self._shown_stamps: list[Stamp] | None = None

    def write(self, numbers: NetworkNumbers) -> None:
        """Write `numbers` instead of those before."""
        if numbers is self._numbers:
            return
        before, self._numbers = self._numbers, numbers
        values, known = np.full(len(self._places), np.nan), np.zeros(len(self._places), dtype=np.bool_)
        for group in self._groups:
            found = group.of(numbers)
            if found is not None:
                values[group.at], known[group.at] = found, True
        is_anew = before is None or _meaning(before) != _meaning(numbers)
        stale = known if is_anew else known & ~((values == self._values) & self._known)
        if is_anew or not np.array_equal(known, self._known):
            self._labels = self._shown_stamps = None
        if is_anew:  # each may look different, also those that are known again later
            self._stamps = [None] * len(self._places)
        self._values, self._known = values, known
        self._is_shown = known.copy()
        for index, by in self._replaced:
            self._is_shown[index] &= not known[by]
        for index in np.flatnonzero(stale).tolist():
            self._rewrite(numbers, index)

    def longest(self, *, of_weights: bool) -> int:
        """Return how many figures the longest number has that is written, or the longest weight."""
        counted = self._is_shown & self._is_weight if of_weights else self._is_shown
        return int(self._figures[counted].max(initial=0))

    def labels(self) -> list[NumberLabel]:
        """Return what is written, what stands out last."""
        if self._labels is None:
            self._labels = [
                NumberLabel(key, which, box, text, key in self._own)
                for ((key, which), box), text, is_shown in zip(self._places, self._texts, self._is_shown, strict=True)
                if is_shown
            ]
        return self._labels

    def stamps(self, ratio: float) -> list[Stamp]:
        """Return a picture of each number for the device `ratio`, and where it stands, what stands out last."""
        if ratio != self._ratio:
            self._ratio, self._shown_stamps = ratio, None
            self._stamps = [None] * len(self._places)
        if self._shown_stamps is None:
            self._shown_stamps = [self._stamp(index) for index in np.flatnonzero(self._is_shown).tolist()]
        return self._shown_stamps

    # ---- inside --------------------------------------------------------------------------------

    def _rewrite(self, numbers: NetworkNumbers, index: int) -> None:
        """Write one number; where it reads as before, its picture stays."""
        place, box = self._places[index]
        text = "" if place in numbers.veiled else _with_sign(numbers, *place, float(self._values[index]), box)
        if text != self._texts[index]:
            self._texts[index] = text
            self._figures[index] = len(text.rpartition(" ")[2].lstrip("→"))
            self._stamps[index] = self._labels = self._shown_stamps = None

    def _stamp(self, index: int) -> Stamp:
        kept = self._stamps[index]
        if kept is None:
            (key, which), box = self._places[index]
            assert self._numbers is not None
            look = look_of(which, self._numbers, is_own=key in self._own)
            kept = self._stamps[index] = stamp_at(box, self._texts[index], look, self._ratio)
        return kept


def look_of(which: Which, numbers: NetworkNumbers, *, is_own: bool) -> str:
    """Return how a number is drawn, by what it is."""
    if which in ("value", "gradient"):
        return which
    if which == "below" and numbers.below_kind == "gradient":
        return "gradient"
    return "own" if is_own else "other"


def sizes_of_numbers() -> Sizes:
    """Return the room that numbers take on the network."""
    return Sizes(room_of_numbers(bold=True).digit, line_height())


def layer_of(parts: tuple[Floats | None, ...], index: int) -> Floats | None:
    """Return the numbers of a layer, None where they are not computed."""
    return parts[index] if index < len(parts) else None


def _meaning(numbers: NetworkNumbers) -> tuple[object, ...]:
    """Return what the texts depend on beside the numbers."""
    return numbers.gradient_symbol, numbers.below_kind, numbers.veiled


def _with_sign(numbers: NetworkNumbers, key: Key, which: Which, value: float, box: QRectF) -> str:
    """Return the text of a number with what it is in front, where that is not plain from its place."""
    text = numerals.brief(value)
    if which in _PLAIN:
        return text
    if which == "below":
        arrow = "→" if numbers.below_kind == "next" else ""
        fits = sizes_of_numbers().width(len(arrow) + len(text)) <= box.width()
        return arrow + (text if fits else numerals.briefest(value))
    symbol = numbers.gradient_symbol if key.layer else "∂"
    named = f"{symbol} = {text}" if symbol == "δ" else f"{symbol} {text}"
    return named if sizes_of_numbers().width(len(named)) <= box.width() else text


def _grouped(places: list[Place]) -> list[_Group]:
    """Return the places by the arrays that their numbers come from."""
    found: dict[tuple[Which, int], list[int]] = defaultdict(list)
    for index, (key, which) in enumerate(places):
        found[which, key.layer].append(index)
    return [
        _Group(which, layer, np.array(at, dtype=np.intp), _indices([places[index][0] for index in at]))
        for (which, layer), at in found.items()
    ]


def _indices(keys: list[Key]) -> tuple[NDArray[np.intp], ...]:
    rows = [(key.unit,) if isinstance(key, NodeKey) else (key.target, key.piece, key.source) for key in keys]
    return tuple(np.array(column, dtype=np.intp) for column in zip(*rows, strict=True))


def _replaced(places: list[tuple[Place, QRectF]]) -> list[tuple[int, int]]:
    """Return which values have the gradient of their node written in their place, and which that is."""
    gradients = {key: (index, box) for index, ((key, which), box) in enumerate(places) if which == "gradient"}
    return [
        (index, gradients[key][0])
        for index, ((key, which), box) in enumerate(places)
        if which == "value" and key in gradients and gradients[key][1] == box
    ]
