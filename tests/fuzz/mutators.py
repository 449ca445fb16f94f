"""Changes that keep the shell of an input whole, so that what is inside is reached: JSON, links, archives.

Random bytes break JSON at the first bracket, a link at its checksum and an archive at its first member; these
change a value somewhere and close the shell again. Every second change is left to the fuzzer's own.
"""

from __future__ import annotations

import base64
import copy
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from playground.files.links import document_link as links

Change = Callable[[bytes, int], bytes]
"""The fuzzer's own: bytes and the most that there may be, to other bytes."""
Mutator = Callable[[bytes, int, int, Change], bytes]
"""Bytes, the most that there may be, a seed and the fuzzer's own change, to other bytes."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 3, 7, 255, 256, 257, 2**31, 2**53, -(2**63), 0.0, -0.0, 0.5, 1.5, 1e-320, 1e300,
    1.7976931348623157e308, "", "x1", "x2", "tanh", "relu", "maxout", "softmax", "hinge", "logistic", "squared", "adam",
    "own", "xor", "function", "digits", "spiral", "curve", "cosine", "l1", "elastic_net", "he", "\u202e", "x" * 70, [],
    {}, [0], [0.5, 0.5], [[0.0, 1.0], [1.0, 0.0]], {"shape": [1], "float64": "AAAAAAAA8D8="},
    {"shape": [0], "float64": ""},
)  # fmt: skip


def json_values(data: bytes, most: int, seed: int, change: Change) -> bytes:
    """Change, move, double or take away values of JSON."""
    rng = Random(seed)
    try:
        plain = json.loads(data)
        if rng.random() < 0.5 or not isinstance(plain, dict | list):
            return change(data, most)
        for _ in range(rng.choice((1, 1, 2, 4))):
            plain = _changed(plain, rng)
        made = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    except (ValueError, OverflowError, RecursionError):  # no JSON, numbers too long, or nested too deeply
        return change(data, most)
    return made if len(made) <= most else change(data, most)


def links_inside(data: bytes, most: int, seed: int, change: Change) -> bytes:
    """Change the JSON in a link, with the right checksum around it again."""
    if seed % 4 == 0:
        return change(data, most)
    try:
        content = links._inflated(links._checked(data.decode("ascii").strip().partition(".")[2]))
    except ValueError:
        return change(data, most)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=links._DICTIONARY)
    packed = squeezer.compress(json_values(content, most, seed, change)) + squeezer.flush()
    body = base64.urlsafe_b64encode(zlib.crc32(packed).to_bytes(4, "big") + packed).rstrip(b"=")
    made = links.PREFIX.encode() + links.VERSION.encode() + b"." + body
    return made if len(made) <= most else change(data, most)


def archive_members(data: bytes, most: int, seed: int, change: Change) -> bytes:
    """Change the members of an archive, in a whole archive again; a text as the fuzzer does."""
    rng = Random(seed)
    if not data.startswith(b"PK") or rng.random() < 0.3:
        return change(data, most)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # a broken archive is a fine input, too
        return change(data, most)
    if members:
        name = rng.choice(sorted(members))
        members[name] = change(members[name], most // 2)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    made = out.getvalue()
    return made if len(made) <= most else change(data, most)


MUTATORS: dict[str, Mutator] = {"documents": json_values, "links": links_inside, "tables": archive_members}
"""By the parser; the others have the fuzzer's own changes alone."""


# ---- inside ------------------------------------------------------------------------------------


def _changed(plain: Any, rng: Random) -> Any:
    """Return `plain` with something else at one of its places."""
    places = _places(plain)
    if not places:
        return copy.deepcopy(rng.choice(VALUES))
    *path, last = rng.choice(places)
    part = plain
    for key in path:
        part = part[key]
    kind = rng.randrange(5)
    if kind == 0 and isinstance(part, dict):
        del part[last]
    elif kind == 1:
        part[last] = copy.deepcopy(_at(plain, rng.choice(places)))
    elif kind == 2 and isinstance(part[last], int | float) and not isinstance(part[last], bool):
        part[last] = part[last] * rng.choice((-1, 2, 0.5, 1000)) + rng.choice((0, 1, -1))
    elif kind == 3 and isinstance(part, list):
        part.insert(rng.randrange(len(part) + 1), copy.deepcopy(rng.choice(part) if part else 0))
    else:
        part[last] = copy.deepcopy(rng.choice(VALUES))
    return plain


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path to every value inside `value`, not deeper than anything of ours."""
    if len(place) > 16:
        return []
    parts = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    return [found for key, part in parts for found in ((*place, key), *_places(part, (*place, key)))]


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value
