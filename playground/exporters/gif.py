"""Animated GIF: a palette for each frame by median cut, only what changed, packed by LZW; NumPy and nothing else.

Reference: GIF89a specification, CompuServe 1990; Heckbert 1982 for median cut.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from playground.engine.messages import message
from playground.engine.slices import finish

Pixels = NDArray[np.uint8]
Indices = NDArray[np.uint8]

COLOURS = 256
MOST_SIDE = 4096
_BITS = 5  # a channel is cut to 32 levels to find the boxes; their colours are means of the full ones
_LEVELS = 1 << _BITS
_SLICE = 16_384
_CUTS = 16
_MOST_CODES = 4096
_BLOCK = 255


class GifWriter:
    """Turns frames into the bytes of a file, one frame at a time.

    Parameters
    ----------
    width, height : int
        Of every frame, 1 to 4096.
    loops : bool
        Whether the animation begins again at its end.

    Raises
    ------
    ValueError
        For a size outside its limits.
    """

    def __init__(self, width: int, height: int, *, loops: bool = True) -> None:
        if not (1 <= width <= MOST_SIDE and 1 <= height <= MOST_SIDE):
            raise ValueError(
                message(
                    "picture: expected sides of 1 to {most_side} pixels, got {width} × {height}",
                    most_side=MOST_SIDE,
                    width=width,
                    height=height,
                )
            )
        self.width, self.height, self._loops = width, height, loops
        self._before: Pixels | None = None

    def head(self) -> bytes:
        """Return how the file begins."""
        made = b"GIF89a" + struct.pack("<HHBBB", self.width, self.height, 0x70, 0, 0)
        return made + (b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00" if self._loops else b"")

    def frame(self, pixels: Pixels, seconds: float) -> bytes:
        """Return the next frame at once; see ``frame_in_slices``."""
        return finish(self.frame_in_slices(pixels, seconds))

    def frame_in_slices(self, pixels: Pixels, seconds: float) -> Generator[None, None, bytes]:
        """Return the next frame, shown for `seconds` (to 1/100 s); yields every few ms.

        Parameters
        ----------
        pixels : array, shape (height, width, 3), uint8
            Red, green, blue.

        Raises
        ------
        ValueError
            If its shape is not that of the file.
        """
        if pixels.shape != (self.height, self.width, 3):
            raise ValueError(
                message(
                    "frame: expected shape {expected}, got {shape}",
                    expected=(self.height, self.width, 3),
                    shape=pixels.shape,
                )
            )
        top, bottom, left, right = self._changed(pixels)
        self._before = pixels.copy()
        yield
        indices, palette = yield from quantized_in_slices(pixels[top:bottom, left:right])
        yield
        bits = max(2, (len(palette) - 1).bit_length())
        table = np.zeros((1 << bits, 3), dtype=np.uint8)
        table[: len(palette)] = palette
        delay = max(2, round(100.0 * seconds))
        packed = yield from lzw(indices.tobytes(), bits)
        return b"".join(
            [
                b"\x21\xf9\x04\x04" + struct.pack("<HBB", delay, 0, 0),
                b"\x2c" + struct.pack("<HHHHB", left, top, right - left, bottom - top, 0x80 | (bits - 1)),
                table.tobytes(),
                bytes([bits]),
                *_blocks(packed),
                b"\x00",
            ]
        )

    @staticmethod
    def tail() -> bytes:
        """Return how the file ends."""
        return b"\x3b"

    def _changed(self, pixels: Pixels) -> tuple[int, int, int, int]:
        """Return the box (top, bottom, left, right) of what is not as in the frame before; one pixel at least."""
        if self._before is None:
            return 0, self.height, 0, self.width
        different = (pixels != self._before).any(axis=2)
        rows, columns = np.flatnonzero(different.any(axis=1)), np.flatnonzero(different.any(axis=0))
        if not len(rows):
            return 0, 1, 0, 1
        return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def quantized_in_slices(pixels: Pixels) -> Generator[None, None, tuple[Indices, Pixels]]:
    """Return an index per pixel, and a palette (n, 3) of 256 colours at most; few colours are kept exactly.

    Yields every few ms.

    Parameters
    ----------
    pixels : array, shape (height, width, 3), uint8
    """
    wide = pixels.astype(np.uint32)
    packed = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    yield
    is_there = np.zeros(1 << 24, dtype=np.bool_)
    is_there[packed] = True
    yield
    n_colours = np.count_nonzero(is_there)
    if n_colours <= COLOURS:
        colours = np.flatnonzero(is_there)
        palette = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.uint8)
        return np.searchsorted(colours, packed).astype(np.uint8), palette
    yield
    levels = wide >> (8 - _BITS)
    cell = (levels[..., 0] << 2 * _BITS | levels[..., 1] << _BITS | levels[..., 2]).reshape(-1)
    counts = np.bincount(cell, minlength=_LEVELS**3)
    filled = np.flatnonzero(counts)
    yield
    box = yield from _boxes(filled, counts[filled])
    of_cell = np.zeros(_LEVELS**3, dtype=np.uint8)
    of_cell[filled] = box
    indices = of_cell[cell]
    size = np.bincount(indices, minlength=box.max() + 1)
    yield
    sums = []
    for k in range(3):
        sums.append(np.bincount(indices, weights=pixels[..., k].reshape(-1), minlength=len(size)))
        yield
    palette = np.rint(np.stack(sums, axis=1) / size[:, None]).astype(np.uint8)
    return indices.reshape(packed.shape), palette


def _boxes(cells: NDArray[np.intp], counts: NDArray[np.intp]) -> Generator[None, None, NDArray[np.intp]]:
    """Return the box of each filled cell: the box that spreads its pixels most is cut in two until there are 256."""
    place = np.stack([cells >> 2 * _BITS, cells >> _BITS & (_LEVELS - 1), cells & (_LEVELS - 1)], axis=1)
    boxes = [np.arange(len(cells))]
    spread = [_spread(place, counts, boxes[0])]
    while len(boxes) < COLOURS and max(spread) > 0:
        at = int(np.argmax(spread))
        members = boxes[at]
        side = place[members]
        axis = int(np.argmax(np.ptp(side, axis=0)))
        order = members[np.argsort(side[:, axis], kind="stable")]
        total = np.cumsum(counts[order])
        cut = int(np.searchsorted(total, total[-1] / 2.0))
        cut = min(max(cut, 1), len(order) - 1)
        boxes[at], spread[at] = order[:cut], _spread(place, counts, order[:cut])
        boxes.append(order[cut:])
        spread.append(_spread(place, counts, order[cut:]))
        if not len(boxes) % _CUTS:
            yield
    found = np.zeros(len(cells), dtype=np.intp)
    for index, members in enumerate(boxes):
        found[members] = index
    return found


def _spread(place: NDArray[np.intp], counts: NDArray[np.intp], members: NDArray[np.intp]) -> float:
    """Return how much a box is worth cutting: its longest side, weighted by its pixels."""
    if len(members) < 2:
        return 0.0
    longest = float(np.ptp(place[members], axis=0).max())
    return longest * longest * math.sqrt(float(counts[members].sum()))


def lzw(data: bytes, bits: int) -> Generator[None, None, bytes]:
    """Return `data`, whose bytes are below ``1 << bits``, packed as a GIF wants it (2 ≤ bits ≤ 8), in slices."""
    clear, end = 1 << bits, (1 << bits) + 1
    out = bytearray()
    table: dict[int, int] = {}
    width, following = bits + 1, end + 1
    held, count = clear, width  # bits on their way out
    prefix = data[0]
    for number, byte in enumerate(data[1:]):
        if not number % _SLICE:
            yield
        key = prefix << 8 | byte
        code = table.get(key)
        if code is not None:
            prefix = code
            continue
        held |= prefix << count
        count += width
        if following < _MOST_CODES:
            table[key] = following
            width += following == 1 << width
            following += 1
        else:
            held |= clear << count
            count += width
            table.clear()
            width, following = bits + 1, end + 1
        while count >= 8:
            out.append(held & 255)
            held >>= 8
            count -= 8
        prefix = byte
    held |= prefix << count
    count += width
    # The reader makes an entry of the last code, too, and may need a bit more for the end.
    width += following == 1 << width and width < 12
    held |= end << count
    count += width
    return bytes(out) + held.to_bytes((count + 7) // 8, "little")


def _blocks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _BLOCK):
        part = data[start : start + _BLOCK]
        yield bytes([len(part)]) + part
