"""A brick as code: forward() and backward() of the shown layer, what it keeps, and the present numbers beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.app.views.tensors.reading import BrickKey, Letter, Read, example_names, is_known, letters
from playground.exporters import brick_code
from playground.exporters.brick_code import CodeLine
from playground.training.snapshot import Snapshot
from playground.training.step_cursor import StepCursor
from widgets.style import numbers
from widgets.values.tensors import BrickCode, BrickLine
from widgets.values.veil import HIDDEN_TEXT

MOST_NUMBERS, MOST_IN_TIP = 3, 16


def code_of(snapshot: Snapshot, key: BrickKey) -> tuple[CodeLine, ...]:
    """Return the code of brick `key`."""
    layout = snapshot.network.layers[key.layer - 1]
    if key.kind == "linear":
        return brick_code.linear_code()
    if key.kind == "activation":
        return brick_code.activation_code(layout)
    if key.kind == "dropout":
        return brick_code.dropout_code()
    return brick_code.loss_code(snapshot.document.training.loss, len(snapshot.pending.indices))


def code(snapshot: Snapshot, brick: str, cursor: StepCursor | None = None, read: Read = letters) -> BrickCode:
    """Return the code of `brick` with the numbers of the pending batch that are known to `cursor`."""
    key = BrickKey.parse(brick)
    found = {letter.name: letter for letter in read(snapshot, key) if is_known(key, letter.name, cursor)}
    lines = code_of(snapshot, key)
    first, *rest = (_line(line, found) for line in lines)
    examples = example_names(snapshot)
    row = examples[0] if examples else "row 1"
    head = BrickLine(first.text, f"shape, and {row}")
    return BrickCode((head, *rest), brick_code.script(lines))


def _line(line: CodeLine, found: Mapping[str, Letter]) -> BrickLine:
    if line.keeps:
        kept = [f"{name} {_shape(found[name])}" for name in line.keeps if name in found]
        return BrickLine(line.text, f"keeps {', '.join(kept)}" if kept else "")
    letter = found.get(line.computes)
    if letter is None:
        return BrickLine(line.text)
    short, long = _row(letter, numbers.four, MOST_NUMBERS), _row(letter, numbers.full, MOST_IN_TIP)
    shown = f"{_shape(letter)} {' '.join(short)}"
    tip = f"{letter.name}[{letter.rows[0] if letter.rows else 'row 1'}] = ({', '.join(long)})"
    return BrickLine(line.text, shown, "gradient" if letter.is_gradient else "value", tip)


def _row(letter: Letter, write: Callable[[float], str], most: int) -> list[str]:
    """Return the first row, or its head; what is hidden is left open."""
    row = enumerate(letter.values[0].tolist())
    texts = [HIDDEN_TEXT if (0, column) in letter.blanks else write(number) for column, number in row]
    return texts if len(texts) <= most else [*texts[:most], "…"]


def _shape(letter: Letter) -> str:
    return f"[{'×'.join(map(str, letter.values.shape))}]"
