"""A brick of the layer view as code: forward() and backward() of one layer in NumPy, in the letters of its tensors.

The texts come from the engine's tables and from the script export, so that what is read here is what is computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.losses import LOSSES
from playground.engine.network import LayerLayout
from playground.exporters.numpy_script import HELPERS, LOSS_CODE
from playground.exporters.script_parts import filled


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line of code, and the tensors that stand beside it: those that it computes, or keeps for the backward."""

    text: str
    computes: str = ""
    keeps: tuple[str, ...] = ()


def linear_code() -> tuple[CodeLine, ...]:
    """Return the code of Y = X·W + b."""
    return _brick(
        "Linear",
        ("X", "W", "b"),
        (CodeLine("Y = X @ W + b", "Y"),),
        ("X", "W"),
        "dY",
        (
            CodeLine("dX = dY @ W.T", "dX"),
            CodeLine("dW = X.T @ dY", "dW"),
            CodeLine("db = dY.sum(0, keepdims=True)", "db"),
        ),
    )


def activation_code(layer: LayerLayout) -> tuple[CodeLine, ...]:
    """Return the code of A = f(Y)."""
    if layer.is_maxout:
        return _maxout(layer.pieces)
    entry = ACTIVATIONS[layer.activation]
    value, local = (_lettered(filled(text, layer.spec), z="Y", a="A") for text in entry.numpy)
    kept = tuple(letter for letter in ("Y", "A") if re.search(rf"\b{letter}\b", local)) or ("Y",)
    return _brick(
        entry.label,
        ("Y",),
        (CodeLine(f"A = {value}", "A"),),
        kept,
        "dA",
        (CodeLine(f"dY = dA * ({local})", "dY"),),
    )


def _maxout(pieces: int) -> tuple[CodeLine, ...]:
    return _brick(
        MAXOUT.label,
        ("Y",),
        (CodeLine(f"pieces = Y.reshape(len(Y), {pieces}, -1)"), CodeLine("A = pieces.max(axis=1)", "A")),
        ("pieces",),
        "dA",
        (
            CodeLine("winner = pieces.argmax(axis=1)[:, None]  # the first at a tie"),
            CodeLine(f"won = winner == np.arange({pieces})[:, None]"),
            CodeLine("dY = (dA[:, None] * won).reshape(len(dA), -1)", "dY"),
        ),
    )


def dropout_code() -> tuple[CodeLine, ...]:
    """Return the code of D = A ⊙ M."""
    return _brick(
        "Dropout",
        ("A", "M"),
        (CodeLine("D = A * M  # M is 0, or 1 / (1 − p)", "D"),),
        ("M",),
        "dD",
        (CodeLine("dA = dD * M", "dA"),),
    )


def loss_code(name: str, n: int) -> tuple[CodeLine, ...]:
    """Return the code of the loss `name` over a batch of `n` examples."""
    value, slope = (_lettered(text, scores="S", targets="T").splitlines() for text in LOSS_CODE[name])
    forward = [*value[:-1], f"L = {value[-1].removeprefix('return ')}"]
    return _brick(
        LOSSES[name].label,
        ("S", "T"),
        (*(CodeLine(text) for text in forward[:-1]), CodeLine(forward[-1], "L")),
        ("S", "T"),
        "",
        (
            *(CodeLine(text) for text in slope[:-1]),
            CodeLine(f"dS = ({slope[-1].removeprefix('return ')}) / {n}", "dS"),
        ),
        returns=f"L.sum() / {n}",
    )


def script(lines: tuple[CodeLine, ...]) -> str:
    """Return the lines as text that runs."""
    return "\n".join(
        ["import numpy as np", *(["import math"] if _uses(lines, "math.") else []), "", *_texts(lines), ""]
    )


def _brick(
    label: str,
    takes: tuple[str, ...],
    forward: tuple[CodeLine, ...],
    kept: tuple[str, ...],
    upstream: str,
    backward: tuple[CodeLine, ...],
    returns: str = "",
) -> tuple[CodeLine, ...]:
    """Return a class with forward(), which keeps what backward() needs."""
    gradients = [line.computes for line in backward if line.computes]
    inside = [
        CodeLine(f"def forward(self, {', '.join(takes)}):"),
        *(CodeLine(f"    {line.text}", line.computes) for line in forward),
        CodeLine(f"    self.cache = {', '.join(kept)}", keeps=kept),
        CodeLine(f"    return {returns or forward[-1].computes}"),
        CodeLine(""),
        CodeLine(f"def backward({', '.join(part for part in ('self', upstream) if part)}):"),
        CodeLine(f"    {', '.join(kept)} = self.cache"),
        *(CodeLine(f"    {line.text}", line.computes) for line in backward),
        CodeLine(f"    return {', '.join(gradients)}"),
    ]
    name = "".join(part[:1].upper() + part[1:] for part in re.findall(r"\w+", label))
    lines = (
        CodeLine(f"class {name}:"),
        *(CodeLine(f"    {ln.text}" if ln.text else "", ln.computes, ln.keeps) for ln in inside),
    )
    helpers = [code for called, code in HELPERS.items() if _uses(lines, f"{called}(")]
    return (*lines, *(CodeLine(text) for code in helpers for text in ("", *code.strip().splitlines())))


def _lettered(text: str, **letters: str) -> str:
    """Return `text` with other names for its variables."""
    for name, letter in letters.items():
        text = re.sub(rf"\b{name}\b", letter, text)
    return text


def _texts(lines: tuple[CodeLine, ...]) -> list[str]:
    return [line.text for line in lines]


def _uses(lines: tuple[CodeLine, ...], what: str) -> bool:
    return any(what in line.text for line in lines)
