"""The parameters that stand in an address, also in one that a mail program, a forum or a redirect changed.

What is taken off is what others put on: HTML entities, quoted-printable, percent signs once more, line breaks and
quote marks, brackets and punctuation round the address.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import unquote

from playground.files.file_names import shown

HOST = "playground.tensorflow.org"

FEATURES = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1_squared",
    "ySquared": "x2_squared",
    "xTimesY": "x1_x2",
    "sinX": "sin_x1",
    "sinY": "sin_x2",
    "cosX": "cos_x1",
    "cosY": "cos_x2",
}
SETTINGS = (
    *("activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate"),
    *("noise", "networkShape", "seed", "showTestData", "discretize", "percTrainData", "problem", "initZero"),
)
UNUSED = {
    "collectStats": "it counts visitors of the page",
    "tutorial": "it shows an article of the page",
    "hideText": "it hides the article of the page",
    "numHiddenLayers": "networkShape says how many",
}
HIDE = "_hide"
KNOWN = frozenset((*FEATURES, *SETTINGS, *UNUSED))

_GAP = re.compile(r"…|\[\.\.\.|\.\.\.")
_JUNK = re.compile(r"""(?<!,)\s|["'“”‘’«»<>|{}()\[\]\\^`]|;(?!\d)|[.,:!?]+$""")
_NESTED = 4
_MOST = 16_000
_COMMON = ("x", "y", "seed", "noise", "problem", "tutorial")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One ``name=value`` of an address; without ``=`` the value is None. `rest` is text behind it that was cut off."""

    name: str
    value: str | None
    rest: str = ""


def is_address(text: str) -> bool:
    """Return whether `text` looks like an address of TensorFlow Playground, or of a copy of it at another place."""
    text = text[:_MOST]
    names = {one.name for one in parameters(text)}
    return HOST in text.lower() or any(_is_known(name) and name not in _COMMON for name in names)


def is_on_the_web(text: str) -> bool:
    """Return whether `text` is the address of a page, whatever it shows."""
    return text.lstrip().lower().startswith(("http://", "https://", "www."))


def is_shortened(text: str) -> bool:
    """Return whether dots stand for a part of the address `text`."""
    return bool(_GAP.search(_unfolded(text)))


def parameters(text: str) -> tuple[Parameter, ...]:
    """Return the parameters behind the ``#`` of the address in `text`, in their order; repeated ones too.

    Where none there is known, those behind a ``?`` are taken, and those of an address inside the address.
    """
    text = _unfolded(text)
    found: tuple[Parameter, ...] = ()
    for _ in range(_NESTED):
        inner = _inner(text)
        found = _behind(inner, "#")
        if not any(_is_known(parameter.name) for parameter in found):
            queried = tuple(parameter for parameter in _behind(inner, "?") if _is_known(parameter.name))
            found = queried or found
        if any(_is_known(parameter.name) for parameter in found) or "%" not in text:
            break
        text = unquote(inner)
    return found


def _is_known(name: str) -> bool:
    return name.removesuffix(HIDE) in KNOWN


def _unfolded(text: str) -> str:
    """Return the one line that `text` was before a page or a mail program changed it."""
    text = shown(text)
    if "=3D" in text:  # quoted-printable
        text = re.sub(r"=[ \t]*\r?\n", "", text).replace("=3D", "=")
    for _ in range(_NESTED):  # "&amp;amp;"
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    text = text.replace("®", "&reg")  # a browser reads "&reg" as a sign
    text = re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    text = re.sub(r"\\([_&=#,.~*-])", r"\1", text).strip()  # Markdown
    line, *more = [re.sub(r"^[\s>]*", "", one) for one in text.splitlines()] or [""]
    for one in more:
        if not one.strip() or (line.rstrip() and not _goes_on(one)):
            if "=" in line:
                break
            line = one
        else:
            line = line.rstrip() + one
    return line


def _goes_on(line: str) -> bool:
    """Return whether `line` looks like the rest of an address rather than like a sentence."""
    first = line.split(maxsplit=1)[0]
    return "=" in first or "&" in first or first == line.strip()


def _inner(text: str) -> str:
    """Return the address inside the redirect `text`, still encoded, or `text` itself."""
    if "#" in text and "=" in text.partition("#")[2]:
        return text
    place = re.search(r"%(25)*23", text)
    if place is None:
        return text
    behind = text[place.start() :]
    if re.search(r"%(25)*(3D|26)", behind, re.IGNORECASE):  # all of it is encoded: a bare & belongs to the redirect
        return text[: place.start()] + re.split(r"[&\s]", behind, maxsplit=1)[0]
    return text


def _behind(text: str, mark: str) -> tuple[Parameter, ...]:
    fragment = text.partition(mark)[2].lstrip("#/?!&")
    if mark == "?":
        fragment = fragment.partition("#")[0]
    parts = [part for part in re.split(r"&", fragment) if part.strip()]
    return tuple(_parameter(part, last=index == len(parts) - 1) for index, part in enumerate(parts))


def _parameter(part: str, *, last: bool) -> Parameter:
    name, equals, value = part.partition("=")
    rest = ""
    if last and (junk := _JUNK.search(value.strip(), 1 if value else 0)) and not _GAP.search(value):
        value, rest = value.strip()[: junk.start()], value.strip()[junk.start() :]
    return Parameter(unquote(name).strip(), unquote(value).strip() if equals else None, unquote(rest))
