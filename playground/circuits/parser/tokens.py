"""The words of a typed expression, checked one after the other so that an error can name its column.

What passes here is well-formed; `expression` then hands it to ``ast``.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NoReturn

from playground.circuits.graph import CircuitError

MAX_CHARACTERS = 20_000
MAX_OPERATORS = 1_000
MAX_DEPTH = 100
MAX_NAME = 40
MAX_DIGITS = 400

FUNCTIONS: dict[str, tuple[int, int]] = {
    "max": (2, 0), "min": (2, 0), "sum": (2, 0), "log_sum_exp": (2, 0),
    **dict.fromkeys(("exp", "log", "sqrt", "abs", "sin", "cos", "tanh", "sigmoid", "relu"), (1, 1)),
    **dict.fromkeys(("softplus", "gelu", "silu"), (1, 1)),
    "leaky_relu": (1, 2), "elu": (1, 2),
}  # fmt: skip
"""What may be called: fewest and most arguments (0: no limit)."""

ALIASES = {"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "\t": " ", "\n": " ", "\r": " ", "\u00a0": " "}
_ALIASES = str.maketrans(ALIASES)
_TOKEN = re.compile(
    r"(?P<space> +)|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<operator>\*\*|//|[-+*/])|(?P<open>\()|(?P<close>\))|(?P<comma>,)"
)
_CURES = {
    "^": "write ** for a power, for example x ** 2",
    "=": "leave out what is left of '=' and type only the right side",
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

Kind = Literal["number", "name", "call", "operator", "open", "close", "comma"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what it is, its text, its place (from 0)."""

    kind: Kind
    text: str
    start: int


def fail(column: int, message: str) -> NoReturn:
    """Raise the error of a typed expression; `column` counts from 1."""
    raise CircuitError(f"column {column}: {message}", column=column)


def plain(text: str) -> str:
    """Return `text` with typographic signs (−, ×, ·, ÷) and line ends as plain ones; same length."""
    if len(text) > MAX_CHARACTERS:
        fail(MAX_CHARACTERS + 1, f"{len(text)} characters are more than {MAX_CHARACTERS}; shorten the expression")
    return text.translate(_ALIASES)


def scan(text: str) -> list[Token]:
    """Return the words of `text`, or say at which column it stops being an expression.

    Raises
    ------
    CircuitError
        With the column and the cure.
    """
    checker = _Checker(_split(text))
    return checker.run(len(text))


def _split(text: str) -> list[Token]:
    tokens: list[Token] = []
    at, operators = 0, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            _refuse_character(text[at], at + 1)
        word, kind = match.group(), str(match.lastgroup)
        operators += kind in ("operator", "comma")
        if operators > MAX_OPERATORS:
            fail(at + 1, f"more than {MAX_OPERATORS} operators and commas; split the expression into smaller ones")
        if kind != "space":
            tokens.append(Token(kind, word, at))  # type: ignore[arg-type]
        at = match.end()
    if not tokens:
        fail(1, "there is nothing to read; type an expression, for example (x + y) * z")
    return tokens


def _refuse_character(character: str, column: int) -> NoReturn:
    shown = repr(character) if character.isprintable() else f"the control character U+{ord(character):04X}"
    fail(column, f"{shown} is not part of an expression; {_CURES.get(character, _OTHERWISE)}")


@lru_cache(maxsize=1024)
def _normal(name: str) -> str:
    """Return the name as ``ast`` will report it (in Unicode's normal form), or nothing for a reserved word."""
    try:
        tree = ast.parse(name, mode="eval").body
    except SyntaxError:
        return ""
    return tree.id if isinstance(tree, ast.Name) else ""


class _Checker:
    """Walks over the words, knowing whether an operand or an operator must come next, and in which brackets."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._brackets: list[tuple[Token, str, int]] = []
        self._signs = 0
        self._before: Token | None = None

    def run(self, end: int) -> list[Token]:
        checked, operand = [], True
        for k, token in enumerate(self._tokens):
            following = self._tokens[k + 1].kind if k + 1 < len(self._tokens) else ""
            if token.kind == "name":
                token = self._named(token, following)
            operand = self._operand(token) if operand else self._operator(token)
            self._before = token
            checked.append(token)
        if operand:
            assert self._before is not None
            fail(end + 1, f"the text ends after {self._before.text!r}; add a number, a name or a bracket")
        if self._brackets:
            fail(self._brackets[-1][0].start + 1, "this '(' is never closed; add a ')'")
        return checked

    def _named(self, token: Token, following: str) -> Token:
        name, column = token.text, token.start + 1
        if len(name) > MAX_NAME:
            fail(column, f"a name of {len(name)} characters is longer than {MAX_NAME}; choose a shorter one")
        for k, character in enumerate(token.text):
            if not ("x" + character).isidentifier():
                _refuse_character(character, column + k)
        name = _normal(token.text)
        if not name:
            fail(column, f"{token.text!r} cannot be a name; choose another, for example {token.text[0].lower()}1")
        if following == "open":
            if name not in FUNCTIONS:
                known = ", ".join(FUNCTIONS)
                fail(column, f"there is no function {name!r}; write {name} * (…) for a product, or one of {known}")
            return Token("call", name, token.start)
        if name in FUNCTIONS:
            fail(column, f"{name} is a function; write {name}(…), or choose another name")
        return token

    def _operand(self, token: Token) -> bool:
        """Take a word where a number, name or bracket must come; return whether one must still come."""
        column = token.start + 1
        if token.kind in ("number", "name"):
            if re.match(r"0[0-9]", token.text):
                fail(column, f"{token.text} begins with 0; leave the leading zero out")
            if len(token.text) > MAX_DIGITS:
                fail(column, f"a number of {len(token.text)} characters is longer than {MAX_DIGITS}; round it")
            self._signs = 0
            return False
        if token.kind == "call":
            return True
        if token.kind == "open":
            called = self._before is not None and self._before.kind == "call"
            self._open(token, self._before.text if called and self._before else "")
            return True
        if token.kind == "operator" and token.text in "+-":
            self._signs += 1
            if self._signs > MAX_DEPTH:
                fail(column, f"more than {MAX_DEPTH} signs in a row; leave some out")
            return True
        self._refuse_operand(token, column)

    def _refuse_operand(self, token: Token, column: int) -> NoReturn:
        before = self._before
        if before is None:
            fail(column, f"{token.text!r} has nothing before it; begin with a number, a name or a bracket")
        if before.kind == "open" and token.kind == "close":
            fail(column, "these brackets are empty; put an expression between them")
        fail(column, f"after {before.text!r} comes {token.text!r}; put a number, a name or a bracket between them")

    def _operator(self, token: Token) -> bool:
        """Take a word where an operator, a comma or a closing bracket must come."""
        column = token.start + 1
        if token.kind == "operator":
            if token.text == "//":
                fail(column, "'//' is not part of an expression; use / for a division")
            return True
        if token.kind == "close":
            self._close(column)
            return False
        if token.kind == "comma":
            if not self._brackets or not self._brackets[-1][1]:
                fail(column, "a comma stands only between the arguments of a function; decimals have a point")
            opened, name, count = self._brackets.pop()
            self._brackets.append((opened, name, count + 1))
            return True
        assert self._before is not None
        left = "(…)" if self._before.kind == "close" else self._before.text
        right = "(…)" if token.kind == "open" else token.text
        fail(column, f"an operator is missing before {token.text!r}; write one, for example {left} * {right}")

    def _open(self, token: Token, name: str) -> None:
        self._signs = 0
        self._brackets.append((token, name, 1))
        if len(self._brackets) > MAX_DEPTH:
            fail(token.start + 1, f"brackets deeper than {MAX_DEPTH}; take a part of the expression at a time")

    def _close(self, column: int) -> None:
        if not self._brackets:
            fail(column, "this ')' closes nothing; leave it out or add a '(' before")
        opened, name, count = self._brackets.pop()
        if not name:
            return
        least, most = FUNCTIONS[name]
        if count < least or (most and count > most):
            wanted = f"{least} or more" if not most else f"{least}" if least == most else f"{least} or {most}"
            fail(opened.start + 1 - len(name), f"{name} takes {wanted} argument{'s' * (wanted != '1')}; it got {count}")
