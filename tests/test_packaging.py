"""The registration with the Linux desktop: entry, file type and icon agree, and can be removed."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

LINUX = Path(__file__).resolve().parents[1] / "packaging" / "linux"
NAME = "backprop-playground"
MIME = "application/x-backprop-playground"


def entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_opens_files_and_links() -> None:
    desktop = entry(LINUX / f"{NAME}.desktop")
    assert desktop["Exec"] == f"{NAME} %u"
    assert desktop["Icon"] == NAME
    assert desktop["MimeType"].split(";") == [MIME, "x-scheme-handler/playground", ""]


def test_the_type_of_documents_is_that_of_the_entry() -> None:
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = ElementTree.parse(LINUX / f"{NAME}.xml").getroot().find("m:mime-type", space)
    assert kind is not None
    assert kind.get("type") == MIME
    glob = kind.find("m:glob", space)
    assert glob is not None
    assert glob.get("pattern") == "*.playground"


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("sh"), reason="for Linux desktops")
def test_the_installer_writes_three_files_and_takes_them_back(tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path / "a b"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    subprocess.run(["sh", LINUX / "install.sh"], env=environment, check=True, capture_output=True)
    files = [
        tmp_path / "a b" / place
        for place in (
            f"applications/{NAME}.desktop",
            f"mime/packages/{NAME}.xml",
            f"icons/hicolor/scalable/apps/{NAME}.svg",
        )
    ]
    assert all(file.is_file() for file in files)
    assert entry(files[0])["Exec"].endswith(" %u")
    assert not [file for file in tmp_path.rglob("*") if os.access(file, os.X_OK) and file.is_file()]
    subprocess.run(["sh", LINUX / "install.sh", "--remove"], env=environment, check=True, capture_output=True)
    assert not any(file.exists() for file in files)
