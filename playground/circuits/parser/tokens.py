"""The words of a typed expression: text to tokens, each with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from playground.circuits.graph import CircuitError
from playground.engine.messages import message

MAX_CHARACTERS = 20_000
MAX_OPERATORS = 1_000

_ALIASES = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "\t": " ", "\n": " ", "\r": " ", "\u00a0": " "}
)
_TOKEN = re.compile(
    r"(?P<space> +)|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<call>[^\W\d]\w*(?= *\())|(?P<name>[^\W\d]\w*)"
    r"|(?P<operator>\*\*|//|[-+*/])|(?P<open>\()|(?P<close>\))|(?P<comma>,)|(?P<assign>=(?!=))|(?P<end>;)"
)
_CURES = {
    "^": "write ** for a power, for example x ** 2",
    "=": "write one '=' to name a value, for example z = w * x",
    "[": "use round brackets",
    "]": "use round brackets",
    "{": "use round brackets",
    "}": "use round brackets",
    ".": "a point stands only inside a number, such as 0.5",
    "²": "write ** 2",
    "³": "write ** 3",
    "√": "write sqrt(…)",
    "!": "there is no factorial and no 'not'; use + − * / ** and the functions",
}
_OTHERWISE = "use names, numbers, + − * / **, round brackets and the functions"

Kind = Literal["number", "call", "name", "operator", "open", "close", "comma", "assign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind, its text, its column (from 1). A ``call`` is a name before an open bracket."""

    kind: Kind
    text: str
    column: int


def fail(column: int, template: str, /, **places: object) -> NoReturn:
    """Raise the error of a typed expression with the message of `template`; `column` counts from 1."""
    text = message(template, **places)
    raise CircuitError(message("column {column}: {text}", column=column, text=text), column=column)


def refuse_character(character: str, column: int) -> NoReturn:
    """Raise the error of a character that no expression has, with its cure."""
    cure = message(_CURES.get(character, _OTHERWISE))
    if character.isprintable():
        fail(column, "{character!r} is not part of an expression; {cure}", character=character, cure=cure)
    template = "the control character U+{code:04X} is not part of an expression; {cure}"
    fail(column, template, code=ord(character), cure=cure)


def split(text: str) -> list[Token]:
    """Return the words of `text`, with typographic signs (−, ×, ·, ÷) as plain ones.

    Raises
    ------
    CircuitError
        With the column and the cure.
    """
    if len(text) > MAX_CHARACTERS:
        fail(
            MAX_CHARACTERS + 1,
            "{n} characters are more than {most}; shorten the expression",
            n=len(text),
            most=MAX_CHARACTERS,
        )
    text = text.translate(_ALIASES)
    tokens: list[Token] = []
    at, operators = 0, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            refuse_character(text[at], at + 1)
        kind = str(match.lastgroup)
        operators += kind in ("operator", "comma")
        if operators > MAX_OPERATORS:
            fail(
                at + 1,
                "more than {most} operators and commas; split the expression into smaller ones",
                most=MAX_OPERATORS,
            )
        if kind != "space":
            tokens.append(Token(kind, match.group(), at + 1))  # type: ignore[arg-type]
        at = match.end()
    if not tokens:
        fail(1, "there is nothing to read; type an expression, for example (x + y) * z")
    return tokens
