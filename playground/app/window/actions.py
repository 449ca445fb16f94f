"""Every action of the window as one table: its text, its keys and its command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWhatsThis, QWidget

if TYPE_CHECKING:
    from playground.app.window.commands import Commands


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row of the table."""

    key: str  # its name in the code
    menu: str  # the menu it stands in; ``""`` for none
    text: str
    tip: str
    run: Callable[[Commands], object]  # what it does
    keys: tuple[str, ...] = ()  # shortcuts that work anywhere in the window
    canvas_keys: tuple[str, ...] = ()  # shortcuts that work while a canvas has the focus
    checkable: bool = False
    begins_group: bool = False  # whether a line in the menu precedes it


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "&File", "&New", "Begin with XOR and four tanh units", lambda c: c.files.new(), ("Ctrl+N",)),
    ActionSpec(
        "open", "&File", "&Open…", "Open a document, exactly as it was saved", lambda c: c.files.open(), ("Ctrl+O",)
    ),
    ActionSpec(
        "save", "&File", "&Save", "Save everything: settings, weights, the optimizer's memory, curves and views",
        lambda c: c.files.save(), ("Ctrl+S",), begins_group=True,
    ),
    ActionSpec(
        "save_as", "&File", "Save &as…", "Save under another name", lambda c: c.files.save_as(), ("Ctrl+Shift+S",)
    ),
    ActionSpec("revert", "&File", "&Revert…", "Return to the saved file", lambda c: c.files.revert()),
    ActionSpec(
        "import", "&File", "&Import table…", "Import points from a table: CSV, Excel, ARFF, JSON, NPZ and others",
        lambda c: c.own_points.ask_for_import(), ("Ctrl+I",), begins_group=True,
    ),
    ActionSpec(
        "export", "&File", "&Export points as CSV…",
        "Write the current points as a table, in their own units even where standardized",
        lambda c: c.own_points.ask_for_export(), ("Ctrl+E",),
    ),
    ActionSpec(
        "copy_link", "&File", "Copy &link", "Copy the document as one line of text, to paste into a message",
        lambda c: c.sharing.copy_link(), ("Ctrl+Shift+L",), begins_group=True,
    ),
    ActionSpec(
        "open_link", "&File", "Open lin&k…", "Open such a line, or an address of TensorFlow Playground",
        lambda c: c.sharing.open_link(), ("Ctrl+L",),
    ),
    ActionSpec(
        "quit", "&File", "&Quit", "Close the window", lambda c: c.close(), ("Ctrl+Q",), begins_group=True
    ),
    ActionSpec(
        "play", "&Train", "&Play or pause",
        "Train one mini-batch after another until you pause; in slow motion, go from phase to phase",
        lambda c: c.toggle_play(), ("F5",), ("Space",),
    ),
    ActionSpec(
        "step", "&Train", "&Step one iteration", "Take one iteration: one mini-batch, one update w ← w + Δw",
        lambda c: c.step(), ("F10",), ("Right",),
    ),
    ActionSpec(
        "back", "&Train", "Step &back", "Go back one iteration, exactly",
        lambda c: c.step_back(), ("Shift+F10",), ("Left",),
    ),
    ActionSpec(
        "epoch", "&Train", "Step to the end of the &epoch", "Train until each training example has been used once",
        lambda c: c.to_epoch_end(), ("Ctrl+F10",), ("Shift+Right",),
    ),
    ActionSpec(
        "reset", "&Train", "&Reset to iteration 0", "Return to iteration 0 with the same start weights",
        lambda c: c.reset(), ("Ctrl+R",), ("R",),
    ),
    ActionSpec(
        "slow_motion", "&Train", "Slow &motion",
        "Step through one iteration: batch, forward, loss, backward, update",
        lambda c: c.toggle_slow_motion(), ("F9",),
    ),
    ActionSpec(
        "predict", "&Train", "Pre&dict", "Hide the numbers of what is selected, and type what you expect",
        lambda c: c.prediction.toggle(), ("F8",), begins_group=True,
    ),
    ActionSpec(
        "reveal", "&Train", "Re&veal the next number", "Show the hidden numbers one by one",
        lambda c: c.prediction.reveal_next(), ("F7",),
    ),
    ActionSpec(
        "stop_when", "&Train", "Stop &when…", "Pause at an iteration, a data loss, an accuracy, or without progress",
        lambda c: c.stops.open(), ("Ctrl+F5",), checkable=True,
    ),
    ActionSpec(
        "new_weights", "&Train", "New wei&ghts", "Start again from the next seed", lambda c: c.new_weights(),
        ("Ctrl+Shift+R",),
    ),
    ActionSpec(
        "new_sample", "&Train", "New s&ample", "Draw other points from the same data: the next seed",
        lambda c: c.new_sample(),
    ),
    ActionSpec(
        "clear_selection", "", "Clear the selection", "Clear the selection", lambda c: c.clear_selection(), (),
        ("Esc",),
    ),
    ActionSpec(
        "circuits", "&View", "&Circuits", "Type an expression and follow its gradients gate by gate",
        lambda c: c.circuits.open(), ("F6", "Ctrl+Shift+C"),
    ),
    ActionSpec(
        "values", "&View", "&Values on the network", "Write the numbers of the selected example on nodes and edges",
        lambda c: c.toggle_values(), ("Ctrl+Shift+V",), checkable=True,
    ),
    ActionSpec(
        "why_back", "&View", "Bac&k to the number before",
        "Go back from where a number came from (W on a number) to that number", lambda c: c.why.back(), ("Alt+Left",),
    ),
    ActionSpec(
        "theme", "&View", "&Dark theme", "Switch between light and dark", lambda c: c.appearance.toggle_theme(),
        ("Ctrl+Shift+D",), checkable=True,
    ),
    ActionSpec(
        "lecture", "&View", "&Lecture mode", "Fill the screen, with large text for a lecture hall",
        lambda c: c.toggle_lecture_mode(), ("F11",), checkable=True,
    ),
    ActionSpec(
        "reduced_motion", "&View", "Reduce &motion", "Turn off animations",
        lambda c: c.appearance.toggle_reduced_motion(), checkable=True,
    ),
    ActionSpec(
        "reset_layout", "&View", "&Reset layout", "Restore the default layout", lambda c: c.layout.reset(),
    ),
    ActionSpec(
        "show_hidden", "&View", "Show &hidden controls", "Show the controls that this document keeps out of sight",
        lambda c: c.controls.hide(()),
    ),
    ActionSpec(
        "lessons", "&Learn", "&All lessons", "Show every lesson with its progress, in the panel beside the network",
        lambda c: c.lessons.show_list(),
    ),
    ActionSpec(
        "review", "&Learn", "&Review", "Recall the cards of finished lessons that are due today",
        lambda c: c.lessons.review(),
    ),
    ActionSpec(
        "next_step", "&Learn", "&Next step", "Go to the next step of the lesson", lambda c: c.lessons.next(),
        ("Ctrl+PgDown",), begins_group=True,
    ),
    ActionSpec(
        "previous_step", "&Learn", "&Previous step", "Go back to the step before", lambda c: c.lessons.back(),
        ("Ctrl+PgUp",),
    ),
    ActionSpec(
        "leave_lesson", "&Learn", "Leave the &lesson", "Leave the lesson; your own document comes back as it was",
        lambda c: c.lessons.leave(),
    ),
    ActionSpec(
        "open_lesson", "&Learn", "&Open lesson file…",
        "Open a lesson that you wrote; it is read again whenever you save it", lambda c: c.lessons.ask_for_file(),
        begins_group=True,
    ),
    ActionSpec(
        "write_lesson", "&Learn", "&Write a lesson from this window…",
        "Begin a lesson file with what the window shows; write the rest in your editor",
        lambda c: c.lessons.write_lesson(),
    ),
    ActionSpec(
        "forget_progress", "&Learn", "&Forget my progress…", "Forget which lessons and cards you have done",
        lambda c: c.lessons.ask_to_forget(), begins_group=True,
    ),
    ActionSpec(
        "tour", "&Help", "&Tour", "Five stops that wait for you: train, inspect, choose an example, slow motion",
        lambda c: c.guide.start_tour(),
    ),
    ActionSpec(
        "shortcuts", "&Help", "&Keyboard shortcuts", "List every key", lambda c: c.help.show_shortcuts(), ("F1",)
    ),
    ActionSpec(
        "whats_this", "&Help", "&What is this?", "Explain the panel that you click next",
        lambda _: QWhatsThis.enterWhatsThisMode(), ("Shift+F1",),
    ),
    ActionSpec("symbols", "&Help", "&Symbols", "List every symbol of the formulas", lambda c: c.help.show_symbols()),
    ActionSpec("about", "&Help", "&About", "Show the version of this program", lambda c: c.help.show_about()),
)  # fmt: skip


def make_actions(window: QWidget) -> dict[str, QAction]:
    """Return the actions by key, with their shortcuts installed in `window`; ``connect`` gives them their commands."""
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
        window.addAction(action)
        made[spec.key] = action
    return made


def connect(actions: Mapping[str, QAction], commands: Commands) -> None:
    """Let each action run its command."""
    for spec in ACTIONS:
        actions[spec.key].triggered.connect(lambda _checked=False, run=spec.run: run(commands))


def canvas_keys() -> dict[str, str]:
    """Return the action key of every shortcut that works while a canvas has the focus."""
    return {key: spec.key for spec in ACTIONS for key in spec.canvas_keys}


def keys_by_menu() -> dict[str, list[tuple[str, str]]]:
    """Return the keys of each action and what they do, by the menu's title without its mnemonic."""
    found: dict[str, list[tuple[str, str]]] = {}
    for spec in ACTIONS:
        if keys := ", ".join(spec.keys + spec.canvas_keys):
            found.setdefault(spec.menu.replace("&", ""), []).append((keys, spec.tip))
    return found
