"""Points to learn from: frozen data sets and a table of seeded generators; NumPy only.

Inside the program one file imports this package: ``playground/document/catalogue.py``.
"""

from __future__ import annotations

from datasets.dataset import Dataset
from datasets.function_boundary import DEFAULT_TEXT as DEFAULT_FUNCTION
from datasets.generators import (
    DEFAULT_POINTS,
    GENERATORS,
    MAX_NOISE,
    MAX_POINTS,
    MAX_SEED,
    MIN_POINTS,
    Generator,
    generator,
    make,
)
from datasets.imports.imports import ImportTable, open_table
from datasets.imports.table_export import csv_parts, to_csv
from datasets.imports.table_import import BadCellsError, Imported
from datasets.imports.table_preview import ImportChoice, Preview, TableColumn
from datasets.placing import Parameter
from datasets.splits import split, split_at, thresholds, thresholds_of_new
from datasets.standardization import Standardization, standardization

#: Says whose package this is: another, well-known one has the same name.
APPLICATION = "backprop-playground"

__all__ = [
    "APPLICATION",
    "DEFAULT_FUNCTION",
    "DEFAULT_POINTS",
    "GENERATORS",
    "MAX_NOISE",
    "MAX_POINTS",
    "MAX_SEED",
    "MIN_POINTS",
    "BadCellsError",
    "Dataset",
    "Generator",
    "ImportChoice",
    "ImportTable",
    "Imported",
    "Parameter",
    "Preview",
    "Standardization",
    "TableColumn",
    "csv_parts",
    "generator",
    "make",
    "open_table",
    "split",
    "split_at",
    "standardization",
    "thresholds",
    "thresholds_of_new",
    "to_csv",
]
