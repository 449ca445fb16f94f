"""Actions: the closed list of what a lesson can do, read from text such as ``play 200`` or ``select h1.2``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.document.display import EDGE_KINDS, NEURON_KINDS
from playground.engine.messages import message
from playground.lessons.conditions import MOST_ITERATIONS, read_condition
from playground.lessons.expressions import read_typed_expression
from playground.lessons.faults import quoted, unknown
from playground.lessons.lesson import Action
from playground.lessons.metrics import SELECTED, SUCCESSES
from playground.lessons.places import Place, read_hidden_place, read_locked_place, read_place
from playground.lessons.scene_words import read_typed_word
from playground.lessons.targets import MOST_EXAMPLES, read_probe, read_target
from playground.lessons.typed_numbers import read_number, read_whole
from playground.training.step_cursor import KINDS_OF_PHASES

Arguments = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be done: how it is written, and how what follows it is read."""

    form: str
    read: Callable[[str], Arguments]


def read_action(text: str, line: int = 0) -> Action:
    """Return the action that `text`, of `line`, says.

    Raises
    ------
    ValueError
        A sentence with what would do.
    """
    verb, _, rest = " ".join(text.split()).partition(" ")
    if verb not in VERBS:
        raise ValueError(unknown(verb, VERBS, "action"))
    known = VERBS[verb]
    try:
        arguments = known.read(rest)
    except ValueError as error:
        template = "{verb}: {error}; it is written {form}"
        raise ValueError(message(template, verb=verb, error=error, form=known.form)) from None
    return Action(verb, arguments, text, line)


# ---- what follows a verb -----------------------------------------------------------------------


def _select(text: str) -> Arguments:
    what, _, rest = text.partition(" ")
    if what == "nothing" and not rest:
        return ("nothing",)
    if what == "example":
        return "example", read_whole(rest, 0, MOST_EXAMPLES)
    if what == "probe":
        return "probe", read_probe(rest)
    return read_target(text)


def _ring(text: str) -> Arguments:
    try:
        return read_target(text)
    except ValueError:
        return "place", read_place(text).key


def _place(read: Callable[[str], Place]) -> Callable[[str], Arguments]:
    return lambda text: (read(text).key,)


def _kind(known: tuple[str, ...]) -> Callable[[str], Arguments]:
    def read(text: str) -> Arguments:
        singular = text.removesuffix("s")
        if singular not in known:
            raise ValueError(message("expected one of {names}, got {text}", names=", ".join(known), text=quoted(text)))
        return (singular,)

    return read


def _switch(text: str) -> Arguments:
    if text not in ("on", "off"):
        raise ValueError(message("expected on or off, got {text}", text=quoted(text)))
    return (text == "on",)


def _set(text: str) -> Arguments:
    word, _, value = text.partition(" ")
    if word in ("weight", "bias"):
        target, _, number = value.rpartition(" ")
        kind, name = read_target(target if word == "weight" else f"bias-{target}")
        if kind != "edge":
            raise ValueError(message("expected an edge such as x1-h1.2, got {text}", text=quoted(target)))
        return "weight", name, read_number(number)
    return read_typed_word(word, value)


def _play(text: str) -> Arguments:
    if not text.startswith("until "):
        return (read_whole(text, 1, MOST_ITERATIONS),)
    condition = read_condition(text.removeprefix("until "))
    if condition.metric in (SUCCESSES, SELECTED):
        raise ValueError(
            message("playing changes no {metric}; play until a number of this run", metric=condition.metric)
        )
    if not condition.most:
        raise ValueError(message("say how long at most: until {text} at most 2000", text=text.removeprefix("until ")))
    return (condition,)


def _optional_count(text: str) -> Arguments:
    return (read_whole(text, 1, MOST_ITERATIONS) if text else 1,)


def _nothing(text: str) -> Arguments:
    if text:
        raise ValueError(message("nothing follows it, got {text}", text=quoted(text)))
    return ()


def _slow_motion(text: str) -> Arguments:
    if text == "off":
        return ("off", 0)
    kind, _, layer = text.partition(" ")
    if kind not in KINDS_OF_PHASES:
        known = ", ".join((*KINDS_OF_PHASES, "off"))
        raise ValueError(message("expected one of {names}, got {text}", names=known, text=quoted(kind)))
    if (kind in ("forward", "backward")) != bool(layer):
        template = "forward and backward go with the number of a layer, the others do not; got {text}"
        raise ValueError(message(template, text=quoted(text)))
    return kind, read_whole(layer, 1, MOST_ITERATIONS) if layer else 0


def _circuit(text: str) -> Arguments:
    if text in ("start", "forward", "backward"):
        return (text,)
    if text.startswith("set "):
        name, _, number = text.removeprefix("set ").rpartition(" ")
        return "set", name, read_number(number)
    return "open", read_typed_expression(text)


VERBS: dict[str, Verb] = {
    "set": Verb("set learning_rate 0.3, set hidden [4], set weight x1-h1.2 0.5 or set bias h1.2 1", _set),
    "play": Verb("play 200 or play until test_loss <= 0.1 at most 2000", _play),
    "step": Verb("step, or step 10", _optional_count),
    "back": Verb("back, or back 10", _optional_count),
    "epoch": Verb("epoch, or epoch 3", _optional_count),
    "reset": Verb("reset", _nothing),
    "new_weights": Verb("new_weights", _nothing),
    "new_sample": Verb("new_sample", _nothing),
    "select": Verb(
        "select h1.2, select x1-h1.2, select loss, select example 3, select probe 0.5 -1 or select nothing", _select
    ),
    "show": Verb("show tensors, or show test_data", _place(read_place)),
    "hide": Verb("hide test_data", _place(read_hidden_place)),
    "lock": Verb("lock data", _place(read_locked_place)),
    "unlock": Verb("unlock data", _place(read_locked_place)),
    "ring": Verb("ring depth, ring tensors or ring h1.2", _ring),
    "edges": Verb("edges gradients", _kind(EDGE_KINDS)),
    "neurons": Verb("neurons downstream", _kind(NEURON_KINDS)),
    "values": Verb("values off, or values on", _switch),
    "slow_motion": Verb("slow_motion backward 2, slow_motion loss or slow_motion off", _slow_motion),
    "circuit": Verb(
        "circuit x * y with x = 1, y = 2, circuit set x 1.5, circuit start, circuit forward or circuit backward",
        _circuit,
    ),
}
"""Every verb."""
