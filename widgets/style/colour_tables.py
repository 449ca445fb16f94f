"""Tables of colours that turn indices into pixels: diverging ones for values and gradients, one for classes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from widgets.style import style


@lru_cache(maxsize=8)
def diverging_table(negative: str, middle: str, positive: str) -> NDArray[np.uint32]:
    """Return 256 RGB32 entries: 0 is full negative, 128 zero, 255 full positive; shape (256,)."""
    ends = [np.array(style.rgb(c), dtype=np.float64) for c in (negative, middle, positive)]
    level = (np.arange(256) - 128.0) / 127.5
    share = np.clip(np.abs(level), 0.0, 1.0)[:, None]
    end = np.where(level[:, None] < 0, ends[0], ends[2])
    return _pack(ends[1] * (1.0 - share) + end * share)


def channels(table: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return RGB32 entries as their red, green and blue; shape (n, 3)."""
    return np.stack([table >> shift & 255 for shift in (16, 8, 0)], axis=1).astype(np.uint8)


@lru_cache(maxsize=8)
def class_table(colours: tuple[str, ...], middle: str) -> NDArray[np.uint32]:
    """Return RGB32 entries for index = class * 256 + sureness (0..255); shape (256 * n_classes,)."""
    share = np.linspace(0.0, 1.0, 256)[:, None]
    base = np.array(style.rgb(middle), dtype=np.float64)
    rows = [base * (1.0 - share) + np.array(style.rgb(c), dtype=np.float64) * share for c in colours]
    return _pack(np.concatenate(rows))


def value_table() -> NDArray[np.uint32]:
    """Return the diverging table of values in the current theme."""
    theme = style.current()
    return diverging_table(theme.negative, theme.middle, theme.positive)


def gradient_table() -> NDArray[np.uint32]:
    """Return the diverging table of gradients in the current theme."""
    theme = style.current()
    return diverging_table(theme.gradient_negative, theme.middle, theme.gradient_positive)


def _pack(rgb: NDArray[np.float64]) -> NDArray[np.uint32]:
    parts = np.rint(rgb).astype(np.uint32)
    red, green, blue = parts[:, 0], parts[:, 1], parts[:, 2]
    return (np.uint32(0xFF000000) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue).astype(np.uint32)
