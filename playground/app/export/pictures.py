"""Pictures of a widget: PNG at a multiple of its size, SVG, or the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from playground.files import storage
from widgets.style import style

DOTS_PER_INCH = 96


def picture(widget: QWidget, scale: int) -> QImage:
    """Return `widget` painted at `scale` times its size, text and lines as sharp as that allows."""
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(style.current().panel))
    widget.render(image, QPoint())
    return image


def save(widget: QWidget, path: Path, scale: int) -> None:
    """Write a picture of `widget` in the format of the ending, whole or not at all: SVG, or PNG at `scale`.

    Raises
    ------
    ValueError
        When the file cannot be written.
    """
    storage.write(path, svg(widget) if path.suffix.lower() == ".svg" else png(picture(widget, scale)))


def png(image: QImage) -> bytes:
    """Return `image` as a PNG file."""
    buffer = _buffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def svg(widget: QWidget) -> bytes:
    """Return `widget` as an SVG file: text and lines as they are, maps and points as pictures inside."""
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    buffer = _buffer()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setResolution(DOTS_PER_INCH)
    generator.setTitle(widget.accessibleName() or "Backprop Playground")
    with QPainter(generator) as painter:
        painter.fillRect(QRect(QPoint(), widget.size()), QColor(style.current().panel))
        widget.render(painter, QPoint())
    return bytes(buffer.data().data())


def copy(widget: QWidget) -> None:
    """Put a picture at twice the size on the clipboard."""
    QGuiApplication.clipboard().setImage(picture(widget, 2))


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
