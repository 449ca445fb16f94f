"""The entry point for files: bytes in, a table with a preview out, whatever its format."""

from __future__ import annotations

from datasets.imports.array_table import ArrayTable, is_array
from datasets.imports.cell_table import CellTable
from datasets.imports.containers import archive_names, is_workbook, require_table, unpacked
from datasets.imports.encoding import decode
from datasets.imports.record_source import is_records, record_source
from datasets.imports.table_format import GUESSED, TableFormat
from datasets.imports.text_source import text_source
from datasets.imports.workbook_source import workbook_source

ImportTable = CellTable | ArrayTable


def open_table(data: bytes, wanted: TableFormat = GUESSED) -> ImportTable:
    """Return the table in the bytes of a file, recognized by their content, not by a name.

    What `wanted` says of the format is taken from there; all else is guessed.

    Raises
    ------
    ValueError
        When there is no table in it; the message names the place and the cure.
    """
    data, note = unpacked(data)
    notes = (note,) if note else ()
    names = archive_names(data)
    if is_workbook(data, names):
        return CellTable(workbook_source(data, wanted.sheet), wanted, notes)
    if names or is_array(data):
        return ArrayTable(data, notes)
    require_table(data)
    found = decode(data, wanted.encoding)
    source = record_source(found) if is_records(found.text) else text_source(found, wanted)
    return CellTable(source, wanted, notes)
