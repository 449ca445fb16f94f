"""Scene words: the words of the command line as TOML has them, checked and made what documents take."""

from __future__ import annotations

import math
import tomllib

from playground.document.words import WORDS, Kind
from playground.engine.messages import message
from playground.lessons.faults import quoted, shown, unknown

_CALLED = {"data": "dataset"}
_EXPECTED: dict[Kind, str] = {
    "name": 'a name in quotation marks, such as "tanh"',
    "names": 'names in quotation marks, such as ["tanh", "relu"]',
    "whole": "a whole number, such as 16",
    "number": "a number, such as 0.1",
    "numbers": "numbers, such as [0.1, 0.2]",
    "widths": "widths, such as [4, 2], or [] for no hidden layer",
}
_MOST_ITEMS = 1_024


def read_word(name: str, value: object) -> tuple[str, object]:
    """Return the word called `name` and its value; lists become tuples.

    Raises
    ------
    ValueError
        A sentence that begins with the name.
    """
    word = _CALLED.get(name, name)
    if word not in WORDS:
        raise ValueError(unknown(name, ("data", *(one for one in WORDS if one != "dataset")), "word of a scene"))
    kind = WORDS[word].kind
    made = _converted(kind, value)
    if made is None:
        template = "{name}: expected {expected}, got {value}"
        raise ValueError(message(template, name=name, expected=_EXPECTED[kind], value=quoted(shown(value))))
    setting = WORDS[word].setting
    if setting is not None:
        for one in made if isinstance(made, tuple) else (made,):
            if not setting.accepts(one):
                template = "{name}: expected {expected}, got {value}"
                raise ValueError(message(template, name=name, expected=setting.expected, value=shown(one)))
    return word, made


def read_typed_word(name: str, text: str) -> tuple[str, object]:
    """Return the word called `name` and its value as it is typed behind it: ``[4, 2]``, ``tanh``, ``0.1``."""
    try:
        value: object = tomllib.loads(f"value = {text}")["value"]
    except (ValueError, KeyError, RecursionError):
        bare = text.removeprefix("[").removesuffix("]")
        value = [part.strip().strip("\"'") for part in bare.split(",")] if "," in bare or bare != text else text
    return read_word(name, value)


def _converted(kind: Kind, value: object) -> object:
    """Return `value` as a document takes it, or None."""
    single = {"names": "name", "numbers": "number", "widths": "whole"}.get(kind)
    if single is None:
        return _single(kind, value)
    items = value if isinstance(value, list) else [value]
    if kind == "widths" and items == [0]:
        return ()
    made = tuple(_single(single, item) for item in items[: _MOST_ITEMS + 1])
    return None if None in made or len(made) > _MOST_ITEMS or (kind != "widths" and not made) else made


def _single(kind: str, value: object) -> object:
    if kind == "name":
        return value if isinstance(value, str) and value else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e300 < value < 1e300:
        return None
    if kind == "whole":
        return value if isinstance(value, int) else None
    return float(value) if math.isfinite(value) else None
