"""Pictures of a view: PNG at one to four times its size, SVG, or the clipboard; from its heading and the File menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.files import storage
from widgets.style import style

if TYPE_CHECKING:
    from playground.app.window.main_window import MainWindow

SCALES = (1, 2, 3, 4)
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
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    storage.write(path, bytes(buffer.data().data()))


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


def views(window: MainWindow) -> dict[str, QWidget]:
    """Return what there is to see now, by its name: the network and every dock in sight."""
    found: dict[str, QWidget] = {"Network": window.panels.center}
    for dock in (*window.docks.values(), *window.views.docks.values()):
        body = dock.widget()
        if body is not None and dock.isVisible() and not body.visibleRegion().isEmpty():
            found[dock.windowTitle()] = body
    return found


def menu(window: MainWindow) -> QMenu:
    """Return the File menu's part, filled anew each time it opens, and give every heading the same on a right click."""
    made = QMenu("Save &picture of", window)
    made.aboutToShow.connect(lambda: _fill_with_views(window, made))
    heads: list[tuple[QWidget, str]] = [(window.panels.center.title, "Network")]
    heads += [(d.heading, d.windowTitle()) for d in (*window.docks.values(), *window.views.docks.values())]
    for heading, name in heads:
        heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heading.customContextMenuRequested.connect(
            lambda at, heading=heading, name=name: _open_menu(window, name, heading.mapToGlobal(at))
        )
    return made


def fill(window: MainWindow, into: QMenu, name: str, widget: QWidget) -> None:
    """Add to `into` what can be done with a picture of `widget`."""
    size = widget.size()
    for scale in SCALES:
        into.addAction(f"PNG, {scale}× ({_told(size * scale)})…", partial(_ask, window, name, widget, "png", scale))
    into.addAction("SVG drawing…", partial(_ask, window, name, widget, "svg", 1))
    into.addSeparator()
    into.addAction("Copy to the clipboard", partial(_copy, window, name, widget))


def _fill_with_views(window: MainWindow, made: QMenu) -> None:
    made.clear()
    for filled in made.findChildren(QMenu):  # which clear() leaves behind
        filled.deleteLater()
    for name, widget in views(window).items():
        fill(window, made.addMenu(name), name, widget)


def _open_menu(window: MainWindow, name: str, at: QPoint) -> None:
    widget = views(window).get(name)
    if widget is None:
        return
    opened = QMenu(window)
    opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    opened.addSection(f"Picture of {name}")
    fill(window, opened, name, widget)
    opened.popup(at)


def _ask(window: MainWindow, name: str, widget: QWidget, kind: str, scale: int) -> None:
    """Ask for a place, then write there; a dialog that does not hold up training."""
    dialog = QFileDialog(window, f"Save the picture of {name}")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)
    dialog.setNameFilter("PNG picture (*.png)" if kind == "png" else "SVG drawing (*.svg)")
    dialog.selectFile(f"{name.lower().replace(' ', '-')}.{kind}")
    dialog.fileSelected.connect(lambda path: write(window, widget, Path(path), scale))
    dialog.open()


def write(window: MainWindow, widget: QWidget, path: Path, scale: int = 1) -> None:
    """Write `widget` to `path` as its ending says, and tell what came of it."""
    try:
        if path.suffix.lower() == ".svg":
            save_svg(widget, path)
        else:
            save_png(widget, path, scale)
    except ValueError as error:
        window.files.refuse("Not saved", error)
        return
    window.session.note(f"Saved {path.name} in {path.parent}.")


def _copy(window: MainWindow, name: str, widget: QWidget) -> None:
    copy(widget)
    window.session.note(f"The picture of {name} is on the clipboard.")


def _told(size: QSize) -> str:
    return f"{size.width()} × {size.height()}"
