"""The GIF encoder: Qt reads back every pixel of every frame."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from playground.engine.slices import finish
from playground.exporters import gif
from playground.exporters.gif import GifWriter, quantized_in_slices


def encoded(frames: list[np.ndarray], seconds: float = 0.1) -> bytes:
    height, width = frames[0].shape[:2]
    writer = GifWriter(width, height)
    return writer.head() + b"".join(writer.frame(frame, seconds) for frame in frames) + writer.tail()


def decoded(data: bytes) -> tuple[list[np.ndarray], list[int], int]:
    """Pixels and delays (ms) of all frames, and how often it loops."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"gif"))
    frames, delays = [], []
    while True:
        image = reader.read()
        if image.isNull():
            return frames, delays, reader.loopCount()
        image = image.convertToFormat(QImage.Format.Format_RGBX8888)
        rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        frames.append(rows[:, : image.width(), :3].copy())
        delays.append(reader.nextImageDelay())


def few_colours(rng: np.random.Generator, height: int, width: int, colours: int) -> np.ndarray:
    palette = rng.integers(0, 256, (colours, 3), dtype=np.uint8)
    return palette[rng.integers(0, colours, (height, width))]


@pytest.mark.parametrize(
    ("height", "width", "colours"),
    [(1, 1, 1), (1, 2, 2), (3, 1, 2), (7, 11, 3), (40, 50, 5), (64, 64, 17), (200, 300, 256), (90, 91, 128)],
)
def test_a_frame_of_few_colours_is_read_back_to_the_pixel(height: int, width: int, colours: int) -> None:
    frame = few_colours(np.random.default_rng(height + width), height, width, colours)
    frames, *_ = decoded(encoded([frame]))
    assert len(frames) == 1
    np.testing.assert_array_equal(frames[0], frame)


@pytest.mark.parametrize("length", [*range(1, 40), *range(250, 262), *range(505, 520), *range(4080, 4097)])
def test_every_length_of_a_row_ends_well(length: int) -> None:
    """Noise makes a new code at almost every pixel, so these lengths end around each change of the code's width."""
    frame = few_colours(np.random.default_rng(length), 1, length, 4)
    frames, *_ = decoded(encoded([frame]))
    np.testing.assert_array_equal(frames[0], frame)


def test_flat_and_repeating_pictures_are_read_back_and_small() -> None:
    flat = np.full((300, 400, 3), 77, dtype=np.uint8)
    stripes = flat.copy()
    stripes[:, ::2] = 200
    frames, *_ = decoded(encoded([flat, stripes]))
    np.testing.assert_array_equal(frames[0], flat)
    np.testing.assert_array_equal(frames[1], stripes)
    assert len(encoded([flat])) < 1500


def test_frames_that_change_in_part_keep_the_rest() -> None:
    rng = np.random.default_rng(1)
    frames = [few_colours(rng, 50, 60, 20)]
    for k in range(4):
        later = frames[-1].copy()
        later[5 * k : 5 * k + 9, 10 : 20 + k] = few_colours(rng, 9, 10 + k, 6)
        frames.append(later)
    frames.append(frames[-1])
    found, delays, loops = decoded(encoded(frames, 0.25))
    assert len(found) == len(frames)
    for one, other in zip(found, frames, strict=True):
        np.testing.assert_array_equal(one, other)
    assert delays[:-1] == [250] * 5
    assert loops == -1


def test_many_colours_come_near() -> None:
    x, y = np.meshgrid(np.linspace(0, 255, 200), np.linspace(0, 255, 150))
    frame = np.stack([x, y, 255 - x], axis=2).astype(np.uint8)
    (found,), *_ = decoded(encoded([frame]))
    error = np.abs(found.astype(int) - frame.astype(int))
    assert error.mean() < 5.0
    assert error.max() < 40


def test_a_palette_never_has_more_than_256_colours() -> None:
    frame = np.random.default_rng(0).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    indices, palette = finish(quantized_in_slices(frame))
    assert len(palette) == 256
    assert int(indices.max()) == 255


def test_few_colours_are_kept_in_order() -> None:
    frame = few_colours(np.random.default_rng(2), 40, 30, 200)
    indices, palette = finish(quantized_in_slices(frame))
    np.testing.assert_array_equal(palette[indices], frame)
    np.testing.assert_array_equal(palette, np.unique(frame.reshape(-1, 3), axis=0))


def test_a_palette_is_found_a_few_boxes_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = [0]
    look = gif._spread

    def counted(*box: NDArray[np.intp]) -> float:
        looks[-1] += 1
        return look(*box)

    monkeypatch.setattr(gif, "_spread", counted)
    frame = np.random.default_rng(0).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    for _ in quantized_in_slices(frame):
        looks.append(0)
    assert max(looks) <= 2 * gif._CUTS + 1
    assert sum(looks) > 256


def test_a_size_that_no_gif_should_have_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 4096"):
        GifWriter(0, 10)
    with pytest.raises(ValueError, match=r"expected shape \(2, 3, 3\)"):
        GifWriter(3, 2).frame(np.zeros((3, 2, 3), dtype=np.uint8), 0.1)
