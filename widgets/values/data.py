"""Values of the data panel: the gallery, and the settings of the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.values.keys import Floats
from widgets.values.training import NumberField

MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class GalleryItem:
    """One picture of the data gallery: positions (n, 2), class of each (n,), or levels −1…1 for regression."""

    key: str
    label: str
    tooltip: str
    positions: Floats
    classes: NDArray[np.int64]
    n_classes: int = 2
    levels: Floats | None = None


@dataclass(frozen=True, slots=True)
class DataForm:
    """What the data panel shows: which data set, and the settings under the names it reports them by.

    Attributes
    ----------
    extras, extra_values
        Settings of this data set alone, and their values in the same order.
    """

    dataset: str = ""
    noise: float = 0.1
    n_points: int = 200
    train_share: float = 0.5
    batch_size: int = 16
    note: str = ""
    extras: tuple[NumberField, ...] = ()
    extra_values: tuple[float, ...] = ()
    function: str | None = None  # the typed function, for data that take one
    # How many points can be asked for, and `most_reason` why not more; both are the program's own unless given.
    most_points: int = MOST_POINTS
    most_reason: str = ""
    fixed: tuple[str, ...] = ()  # keys of settings that these data do not have, and `reason` why
    reason: str = ""
    standardized: bool | None = None  # whether `scaled`, such as the inputs, are standardized; None: cannot be
    scaled: str = "inputs"
    scaling: tuple[str, ...] = ()  # mean and deviation of each
