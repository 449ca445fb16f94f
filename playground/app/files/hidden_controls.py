"""HiddenControls: the controls that a document keeps out of sight, as its teacher wished, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtGui import QAction

from playground.engine.features import FEATURES

CONTROLS = (
    *(
        "play",
        "step",
        "reset",
        "back",
        "epoch",
        "slow_motion",
        "speed",
        "dataset",
        "noise",
        "train_share",
        "batch_size",
        "regularizer",
        "penalty",
    ),
    *("learning_rate", "show_test", "discretize", "activation", "depth", *FEATURES),
)
"""What can be hidden; of the network's inputs each by its key."""


class Withholding(Protocol):
    """A widget that can keep some of its controls out of sight."""

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep those of its controls that are in `keys` out of sight, and show the others."""


class HiddenControls:
    """Tells the widgets which of ``CONTROLS`` to hide."""

    def __init__(self, widgets: Iterable[Withholding], action: QAction) -> None:
        """Hide controls of `widgets`; `action`, which shows them again, is enabled while some are hidden."""
        self._widgets = tuple(widgets)
        self._action = action
        self.keys: tuple[str, ...] = ()
        action.setEnabled(False)

    def knows(self, key: str) -> bool:
        """Return whether `key` is one of ``CONTROLS``."""
        return key in CONTROLS

    def hide(self, keys: Iterable[object]) -> None:
        """Hide the controls `keys`, and show all others; unknown ones change nothing."""
        wanted = set(keys)
        self.keys = tuple(key for key in CONTROLS if key in wanted)
        for widget in self._widgets:
            widget.set_withheld(frozenset(self.keys))
        self._action.setEnabled(bool(self.keys))
