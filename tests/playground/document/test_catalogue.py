from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from playground.document import catalogue

ROOT = Path(__file__).resolve().parents[3]


def import_beside(folder: Path) -> subprocess.CompletedProcess[str]:
    """Import the catalogue where `folder` comes before the project."""
    path = os.pathsep.join([str(folder), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-c", "import playground.document.catalogue as c; print(c.APPLICATION)"],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path}, cwd=folder,
    )  # fmt: skip


def test_the_catalogue_offers_the_generators_under_one_roof() -> None:
    data = catalogue.make("xor", points=40, noise=0.1, seed=3)
    train, test = catalogue.split(data, train_fraction=0.5, seed=3)

    assert catalogue.APPLICATION == "backprop-playground"
    assert list(catalogue.GENERATORS)[:4] == ["xor", "circle", "spiral", "moons"]
    assert (len(train), len(test)) == (20, 20)


def test_our_own_package_is_accepted(tmp_path: Path) -> None:
    result = import_beside(tmp_path)

    assert result.stdout == "backprop-playground\n", result.stderr


@pytest.mark.parametrize(
    "source", ["class Dataset: ...\n", "APPLICATION = 'another'\nfrom collections import *\n", "import not_installed\n"]
)
def test_another_package_called_datasets_is_refused_with_its_place_and_the_cure(source: str, tmp_path: Path) -> None:
    package = tmp_path / "datasets"
    package.mkdir()
    (package / "__init__.py").write_text(source, encoding="utf-8")
    result = import_beside(tmp_path)

    assert result.returncode == 1
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: Backprop Playground needs its own package `datasets`")
    assert str(package) in last
    assert "python3 run.py" in last


LATER = """
import sys
from playground.document import catalogue
assert not [name for name in sys.modules if name in ("datasets.imports.open_table", "datasets.imports.preview")]
assert catalogue.open_table.__module__ == "datasets.imports.open_table"
assert catalogue.open_table is catalogue.open_table
"""


def test_what_reads_tables_is_loaded_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_every_name_that_comes_later_is_there_and_no_other() -> None:
    for name, module in catalogue._OF_IMPORTS.items():
        assert getattr(catalogue, name) is vars(sys.modules[f"datasets.imports.{module}"])[name]
    with pytest.raises(AttributeError, match=r"'playground.document.catalogue' has no attribute 'anything'"):
        catalogue.anything  # type: ignore[attr-defined]  # noqa: B018
