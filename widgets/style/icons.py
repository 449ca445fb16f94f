"""Icons as a table: a few strokes each on a grid of 16, painted in whatever colour a theme asks for."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_STROKED = 'fill="none" stroke="{c}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
_FILLED = 'fill="{c}"'

# name -> (stroked path, filled path)
ICONS: dict[str, tuple[str, str]] = {
    "reset": ("M4.2 4.6A5.2 5.2 0 1 1 2.8 8.4M4.4 1.6V4.9H7.7", ""),
    "back": ("", "M10.5 3.5V12.5L4.5 8Z"),
    "play": ("", "M4 2.6V13.4L13 8Z"),
    "pause": ("", "M4 3H7V13H4ZM9 3H12V13H9Z"),
    "step": ("", "M5.5 3.5V12.5L11.5 8Z"),
    "epoch": ("", "M2.5 3.5V12.5L8 8ZM8 3.5V12.5L13.5 8Z"),
    "slow": ("M8 4.6V8L10.4 9.6M8 2A6 6 0 1 1 7.99 2", ""),
    "circuit": (
        "M1.5 4H5M1.5 12H5M11 8H14.5M5 4A3 3 0 0 0 8 8A3 3 0 0 0 5 12M8 8H11",
        "M8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0Z",
    ),
    "learn": ("M1.5 6 8 3 14.5 6 8 9ZM4.5 7.5V11.2Q8 13.6 11.5 11.2V7.5M14.5 6V10.5", ""),
    "share": ("M8 10V2M5 4.8 8 1.8 11 4.8M3 9V13.5H13V9", ""),
    "moon": ("M13.2 9.6A5.6 5.6 0 1 1 6.6 2.6A4.6 4.6 0 0 0 13.2 9.6Z", ""),
    "sun": (
        "M8 5.2A2.8 2.8 0 1 1 7.99 5.2M8 1.4V2.6M8 13.4V14.6M1.4 8H2.6M13.4 8H14.6"
        "M3.3 3.3 4.2 4.2M11.8 11.8 12.7 12.7M3.3 12.7 4.2 11.8M11.8 4.2 12.7 3.3",
        "",
    ),
    "paint": ("M10.6 2.4 13.6 5.4 6.2 12.8 2.4 13.6 3.2 9.8ZM9 4 12 7", ""),
    "move": (
        "M8 2V14M2 8H14M6.2 3.8 8 2 9.8 3.8M6.2 12.2 8 14 9.8 12.2M3.8 6.2 2 8 3.8 9.8M12.2 6.2 14 8 12.2 9.8",
        "",
    ),
    "erase": ("M9.2 2.8 13.6 7.2 8 12.8H5.4L2.6 10 9.2 2.8ZM6 6.4 10.2 10.6M8 13.6H13.6", ""),
    "dice": (
        "M2.5 4.5A2 2 0 0 1 4.5 2.5H11.5A2 2 0 0 1 13.5 4.5V11.5A2 2 0 0 1 11.5 13.5H4.5A2 2 0 0 1 2.5 11.5Z",
        "M5.6 4.6a1 1 0 1 0 .01 0ZM10.4 9.4a1 1 0 1 0 .01 0ZM8 7a1 1 0 1 0 .01 0Z",
    ),
    "plus": ("M8 3V13M3 8H13", ""),
    "minus": ("M3 8H13", ""),
    "close": ("M4 4 12 12M12 4 4 12", ""),
    "search": ("M7 2.5A4.5 4.5 0 1 1 6.99 2.5M10.4 10.4 13.6 13.6", ""),
    "copy": ("M6 6H13.5V13.5H6ZM10 3.2V2.5H2.5V10H3.2", ""),
    "save": ("M8 2V10M5 7.2 8 10.2 11 7.2M3 10V13.5H13V10", ""),
    "open": ("M2 12.5V3.5H6L7.5 5.5H14V12.5Z", ""),
    "undo": ("M5 2.6 2.2 5.4 5 8.2M2.4 5.4H9.5A3.8 3.8 0 0 1 9.5 13H6", ""),
    "redo": ("M11 2.6 13.8 5.4 11 8.2M13.6 5.4H6.5A3.8 3.8 0 0 0 6.5 13H10", ""),
    "lock": ("M3.5 7.5H12.5V13.5H3.5ZM5.4 7.4V5A2.6 2.6 0 0 1 10.6 5V7.4", ""),
    "pin": ("M5.5 2H10.5M6.5 2V7L4 9.6H12L9.5 7V2M8 9.8V14", ""),
    "warning": ("M8 2.2 14.4 13.2H1.6ZM8 6.4V9.4", "M8 10.6a.9.9 0 1 0 .01 0Z"),
    "help": ("M5.6 5.8A2.4 2.4 0 1 1 8 8.4V9.4", "M8 11.4a.9.9 0 1 0 .01 0Z"),
    "camera": ("M2 5H5L6.2 3H9.8L11 5H14V12.5H2ZM8 6.4A2.2 2.2 0 1 1 7.99 6.4", ""),
    "import": ("M8 2V10M5 7.2 8 10.2 11 7.2M2.5 10.5V13.5H13.5V10.5", ""),
    "eye": ("M1.5 8Q8 .6 14.5 8Q8 15.4 1.5 8Z", "M8 6a2 2 0 1 0 .01 0Z"),
    "compare": ("M2.5 3H6.5V13H2.5ZM9.5 3H13.5V13H9.5Z", ""),
    "settings": ("M2 4.5H8.2M12.2 4.5H14M2 11.5H3.8M7.8 11.5H14M10.2 2.7V6.3M5.8 9.7V13.3", ""),
    "table": ("M2 3H14V13H2ZM2 6.4H14M2 9.7H14M6.4 3V13", ""),
    "up": ("M8 13V3.5M4 7.2 8 3.2 12 7.2", ""),
    "new_folder": ("M2 12.5V3.5H6L7.5 5.5H14V12.5ZM8 7.2V10.8M6.2 9H9.8", ""),
    "list": ("M2.5 4H13.5M2.5 8H13.5M2.5 12H13.5", ""),
    "file": ("M4 2H9.5L12.5 5V14H4ZM9.4 2.2V5.2H12.4", ""),
    "computer": ("M2 3H14V10.5H2ZM8 10.5V13.5M5 13.5H11", ""),
    "chevron_down": ("M4 6 8 10.5 12 6", ""),
    "chevron_left": ("M10 4 5.5 8 10 12", ""),
    "chevron_right": ("M6 4 10.5 8 6 12", ""),
}  # fmt: skip


@lru_cache(maxsize=128)
def icon(name: str, colour: str, disabled: str, side: int = 16, ratio: float = 1.0) -> QIcon:
    """Return the icon `name` in `colour`, and in `disabled` for disabled controls (``#rrggbb``).

    It is drawn for `side` logical pixels on a screen with `ratio` physical ones each, and for no other size.

    Raises
    ------
    ValueError
        When there is no icon of that name; the message lists those there are.
    """
    if name not in ICONS:
        raise ValueError(f"icon: there is no {name!r}; there are {', '.join(sorted(ICONS))}")
    result = QIcon()
    result.addPixmap(_pixmap(name, colour, side, ratio), QIcon.Mode.Normal)
    result.addPixmap(_pixmap(name, disabled, side, ratio), QIcon.Mode.Disabled)
    return result


def _pixmap(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    stroked, filled = ICONS[name]
    paths = "".join(
        f'<path d="{path}" {style.format(c=colour)}/>'
        for path, style in ((stroked, _STROKED), (filled, _FILLED))
        if path
    )
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{paths}</svg>'
    size = ceil(side * ratio)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0.0, 0.0, size, size))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
