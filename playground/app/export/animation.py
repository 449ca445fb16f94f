"""The training as an animated GIF: network and output side by side, drawn in slices."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from playground.app.export import pictures
from playground.exporters.gif import GifWriter
from playground.session.session import Session
from playground.training.replay import replay
from playground.training.run_memory import RunMemory
from widgets.style import numbers, style
from widgets.style.letting_go import let_go

SIZE = (1280, 760)
FRAME_SECONDS, LAST_SECONDS = 0.1, 2.0
_MOST_WIDTH = 960
_GAP = 12
_HEAD = 36
_POINTS = 10.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A window that is never on the screen, and the two widgets of it that the animation shows."""

    window: QWidget
    network: QWidget
    output: QWidget


Made = TypeVar("Made")
MakeStage = Callable[[Session, tuple[int, int]], Generator[None, None, Stage]]
"""Makes a window of this size for this session, step by step."""


def iterations(first: int, last: int, frames: int) -> list[int]:
    """Return the iterations that the frames show: dense at the beginning, where most happens, and the last one."""
    shares = np.linspace(0.0, 1.0, frames) ** 2
    return sorted({first + round(float(share) * (last - first)) for share in shares})


def animation(
    memory: RunMemory, first: int, last: int, frames: int, make_stage: MakeStage
) -> Generator[float, None, bytes]:
    """Yield the done share; return the file of the run of `memory` from iteration `first` to `last`.

    Past iterations are shown as they were, hand edits included; beyond the end of the run training continues.
    It stops early when a number is not finite. Cancelling (closing the generator) leaves nothing behind.

    Raises
    ------
    ValueError
        If the document cannot be trained, or `first` lies before the stored past of the run.
    """
    yield 0.0  # whoever shows the progress shows it before a window is made
    session = Session(memory.document)
    stage = yield from _sharing(make_stage(session, SIZE), 0.0)
    try:
        session.live.restore(memory)
        writer: GifWriter | None = None
        size: QSize | None = None
        made: list[bytes] = []
        wanted = iterations(first, last, frames)
        for number, iteration in enumerate(wanted):
            for _ in replay(session.run, iteration):
                yield number / len(wanted)
            is_last = iteration == last or session.run.divergence is not None
            session.announce_step()
            QApplication.sendPostedEvents()
            picture = _picture(stage, session)
            size = size or picture.size()
            pixels = _pixels(_fitted(picture, size))
            half = (number + 0.5) / len(wanted)  # drawing and packing take about as long
            yield half
            if writer is None:
                writer = GifWriter(pixels.shape[1], pixels.shape[0])
                made.append(writer.head())
            packing = writer.frame_in_slices(pixels, LAST_SECONDS if is_last else FRAME_SECONDS)
            made.append((yield from _sharing(packing, half)))
            yield (number + 1) / len(wanted)
            if is_last:
                break
        return b"".join([*made, GifWriter.tail()])
    finally:
        session.pause()
        let_go(stage.window)


def _sharing(work: Generator[None, None, Made], share: float) -> Generator[float, None, Made]:
    """Do `work`, which has reached `share` of the whole, and hand on what it makes."""
    with closing(work):
        while True:
            try:
                next(work)
            except StopIteration as end:
                made: Made = end.value
                return made
            yield share


def _picture(stage: Stage, session: Session) -> QImage:
    """Return network and output side by side below iteration and losses, no wider than fits a slide."""
    images = [pictures.picture(widget, 1) for widget in (stage.network, stage.output)]
    height = max(image.height() for image in images)
    width = sum(image.width() for image in images) + _GAP
    whole = QImage(width, height + _HEAD, QImage.Format.Format_RGB32)
    whole.fill(QColor(style.current().panel))
    with QPainter(whole) as painter:
        painter.setPen(QColor(style.current().text))
        painter.setFont(style.mono(_POINTS))
        painter.drawText(QRect(_GAP, 0, width - 2 * _GAP, _HEAD), Qt.AlignmentFlag.AlignVCenter, _words(session))
        left = 0
        for image in images:
            painter.drawImage(left, _HEAD + (height - image.height()) // 2, image)
            left += image.width() + _GAP
    if width <= _MOST_WIDTH:
        return whole
    return whole.scaledToWidth(_MOST_WIDTH, Qt.TransformationMode.SmoothTransformation)


def _fitted(image: QImage, size: QSize) -> QImage:
    """Return `image` in the middle of a picture of `size`, that of the first: the type may change while it is drawn."""
    if image.size() == size:
        return image
    fitting = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    whole = QImage(size, QImage.Format.Format_RGB32)
    whole.fill(QColor(style.current().panel))
    with QPainter(whole) as painter:
        painter.drawImage((size.width() - fitting.width()) // 2, (size.height() - fitting.height()) // 2, fitting)
    return whole


def _words(session: Session) -> str:
    losses = session.snapshot().losses
    iteration = numbers.grouped(session.run.iteration, 6)
    train, test = numbers.live(losses.train), numbers.live(losses.test)
    return f"iteration {iteration}    train data loss {train}    test data loss {test}"


def _pixels(image: QImage) -> NDArray[np.uint8]:
    """Return the red, green and blue of an image, (height, width, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    return rows[:, : plain.width(), :3].copy()
