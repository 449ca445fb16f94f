"""From typed text to a circuit: ``(x + y) * z`` is parsed by operator precedence and never evaluated.

Values may be named and reused: ``z = w * x + b; a = relu(z); J = (a - y) ** 2``. A name that is given a
number (``x = -2``) is an input with that value.

Limits: 20,000 characters, 1,000 operators and commas, 100 levels of brackets, powers or signs.
"""

from __future__ import annotations

import keyword
import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import NoReturn

from playground.circuits.graph import Builder, Circuit
from playground.circuits.parser.tokens import Token, fail, refuse_character, split
from playground.circuits.parser.vocabulary import (
    BINARY,
    CONSTANTS,
    DEFAULTS,
    FUNCTIONS,
    MEANT,
    SIGN_PRECEDENCE,
    SIGNS,
    arguments_template,
    takes,
)

MAX_DEPTH = 100
MAX_NAME = 40
MAX_DIGITS = 400


def parse(text: str) -> Circuit:
    """Return the circuit of `text`; gates in the order in which they are read, each with its column.

    Raises
    ------
    CircuitError
        A ValueError of one line with the column (from 1) and the cure.
    """
    return _Parser().parse(split(text), len(text))


@dataclass(slots=True)
class _Waiting:
    """An operator, a sign or an open bracket that waits for what follows it.

    `gate` is empty for a plain bracket and for a plus sign; `precedence` is 0 for brackets; `column` is where
    the gate stands, and `opened` where its bracket does.
    """

    gate: str
    precedence: int
    column: int
    opened: int = 0
    arguments: int = 1

    @property
    def nests(self) -> bool:
        """Whether what follows is an operand of this one, one level further down."""
        return self.precedence > 0 or bool(self.gate)


class _Parser:
    """Takes one token after the other, knowing whether an operand or an operator must come next."""

    def __init__(self) -> None:
        self._builder = Builder()
        self._operands: list[int] = []
        self._literals: set[int] = set()
        self._waiting: list[_Waiting] = []
        self._before: Token | None = None
        self._named: dict[str, tuple[int, int]] = {}  # node and column of every name that was given a value
        self._used: set[str] = set()

    def parse(self, tokens: list[Token], length: int) -> Circuit:
        """Return the circuit of `tokens`, which were read from `length` characters; its output is the last value."""
        starts = [0, *(k + 1 for k, token in enumerate(tokens) if token.kind == "end")]
        ends = [*(start - 1 for start in starts[1:]), len(tokens)]
        if starts[-1] == len(tokens) > 1:  # a semicolon at the very end
            del starts[-1], ends[-1]
        output = 0
        for start, end in zip(starts, ends, strict=True):
            after = tokens[end].column if end < len(tokens) else length + 1
            output = self._statement(tokens[start:end], after, is_last=end == ends[-1])
        return self._builder.circuit(output)

    def _statement(self, tokens: list[Token], after: int, *, is_last: bool) -> int:
        """Read ``name = expression``, or the last expression, which ends before column `after`; return its node."""
        self._before = None
        if not tokens:
            fail(after, "there is nothing before this ';'; write an expression, or leave it out")
        is_named = len(tokens) > 1 and tokens[0].kind == "name" and tokens[1].kind == "assign"
        if not (is_named or is_last):
            fail(
                tokens[0].column,
                "nothing can use this value; give it a name, for example q = {text} …",
                text=tokens[0].text,
            )
        if not is_named:
            node = self._expression(tokens, after)
            self._require_used()
            return node
        name, column = self._new_name(tokens[0]), tokens[0].column
        self._before = tokens[1]
        if len(tokens) == 2:
            fail(after, "the text ends after '='; add a number, a name or a bracket")
        node = self._expression(tokens[2:], after)
        self._literals.discard(node)
        self._builder.name(node, name, column)
        if is_last:
            self._require_used()
        self._named[name] = (node, column)
        return node

    def _require_used(self) -> None:
        """Raise for a named value that no later expression uses."""
        for name, (_, column) in self._named.items():
            if name not in self._used:
                fail(column, "{name} is never used; use it after its semicolon, or leave it out", name=name)

    def _new_name(self, token: Token) -> str:
        """Return the name that `token` gives to a value."""
        name = _name_of(token)
        if name in FUNCTIONS or name in CONSTANTS:
            fail(token.column, "{name} has a meaning already; choose another name", name=name)
        if name in self._named:
            fail(token.column, "{name} has a value already; choose another name, for example {name}2", name=name)
        if name in self._used:
            fail(token.column, "{name} was used before it is given a value; move this part to the front", name=name)
        return name

    def _expression(self, tokens: list[Token], after: int) -> int:
        wants_operand = True
        for token in tokens:
            wants_operand = self._take_operand(token) if wants_operand else self._take_operator(token)
            self._before = token
        if wants_operand:
            fail(after, "the text ends after {text!r}; add a number, a name or a bracket", text=tokens[-1].text)
        self._apply(1)
        if self._waiting:
            fail(self._waiting[-1].opened, "this '(' is never closed; add a ')'")
        return self._operands.pop()

    # ---- where an operand must come ------------------------------------------------------------

    def _take_operand(self, token: Token) -> bool:
        """Take the beginning of an operand; return whether it has only begun."""
        if token.kind == "number":
            self._operands.append(self._number(token))
            self._literals.add(self._operands[-1])
        elif token.kind == "name":
            self._operands.append(self._variable(token))
        elif token.kind == "call":
            self._function(token)
        elif token.kind == "open":
            before = self._before
            gate, column = (_name_of(before), before.column) if before and before.kind == "call" else ("", token.column)
            self._push(_Waiting(gate, 0, column, token.column), token)
        elif token.text in SIGNS:
            self._push(_Waiting(SIGNS[token.text], SIGN_PRECEDENCE, token.column), token)
        else:
            self._refuse_operand(token)
        return token.kind not in ("number", "name")

    def _number(self, token: Token) -> int:
        if re.match(r"0[0-9]", token.text):
            fail(token.column, "{text} begins with 0; leave the leading zero out", text=token.text)
        if len(token.text) > MAX_DIGITS:
            fail(
                token.column,
                "a number of {n} characters is longer than {most}; round it",
                n=len(token.text),
                most=MAX_DIGITS,
            )
        if not math.isfinite(float(token.text)):
            fail(token.column, "this number is too large for a float; use one below 1.8e308")
        return self._builder.constant(float(token.text), token.column)

    def _variable(self, token: Token) -> int:
        name = _name_of(token)
        if name in FUNCTIONS:
            fail(token.column, "{name} is a function; write {name}(…), or choose another name", name=name)
        if name in CONSTANTS:
            return self._builder.constant(CONSTANTS[name], token.column)
        self._used.add(name)
        return self._named[name][0] if name in self._named else self._builder.input(name, token.column)

    def _function(self, token: Token) -> None:
        name = _name_of(token)
        if name not in FUNCTIONS:
            _refuse_other_name(token, name)
            known = ", ".join(FUNCTIONS)
            fail(
                token.column,
                "there is no function {name!r}; write {name} * (…) for a product, or one of {known}",
                name=name,
                known=known,
            )

    def _refuse_operand(self, token: Token) -> NoReturn:
        before = self._before
        if before is None:
            fail(
                token.column,
                "{text!r} has nothing before it; begin with a number, a name or a bracket",
                text=token.text,
            )
        if before.kind == "open" and token.kind == "close":
            fail(token.column, "these brackets are empty; put an expression between them")
        fail(
            token.column,
            "after {before!r} comes {text!r}; put a number, a name or a bracket between them",
            before=before.text,
            text=token.text,
        )

    # ---- where an operator must come -----------------------------------------------------------

    def _take_operator(self, token: Token) -> bool:
        """Take an operator, a comma or a closing bracket; return whether an operand must follow."""
        if token.kind == "operator":
            if token.text not in BINARY:
                fail(token.column, "{text!r} is not part of an expression; use / for a division", text=token.text)
            gate, precedence = BINARY[token.text]
            self._apply(precedence + (gate == "power"))
            self._push(_Waiting(gate, precedence, token.column), token)
        elif token.kind == "comma":
            self._apply(1)
            if not self._waiting or not self._waiting[-1].gate:
                fail(token.column, "a comma stands only between the arguments of a function; decimals have a point")
            self._waiting[-1].arguments += 1
        elif token.kind == "close":
            self._apply(1)
            if not self._waiting:
                fail(token.column, "this ')' closes nothing; leave it out or add a '(' before")
            self._close(self._waiting.pop())
        else:
            self._refuse_operator(token)
        return token.kind != "close"

    def _close(self, bracket: _Waiting) -> None:
        """Add the gate of a call whose arguments are the last operands; a plain bracket adds nothing."""
        name, n = bracket.gate, bracket.arguments
        if not name:
            return
        if not takes(name, n):
            least, most = FUNCTIONS[name]
            fail(bracket.column, arguments_template(name), name=name, least=least, most=most, n=n)
        inputs = self._operands[-n:]
        del self._operands[-n:]
        if name in DEFAULTS and n == 1:
            inputs.append(self._builder.constant(DEFAULTS[name], bracket.column))
        self._operands.append(self._builder.gate(name, *inputs, column=bracket.column))

    def _refuse_operator(self, token: Token) -> NoReturn:
        if token.kind == "assign":
            fail(token.column, "'=' stands only after one name, such as z = w * x; leave it out here")
        if self._before is not None and self._before.kind == "name":
            _refuse_other_name(self._before, self._before.text)
        left = "(…)" if self._before is None or self._before.kind == "close" else self._before.text
        right = "(…)" if token.kind == "open" else token.text
        fail(
            token.column,
            "an operator is missing before {text!r}; write one, for example {left} * {right}",
            text=token.text,
            left=left,
            right=right,
        )

    # ---- the operators that wait ---------------------------------------------------------------

    def _push(self, waiting: _Waiting, token: Token) -> None:
        self._waiting.append(waiting)
        if sum(one.precedence == 0 for one in self._waiting) > MAX_DEPTH:
            fail(token.column, "brackets deeper than {most}; take a part of the expression at a time", most=MAX_DEPTH)
        if sum(one.nests for one in self._waiting) > MAX_DEPTH:
            fail(
                token.column,
                "nested deeper than {most} levels; take a part of the expression at a time",
                most=MAX_DEPTH,
            )

    def _apply(self, precedence: int) -> None:
        """Add the gates of the operators that bind at least as tightly as `precedence`."""
        while self._waiting and self._waiting[-1].precedence >= precedence:
            operator = self._waiting.pop()
            if operator.precedence == SIGN_PRECEDENCE:
                self._sign(operator)
            else:
                right, left = self._operands.pop(), self._operands.pop()
                self._operands.append(self._builder.gate(operator.gate, left, right, column=operator.column))

    def _sign(self, sign: _Waiting) -> None:
        """Make the sign part of the number that it stands before; elsewhere a minus is a gate."""
        operand = self._operands[-1]
        is_number = operand in self._literals
        self._literals.discard(operand)
        if sign.gate and is_number:
            number = self._builder.nodes[operand]
            self._builder.nodes[operand] = replace(number, value=-number.value)
        elif sign.gate:
            self._operands[-1] = self._builder.gate(sign.gate, operand, column=sign.column)


def _refuse_other_name(token: Token, name: str) -> None:
    """Refuse a function that is called something else here, and say what to write."""
    if name in MEANT:
        fail(token.column, "there is no function {name!r}; write {meant}", name=name, meant=MEANT[name])


def _name_of(token: Token) -> str:
    """Return the name in Unicode's normal form."""
    if len(token.text) > MAX_NAME:
        fail(
            token.column,
            "a name of {n} characters is longer than {most}; choose a shorter one",
            n=len(token.text),
            most=MAX_NAME,
        )
    for k, character in enumerate(token.text):
        if not ("x" + character).isidentifier():
            refuse_character(character, token.column + k)
    name = unicodedata.normalize("NFKC", token.text)
    if keyword.iskeyword(name) or not name.isidentifier():
        fail(
            token.column,
            "{text!r} cannot be a name; choose another, for example {letter}1",
            text=token.text,
            letter=token.text[0].lower(),
        )
    return name
