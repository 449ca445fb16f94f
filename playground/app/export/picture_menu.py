"""PictureMenu: pictures of every visible view, from the *File* menu and from a right click on its heading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from playground.app.export import pictures
from playground.app.notices import Notices
from playground.files.file_names import shown
from widgets.dialogs.file_prompt import ask_where_to_save
from widgets.frame.panel import Panel
from widgets.frame.panel_dock import PanelDock
from widgets.style.letting_go import let_go, let_go_when_closed
from widgets.style.parts import parts_of

SCALES = (1, 2, 3, 4)
CENTER = "Network"


class PictureMenu(QObject):
    """Saves and copies pictures of the network in the center and of the docks."""

    def __init__(self, center: Panel, docks: Iterable[PanelDock], notices: Notices, parent: QWidget) -> None:
        """Open the menu of a view on a right click on its heading too; dialogs stand over `parent`."""
        super().__init__(parent)
        self._center, self._docks, self._notices, self._parent = center, tuple(docks), notices, parent
        self.menu = QMenu("Save &picture of", parent)  # one submenu for each visible view, filled each time it opens
        self.menu.aboutToShow.connect(self._fill)
        for name, heading in ((CENTER, center.title), *((dock.windowTitle(), dock.heading) for dock in self._docks)):
            heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            heading.customContextMenuRequested.connect(
                lambda at, heading=heading, name=name: self._open(name, heading.mapToGlobal(at))
            )

    def views(self) -> dict[str, QWidget]:
        """Return every visible view by its name."""
        found: dict[str, QWidget] = {CENTER: self._center}
        for dock in self._docks:
            body = dock.widget()
            if body is not None and dock.isVisible() and not body.visibleRegion().isEmpty():
                found[dock.windowTitle()] = body
        return found

    def write(self, widget: QWidget, path: Path, scale: int = 1) -> None:
        """Write `widget` to `path` in the format of its ending, and report the result."""
        try:
            pictures.save(widget, path, scale)
        except ValueError as error:
            self._notices.refuse("Not saved", error)
            return
        self._notices.say(f"Saved {shown(path.name)} in {shown(path.parent)}.")

    def _fill(self) -> None:
        self.menu.clear()
        for filled in parts_of(self.menu, QMenu):  # which clear() leaves behind
            let_go(filled)
        for name, widget in self.views().items():
            self._add_to(self.menu.addMenu(name), name, widget)

    def _open(self, name: str, at: QPoint) -> None:
        widget = self.views().get(name)
        if widget is None:
            return
        menu = QMenu(self._parent)
        let_go_when_closed(menu)
        menu.addSection(f"Picture of {name}")
        self._add_to(menu, name, widget)
        menu.popup(at)

    def _add_to(self, menu: QMenu, name: str, widget: QWidget) -> None:
        for scale in SCALES:
            size = widget.size() * scale
            text = f"PNG, {scale}× ({size.width()} × {size.height()})…"
            menu.addAction(text, partial(self._ask_for_file, name, widget, "png", scale))
        menu.addAction("SVG drawing…", partial(self._ask_for_file, name, widget, "svg", 1))
        menu.addSeparator()
        menu.addAction("Copy to the clipboard", partial(self._copy, name, widget))

    def _ask_for_file(self, name: str, widget: QWidget, kind: str, scale: int) -> None:
        """Ask for a file, in a dialog that does not hold up training, and write it."""
        ask_where_to_save(
            self._parent, f"Save the picture of {name}", Path(f"{name.lower().replace(' ', '-')}.{kind}"),
            ["PNG picture (*.png)" if kind == "png" else "SVG drawing (*.svg)"],
            lambda path: self.write(widget, path, scale),
        )  # fmt: skip

    def _copy(self, name: str, widget: QWidget) -> None:
        pictures.copy(widget)
        self._notices.say(f"The picture of {name} is on the clipboard.")
