"""A screen reader, run by the system's Python, which alone has pyatspi: it answers each line with one line of JSON.

``tree`` returns everything that is showing, ``press NAME`` presses what is called so, ``heard`` returns the names of
what got the keyboard since it was asked last.
"""

from __future__ import annotations

import json
import sys

import pyatspi
from gi.repository import GLib

PROGRAM = "backprop-playground"
heard: list[str] = []


def main() -> None:
    """Listen to the desktop and to standard input."""
    pyatspi.Registry.registerEventListener(on_focus, "object:state-changed:focused")
    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, on_question)
    print("{}", flush=True)
    pyatspi.Registry.start()


def on_focus(event) -> None:
    """Remember what got the keyboard."""
    if event.detail1:
        heard.append(event.source.name)


def on_question(*_: object) -> bool:
    """Answer one line."""
    question, _, name = sys.stdin.readline().strip().partition(" ")
    if not question:
        pyatspi.Registry.stop()
        return False
    answers = {"tree": tree, "press": lambda: press(name), "heard": take_heard}
    print(json.dumps(answers[question]()), flush=True)
    return True


def take_heard() -> list[str]:
    """Return what was heard, and forget it."""
    names = list(heard)
    heard.clear()
    return names


def tree() -> list[dict[str, object]]:
    """Return everything that is showing in the program."""
    return [entry for part in programs() for entry in below(part, ())]


def press(name: str) -> bool:
    """Press the first thing of this name; return whether there is one."""
    for part in programs():
        found = pyatspi.findDescendant(part, lambda thing: thing.name == name and is_showing(thing))
        if found is not None:
            return bool(found.queryAction().doAction(0))
    return False


def programs() -> list[object]:
    """Return the program on the desktop."""
    return [part for part in pyatspi.Registry.getDesktop(0) if part is not None and part.name == PROGRAM]


def below(thing, path: tuple[str, ...]):
    """Report `thing` and what is in it, but not what is hidden."""
    if path and not is_showing(thing):
        return
    role = thing.getRoleName()
    yield {
        "path": " / ".join(path), "role": role, "name": thing.name, "description": thing.description,
        "value": value_of(thing), "focusable": thing.getState().contains(pyatspi.STATE_FOCUSABLE),
        "selected": thing.getState().contains(pyatspi.STATE_SELECTED), "actions": actions_of(thing),
    }  # fmt: skip
    for index in range(thing.childCount):
        child = thing.getChildAtIndex(index)
        if child is not None:
            yield from below(child, (*path, thing.name or role))


def actions_of(thing) -> list[str]:
    """Return what can be done to a thing."""
    try:
        action = thing.queryAction()
    except NotImplementedError:
        return []
    return [action.getName(index) for index in range(action.nActions)]


def is_showing(thing) -> bool:
    """Return whether the user can see it."""
    return thing.getState().contains(pyatspi.STATE_SHOWING) or thing.getRoleName() == "application"


def value_of(thing) -> list[float] | None:
    """Return the value of a slider and its limits."""
    try:
        value = thing.queryValue()
    except NotImplementedError:
        return None
    return [value.currentValue, value.minimumValue, value.maximumValue]


if __name__ == "__main__":
    main()
