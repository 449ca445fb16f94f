"""NPZ in: arrays by name, nothing unpickled, nothing allocated before its size is known."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from datasets.imports import array_table, encoding
from datasets.imports.imported import BadCellsError, Imported
from datasets.imports.open_table import open_table
from datasets.imports.preview import ImportChoice


def packed(**arrays: Any) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def read(data: bytes, **changes: object) -> Imported:
    table = open_table(data)
    reading = table.read(replace(table.preview.suggested, **changes))  # type: ignore[arg-type]
    while True:
        try:
            assert 0.0 <= next(reading) < 1.0
        except StopIteration as stop:
            result: Imported = stop.value
            return result


X = np.array([[1.5, 2.0], [3.0, 4.0], [5.0, 6.25]])


def test_x_and_y_are_points_and_classes() -> None:
    data = packed(X=X, y=np.array([1, 0, 1]), feature_names=["a", "b"], target_names=["no", "yes"])
    made = read(data)

    assert open_table(data).preview.form == "NPZ, X 3×2, y 3"
    assert made.dataset.points.tolist() == X.tolist()
    assert made.dataset.targets.tolist() == [1, 0, 1]
    assert (made.dataset.feature_names, made.dataset.class_names) == (("a", "b"), ("no", "yes"))


def test_images_become_a_column_per_pixel_and_text_can_be_a_class() -> None:
    made = read(packed(images=np.arange(12.0).reshape(3, 2, 2), kind=np.array(["u", "v", "u"]), epoch=np.int64(3)))

    assert made.dataset.points.shape == (3, 4)
    assert made.dataset.feature_names == ("images1", "images2", "images3", "images4")
    assert made.dataset.class_names == ("u", "v")


def test_classes_that_are_not_numbered_from_0_keep_their_numbers() -> None:
    made = read(packed(X=X, y=np.array([1, 2, 1]), class_names=["a", "b"]))

    assert made.dataset.class_names == ("1", "2")


def test_values_are_a_regression_and_can_be_standardized() -> None:
    made = read(packed(X=X, y=np.array([0.5, 1.5, 2.5])), standardize=True)

    assert made.dataset.is_regression
    assert made.standardization is not None
    assert made.standardization.target_mean == 1.5


def test_text_that_is_a_number_is_one_and_bytes_are_latin_1() -> None:
    made = read(packed(a=np.array([b"1", b"2"]), b=np.array(["3", "4"]), y=np.array([b"\xe9", b"z"])))

    assert made.dataset.points.tolist() == [[1, 3], [2, 4]]
    assert made.dataset.class_names == ("z", "é")


def test_arrays_of_another_length_are_left_out() -> None:
    preview = open_table(packed(X=X, y=np.arange(3), other=np.arange(5))).preview

    assert [column.name for column in preview.columns] == ["X1", "X2", "y"]


def test_a_number_that_is_not_finite_is_named_by_row_and_column_or_its_row_left_out() -> None:
    wrong = X.copy()
    wrong[1, 0] = np.nan
    data = packed(X=wrong, y=np.array([0, 1, 1]))

    with pytest.raises(BadCellsError, match='row 2, column "X1": expected a finite number, got "nan"'):
        read(data)
    made = read(data, skip_bad=True)
    assert made.dataset.points.tolist() == [[1.5, 2.0], [5.0, 6.25]]
    assert made.n_skipped == 1


def test_too_few_good_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="arrays: only 1 good rows"):
        read(packed(X=np.array([[1.0, np.nan], [2.0, 3.0]]), y=np.arange(2)), features=(0, 1), target=2, skip_bad=True)


def test_an_impossible_choice_is_refused_before_reading() -> None:
    with pytest.raises(ValueError, match="inputs: choose at least one"):
        open_table(packed(X=X, y=np.arange(3))).read(ImportChoice((), 2))


def objects() -> bytes:
    out = io.BytesIO()
    np.savez(out, X=np.array([[1, None]], dtype=object))
    return out.getvalue()


def claims(shape: tuple[int, ...]) -> bytes:
    """Return an archive whose header promises `shape` and whose body is empty."""
    array, out = io.BytesIO(), io.BytesIO()
    np.lib.format.write_array_header_1_0(array, {"descr": "<f8", "fortran_order": False, "shape": shape})
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("X.npy", array.getvalue())
    return out.getvalue()


def codes(code: int) -> np.ndarray[Any, Any]:
    """Return an array of text with one character that is none."""
    return np.array([code], dtype=np.uint32).view("U1")


def member(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def long_header() -> bytes:
    """Return an archive whose array claims a header of 100 MB, all of it there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("X.npy", b"\x93NUMPY\x02\x00" + (10**8).to_bytes(4, "little") + b" " * 10**8)
    return out.getvalue()


def version_2() -> bytes:
    array = io.BytesIO()
    np.lib.format.write_array(array, X, version=(2, 0))
    return member("X.npy", array.getvalue())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK not a zip", r"archive: it cannot be unpacked \(\w+\); get the file again"),
        (objects(), "no array in it can be read; The array X was left out: it holds Python objects, never read"),
        (packed(X=np.array([[1j, 2j]])), "The array X was left out: neither numbers nor text"),
        (claims((10**9, 10**6)), "archive: its arrays need 8 000 000 000 000 000 bytes; at most 268 435 456"),
        (claims((3, 2)), r"array X: it cannot be read"),
        (member("X.txt", b"hello"), "table: only one column was found"),
        (member("X.npy", b"hello"), "array X: it cannot be read"),
        (packed(X=np.float64(3.0)), "archive: it has no array with a row per example"),
        (packed(a=np.array(["", ""]), b=np.array(["", ""])), "table: every column is empty"),
        (packed(x=np.arange(3)), "archive: only one column was found"),
        (packed(X=X[:1]), "arrays: 1 rows; expected 2 to 1 000 000"),
        (packed(X=X[:0], y=X[:0, 0]), "arrays: 0 rows; expected 2 to 1 000 000"),
        (packed(X=codes(0x110000)), "The array X was left out: its text is not Unicode"),
        (packed(X=codes(0xD800)), "The array X was left out: its text is not Unicode"),
        (member("a\n" + "b" * 200 + ".npy", b"hello"), "array a b{37}…: it cannot be read"),
        (packed(X=np.zeros((2, 2000))), "array X: more than 1 025 columns"),
        (packed(**{f"a{i}": np.arange(2) for i in range(101)}), "archive: 101 arrays are more than 100"),
    ],
)
def test_what_cannot_be_read_safely_is_refused_with_the_cure(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        open_table(data)


def test_a_header_that_unpacks_to_a_hundred_megabytes_is_not_unpacked() -> None:
    data = long_header()
    tracemalloc.start()
    with pytest.raises(ValueError, match="array X: it cannot be read"):
        open_table(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 2**20


def test_a_header_of_version_2_is_read_too() -> None:
    assert [column.name for column in open_table(version_2()).preview.columns] == ["X1", "X2"]


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array_table, "MAX_BYTES", 100)

    assert encoding.MAX_BYTES > 100
    with pytest.raises(ValueError, match="file: 0 MiB are more than 0 MiB"):
        open_table(packed(X=X))
