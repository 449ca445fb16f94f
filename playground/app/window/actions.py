"""Every action of the window as one table: what it is called, its keys, and what it asks of the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWhatsThis

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

Handler = Callable[["MainWindow"], object]


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row of the table.

    Attributes
    ----------
    key : str
        How the code calls it.
    menu : str
        The menu it stands in; ``""`` for none. A leading ``-`` puts a separator before it.
    text, tip : str
        What people read.
    keys : tuple of str
        Shortcuts that work anywhere in the window.
    canvas_keys : tuple of str
        Shortcuts that work while a canvas has the focus.
    run : callable
        What it does to a window.
    """

    key: str
    menu: str
    text: str
    tip: str
    run: Handler
    keys: tuple[str, ...] = ()
    canvas_keys: tuple[str, ...] = ()
    checkable: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "&File", "&New", "Begin with XOR and four tanh units", lambda w: w.files.new(), ("Ctrl+N",)),
    ActionSpec(
        "open", "&File", "&Open…", "Open a document, exactly where it was saved", lambda w: w.files.open(), ("Ctrl+O",)
    ),
    ActionSpec(
        "save", "-&File", "&Save", "Save everything: settings, weights, the optimizer's memory, curves and views",
        lambda w: w.files.save(), ("Ctrl+S",),
    ),
    ActionSpec(
        "save_as", "&File", "Save &as…", "Save under another name", lambda w: w.files.save_as(), ("Ctrl+Shift+S",)
    ),
    ActionSpec("revert", "&File", "&Revert…", "Go back to the file as it was saved", lambda w: w.files.revert()),
    ActionSpec(
        "import", "-&File", "&Import table…", "Take points from a table: CSV, TSV or NPZ",
        lambda w: w.own_points.ask_for_import(), ("Ctrl+I",),
    ),
    ActionSpec(
        "export", "&File", "&Export points as CSV…", "Write the present points, in their own units, as a table",
        lambda w: w.own_points.ask_for_export(), ("Ctrl+E",),
    ),
    ActionSpec(
        "copy_link", "-&File", "Copy &link", "Copy the document as one line of text, to paste into a message",
        lambda w: w.sharing.copy_link(), ("Ctrl+Shift+L",),
    ),
    ActionSpec(
        "open_link", "&File", "Open lin&k…", "Open such a line, or an address of TensorFlow Playground",
        lambda w: w.sharing.open_link(), ("Ctrl+L",),
    ),
    ActionSpec("quit", "-&File", "&Quit", "Close the window", lambda w: w.close(), ("Ctrl+Q",)),
    ActionSpec(
        "play", "&Train", "&Play or pause", "Train one mini-batch after another until you pause",
        lambda w: w.session.toggle(), ("F5",), ("Space",),
    ),
    ActionSpec(
        "step", "&Train", "&Step one iteration", "One iteration: w ← w − η·∂L/∂w on one mini-batch",
        lambda w: w.step(), ("F10",), ("Right",),
    ),
    ActionSpec(
        "back", "&Train", "Step &back", "Go back one iteration, exactly",
        lambda w: w.step_back(), ("Shift+F10",), ("Left",),
    ),
    ActionSpec(
        "epoch", "&Train", "Step to the end of the &epoch", "Train until every training example was seen once",
        lambda w: w.session.step_epoch(), ("Ctrl+F10",), ("Shift+Right",),
    ),
    ActionSpec(
        "reset", "&Train", "&Reset to iteration 0", "Go to iteration 0 with the same start",
        lambda w: w.session.reset(), ("Ctrl+R",), ("R",),
    ),
    ActionSpec(
        "slow_motion", "&Train", "Slow &motion", "Walk through one iteration: batch, forward, loss, backward, update",
        lambda w: w.toggle_slow_motion(), ("F9",),
    ),
    ActionSpec(
        "stop_when", "&Train", "Stop &when…", "Pause at an iteration, a loss, an accuracy, or without progress",
        lambda w: w.stops.open(), ("Ctrl+F5",), checkable=True,
    ),
    ActionSpec(
        "new_weights", "&Train", "New wei&ghts", "Start again from the next seed", lambda w: w.new_weights(),
        ("Ctrl+Shift+R",),
    ),
    ActionSpec(
        "new_sample", "&Train", "New s&ample", "Draw other points from the same data: the next seed",
        lambda w: w.new_sample(),
    ),
    ActionSpec(
        "clear_selection", "", "Clear the selection", "Inspect nothing", lambda w: w.clear_selection(), (), ("Esc",),
    ),
    ActionSpec(
        "circuits", "&View", "&Circuits", "Type an expression and follow its gradients gate by gate",
        lambda w: w.show_circuits(), ("F6", "Ctrl+Shift+C"),
    ),
    ActionSpec(
        "theme", "&View", "&Dark theme", "Switch between light and dark", lambda w: w.toggle_theme(),
        ("Ctrl+Shift+D",), checkable=True,
    ),
    ActionSpec(
        "lecture", "&View", "&Lecture mode", "Full screen with large type for a hall",
        lambda w: w.toggle_lecture_mode(), ("F11",), checkable=True,
    ),
    ActionSpec(
        "reduced_motion", "&View", "Reduce &motion", "Let nothing move on its own",
        lambda w: w.toggle_reduced_motion(), checkable=True,
    ),
    ActionSpec(
        "reset_layout", "&View", "&Reset layout", "Put every panel back in its first place",
        lambda w: w.reset_layout(),
    ),
    ActionSpec("shortcuts", "&Help", "&Keyboard shortcuts", "List every key", lambda w: w.show_shortcuts(), ("F1",)),
    ActionSpec(
        "whats_this", "&Help", "&What is this?", "Click a panel afterwards, and it says what it shows",
        lambda w: QWhatsThis.enterWhatsThisMode(), ("Shift+F1",),
    ),
    ActionSpec("about", "&Help", "&About", "What this program is", lambda w: w.show_about()),
)  # fmt: skip


def make_actions(window: MainWindow) -> dict[str, QAction]:
    """Return the window's actions by key, with their shortcuts installed."""
    made: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(spec.text, window)
        action.setObjectName(spec.key)
        action.setCheckable(spec.checkable)
        keys = ", ".join(spec.keys + spec.canvas_keys)
        action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
        action.setStatusTip(spec.tip)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, run=spec.run: run(window))
        window.addAction(action)
        made[spec.key] = action
    return made


def canvas_keys() -> dict[str, str]:
    """Return the action key of every shortcut that works while a canvas has the focus."""
    return {key: spec.key for spec in ACTIONS for key in spec.canvas_keys}
