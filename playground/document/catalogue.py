"""The one door to `datasets`.

Another, well-known package is called `datasets` too. What we get must be ours; anything else is
refused here, with its place and the cure.
"""

from __future__ import annotations

from importlib.util import find_spec

try:
    from datasets import (
        APPLICATION,
        DEFAULT_FUNCTION,
        GENERATORS,
        MAX_POINTS,
        BadCellsError,
        Dataset,
        Generator,
        ImportChoice,
        Imported,
        ImportTable,
        Parameter,
        Preview,
        Standardization,
        csv_parts,
        generator,
        make,
        open_table,
        split,
        split_at,
        standardization,
        thresholds,
        thresholds_of_new,
        to_csv,
    )
except ImportError as error:
    _spec = find_spec("datasets")
    _places = [*(_spec.submodule_search_locations or []), _spec.origin or ""] if _spec else ["nothing"]
    raise ImportError(
        f"Backprop Playground needs its own package `datasets`, but found {_places[0]} ({error}). "
        "Start it with `python3 run.py`, which uses an environment of its own, "
        "or uninstall the other package called datasets from this environment."
    ) from error

__all__ = [
    "APPLICATION",
    "DEFAULT_FUNCTION",
    "GENERATORS",
    "MAX_POINTS",
    "BadCellsError",
    "Dataset",
    "Generator",
    "ImportChoice",
    "ImportTable",
    "Imported",
    "Parameter",
    "Preview",
    "Standardization",
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
