"""Typed text to circuit: ``(x + y) * z`` is read through ``ast`` with an allow-list and never evaluated.

Limits: 20,000 characters, 1,000 operators and commas, 100 levels of brackets, powers or signs.
"""

from __future__ import annotations

import ast
import math
from bisect import bisect_left

from playground.circuits.graph import Builder, Circuit
from playground.circuits.parser.tokens import MAX_DEPTH, Token, fail, plain, scan

CONSTANTS = {"pi": math.pi, "π": math.pi}
DEFAULTS = {"leaky_relu": 0.01, "elu": 1.0}
"""The slope and the α of a call that does not give them."""

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
}
_Step = tuple[ast.expr, bool, int]


def parse(text: str) -> Circuit:
    """Return the circuit of `text`; gates in the order in which they are read, each with its column.

    Raises
    ------
    CircuitError
        A ValueError of one line with the column (from 1) and the cure.
    """
    text = plain(text)
    tokens = scan(text)
    lead = len(text) - len(text.lstrip(" "))
    tree = _tree(text[lead:].rstrip(" "))
    return _Reader(text[lead:], lead, tokens).read(tree)


def _tree(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        fail(error.offset or 1, f"this is not an expression ({error.msg}); check the signs around it")
    except (MemoryError, RecursionError):
        fail(1, f"nested deeper than {MAX_DEPTH} levels; take a part of the expression at a time")


class _Reader:
    """Turns the tree into nodes, operands before their gate, with a stack of its own."""

    def __init__(self, text: str, lead: int, tokens: list[Token]) -> None:
        self._text, self._lead = text, lead
        self._ascii = text.isascii()
        self._operators = [token.start for token in tokens if token.kind == "operator"]
        self._builder = Builder()

    def read(self, tree: ast.expr) -> Circuit:
        """Return the circuit of `tree`."""
        todo: list[_Step] = [(tree, False, 1)]
        done: list[int] = []
        while todo:
            expr, ready, depth = todo.pop()
            if depth > MAX_DEPTH + 1:
                fail(self._column(expr), f"nested deeper than {MAX_DEPTH} levels; take a part at a time")
            if ready:
                self._close(expr, done)
            else:
                self._open(expr, depth, todo, done)
        return self._builder.circuit(done.pop())

    def _open(self, expr: ast.expr, depth: int, todo: list[_Step], done: list[int]) -> None:
        """Read a leaf, or put a gate's operands before it on the stack."""
        if isinstance(expr, ast.Constant):
            done.append(self._constant(expr, 1.0))
        elif isinstance(expr, ast.Name):
            done.append(self._name(expr))
        elif isinstance(expr, ast.BinOp) and type(expr.op) in _BINARY:
            # A chain such as a + b + c leans to the left and is not deep for a reader.
            todo += [(expr, True, depth), (expr.right, False, depth + 1), (expr.left, False, depth)]
        elif isinstance(expr, ast.UnaryOp) and isinstance(expr.op, ast.UAdd):
            todo.append((expr.operand, False, depth + 1))
        elif isinstance(expr, ast.UnaryOp) and isinstance(expr.op, ast.USub):
            if isinstance(expr.operand, ast.Constant):
                done.append(self._constant(expr.operand, -1.0))
            else:
                todo += [(expr, True, depth), (expr.operand, False, depth + 1)]
        elif isinstance(expr, ast.Call) and isinstance(expr.func, ast.Name) and not expr.keywords:
            todo.append((expr, True, depth))
            todo += [(argument, False, depth + 1) for argument in reversed(expr.args)]
        else:
            fail(self._column(expr), "this is not part of an expression; use + − * / **, brackets and the functions")

    def _close(self, expr: ast.expr, done: list[int]) -> None:
        """Add the gate of `expr`, whose operands are the last ids of `done`."""
        if isinstance(expr, ast.BinOp):
            right, left = done.pop(), done.pop()
            done.append(self._builder.gate(_BINARY[type(expr.op)], left, right, column=self._sign(expr)))
        elif isinstance(expr, ast.UnaryOp):
            done.append(self._builder.gate("negate", done.pop(), column=self._column(expr)))
        elif isinstance(expr, ast.Call) and isinstance(expr.func, ast.Name):
            n, name, column = len(expr.args), expr.func.id, self._column(expr)
            inputs = done[-n:]
            del done[-n:]
            if name in DEFAULTS and n == 1:
                inputs.append(self._builder.constant(DEFAULTS[name], column))
            done.append(self._builder.gate(name, *inputs, column=column))

    def _constant(self, expr: ast.Constant, sign: float) -> int:
        value = expr.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            fail(self._column(expr), "only plain numbers are allowed here")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            fail(self._column(expr), "this number is too large for a float; use one below 1.8e308")
        return self._builder.constant(sign * number, self._column(expr))

    def _name(self, expr: ast.Name) -> int:
        column = self._column(expr)
        if expr.id in CONSTANTS:
            return self._builder.constant(CONSTANTS[expr.id], column)
        return self._builder.input(expr.id, column)

    def _column(self, expr: ast.expr) -> int:
        return self._characters(expr.col_offset) + self._lead + 1

    def _sign(self, expr: ast.BinOp) -> int:
        """Return the column of the operator: the first one after the left operand."""
        after = self._characters(expr.left.end_col_offset or 0) + self._lead
        return self._operators[bisect_left(self._operators, after)] + 1

    def _characters(self, offset: int) -> int:
        """Turn an offset of ``ast``, which counts UTF-8 bytes, into characters."""
        return offset if self._ascii else len(self._text.encode()[:offset].decode())
