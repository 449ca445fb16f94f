"""Values of an import: a table before it is read, and how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnKind = Literal["number", "text", "empty"]
ImportTask = Literal["classes", "regression"]


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column of a table: its name, what its cells are, and a few of them in words."""

    name: str
    kind: ColumnKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A table before it is read."""

    source: str = ""  # the file's name
    form: str = ""  # encoding, delimiter and header in words
    columns: tuple[ImportColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # the first rows as they are written
    notes: tuple[str, ...] = ()  # what the user should know, one sentence each


@dataclass(frozen=True, slots=True)
class ImportForm:
    """What the user chose: the columns to learn from, the column to learn, and how."""

    features: tuple[int, ...] = ()
    target: int = -1
    task: ImportTask = "classes"
    standardize: bool = False
    skip_bad: bool = False
