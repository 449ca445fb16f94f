"""Readable JSON: a name per line, long lists of numbers wrapped; and a guard before it is read."""

from __future__ import annotations

import json
import math
import re

import msgspec

from playground.engine.messages import grouped
from playground.files.error_messages import DocumentError, got

MAX_BYTES = 512 * 2**20
MAX_VALUES = 2_000_000
MAX_GROUPS = 200_000
_LINE = 100
_NAME = re.compile(rb'"\s*:')
_NUMBER = re.compile(rb'"(?:[^"\\]|\\.)*"|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)')
_LONGEST_NUMBER = 400


def write(value: object, indent: int = 0) -> bytes:
    """Return `value` (dicts, lists, texts, numbers) as JSON of lines of about 100 characters where possible."""
    pad, inner = b" " * indent, b" " * (indent + 2)
    if isinstance(value, dict) and value:
        short = _short(value, indent)
        if short:
            return short
        lines = [msgspec.json.encode(name) + b": " + write(part, indent + 2) for name, part in value.items()]
        return b"{\n" + b",\n".join(inner + line for line in lines) + b"\n" + pad + b"}"
    if isinstance(value, list | tuple) and value:
        short = _short(value, indent)
        if short:
            return short
        if isinstance(value[0], dict | list | tuple):
            return b"[\n" + b",\n".join(inner + write(part, indent + 2) for part in value) + b"\n" + pad + b"]"
        parts = [msgspec.json.encode(part) for part in value]
        per_line = max(1, _LINE * len(parts) // sum(len(part) + 2 for part in parts))
        rows = [b", ".join(parts[i : i + per_line]) for i in range(0, len(parts), per_line)]
        return b"[\n" + b",\n".join(inner + row for row in rows) + b"\n" + pad + b"]"
    return msgspec.json.encode(value)


def _short(value: object, indent: int) -> bytes:
    """Return `value` on one line when it is short and holds no objects in objects; else nothing."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    if len(parts) > 12 or any(isinstance(part, dict) and part for part in parts):
        return b""
    if any(
        isinstance(part, list | tuple | str) and len(part) > (_LINE if isinstance(part, str) else 6) for part in parts
    ):
        return b""
    text = msgspec.json.format(msgspec.json.encode(value), indent=0)
    return text if len(text) + indent <= _LINE else b""


def read(data: bytes) -> object:
    """Return the values of JSON `data`; sizes and counts are checked before anything is built.

    Raises
    ------
    DocumentError
        When it is not JSON, is cut off, or holds more than a document ever does.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError(
            "$: {count:,} bytes; a document has at most {max_bytes:,}", count=len(data), max_bytes=MAX_BYTES
        )
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise DocumentError("$: the file is empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64]:
        raise DocumentError("$: this is not UTF-8 text; a document is JSON in UTF-8")
    if data.count(b",") > MAX_VALUES or data.count(b"[") + data.count(b"{") > MAX_GROUPS:
        raise DocumentError(
            "$: too many values; a document has at most {max_values:,} in {max_groups:,} groups",
            max_values=MAX_VALUES,
            max_groups=MAX_GROUPS,
        )
    try:
        value = msgspec.json.decode(data)
        if len(_NAME.findall(data)) != _count_names(value):  # a text may hold what looks like a name: look closer
            json.loads(data, object_pairs_hook=_require_one_each)
        return value
    except RecursionError:
        raise DocumentError("$: nested too deeply") from None
    except UnicodeDecodeError:
        raise DocumentError("$: this is not UTF-8 text; a document is JSON in UTF-8") from None
    except msgspec.MsgspecError as error:
        raise DocumentError(_malformed(str(error), data)) from None


def _count_names(value: object) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_count_names, value.values()))
    if isinstance(value, list):
        return sum(_count_names(part) for part in value if isinstance(part, dict | list))
    return 0


def _require_one_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a name that stands twice in an object: which of the two values is meant nobody can know."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in made if names.count(name) > 1)
        raise DocumentError("$: {name} is there twice in one object; leave one of them out", name=got(twice))
    return made


def _malformed(message: str, data: bytes) -> str:
    if "truncated" in message:
        return "$: the file ends too early: it was cut off"
    if "out of range" in message:
        for found in _NUMBER.finditer(data):
            if found[1] and (len(found[1]) > _LONGEST_NUMBER or math.isinf(float(found[1]))):
                place = _place(data[: found.start()])
                return f"$: {place}: this number is too large; write one that is smaller or shorter"
    match = re.fullmatch(r"JSON is malformed: (.*) \(byte (\d+)\)", message)
    if not match:
        return f"$: {message[:1].lower()}{message[1:]}"
    return f"$: {_place(data[: int(match[2])])}: this is not JSON ({match[1]})"


def _place(before: bytes) -> str:
    line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
    return f"line {grouped(line)}, column {grouped(column)}"
