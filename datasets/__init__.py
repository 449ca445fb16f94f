"""Points to learn from: frozen data sets and a table of seeded generators; NumPy only.

Inside the program one file imports this package: ``playground/document/catalogue.py``.
"""

from __future__ import annotations

from datasets.csv_export import csv_parts, to_csv
from datasets.dataset import Dataset
from datasets.generators.function_boundary import DEFAULT_TEXT as DEFAULT_FUNCTION
from datasets.generators.placement import Parameter
from datasets.generators.table import (
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
from datasets.imports.open_table import ImportTable, open_table
from datasets.imports.preview import ImportChoice, Preview, TableColumn
from datasets.imports.text_table import BadCellsError, Imported
from datasets.splits import split, split_at, thresholds, thresholds_of_new
from datasets.standardization import Standardization, standardization

#: Marks the package as ours: another, well-known one has the same name.
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
