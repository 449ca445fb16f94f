"""Points to learn from: frozen data sets and a table of seeded generators; NumPy only.

Inside the program one file imports this package: ``playground/session/catalogue.py``.
"""

from __future__ import annotations

from datasets.dataset import Dataset
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
from datasets.placing import Parameter
from datasets.splits import split

#: Says whose package this is: another, well-known one has the same name.
APPLICATION = "backprop-playground"

__all__ = [
    "APPLICATION",
    "DEFAULT_POINTS",
    "GENERATORS",
    "MAX_NOISE",
    "MAX_POINTS",
    "MAX_SEED",
    "MIN_POINTS",
    "Dataset",
    "Generator",
    "Parameter",
    "generator",
    "make",
    "split",
]
