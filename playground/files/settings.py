"""Settings: the user's preferences, kept between sessions where the platform keeps such things."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

ORGANIZATION = "backprop-playground"
APPLICATION = "backprop-playground"
_NOBODY = "backprop-playground-nobody"
LAYOUT_VERSION = 3
_LAYOUT = f"window-{LAYOUT_VERSION}"
_MOST = 4 * 2**20
"""Bytes of a settings file; ours has some ten thousand."""
_PROBLEM = "{path} {why}: settings of this session are not kept; remove it, and start again"


@dataclass(frozen=True, slots=True)
class DockRectangles:
    """The size of a window and of its docks, in pixels."""

    width: int
    height: int
    follows: bool  # whether the docks keep their shares of the window
    docks: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # width and height of those in the window

    @classmethod
    def from_text(cls, text: str) -> DockRectangles:
        """Return what ``to_text`` wrote.

        Raises
        ------
        ValueError
            When `text` is something else.
        """
        try:
            given = json.loads(text)
            docks = {str(key): (int(width), int(height)) for key, (width, height) in given["docks"].items()}
            return cls(int(given["width"]), int(given["height"]), bool(given["follows"]), docks)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not the sizes of docks: {text!r}") from error

    def to_text(self) -> str:
        """Return the sizes as JSON."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class WindowLayout:
    """How one window was left: its place on the screen, and its docks at one size of the window."""

    geometry: QByteArray  # of the window, maximized or not
    docks: QByteArray
    sizes: DockRectangles


def private_store() -> QSettings:
    """Return the settings of this user, in a file that nobody else can read: it names recent files."""
    if unusable():
        # Below what is no folder nothing can be opened: what is set holds until the end.
        return QSettings(f"{os.devnull}/{APPLICATION}", QSettings.Format.IniFormat)
    store = QSettings(ORGANIZATION, APPLICATION)
    file = store.fileName()
    folder = os.path.dirname(file)
    if os.path.basename(folder) == ORGANIZATION:  # neither the registry nor the preferences of macOS
        with suppress(OSError):  # where no settings can be kept, they hold until the end
            os.makedirs(folder, mode=0o700, exist_ok=True)
            os.chmod(folder, 0o700)
            if not os.path.exists(file):
                from playground.files import storage  # here: an empty window needs none of what it loads

                storage.append(file, b"")
            os.chmod(file, 0o600)
    return store


def unusable() -> tuple[Path, str] | None:
    """Return the settings file, or one beside it, that Qt must not open, and why: it would wait, or never end."""
    if os.name == "nt" or sys.platform == "darwin":
        return None  # the registry, and the preferences of macOS
    # Asking for the name of a settings file opens it, and those that it falls back on; nobody has these.
    home = Path(QSettings(_NOBODY, _NOBODY).fileName()).parent.parent
    own = home / ORGANIZATION / f"{APPLICATION}.conf"
    for path in (own, Path(f"{own}.lock"), home / f"{ORGANIZATION}.conf"):
        with suppress(OSError):
            found = os.stat(path)
            if not stat.S_ISREG(found.st_mode):
                return path, "is not a file"
            if found.st_size > _MOST:
                return path, "is too large for settings"
    return None


def _problem() -> str:
    found = unusable()
    if found is None:
        return ""
    from playground.engine.messages import message
    from playground.files.file_names import shown

    return message(_PROBLEM, path=shown(found[0]), why=found[1])


class Settings:
    """Preferences: theme, motion and the layout of the window.

    Values that cannot be read (an older program, a damaged file) count as not set.
    """

    def __init__(self) -> None:
        """Open the settings of this user."""
        self.problem = _problem()  # why none are kept
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

    @property
    def is_greeted(self) -> bool:
        """Whether the user has answered the card of the first start."""
        return str(self._store.value("greeted", "false")).lower() == "true"

    @is_greeted.setter
    def is_greeted(self, value: bool) -> None:
        self._store.setValue("greeted", bool(value))

    def layout(self, desktop: str) -> WindowLayout | None:
        """Return the layout of the window that was left last on `desktop`, if any."""
        place = f"{_LAYOUT}/{desktop}"
        geometry, docks, sizes = (self._store.value(f"{place}/{part}") for part in ("geometry", "docks", "sizes"))
        if isinstance(geometry, QByteArray) and isinstance(docks, QByteArray) and isinstance(sizes, str):
            with suppress(ValueError):
                return WindowLayout(geometry, docks, DockRectangles.from_text(sizes))
        return None

    def last_layout(self) -> WindowLayout | None:
        """Return the layout of the window that was left last, on whatever desktop."""
        return self.layout(str(self._store.value(f"{_LAYOUT}/last", "")))

    def keep_layout(self, layout: WindowLayout, desktop: str) -> None:
        """Save `layout` at once: a crash loses nothing."""
        place = f"{_LAYOUT}/{desktop}"
        for part, value in (("geometry", layout.geometry), ("docks", layout.docks), ("sizes", layout.sizes.to_text())):
            self._store.setValue(f"{place}/{part}", value)
        self._store.setValue(f"{_LAYOUT}/last", desktop)
        self._store.sync()

    def forget_layout(self) -> None:
        """Use the default layout at the next start, on every desktop."""
        self._store.remove(_LAYOUT)
