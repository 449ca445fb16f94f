"""The one door to `datasets`.

Another, well-known package is called `datasets` too. What we get must be ours; anything else is
refused here, with its place and the cure.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasets.imports.columns import TableColumn as TableColumn
    from datasets.imports.imported import BadCellsError as BadCellsError
    from datasets.imports.imported import Imported as Imported
    from datasets.imports.open_table import ImportTable as ImportTable
    from datasets.imports.open_table import open_table as open_table
    from datasets.imports.preview import ImportChoice as ImportChoice
    from datasets.imports.preview import Preview as Preview
    from datasets.imports.table_format import DELIMITERS as DELIMITERS
    from datasets.imports.table_format import ENCODINGS as ENCODINGS
    from datasets.imports.table_format import GUESSED as GUESSED
    from datasets.imports.table_format import QUOTES as QUOTES
    from datasets.imports.table_format import TableFormat as TableFormat

try:
    from datasets import APPLICATION as APPLICATION
    from datasets.checks import marked as marked
    from datasets.checks import visible as visible
    from datasets.csv_export import csv_parts as csv_parts
    from datasets.dataset import Dataset as Dataset
    from datasets.generators.function_boundary import DEFAULT_FUNCTION as DEFAULT_FUNCTION
    from datasets.generators.placement import Parameter as Parameter
    from datasets.generators.table import DEFAULT_POINTS as DEFAULT_POINTS
    from datasets.generators.table import GENERATORS as GENERATORS
    from datasets.generators.table import MAX_POINTS as MAX_POINTS
    from datasets.generators.table import Generator as Generator
    from datasets.generators.table import generator as generator
    from datasets.generators.table import make as make
    from datasets.imports.containers import TABLE_SUFFIXES as TABLE_SUFFIXES
    from datasets.imports.containers import is_table_name as is_table_name
    from datasets.splits import split as split
    from datasets.splits import split_at as split_at
    from datasets.splits import thresholds as thresholds
    from datasets.splits import thresholds_of_new as thresholds_of_new
    from datasets.standardization import Standardization as Standardization
    from datasets.standardization import standardization as standardization
except ImportError as error:
    _spec = find_spec("datasets")
    _places = [*(_spec.submodule_search_locations or []), _spec.origin or ""] if _spec else ["nothing"]
    raise ImportError(
        f"Backprop Playground needs its own package `datasets`, but found {_places[0]} ({error}). "
        "Start it with `python3 run.py`, which uses an environment of its own, "
        "or uninstall the other package called datasets from this environment."
    ) from error

_OF_IMPORTS = {
    "TableColumn": "columns",
    "BadCellsError": "imported",
    "Imported": "imported",
    "ImportTable": "open_table",
    "open_table": "open_table",
    "ImportChoice": "preview",
    "Preview": "preview",
    "DELIMITERS": "table_format",
    "ENCODINGS": "table_format",
    "GUESSED": "table_format",
    "QUOTES": "table_format",
    "TableFormat": "table_format",
}
"""What reads tables, by the module of ``datasets.imports``: loaded when it is first asked for."""


def __getattr__(name: str) -> object:
    """Return `name` of what reads tables."""
    if name not in _OF_IMPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"datasets.imports.{_OF_IMPORTS[name]}"), name)
    globals()[name] = found
    return found
