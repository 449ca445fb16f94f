"""The look of the application: its theme, fonts and icons.

A theme is applied to the whole application; widgets repaint on Qt's own ``PaletteChange`` and
``FontChange`` events and ask :func:`current` for colours while painting.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QIcon, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from widgets.style import icons, sheet, themes, tips
from widgets.style.parts import direct_parts_of, parts_of
from widgets.style.text_room import TextRoom
from widgets.style.themes import Theme

GRID = 8
RADIUS = 10
_SCALE = "scale_when_hidden"
"""The property of a hidden part that waits for a new look: the scale of the type that it was last measured with."""


SLICE = 40
"""How many widgets that are not in sight take up another type at once."""
_FEW = 10
"""Up to so many widgets, what is on the screen is an empty window."""

_FAMILIES = {"sans": QFontDatabase.SystemFont.GeneralFont, "mono": QFontDatabase.SystemFont.FixedFont}

_current = themes.LIGHT
_is_measuring = False  # whether all that is shown will be measured again in a moment


def current() -> Theme:
    """Return the theme that the application shows now."""
    return _current


def will_measure(widget: QWidget) -> bool:
    """Return whether `widget` hears a ``StyleChange`` in a moment: what it hears of fonts and colours before may wait.

    A change of the type tells it three times, and to measure takes more time than all the rest.
    """
    return _is_measuring and widget.isVisible()


def apply(application: QApplication, theme: Theme) -> None:
    """Give `application` the colours and the type of `theme`; widgets hear of it, unless nothing looks different."""
    for _ in applied_in_slices(application, theme):
        pass


def applied_in_slices(application: QApplication, theme: Theme) -> Generator[None, None, None]:
    """Do the same in slices: all that is in sight in the first, then some of what is not at each ``next``."""
    global _current, _is_measuring
    before, _current = _current, theme
    is_first = not application.styleSheet()
    if not is_first and replace(before, reduced_motion=theme.reduced_motion) == theme:
        return
    for kept in (_font, _room):
        kept.cache_clear()  # the platform's fonts may have changed
    if is_first:
        application.setStyle("Fusion")
        tips.install(application)
    else:
        # Qt answers a new sheet by polishing each widget that it knows and all below it: a widget once for each of
        # its ancestors. When the style has forgotten its widgets, the sheet costs nothing, and we polish each once.
        application.style().unpolish(application)
    _is_measuring = not is_first and theme.scale != before.scale
    try:
        application.setStyleSheet(_sheet(theme))
        if is_first or theme.scale != before.scale:
            application.setFont(sans(9.0))
        application.setPalette(_palette(theme))
    finally:
        _is_measuring = False
    waiting: list[QWidget] = []
    if not is_first:
        with tips.paused():
            for top in application.topLevelWidgets():
                if top.parent() is None:
                    waiting += _polish(top, before.scale)
    for first in range(0, len(waiting), SLICE):
        yield
        with tips.paused():
            _take_up([part for part in waiting[first : first + SLICE] if isValid(part)], is_resized=True)


@contextmanager
def put_off() -> Iterator[None]:
    """Style what is made meanwhile once, at the end.

    With a style sheet, Qt styles a widget again whenever one of its ancestors gets a parent: five times, in a window
    that is made from the inside to the outside. Where there are widgets already, it would style them twice.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication) or _has_more(application, _FEW):
        yield
        return
    sheet = application.styleSheet()
    application.setStyleSheet("")
    try:
        yield
    finally:
        application.setStyleSheet(sheet)


def _has_more(application: QApplication, few: int) -> bool:
    """Return whether there are more than a `few` windows and widgets that stand in them.

    ``allWidgets`` would make an object of every part of every window, and once ended the process doing so.
    """
    return sum(1 + len(direct_parts_of(top, QWidget)) for top in application.topLevelWidgets()) > few


class _Later(QObject):
    """Lets a part that was hidden when the look changed take it up when it is shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the part to be shown."""
        if type(event) is QShowEvent and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            before = watched.property(_SCALE)
            watched.setProperty(_SCALE, None)
            _take_up(_polish(watched, before), is_resized=True)
        return False


_later = _Later()


def _polish(part: QWidget, scale: float) -> list[QWidget]:
    """Let what is shown of `part` take colours and type from the new sheet, parents first; the rest when it is shown.

    When `scale` was another one, everything is measured again, and parts of hidden windows, which Qt measures before it
    shows them, do not wait for that: they are returned.
    """
    is_resized = scale != _current.scale
    taken, hidden = [], []
    for widget in (part, *parts_of(part, QWidget)):
        if widget.isVisible():
            taken.append(widget)
        elif is_resized and not widget.window().isVisible():
            hidden.append(widget)
        elif widget.isHidden() and widget.property(_SCALE) is None:
            widget.setProperty(_SCALE, scale)
            widget.installEventFilter(_later)
    _take_up(taken, is_resized=is_resized)
    return hidden


def _take_up(widgets: list[QWidget], *, is_resized: bool) -> None:
    """Let `widgets` take colours and type from the new sheet; when type `is_resized`, they are measured after that."""
    global _is_measuring
    _is_measuring = is_resized
    try:
        for widget in widgets:
            if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # Qt does the others before they are shown
                font = widget.font()
                widget.style().polish(widget)
                if not is_resized and widget.font() != font:  # Qt went back to the one from before its first polish
                    widget.setFont(font)
    finally:
        _is_measuring = False
    if is_resized:
        for widget in widgets:
            QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def sans(points: float, *, bold: bool = False) -> QFont:
    """Return the platform's sans font at `points`, scaled for lecture mode."""
    return QFont(_font("sans", points * _current.scale, bold))


def mono(points: float, *, bold: bool = False) -> QFont:
    """Return the platform's fixed-pitch font at `points`: tabular figures, so numbers do not dance."""
    return QFont(_font("mono", points * _current.scale, bold))


def sans_room(points: float, *, bold: bool = False) -> TextRoom:
    """Return how much room texts take in ``sans``."""
    return _room("sans", points * _current.scale, bold)


def mono_room(points: float, *, bold: bool = False) -> TextRoom:
    """Return how much room texts take in ``mono``."""
    return _room("mono", points * _current.scale, bold)


@lru_cache(maxsize=64)
def _room(family: str, points: float, bold: bool) -> TextRoom:
    return TextRoom(_font(family, points, bold))


@lru_cache(maxsize=64)
def _font(family: str, points: float, bold: bool) -> QFont:
    font = QFontDatabase.systemFont(_FAMILIES[family])
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def blend(front: str, back: str, share: float) -> QColor:
    """Return `front` laid over `back` with opacity `share`, as an opaque colour (opaque pens are cheap)."""
    return QColor(_blended(front, back, share))


@lru_cache(maxsize=1024)
def _blended(front: str, back: str, share: float) -> QColor:
    red, green, blue = (round(f * share + b * (1.0 - share)) for f, b in zip(rgb(front), rgb(back), strict=True))
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


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of ``#rrggbb``, each 0 … 255."""
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
