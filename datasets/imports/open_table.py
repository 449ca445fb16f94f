"""The entry point for files: bytes in, a table with a preview out, whatever its format."""

from __future__ import annotations

from datasets.imports.array_table import ArrayTable, is_archive
from datasets.imports.text_table import TextTable

ImportTable = TextTable | ArrayTable


def open_table(data: bytes) -> ImportTable:
    """Return the table in the bytes of a CSV, TSV or NPZ file, recognized by their content, not by a name.

    Raises
    ------
    ValueError
        When there is no table in it; the message names the place and the cure.
    """
    return ArrayTable(data) if is_archive(data) else TextTable(data)
