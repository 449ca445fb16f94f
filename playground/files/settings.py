"""Settings: the user's preferences, kept between sessions where the platform keeps such things."""

from __future__ import annotations

import os
from contextlib import suppress

from PySide6.QtCore import QByteArray, QSettings

from playground.files import storage

ORGANIZATION = "backprop-playground"
APPLICATION = "backprop-playground"
LAYOUT_VERSION = 1


def private_store() -> QSettings:
    """Return the settings of this user, in a file that nobody else can read: it names recent files."""
    store = QSettings(ORGANIZATION, APPLICATION)
    file = store.fileName()
    folder = os.path.dirname(file)
    if os.path.basename(folder) == ORGANIZATION:  # neither the registry nor the preferences of macOS
        with suppress(OSError):  # where no settings can be kept, they hold until the end
            os.makedirs(folder, mode=0o700, exist_ok=True)
            os.chmod(folder, 0o700)
            storage.append(file, b"")
            os.chmod(file, 0o600)
    return store


class Settings:
    """Preferences: theme, motion and the layout of the window.

    Values that cannot be read (an older program, a damaged file) count as not set.
    """

    def __init__(self) -> None:
        """Open the settings of this user."""
        self._store = private_store()

    @property
    def theme(self) -> str:
        """``"light"``, ``"dark"`` or ``"system"``."""
        value = str(self._store.value("theme", "system"))
        return value if value in ("light", "dark", "system") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def reduced_motion(self) -> bool:
        """Whether animations are off."""
        return str(self._store.value("reduced_motion", "false")).lower() == "true"

    @reduced_motion.setter
    def reduced_motion(self, value: bool) -> None:
        self._store.setValue("reduced_motion", bool(value))

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Return the saved geometry and dock state of the window, if any."""
        geometry = self._store.value("window/geometry")
        state = self._store.value(f"window/state-{LAYOUT_VERSION}")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Save geometry and dock state."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue(f"window/state-{LAYOUT_VERSION}", state)

    def forget_layout(self) -> None:
        """Use the default layout at the next start."""
        self._store.remove("window")
