"""Turn plain values from a file into our types; what does not fit is refused with its place.

``$.network.hidden[2].width: expected an integer from 1 to 256, got "four"``
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

Kind = TypeVar("Kind")
Hook = Callable[[type, Any], Any]

MAX_MESSAGE = 300
_MAX_GOT = 40
_AT = re.compile(r"(.*) - at `(\$.*)`", re.DOTALL)
_TOKEN = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_WORDS = {
    "int": "an integer",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object with named values",
    "null": "null",
}


class DocumentError(ValueError):
    """A file or link that cannot be taken: one line that names the place and the cure."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters, at most 300 characters long."""
    flat = "".join(c if c.isprintable() else " " for c in text[: 4 * MAX_MESSAGE])
    flat = " ".join(flat.split())
    return flat if len(flat) <= MAX_MESSAGE else flat[: MAX_MESSAGE - 1] + "…"


def got(value: object) -> str:
    """Return `value` as the file has it, short."""
    if isinstance(value, dict):
        return "an object" if value else "{}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value):,}"
    text = msgspec.json.encode(value[: 2 * _MAX_GOT] if isinstance(value, str) else value).decode()
    return text if len(text) <= _MAX_GOT else text[: _MAX_GOT - 1] + "…"


def convert(raw: object, kind: type[Kind], place: str = "$", hook: Hook | None = None) -> Kind:
    """Return `raw` as a `kind`, which stands at `place` of the file.

    Raises
    ------
    DocumentError
        When it does not fit, or has names that `kind` does not know.
    """
    try:
        value = msgspec.convert(raw, kind, dec_hook=hook)
    except (msgspec.ValidationError, RecursionError) as error:
        raise DocumentError(_explained(error, raw, kind, place)) from None
    _refuse_unknown(raw, value, place)
    return value


def within(place: str, error: ValueError) -> DocumentError:
    """Return `error`, which names a field of the object at `place`, with its full place."""
    return DocumentError(_joined(place, str(error)))


def _joined(place: str, message: str) -> str:
    """Put `place` before a message that begins with the name of a field, an index, or neither."""
    if message.startswith("["):
        return f"{place}{message}"
    return f"{place}.{message}" if re.match(r"[a-z_0-9]+(\.\w+|\[\d+\])*: ", message) else f"{place}: {message}"


def _explained(error: Exception, raw: object, kind: type, place: str) -> str:
    if isinstance(error, RecursionError):
        return f"{place}: nested too deeply"
    match = _AT.fullmatch(str(error))
    message, path = (match[1], match[2]) if match else (str(error), "$")
    at = place + path[1:]
    if isinstance(error.__cause__, ValueError):
        return _joined(at, re.sub(r"got '(.*)'$", r'got "\1"', message))
    tokens = [name or index for name, index in _TOKEN.findall(path)]
    value = _walk(raw, tokens)
    missing = re.match(r"Object missing required field `(.*)`", message)
    if missing:
        return f"{at}.{missing[1]}: missing; add it"
    return f"{at}: expected {_wanted(message, tokens, kind, value)}, got {got(value)}"


def _walk(raw: Any, tokens: list[str]) -> object:
    for token in tokens:
        if isinstance(raw, dict):
            raw = raw.get(token)
        elif isinstance(raw, list) and token.isdigit() and int(token) < len(raw):
            raw = raw[int(token)]
        else:
            return raw
    return raw


def _wanted(message: str, tokens: list[str], kind: type, value: object) -> str:
    """Say what a field wants in the words of its own check, or of its type when it has none."""
    owner = _owner(kind, tokens[:-1]) if tokens else None
    if owner is not None and isinstance(value, str | int | float | bool | None) and len(str(value)) <= _MAX_GOT:
        try:
            owner(**{tokens[-1]: value})
        except ValueError as refusal:
            words = re.match(r"[\w ]+: expected (.*), got ", str(refusal))
            if words:
                return words[1]
        except (TypeError, AttributeError, KeyError):
            pass  # it cannot be made from this field alone, or has no check for such a value
    wanted = re.match(r"Expected `([^`]*)`(.*?)(, got .*)?$", message)
    if not wanted:
        return message[:1].lower() + message[1:]
    return " or ".join(_WORDS.get(word, word) for word in wanted[1].split(" | ")) + wanted[2]


def _owner(kind: Any, tokens: list[str]) -> type | None:
    """Return the dataclass that `tokens` lead to from `kind`."""
    for token in tokens:
        if token.isdigit():
            kind = next((part for part in get_args(kind) if part is not Ellipsis), None)
        elif dataclasses.is_dataclass(kind):
            kind = get_type_hints(kind).get(token)
        else:
            return None
    options = [part for part in get_args(kind) if dataclasses.is_dataclass(part)]
    found = options[0] if options else kind
    return found if isinstance(found, type) and dataclasses.is_dataclass(found) else None


def _refuse_unknown(raw: Any, value: Any, place: str) -> None:
    """Refuse names in `raw` that the converted `value` has no field for: they would be lost."""
    if isinstance(raw, dict) and dataclasses.is_dataclass(value):
        known = [entry.name for entry in dataclasses.fields(value)]
        for name, part in raw.items():
            if name not in known:
                raise DocumentError(f"{place}: unknown name {got(name)}; expected one of {', '.join(known)}")
            _refuse_unknown(part, getattr(value, name), f"{place}.{name}")
    elif isinstance(raw, list) and isinstance(value, tuple) and raw and isinstance(raw[0], dict):
        for index, (part, made) in enumerate(zip(raw, value, strict=False)):
            _refuse_unknown(part, made, f"{place}[{index}]")
