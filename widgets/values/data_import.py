"""Values of an import: a table before it is read, and how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from widgets.values.keys import Choice

ColumnKind = Literal["number", "text", "boolean", "empty"]
ImportTask = Literal["classes", "regression"]


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column of a table.

    Attributes
    ----------
    name, kind : str
    detail : str
        A few of its cells, and how they become numbers.
    can_be_input : bool
        Whether it can be learned from.
    reason : str
        Why it is not suggested as an input; empty where it is.
    """

    name: str
    kind: ColumnKind
    detail: str = ""
    can_be_input: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportOption:
    """One thing that was guessed about a file and can be chosen: from `choices`, or typed where there are none."""

    key: str
    label: str
    tooltip: str
    current: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A table before it is read."""

    source: str = ""  # the file's name
    form: str = ""  # encoding, delimiter and header in words
    columns: tuple[ImportColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # the first rows as they are written
    notes: tuple[str, ...] = ()  # what the user should know, one sentence each
    options: tuple[ImportOption, ...] = ()  # how the file is written


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What the user chose: the columns to learn from, the column to learn, and how."""

    features: tuple[int, ...] = ()
    target: int = -1
    task: ImportTask = "classes"
    standardize: bool = False
    skip_bad: bool = False
