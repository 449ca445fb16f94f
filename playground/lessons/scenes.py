"""Scenes: the document that a scene describes, alone or as a change of the one before."""

from __future__ import annotations

import numpy as np

from playground.document.data_choice import with_table
from playground.document.document import Document
from playground.document.own_data import Table
from playground.document.words import document_of
from playground.engine.messages import message
from playground.engine.spec import MAX_CLASSES
from playground.lessons.lesson import PREVIOUS, Scene

MOST_EXAMPLES = 500
MOST_INPUTS = 100


def document_of_scene(scene: Scene, before: Document | None = None) -> Document:
    """Return the document that the words of `scene` make of `before`, or of the first start.

    A scene with a file of its own has no words: whoever can open files takes its document from there.

    Raises
    ------
    ValueError
        It begins with the word, and says the cure.
    """
    base = before if scene.document == PREVIOUS and before is not None else Document()
    if scene.table is not None:
        base = with_table(scene.table)(base)
    return document_of(dict(scene.words), base)


def table_of(rows: object, *, are_classes: bool) -> Table:
    """Return the table of `rows`, each the inputs of an example with its class, counted from 0, or its value last.

    Raises
    ------
    ValueError
        A sentence with what would do.
    """
    expected = "rows of numbers such as [[0, 1, 0], [1, 1, 1]], the class or the value last"
    if not isinstance(rows, list) or not 2 <= len(rows) <= MOST_EXAMPLES:
        raise ValueError(message("expected 2 to {most} {expected}", most=MOST_EXAMPLES, expected=expected))
    lengths = {len(row) if isinstance(row, list) else 0 for row in rows}
    numbers = [one for row in rows if isinstance(row, list) for one in row]
    if len(lengths) != 1 or not 2 <= min(lengths) <= MOST_INPUTS:
        raise ValueError(message("expected {expected}, all of one length", expected=expected))
    if not all(type(one) in (int, float) and -1e100 <= one <= 1e100 for one in numbers):
        raise ValueError(message("expected {expected}; something else is among them", expected=expected))
    array = np.array(rows, dtype=np.float64)
    targets = np.ascontiguousarray(array[:, -1])
    n_classes = int(targets.max()) + 1 if are_classes and targets.min() >= 0 else 0
    if are_classes and not (2 <= n_classes <= MAX_CLASSES and np.equal(targets, np.floor(targets)).all()):
        template = 'expected classes 0 to at most {most} as the last numbers; for values add targets = "values"'
        raise ValueError(message(template, most=MAX_CLASSES - 1))
    return Table(np.ascontiguousarray(array[:, :-1]), targets, n_classes)
