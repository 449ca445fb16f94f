"""Help: the list of keys, the list of symbols and the *About* box."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from playground import __version__
from playground.engine.notation import SYMBOLS
from widgets.controls.labels import Label
from widgets.dialogs.key_list import KeyList, SayingDialog

Rows = list[tuple[str, str]]
SUBJECTS = {
    "Train": "Training",
    "File": "Files and links",
    "Edit": "Undo and redo",
    "View": "View",
    "Learn": "Lessons",
    "Help": "Help",
}
"""The subject of the keys of each menu, in the order of the list."""
EDIT_KEYS: Rows = [("Ctrl+Z", "Undo the last edit"), ("Ctrl+Shift+Z, Ctrl+Y", "Redo it")]
CANVAS_KEYS: Rows = [
    ("Enter, arrows, Esc", "Network: begin keyboard navigation, move, end it"),
    ("E", "Keyboard navigation: from a neuron to its edges and back"),
    ("Enter, F2, M", "Keyboard navigation: inspect, type a weight, open the menu"),
    ("W", "Keyboard navigation: explain a warning; Page Down goes to the next one"),
    (
        "W or ?, H",
        "A number of the inspector: show where it came from, or hide it and predict it; on the network ? and H",
    ),
    ("Enter, or a digit", "A hidden number: type what you expect"),
    ("Ctrl++, Ctrl+−, Ctrl+0", "Network: zoom in, out, or show all of it; also Ctrl and the wheel"),
    ("Arrows, Shift+arrows", "Output plane: move the probe, or move it ten times as far"),
]
NOTE = (
    "Space, R and the arrows control training while the network or the output plane has the focus. "
    "On the output plane, and during keyboard navigation, the arrows move the probe or the cursor instead."
)
SYMBOL_NOTE = "Layers, neurons, inputs and pieces count from 1: the neuron stands below, its layer above."
ABOUT = (
    f"Backprop Playground {__version__}\n\nYou can check every number on the screen by hand, and follow it back to its "
    "origin, while the network trains.\n\nMIT licence."
)


class Help:
    """Opens its dialogs over `parent`."""

    def __init__(self, keys: Mapping[str, Rows], parent: QWidget) -> None:
        """Know the `keys` of each menu and of the canvases (``""``); show nothing yet."""
        self._keys, self._parent = keys, parent

    def show_shortcuts(self) -> None:
        """List every key, grouped by subject."""
        KeyList("Keyboard shortcuts", self._key_groups(), NOTE, self._parent).open()

    def show_symbols(self) -> None:
        """List every symbol of the formulas, grouped by subject."""
        groups = [(subject, list(symbols.items())) for subject, symbols in SYMBOLS.items()]
        KeyList("Symbols", groups, SYMBOL_NOTE, self._parent).open()

    def show_about(self) -> None:
        """Show the version of the program."""
        text = Label(ABOUT)
        text.setWordWrap(True)
        text.setMinimumWidth(360)
        SayingDialog("Backprop Playground", text, self._parent).open()

    def _key_groups(self) -> list[tuple[str, Rows]]:
        keys = {"Edit": EDIT_KEYS, **self._keys}
        groups = [(SUBJECTS[menu], keys[menu]) for menu in SUBJECTS]
        return [groups[0], ("Network and output", [*keys.get("", []), *CANVAS_KEYS]), *groups[1:]]
