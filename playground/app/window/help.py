"""Help: the list of keys and the *About* box."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from playground import __version__
from widgets.controls.formatted_text import obey_markup
from widgets.style.letting_go import let_go_when_closed

Rows = list[tuple[str, str]]
EDIT_KEYS: Rows = [("Ctrl+Z", "Undo the last edit"), ("Ctrl+Shift+Z, Ctrl+Y", "Redo it")]
CANVAS_KEYS: Rows = [
    ("Enter, arrows, Esc", "Network: begin keyboard navigation, move from node to node, end it"),
    ("E, Enter, F2, M", "Keyboard navigation: to an edge and back, inspect, type a weight, open the menu"),
    ("Arrows, Shift+arrows", "Output plane: move the probe, or move it ten times as far"),
]
NOTE = (
    "Space, R and the arrows control training while the network or the output plane has the focus. "
    "On the output plane, and during keyboard navigation, the arrows move the probe or the cursor instead."
)
ABOUT = (
    f"<p><b>Backprop Playground {__version__}</b></p><p>You can check every number on the screen by hand, "
    "and follow it back to its origin, while the network trains.</p><p>MIT licence.</p>"
)


class Help:
    """Opens its boxes over `parent`."""

    def __init__(self, keys: Mapping[str, Rows], parent: QWidget) -> None:
        """Know the `keys` of each menu and of the canvases (``""``); show nothing yet."""
        self._keys, self._parent = keys, parent

    def show_shortcuts(self) -> None:
        """List every key, grouped by menu."""
        self._show(
            "Keyboard shortcuts",
            f"<table>{''.join(_group(*group) for group in self._key_groups())}</table><p>{NOTE}</p>",
        )

    def show_about(self) -> None:
        """Show the version of the program."""
        self._show("Backprop Playground", ABOUT)

    def _key_groups(self) -> list[tuple[str, Rows]]:
        """Return title and rows of each group, in the order of the menus."""
        menus = {"File": [], "Edit": EDIT_KEYS} | {title: rows for title, rows in self._keys.items() if title}
        return [*menus.items(), ("Network and output", [*self._keys.get("", []), *CANVAS_KEYS])]

    def _show(self, title: str, text: str) -> None:
        box = QMessageBox(self._parent)
        box.setWindowTitle(title)
        obey_markup(box)
        box.setText(text)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        let_go_when_closed(box)
        box.show()


def _group(title: str, rows: Rows) -> str:
    """Return the rows of a group; none wraps, so that the list fits a low screen."""
    whole = "style='white-space: nowrap'"
    return f"<tr><td colspan='2'><b>{title}</b></td></tr>" + "".join(
        f"<tr><td {whole}>{keys}&nbsp;&nbsp;</td><td {whole}>{meaning}</td></tr>" for keys, meaning in rows
    )
