"""Inspector: tabs over one selection; the heading names what is shown and at which example."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from widgets.controls.elided_label import ElidedLabel
from widgets.controls.example_thumb import ExampleThumb
from widgets.controls.labels import Label
from widgets.frame.breadcrumbs import Breadcrumbs
from widgets.style import boxes
from widgets.values import Choice
from widgets.values.example import ExamplePicture


class PageStack(QStackedWidget):
    """Pages of which the shown one alone says how much room is needed: the others do not make it scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without pages."""
        super().__init__(parent)
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Return what the shown page needs."""
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())


class Inspector(QWidget):
    """A row of tabs with the name of the selection at its right, over one page per tab.

    Signals
    -------
    page_needed(str)
        The key of a deferred page that is about to be shown: call :meth:`fill_page`.
    slim_changed(bool)
        Whether the row of tabs is all there is now: the page has nothing to say while nothing is selected.
    """

    page_needed = Signal(str)
    slim_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without pages."""
        super().__init__(parent)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Inspector pages")
        self.pages = PageStack(self)
        self.subject = ElidedLabel()
        self.subject.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.subject.setProperty("role", "secondary")
        self.thumb, self.verdict = ExampleThumb(24), Label()
        self.verdict.hide()
        self._keys: list[str] = []
        self._deferred: dict[str, QWidget] = {}
        self._self_named: set[str] = set()
        self._needs_selection: set[str] = set()
        self._has_selection = True
        self.is_slim = False
        top = boxes.row(self.tabs, (self.subject, 1), self.thumb, self.verdict, spacing=8)
        self.trail = Breadcrumbs()
        self.trail.hide()
        column = boxes.column(top, self.trail, (self.pages, 1), owner=self, spacing=4)
        column.addStretch()  # below the tabs while no page is shown, and nothing beside one
        self.tabs.currentChanged.connect(self._on_current_changed)

    @property
    def current(self) -> str:
        """The key of the page that is shown."""
        return self._keys[self.tabs.currentIndex()] if self._keys else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the pages, in the order of their tabs."""
        return tuple(self._keys)

    def add_page(
        self,
        key: str,
        title: str,
        page: QWidget,
        tooltip: str,
        *,
        names_itself: bool = False,
        needs_selection: bool = False,
    ) -> None:
        """Add `page` behind a tab called `title`; the subject is hidden where the page `names_itself`.

        A page that `needs_selection` is hidden while nothing is selected.
        """
        self._keys.append(key)
        if needs_selection:
            self._needs_selection.add(key)
        if names_itself:
            self._self_named.add(key)
        self.pages.addWidget(page)
        self.tabs.setTabToolTip(self.tabs.addTab(title), tooltip)
        self._show_header()

    def add_deferred_page(self, key: str, title: str, tooltip: str, *, needs_selection: bool = False) -> None:
        """Show the tab of a page that ``fill_page`` adds later, at the latest when it is needed."""
        place = QWidget()
        QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
        self._deferred[key] = place
        self.add_page(key, title, place, tooltip, needs_selection=needs_selection)

    def fill_page(self, key: str, page: QWidget) -> None:
        """Put the deferred `page` into its tab."""
        box = self._deferred.pop(key).layout()
        assert box is not None
        box.addWidget(page)
        page.show()

    def show_page(self, key: str) -> None:
        """Show the page `key`."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def set_subject(self, text: str, *shorter: str, has_selection: bool) -> None:
        """Name what the pages show, in a `shorter` way where room is short, or say how to select something."""
        self.subject.set_ways(text, *shorter)
        self._has_selection = has_selection
        self._show_header()

    def set_picture(self, picture: ExamplePicture | None) -> None:
        """Show the example as the picture that it is, with what is said of it; None where it is none. Never emits."""
        self.thumb.set_picture(picture)
        self.verdict.setText("" if picture is None else picture.text)
        self.verdict.setVisible(picture is not None)

    def set_trail(self, path: tuple[Choice, ...]) -> None:
        """Show the way that led to what the page shows; nothing where there is none."""
        self.trail.set_path(path)
        self.trail.setVisible(bool(path))

    def _on_current_changed(self, index: int) -> None:
        if 0 <= index < len(self._keys) and self._keys[index] in self._deferred:
            self.page_needed.emit(self._keys[index])
        self.pages.setCurrentIndex(index)
        self.tabs.updateGeometry()  # the bold word of the current tab is wider
        self._show_header()

    def _show_header(self) -> None:
        slim = not self._has_selection and self.current in self._needs_selection
        self.subject.setVisible(slim or self.current not in self._self_named)
        self.pages.setHidden(slim)
        if slim != self.is_slim:
            self.is_slim = slim
            self.slim_changed.emit(slim)
