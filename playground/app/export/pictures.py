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


def save_png(widget: QWidget, path: Path, scale: int) -> None:
    """Write a PNG.

    Raises
    ------
    ValueError
        When the file cannot be written.
    """
    write_png(picture(widget, scale), path)


def write_png(image: QImage, path: Path) -> None:
    """Write `image`, whole or not at all.

    Raises
    ------
    ValueError
        When the file cannot be written.
    """
    storage.write(path, png(image))


def png(image: QImage) -> bytes:
    """Return `image` as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def save_svg(widget: QWidget, path: Path) -> None:
    """Write an SVG, whole or not at all: text and lines as they are, maps and points as pictures inside.

    Raises
    ------
    ValueError
        When the file cannot be written.
    """
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setResolution(DOTS_PER_INCH)
    generator.setTitle(widget.accessibleName() or "Backprop Playground")
    painter = QPainter(generator)
    painter.fillRect(QRect(QPoint(), widget.size()), QColor(style.current().panel))
    widget.render(painter, QPoint())
    painter.end()
    storage.write(path, bytes(buffer.data().data()))


def copy(widget: QWidget) -> None:
    """Put a picture at twice the size on the clipboard."""
    QGuiApplication.clipboard().setImage(picture(widget, 2))
