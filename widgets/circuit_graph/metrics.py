"""The sizes that fonts dictate: how wide a number, a symbol, a name is, in pixels at zoom 1."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from widgets.style import style
from widgets.values import Gate

NUMBER_POINTS = 8.0
SYMBOL_POINTS = 9.5
NAME_POINTS = 9.0
WIDEST = "∂−0.000000"  # and a narrow space


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in pixels at zoom 1.

    Attributes
    ----------
    number_width, line
        The slot of one number.
    radius
        Half the height of a gate with one or two inputs.
    port
        The distance of two input ports: one line where contributions stand between them.
    """

    number_width: float
    line: float
    radius: float
    port: float
    symbol: QFontMetricsF
    name: QFontMetricsF

    def half_width(self, gate: Gate) -> float:
        """Return half the width of `gate`: a circle for short symbols, a rounded box for words."""
        if gate.kind == "input":
            return max(self.name.horizontalAdvance(gate.name or gate.symbol) / 2.0 + 9.0, 0.8 * self.radius)
        if gate.kind == "constant":
            return self.symbol.horizontalAdvance(gate.symbol) / 2.0 + 5.0
        return max(self.symbol.horizontalAdvance(gate.symbol) / 2.0 + 8.0, self.radius)

    def half_height(self, gate: Gate) -> float:
        """Return half the height of `gate`, which grows with its ports."""
        if gate.kind in ("input", "constant"):
            return 0.75 * self.radius
        return max(self.radius, self.port * len(gate.inputs) / 2.0)


def measure(longest: int = len(WIDEST)) -> Metrics:
    """Return the metrics of the current theme's fonts, for numbers of at most `longest` characters."""
    number = QFontMetricsF(style.mono(NUMBER_POINTS))
    line = number.ascent() + number.descent() - 1.0
    return Metrics(
        number_width=number.horizontalAdvance(WIDEST[:longest]) + 2.0,
        line=line,
        radius=line + 4.0,
        port=line + 3.0,
        symbol=QFontMetricsF(symbol_font()),
        name=QFontMetricsF(name_font()),
    )


def number_font(*, bold: bool = False) -> QFont:
    """Return the font of numbers on wires."""
    return style.mono(NUMBER_POINTS, bold=bold)


def symbol_font() -> QFont:
    """Return the font of the symbol in a gate."""
    return style.sans(SYMBOL_POINTS)


def name_font() -> QFont:
    """Return the font of an input's name."""
    return style.mono(NAME_POINTS, bold=True)
