"""Handwritten digits: real pictures in a known order, shipped with their source and licence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits

import datasets
from datasets.generators.digits import N_AVAILABLE, images
from datasets.generators.table import generator, make

FILE = Path(datasets.__file__).parent / "generators" / "digits.csv"


def test_the_file_is_small_and_names_its_source_and_licence() -> None:
    head = FILE.read_text(encoding="utf-8").splitlines()[:4]

    assert FILE.stat().st_size < 150_000
    assert "Optical Recognition of Handwritten Digits" in " ".join(head)
    assert "CC BY 4.0" in head[3]
    assert "CC BY 4.0" in generator("digits").credit


def test_every_image_is_the_one_that_scikit_learn_bundles() -> None:
    bundled = load_digits()
    for digit in range(10):
        expected = bundled.images[bundled.target == digit][:80] / 16.0
        assert np.array_equal(images()[digit::10], expected)


def test_images_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        images()[0, 0, 0] = 1.0


def test_all_examples_are_every_image_once_under_its_own_label() -> None:
    data = make("digits", points=N_AVAILABLE, seed=5)
    order = np.lexsort(data.points.T)
    known = images().reshape(-1, 64)
    known_order = np.lexsort(known.T)

    assert np.array_equal(data.points[order], known[known_order])
    assert np.array_equal(data.targets[order], (known_order % 10))
    assert data.class_names == tuple("0123456789")


def test_more_examples_than_there_are_get_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match="points: Digits has 800 examples, got 801; choose fewer"):
        make("digits", points=801)
