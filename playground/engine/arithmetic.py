"""How the program treats numbers that are too large, in one place for its window and its commands."""

from __future__ import annotations

import numpy as np


def let_overflow() -> None:
    """Let a number that is too large become ±∞ or NaN, without a warning of NumPy on the terminal.

    Any reading may meet such numbers: of weights that were set by hand, or where training diverges. Training looks for
    them itself and names the first of them.
    """
    np.seterr(all="ignore")
