"""The program's own folders: nothing is written anywhere else, but where a person said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from playground.files.error_messages import DocumentError
from playground.files.settings import APPLICATION


def own_folder(name: str, base: Path | None = None) -> Path:
    """Return the folder `name` of our data folder (or of `base`), made if need be.

    Raises
    ------
    DocumentError
        When it cannot be made: a full disk, no rights.
    """
    if base is None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        base = Path(place or Path.home()) / APPLICATION
    folder = base / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DocumentError(f"{folder}: the folder cannot be made ({error.strerror})") from None
    return folder
