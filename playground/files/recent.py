"""The recently opened or saved files, the newest first."""

from __future__ import annotations

import os
from pathlib import Path

from playground.files.file_names import from_text, to_text
from playground.files.settings import private_store

MOST = 10
_KEY = "recent/files"


class RecentFiles:
    """A short list of paths, kept between sessions."""

    def __init__(self) -> None:
        """Open the list of this user."""
        self._store = private_store()

    def paths(self) -> tuple[Path, ...]:
        """Return the files, the newest first; a file that no longer exists stays listed until ``forget``."""
        value = self._store.value(_KEY)
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(from_text(name) for name in names if isinstance(name, str) and name)[:MOST]

    def add(self, path: str | os.PathLike[str]) -> None:
        """Add `path`, as the newest."""
        newest = Path(os.path.abspath(path))
        self._keep((newest, *(other for other in self.paths() if other != newest)))

    def forget(self, path: str | os.PathLike[str]) -> None:
        """Remove `path` from the list."""
        removed = Path(os.path.abspath(path))
        self._keep(tuple(other for other in self.paths() if other != removed))

    def clear(self) -> None:
        """Empty the list."""
        self._store.remove(_KEY)

    def _keep(self, paths: tuple[Path, ...]) -> None:
        self._store.setValue(_KEY, [to_text(path) for path in paths[:MOST]])
