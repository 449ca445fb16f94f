"""The program's own folders: nothing is written anywhere else but where the user chose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from playground.files.error_messages import DocumentError
from playground.files.settings import APPLICATION


def own_folder(name: str, base: Path | None = None) -> Path:
    """Return the folder `name` of our data folder (or of `base`), created if necessary.

    Raises
    ------
    DocumentError
        When it cannot be created (full disk, no permission).
    """
    if base is None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        base = Path(place or Path.home()) / APPLICATION
    folder = base / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DocumentError(
            "{folder}: the folder cannot be created ({strerror})", folder=folder, strerror=error.strerror
        ) from None
    return folder
