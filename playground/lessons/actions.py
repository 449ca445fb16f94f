"""Actions: the closed list of what a lesson can do, read from text such as ``play 200`` or ``select h1.2``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.circuits.parser.expression import parse
from playground.document.display import EDGE_KINDS, NEURON_KINDS
from playground.engine.messages import message
from playground.engine.notation import read_node
from playground.lessons.conditions import MOST_ITERATIONS, read_condition
from playground.lessons.faults import quoted, unknown
from playground.lessons.lesson import Action
from playground.lessons.metrics import METRICS
from playground.lessons.places import read_place
from playground.lessons.scene_words import read_typed_word
from playground.lessons.typed_numbers import read_number, read_whole
from playground.training.step_cursor import KINDS_OF_PHASES

Arguments = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """What can be done: how it is written, how what follows it is read, and whether it needs no window."""

    form: str
    read: Callable[[str], Arguments]
    trains: bool = False  # whether it moves or changes the run, so that a proof carries it out


def read_action(text: str) -> Action:
    """Return the action that `text` says.

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
    return Action(verb, arguments, text)


# ---- what follows a verb -----------------------------------------------------------------------


def read_target(text: str) -> tuple[str, str]:
    """Return ("node" or "edge", its name) of ``h1.2``, ``loss``, ``x1-h1.2`` or ``bias-h1.2``.

    Whether the network has it shows when the action is carried out.
    """
    name = text.replace(" ", "").replace("→", "-").replace("->", "-")
    source, dash, target = name.partition("-")
    for one in (source, target) if dash else (source,):
        if not (one == "loss" and not dash) and not (one == "bias" and one is source and dash):
            read_node(one, 0)
    return ("edge" if dash else "node"), name


def _select(text: str) -> Arguments:
    what, _, rest = text.partition(" ")
    if what == "nothing" and not rest:
        return ("nothing",)
    if what == "example":
        return "example", read_whole(rest, 0, MOST_ITERATIONS)
    if what == "probe":
        return "probe", tuple(read_number(part) for part in _parts(rest, 2))
    return read_target(text)


def _ring(text: str) -> Arguments:
    try:
        return read_target(text)
    except ValueError:
        return "place", read_place(text).key


def _place(is_view: bool | None) -> Callable[[str], Arguments]:
    return lambda text: (read_place(text, is_view=is_view).key,)


def _kind(known: tuple[str, ...]) -> Callable[[str], Arguments]:
    def read(text: str) -> Arguments:
        singular = text.removesuffix("s")
        if singular not in known:
            raise ValueError(message("expected one of {names}, got {text}", names=", ".join(known), text=quoted(text)))
        return (singular,)

    return read


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
    if condition.metric not in METRICS:
        raise ValueError(message("successes are counted over several runs; play until a metric of this one"))
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
    parse(text)
    return (text,)


def _parts(text: str, count: int) -> list[str]:
    parts = text.replace(",", " ").split() if "," in text and " " in text else text.split()
    if len(parts) != count:
        raise ValueError(message("expected {count} numbers, got {text}", count=count, text=quoted(text)))
    return parts


VERBS: dict[str, Verb] = {
    "set": Verb("set learning_rate 0.3, set hidden [4], set weight x1-h1.2 0.5 or set bias h1.2 1", _set, trains=True),
    "play": Verb("play 200 or play until test_loss <= 0.1 at most 2000", _play, trains=True),
    "step": Verb("step, or step 10", _optional_count, trains=True),
    "back": Verb("back, or back 10", _optional_count, trains=True),
    "epoch": Verb("epoch, or epoch 3", _optional_count, trains=True),
    "reset": Verb("reset", _nothing, trains=True),
    "new_weights": Verb("new_weights", _nothing, trains=True),
    "new_sample": Verb("new_sample", _nothing, trains=True),
    "select": Verb("select h1.2, select x1-h1.2, select example 3, select probe 0.5 -1 or select nothing", _select),
    "show": Verb("show tensors, or show test_data", _place(None)),
    "hide": Verb("hide test_data", _place(None)),
    "lock": Verb("lock data", _place(None)),
    "unlock": Verb("unlock data", _place(None)),
    "ring": Verb("ring depth, ring tensors or ring h1.2", _ring),
    "edges": Verb("edges gradients", _kind(EDGE_KINDS)),
    "neurons": Verb("neurons downstream", _kind(NEURON_KINDS)),
    "slow_motion": Verb("slow_motion backward 2, slow_motion loss or slow_motion off", _slow_motion),
    "circuit": Verb("circuit (x + y) * z", _circuit),
}
"""Every verb."""
