"""Turn plain values from a file into our types; what does not fit is refused with its place.

``$.network.hidden[2].width: expected an integer from 1 to 256, got "four"``
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from playground.engine.messages import grouped, message
from playground.engine.setting import settings_of
from playground.files.file_names import shown

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

    def __init__(self, template: str, /, **places: object) -> None:
        super().__init__(one_line(message(template, **places)))


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters, at most 300 characters long."""
    flat = "".join(c if c.isprintable() else " " for c in shown(text[: 4 * MAX_MESSAGE]))
    flat = " ".join(flat.split())
    return flat if len(flat) <= MAX_MESSAGE else flat[: MAX_MESSAGE - 1] + "…"


def got(value: object) -> str:
    """Return `value` as the file has it, short."""
    if isinstance(value, dict):
        return "an object" if value else "{}"
    if isinstance(value, list | tuple):
        return f"a list of {grouped(len(value))}"
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


def _joined(place: str, text: str) -> str:
    """Put `place` before a message that begins with the name of a field, an index, or neither."""
    if text.startswith("["):
        return f"{place}{text}"
    return f"{place}.{text}" if re.match(r"[a-z_0-9]+(\.\w+|\[\d+\])*: ", text) else f"{place}: {text}"


def _explained(error: Exception, raw: object, kind: type, place: str) -> str:
    if isinstance(error, RecursionError):
        return message("{place}: nested too deeply", place=place)
    match = _AT.fullmatch(str(error))
    text, path = (match[1], match[2]) if match else (str(error), "$")
    at = place + path[1:]
    if isinstance(error.__cause__, ValueError):
        return _joined(at, re.sub(r"got '(.*)'$", r'got "\1"', text))
    tokens = [name or index for name, index in _TOKEN.findall(path)]
    value = _walk(raw, tokens)
    missing = re.match(r"Object missing required field `(.*)`", text)
    if missing:
        return message("{at}.{name}: missing; add it", at=at, name=missing[1])
    wanted = _wanted(text, tokens, kind)
    return message("{at}: expected {wanted}, got {found}", at=at, wanted=wanted, found=got(value))


def _walk(raw: Any, tokens: list[str]) -> object:
    for token in tokens:
        if isinstance(raw, dict):
            raw = raw.get(token)
        elif isinstance(raw, list) and token.isdigit() and int(token) < len(raw):
            raw = raw[int(token)]
        else:
            return raw
    return raw


def _wanted(text: str, tokens: list[str], kind: type) -> str:
    """Say what a field wants in the words of its own check, or of its type when it has none."""
    owner = _owner(kind, tokens[:-1]) if tokens else None
    one = settings_of(owner).get(tokens[-1]) if owner is not None else None
    if one is not None:
        return one.expected
    wanted = re.match(r"Expected `([^`]*)`(.*?)(, got .*)?$", text)
    if not wanted:
        return text[:1].lower() + text[1:]
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
                raise DocumentError(
                    "{place}: unknown name {found}; expected one of {names}",
                    place=place,
                    found=got(name),
                    names=", ".join(known),
                )
            _refuse_unknown(part, getattr(value, name), f"{place}.{name}")
    elif isinstance(raw, list) and isinstance(value, tuple) and raw and isinstance(raw[0], dict):
        for index, (part, made) in enumerate(zip(raw, value, strict=False)):
            _refuse_unknown(part, made, f"{place}[{index}]")
