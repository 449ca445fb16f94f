"""A small button that opens a menu of things to lay over a picture."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets.controls.button import Button
from widgets.values import Choice


class OverlayMenu(Button):
    """An eye; its menu has one switch per overlay.

    Signals
    -------
    None of its own: ``actions_by_key`` holds a checkable QAction per overlay, whose ``triggered`` is a gesture.
    """

    def __init__(self, choices: tuple[Choice, ...], parent: QWidget | None = None) -> None:
        super().__init__(
            "Overlays", "Lay lines and marks over the picture: " + _listed(choices), "eye", role="flat", parent=parent
        )
        self.set_compact(True)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.actions_by_key: dict[str, QAction] = {}
        for choice in choices:
            action = QAction(choice.label, menu)
            action.setCheckable(True)
            action.setToolTip("\n".join(part for part in (choice.tooltip, choice.formula) if part))
            menu.addAction(action)
            self.actions_by_key[choice.key] = action
        self.setMenu(menu)
        self.setStyleSheet("QPushButton { padding: 2px 2px; } QPushButton::menu-indicator { image: none; width: 0; }")

    def is_on(self, key: str) -> bool:
        """Return whether the overlay `key` is switched on."""
        return self.actions_by_key[key].isChecked()

    def set_usable(self, key: str, usable: bool, reason: str = "") -> None:
        """Let the overlay be switched, or grey it out and say why."""
        action = self.actions_by_key[key]
        if action.isEnabled() != usable:
            action.setEnabled(usable)
        action.setStatusTip(reason)


def _listed(choices: tuple[Choice, ...]) -> str:
    return ", ".join(choice.label.lower() for choice in choices)
