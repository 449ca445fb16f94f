"""The only markup there is: our own. Whatever else stands in it goes through :func:`escaped`."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def obey_markup(part: QLabel) -> None:
    """Let `part` show markup; every other label shows its text as it is."""
    part.setTextFormat(Qt.TextFormat.RichText)


def escaped(text: str) -> str:
    """Return `text` as it has to be written inside markup to be read as it is."""
    return escape(text)
