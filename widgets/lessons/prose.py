"""Prose: text of a lesson, typeset; it wraps, can be marked, and is read out without its marks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.formatted_text import obey_markup
from widgets.controls.labels import Label
from widgets.lessons.markdown_text import to_markup, to_plain
from widgets.style.themed import Themed


class Prose(Themed, Label):
    """Markdown at reading size; takes no room while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._markdown = ""
        obey_markup(self)
        self.setWordWrap(True)
        self.setProperty("role", "prose")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def markdown(self) -> str:
        """What is shown, as it was given."""
        return self._markdown

    def set_markdown(self, markdown: str) -> None:
        """Show `markdown`."""
        if markdown != self._markdown:
            self._markdown = markdown
            self.setAccessibleName(to_plain(markdown))
            self.take_theme()
        self.setVisible(bool(markdown.strip()))

    def take_theme(self) -> None:
        """Typeset the text in the colours and the fonts of the theme."""
        markup = to_markup(self._markdown)
        if markup != self.text():
            self.setText(markup)
