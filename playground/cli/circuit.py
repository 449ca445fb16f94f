"""``backprop-playground circuit``: both passes over an expression, gate by gate, without a window."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence

from playground.circuits.gates import kink
from playground.circuits.graph import Circuit, CircuitError
from playground.circuits.naming import differentiated, names
from playground.circuits.parser.expression import parse
from playground.circuits.passes import Evaluation, check_inputs, count_derivatives, evaluate, gradients
from playground.cli.parser import (
    COMMANDS,
    DONE,
    FAILED,
    CommandError,
    Parser,
    add_option,
    number,
    output_path,
    refusing,
    shortened,
)
from playground.exporters.circuit_svg import circuit_svg
from widgets.style.numbers import parse as parse_number

DESCRIPTION = """\
Compute an expression gate by gate, then go back through it: at every gate upstream × local =
downstream. Operators + - * / **, names, numbers, pi and the functions exp, log, sqrt, abs, sin,
cos, tanh, sigmoid, relu, leaky_relu, elu, softplus, gelu, silu, step, max, min, sum, log_sum_exp.
Values may be named and used again: "z = w * x; relu(z) + z"; "x = -2" gives an input its value.
At most 20,000 characters, 1,000 operators and commas, 100 levels of brackets."""

EXAMPLES = """\
examples:
  backprop-playground circuit "(x + y) * z" --set x=-2 --set y=5 --set z=-4
  backprop-playground circuit "max(x, y) * 2 + x" --set x=4 --set y=1 --json
  backprop-playground circuit "x = -2; y = 5; z = -4; q = x + y; f = q * z"
  backprop-playground circuit "x * y" --set x=3 --set y=-4 --upstream 2 --svg multiply.svg

keys of --json: value, gradients (by input name, in the order of the nodes with op "input"), nodes (id,
op, inputs, value, upstream, locals, downstream; null where a derivative does not exist), notes

"""
_HEADS = ("id", "gate", "name", "inputs", "value", "upstream", "local", "downstream")
_NEGATIVE = re.compile(r"^-[^-]")


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `circuit` to `subparsers`."""
    parser = subparsers.add_parser("circuit", help=COMMANDS["circuit"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    parser.add_argument("expression", metavar="EXPR", help="what to compute, in quotes")
    values = parser.add_argument_group("values")
    values.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="value of one input; repeat it"
    )
    add_option(values, "--upstream", number, 1.0, "X", "gradient that reaches the result")
    results = parser.add_argument_group("results")
    results.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    results.add_argument("--svg", default=None, metavar="FILE", help="draw the circuit with its numbers")
    # An expression may begin with a minus, as a negative number may; argparse asks this pattern, and nothing public.
    parser._negative_number_matcher = _NEGATIVE


def run(options: argparse.Namespace) -> int:
    """Do what `options` say; return the exit code.

    Raises
    ------
    CommandError
        For an expression, a value or a file that cannot be used.
    """
    path = None if options.svg is None else output_path("--svg", options.svg)
    try:
        circuit = parse(options.expression)
        inputs = _inputs(circuit, options.set)
        numbers = evaluate(circuit, inputs, options.upstream)
    except CircuitError as error:
        raise CommandError(str(error)) from None
    if path is not None:
        picture = circuit_svg(circuit, numbers, title=options.expression if len(options.expression) <= 120 else "")
        from playground.files import storage

        with refusing("--svg: ", FAILED):
            storage.write(path, picture.encode())
    if options.json:
        sys.stdout.write(json.dumps(report(circuit, numbers), indent=2, allow_nan=False) + "\n")
    else:
        sys.stdout.write(table(circuit, numbers) + "\n")
    return DONE


def report(circuit: Circuit, numbers: Evaluation) -> dict[str, object]:
    """Return what ``--json`` prints."""
    nodes = [
        {
            "id": i,
            "op": node.op,
            "inputs": list(node.inputs),
            "value": numbers.values[i],
            "upstream": numbers.gradients[i],
            "locals": list(numbers.locals[i]),
            "downstream": list(numbers.wires[i]),
        }
        for i, node in enumerate(circuit.nodes)
    ]
    return {
        "value": numbers.values[circuit.output],
        "gradients": gradients(circuit, numbers),
        "nodes": nodes,
        "notes": _notes(circuit, numbers),
    }


def table(circuit: Circuit, numbers: Evaluation) -> str:
    """Return the forward and backward table: a line per node, and one more for each further input of a gate."""
    called = names(circuit)
    rows: list[Sequence[str]] = [_HEADS]
    for i, node in enumerate(circuit.nodes):
        head = (str(i), node.op, called[i])
        shown = (_digits(numbers.values[i]), _digits(numbers.gradients[i]))
        wires = list(zip(node.inputs, numbers.locals[i], numbers.wires[i], strict=True))
        rows.append((*head, _wire(called, wires[:1])[0], *shown, *_wire(called, wires[:1])[1:]))
        rows += [("", "", "", *_wire(called, [wire])[:1], "", "", *_wire(called, [wire])[1:]) for wire in wires[1:]]
    widths = [max(len(row[k]) for row in rows) for k in range(len(_HEADS))]
    lines = ["  ".join(_aligned(cell, k, widths[k]) for k, cell in enumerate(row)).rstrip() for row in rows]
    backward, one_at_a_time = count_derivatives(circuit)
    result, of = called[circuit.output], differentiated(circuit, numbers.upstream)
    found = ", ".join(
        f"d{of}/d{name} does not exist" if value is None else f"d{of}/d{name} = {_digits(value)}"
        for name, value in gradients(circuit, numbers).items()
    )
    lines += ["", f"{result} = {_digits(numbers.values[circuit.output])}", *([found] if found else [])]
    lines += _notes(circuit, numbers)
    lines.append(f"{backward} local derivatives in one backward pass; {one_at_a_time} one input at a time")
    return "\n".join(lines)


def _notes(circuit: Circuit, numbers: Evaluation) -> list[str]:
    """Say which derivatives do not exist, and which are a convention because the curve has a corner."""
    called = names(circuit)
    notes = [str(error) for error in numbers.missing]
    for i, node in enumerate(circuit.nodes):
        won = numbers.winners[i]
        source = called[node.inputs[won or 0]] if node.inputs else ""
        if node.is_gate and (text := kink(node.op, [numbers.values[j] for j in node.inputs], source)):
            notes.append(f"gate {i} ({called[i]}): {text}")
    return notes


def _wire(called: Sequence[str], wires: Sequence[tuple[int, float | None, float | None]]) -> tuple[str, str, str]:
    if not wires:
        return "", "", ""
    source, local, downstream = wires[0]
    return called[source], _digits(local), _digits(downstream)


def _aligned(cell: str, column: int, width: int) -> str:
    return cell.ljust(width) if column in (1, 2, 3) else cell.rjust(width)


def _digits(x: float | None) -> str:
    return "-" if x is None else f"{x + 0.0:.10g}"


def _inputs(circuit: Circuit, given: Sequence[str]) -> dict[str, float]:
    """Read the values of ``--set``."""
    set_here: dict[str, float] = {}
    for text in given:
        name, sign, typed = text.partition("=")
        name = name.strip()
        if not sign or not name:
            raise CommandError("--set: expected NAME=VALUE, such as x=-2, got {found}", found=shortened(text))
        if name in set_here:
            raise CommandError("--set: {name} is given twice; give each input one value", name=name)
        set_here[name] = _value(name, typed)
    values = circuit.given | set_here
    try:
        check_inputs(circuit, values)
    except CircuitError as error:
        raise CommandError("--set: {error}", error=error) from None
    return values


def _value(name: str, typed: str) -> float:
    with refusing(f"--set: {name}: "):
        return parse_number(typed)
