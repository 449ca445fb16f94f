"""What the bytes of a file are: unpacked where they are packed, named where they are no table."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar

from datasets.checks import printable, require
from datasets.imports.encoding import MAX_BYTES
from datasets.messages import message

TABLE_SUFFIXES = (
    ".csv", ".tsv", ".txt", ".data", ".dat", ".tab", ".arff", ".npz", ".npy", ".xlsx", ".xls", ".ods", ".json", ".gz",
    ".zip",
)  # fmt: skip
"""The endings of names that are taken for tables."""
_FOREIGN_SUFFIXES = (
    ".xlsm", ".xlsb", ".jsonl", ".ndjson", ".parquet", ".feather", ".h5", ".hdf5", ".mat", ".sav", ".dta",
    ".sas7bdat", ".rds", ".rda", ".pkl", ".pickle", ".names", ".svm", ".libsvm", ".bz2", ".xz", ".sqlite", ".db",
)  # fmt: skip
"""Further endings that are looked at as tables: what they hold is read, or named with the cure."""

Made = TypeVar("Made")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP, _GZIP = b"PK", b"\x1f\x8b"
_CSV = "open it where it was made and save it as CSV"
_KNOWN = (
    (b"%PDF", "a PDF document", "copy its table into a spreadsheet and save it as CSV"),
    (b"\x89PNG", "a picture", "choose a table"),
    (b"\xff\xd8\xff", "a picture", "choose a table"),
    (b"GIF8", "a picture", "choose a table"),
    (b"PAR1", "a Parquet file", "write it as CSV: pandas.read_parquet(…).to_csv(…, index=False)"),
    (b"ARROW1", "a Feather or Arrow file", "write it as CSV: pandas.read_feather(…).to_csv(…, index=False)"),
    (b"\x89HDF", "an HDF5 file", "write its arrays with numpy.savez"),
    (b"MATLAB 5.0", "a MATLAB file", "write it as CSV: writetable or writematrix, or scipy.io.loadmat and numpy.savez"),
    (b"$FL2", "an SPSS file", "save it as CSV in SPSS"),
    (b"$FL3", "an SPSS file", "save it as CSV in SPSS"),
    (b"<stata_dta>", "a Stata file", "write it as CSV: export delimited"),
    (b"RDX", "an R file", "write it as CSV: write.csv(…, row.names = FALSE)"),
    (b"RDA", "an R file", "write it as CSV: write.csv(…, row.names = FALSE)"),
    (b"X\n\0\0\0", "an R file", "write it as CSV: write.csv(…, row.names = FALSE)"),
    (b"SQLite format 3", "an SQLite data base", "export one of its tables as CSV"),
    (b"BZh", "packed with bzip2", "unpack it first"),
    (b"\xfd7zXZ", "packed with xz", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it first"),
    (b"version https://git-lfs", "a Git LFS pointer, not the table itself", "fetch the table: git lfs pull"),
    (b"\0\0\x08\x01", "labels in the IDX format of MNIST", "read images and labels and write them with numpy.savez"),
    (b"\0\0\x08\x03", "images in the IDX format of MNIST", "read images and labels and write them with numpy.savez"),
)  # fmt: skip
_DOCUMENTATION = re.compile(
    r"\.(names|md|rst|pdf|docx?|html?|rtf|json-ld|py|r|ipynb)$|(^|/)(readme|licen[cs]e|index|copying|citation)[^/]*$",
    re.IGNORECASE,
)
"""What comes with a table in an archive and is none."""
_PICKLE = re.compile(rb"\x80[\x02-\x05][\x95c}\]\x8c(]|\x80\x05\x95")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|svg|table)", re.IGNORECASE)
_NOTEBOOK = re.compile(rb'\s*\{\s*"cells"\s*:')


def is_table_name(name: str) -> bool:
    """Return whether a file of this `name` is looked at as a table."""
    return name.lower().endswith(TABLE_SUFFIXES + _FOREIGN_SUFFIXES)


def unpacked(data: bytes) -> tuple[bytes, str]:
    """Return the one file in a ``.gz`` or ``.zip``, with a note that names it; anything else as it is.

    Raises
    ------
    ValueError
        When it cannot be unpacked, or a zip archive holds more than one file.
    """
    if data.startswith(_GZIP):
        return _guard(lambda: _gunzipped(data), "gzip"), ""
    if not data.startswith(_ZIP):
        return data, ""
    names = _guard(lambda: zipfile.ZipFile(io.BytesIO(data)).namelist(), "archive")
    if is_arrays(names) or is_workbook(data, names):
        return data, ""
    files = [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")
             and not name.rsplit("/", 1)[-1].startswith(".")]  # fmt: skip
    tables = [name for name in files if not _DOCUMENTATION.search(name)]
    files = tables if len(tables) == 1 else files
    require(
        len(files) == 1,
        "archive: it holds {n:,} files ({names}); unpack it and choose one",
        n=len(files),
        names=printable(", ".join(files), 80) or "none",
    )
    note = message('The file "{name}" in the archive was read.', name=printable(files[0]))
    return _guard(lambda: _unzipped(data, files[0]), "archive"), note


def require_table(data: bytes) -> None:
    """Refuse what is no table by its first bytes; the message names it and the cure."""
    for signature, what, cure in _KNOWN:
        require(not data.startswith(signature), "file: it is {what}; {cure}", what=what, cure=cure)
    require(
        not _PICKLE.match(data), "file: it is a Python pickle, which is never read; write it with numpy.savez or as CSV"
    )
    require(
        not _MARKUP.match(data[:200]), "file: it is a web page or XML, not a table; download the file itself, as CSV"
    )
    require(not _NOTEBOOK.match(data[:200]), "file: it is a Jupyter notebook; write its table in it as CSV")


def archive_names(data: bytes) -> list[str]:
    """Return the names in a zip archive; none for anything else."""
    if not data.startswith(_ZIP):
        return []
    return _guard(lambda: zipfile.ZipFile(io.BytesIO(data)).namelist(), "archive")


def is_arrays(names: list[str]) -> bool:
    """Return whether an archive with these `names` is one of NumPy's."""
    return any(name.endswith(".npy") for name in names)


def is_workbook(data: bytes, names: list[str]) -> bool:
    """Return whether `data`, an archive with these `names` or none, is a workbook of Excel or OpenDocument."""
    return data.startswith(_OLD_OFFICE) or "mimetype" in names or any(name.startswith("xl/") for name in names)


def _guard(call: Callable[[], Made], place: str) -> Made:
    """Return what `call` makes; whatever unpacking raises becomes one line."""
    try:
        return call()
    except ValueError:
        raise
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError) as error:
        raise ValueError(
            message("{place}: it cannot be unpacked ({error}); get the file again, or unpack it yourself",
                    place=place, error=type(error).__name__)
        ) from error  # fmt: skip


def _gunzipped(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        return _bounded(file.read(MAX_BYTES + 1))


def _unzipped(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)).open(name) as file:
        return _bounded(file.read(MAX_BYTES + 1))


def _bounded(data: bytes) -> bytes:
    require(len(data) <= MAX_BYTES, "file: unpacked it is more than {most} MiB; leave out rows or columns",
            most=MAX_BYTES // 2**20)  # fmt: skip
    return data
