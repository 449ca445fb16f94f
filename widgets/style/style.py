"""Colours, type and icons: each colour has one meaning (see ``docs/look`` in the README).

A theme is applied to the whole application; widgets repaint on Qt's own ``PaletteChange`` and
``FontChange`` events and ask :func:`current` for colours while painting.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from widgets.style import icons, sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GRID = 8
RADIUS = 10


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: colours as ``#rrggbb``, the type scale and whether things may move.

    Attributes
    ----------
    negative, middle, positive
        The diverging map of **values** (weights, activations, class 0 to class 1).
    gradient_negative, gradient_positive
        The diverging map of **gradients**, through the same middle.
    forward, gradient
        Numbers on wires: values above the wire, gradients below it.
    classes
        One colour per class, Okabe-Ito first.
    scale : float
        Type scale; larger in lecture mode.
    """

    name: str
    window: str
    panel: str
    line: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    accent_soft: str
    negative: str
    middle: str
    positive: str
    gradient_negative: str
    gradient_positive: str
    forward: str
    gradient: str
    gradient_soft: str
    local: str
    warning: str
    classes: tuple[str, ...]
    scale: float = 1.0
    reduced_motion: bool = False

    @property
    def is_dark(self) -> bool:
        """Whether this is the dark look."""
        return self.name == "dark"

    @property
    def stroke(self) -> float:
        """Width of a curve in pixels: one, which Qt draws fast, and heavier in lecture mode than its type asks for."""
        return 1.0 if self.scale == 1.0 else 1.7 * self.scale


LIGHT = Theme(
    name="light",
    window="#F3F5F8",
    panel="#FFFFFF",
    line="#E1E6ED",
    text="#1B2430",
    secondary="#647083",
    accent="#3455DB",
    on_accent="#FFFFFF",
    accent_soft="#EDF1F8",
    negative="#E8710A",
    middle="#F6F7F9",
    positive="#1769AA",
    gradient_negative="#7B3294",
    gradient_positive="#008837",
    forward="#0B7A5B",
    gradient="#C2255C",
    gradient_soft="#FDF1F5",
    local="#1B2430",
    warning="#B54708",
    classes=(
        "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9",
        "#D55E00", "#F0E442", "#4D4D4D", "#8C6BB1", "#A6761D",
    ),
)  # fmt: skip

DARK = Theme(
    name="dark",
    window="#12161C",
    panel="#1B212A",
    line="#2C3542",
    text="#E7ECF2",
    secondary="#93A0B2",
    accent="#7C96FF",
    on_accent="#12161C",
    accent_soft="#232B3A",
    negative="#FF9A3D",
    middle="#232B36",
    positive="#4BA3E3",
    gradient_negative="#C58AF9",
    gradient_positive="#4ADE80",
    forward="#3CCB9B",
    gradient="#FF6B9A",
    gradient_soft="#2A1F2A",
    local="#E7ECF2",
    warning="#FDB022",
    classes=(
        "#FFBE3D", "#4BA3E3", "#3CCB9B", "#E8A5CB", "#8CCDF2",
        "#FF8A4C", "#F7EE7F", "#B3B3B3", "#B79BDC", "#D3A44F",
    ),
)  # fmt: skip

_current = LIGHT


def current() -> Theme:
    """Return the theme that the application shows now."""
    return _current


def apply(application: QApplication, theme: Theme) -> None:
    """Give `application` the colours and the type of `theme`; Qt tells every widget."""
    global _current
    _current = theme
    _font.cache_clear()  # the platform's fonts may have changed
    application.setStyle("Fusion")
    application.setFont(sans(9.0))
    application.setPalette(_palette(theme))
    application.setStyleSheet(_sheet(theme))


def sans(points: float, *, bold: bool = False) -> QFont:
    """Return the platform's sans font at `points`, scaled for lecture mode."""
    return QFont(_font(QFontDatabase.SystemFont.GeneralFont, points * _current.scale, bold))


def mono(points: float, *, bold: bool = False) -> QFont:
    """Return the platform's fixed-pitch font at `points`: tabular figures, so numbers do not dance."""
    return QFont(_font(QFontDatabase.SystemFont.FixedFont, points * _current.scale, bold))


@lru_cache(maxsize=64)
def _font(family: QFontDatabase.SystemFont, points: float, bold: bool) -> QFont:
    font = QFontDatabase.systemFont(family)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def blend(front: str, back: str, share: float) -> QColor:
    """Return `front` laid over `back` with opacity `share`, as an opaque colour (opaque pens are cheap)."""
    return QColor(_blended(front, back, share))


@lru_cache(maxsize=1024)
def _blended(front: str, back: str, share: float) -> QColor:
    red, green, blue = (round(f * share + b * (1.0 - share)) for f, b in zip(_rgb(front), _rgb(back), strict=True))
    return QColor(red, green, blue)


def icon(name: str, *, on_accent: bool = False, side: int | None = None) -> QIcon:
    """Return the icon `name` in the current theme's text colour, or in the one that stands on the accent.

    `side` is how large it is shown, in pixels (16 in the type scale when None). Ask again on
    ``PaletteChange``: an icon keeps the colours it was made with.
    """
    colour = _current.on_accent if on_accent else _current.text
    shown = round(16 * _current.scale) if side is None else side
    application = QApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QApplication) else 1.0
    return icons.icon(name, colour, disabled(_current), shown, ratio)


@lru_cache(maxsize=8)
def disabled(theme: Theme) -> str:
    """Return the colour of text that cannot be used now, as ``#rrggbb``."""
    return blend(theme.secondary, theme.panel, 0.7).name()


def with_scale(theme: Theme, scale: float) -> Theme:
    """Return `theme` with another type scale."""
    return replace(theme, scale=scale)


@lru_cache(maxsize=8)
def diverging_table(negative: str, middle: str, positive: str) -> NDArray[np.uint32]:
    """Return 256 RGB32 entries: 0 is full negative, 128 zero, 255 full positive; shape (256,)."""
    import numpy as np

    ends = [np.array(_rgb(c), dtype=np.float64) for c in (negative, middle, positive)]
    level = (np.arange(256) - 128.0) / 127.5
    share = np.clip(np.abs(level), 0.0, 1.0)[:, None]
    end = np.where(level[:, None] < 0, ends[0], ends[2])
    return _pack(ends[1] * (1.0 - share) + end * share)


def channels(table: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return RGB32 entries as their red, green and blue; shape (n, 3)."""
    import numpy as np

    return np.stack([table >> shift & 255 for shift in (16, 8, 0)], axis=1).astype(np.uint8)


@lru_cache(maxsize=8)
def class_table(colours: tuple[str, ...], middle: str) -> NDArray[np.uint32]:
    """Return RGB32 entries for index = class * 256 + sureness (0..255); shape (256 * n_classes,)."""
    import numpy as np

    share = np.linspace(0.0, 1.0, 256)[:, None]
    base = np.array(_rgb(middle), dtype=np.float64)
    rows = [base * (1.0 - share) + np.array(_rgb(c), dtype=np.float64) * share for c in colours]
    return _pack(np.concatenate(rows))


def value_table() -> NDArray[np.uint32]:
    """Return the diverging table of values in the current theme."""
    return diverging_table(_current.negative, _current.middle, _current.positive)


def gradient_table() -> NDArray[np.uint32]:
    """Return the diverging table of gradients in the current theme."""
    return diverging_table(_current.gradient_negative, _current.middle, _current.gradient_positive)


def _pack(rgb: NDArray[np.float64]) -> NDArray[np.uint32]:
    import numpy as np

    parts = np.rint(rgb).astype(np.uint32)
    red, green, blue = parts[:, 0], parts[:, 1], parts[:, 2]
    return (np.uint32(0xFF000000) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue).astype(np.uint32)


def _rgb(colour: str) -> tuple[int, int, int]:
    made = QColor(colour)
    return made.red(), made.green(), made.blue()


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(theme.panel), QColor(theme.window))
    for key, colour in {
        role.Window: theme.window,
        role.Base: theme.panel,
        role.AlternateBase: theme.window,
        role.Button: theme.panel,
        role.Text: theme.text,
        role.WindowText: theme.text,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.secondary,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.Mid: theme.line,
    }.items():
        palette.setColor(key, QColor(colour))
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, blend(theme.secondary, theme.panel, 0.7))
    return palette


def _sheet(theme: Theme) -> str:
    colours = {f.name: getattr(theme, f.name) for f in fields(theme) if isinstance(getattr(theme, f.name), str)}
    colours |= {
        "track": blend(theme.secondary, theme.panel, 0.28).name(),
        "disabled": disabled(theme),
        "accent_hover": blend(theme.accent, theme.text, 0.88).name(),
        "accent_pressed": blend(theme.accent, theme.text, 0.76).name(),
    }
    return sheet.render(colours, QFontInfo(mono(9.0)).family(), theme.scale)
