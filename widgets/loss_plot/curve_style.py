"""How each curve is drawn: a colour per scale, a dash per role, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from widgets.style import style
from widgets.values import Series

_SOLID = ((), (1.0, 2.5), (7.0, 2.5, 1.0, 2.5), (7.0, 2.5, 1.0, 2.5, 1.0, 2.5))
_DASHED = ((4.0, 3.0), (9.0, 3.5), (2.5, 5.0))

DIMMED = 0.4


@dataclass(frozen=True, slots=True)
class CurveStyle:
    """A role of the theme, a dash pattern (in pen widths; empty is a solid line), and whether it is faint."""

    role: str
    dash: tuple[float, ...]
    dimmed: bool = False

    def pen(self, width: float = 1.0) -> QPen:
        """Return the pen in the current theme; it keeps its width however far one zooms."""
        theme = style.current()
        colour: str = getattr(theme, self.role)
        shown = style.blend(colour, theme.panel, DIMMED) if self.dimmed else QColor(colour)
        pen = QPen(shown, width * theme.stroke)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self.dash:
            pen.setDashPattern(list(self.dash))
        return pen


def styles_of(series: tuple[Series, ...]) -> dict[str, CurveStyle]:
    """Return a style per name, by the order of the curves on their scale."""
    seen: dict[tuple[str, bool], int] = {}
    styles = {}
    for one in series:
        if one.dimmed:
            styles[one.name] = CurveStyle(_role(one), _DASHED[0] if one.dashed else _SOLID[0], dimmed=True)
            continue
        key = (one.axis, one.dashed)
        patterns = _DASHED if one.dashed else _SOLID
        styles[one.name] = CurveStyle(_role(one), patterns[seen.get(key, 0) % len(patterns)])
        seen[key] = seen.get(key, 0) + 1
    return styles


def _role(series: Series) -> str:
    if series.axis == "accuracy":
        return "forward"
    if series.axis == "rate":
        return "secondary"
    return "secondary" if series.dashed else "text"
