"""The format of a table as the user chooses it, and files that are refused with the cure."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from datasets.imports import encoding, workbook_source
from datasets.imports.containers import is_table_name
from datasets.imports.imported import BadCellsError, Imported
from datasets.imports.number_cells import NumberFormat, guess_format, read_date, read_time
from datasets.imports.open_table import open_table
from datasets.imports.preview import ImportChoice
from datasets.imports.table_format import GUESSED, TableFormat
from playground.engine.slices import finish


def read(data: str | bytes, wanted: TableFormat, **changes: object) -> Imported:
    table = open_table(data if isinstance(data, bytes) else data.encode(), wanted)
    return finish(table.read(replace(table.preview.suggested, **changes)))  # type: ignore[arg-type]


# ---- what is chosen is obeyed -------------------------------------------------------------------


def test_a_chosen_delimiter_quote_and_decimal_sign_are_obeyed() -> None:
    made = read("a;b;k\n'1,5';2,x;u\n2,5;3,x;v\n", TableFormat(delimiter=";", quote="'", decimal=","), features=(0,))
    assert made.dataset.points[:, 0].tolist() == [1.5, 2.5]


def test_chosen_thousands_turn_a_fraction_into_a_whole_number() -> None:
    text = "a;k\n1.204;u\n2.050;v\n"
    assert read(text, TableFormat()).dataset.points[0, 0] == 1.204
    assert read(text, TableFormat(decimal=",", thousands=".")).dataset.points[0, 0] == 1204
    assert "1.204 were read as 1.204" in open_table(text.encode()).preview.notes[0]


def test_a_decimal_sign_that_is_also_the_thousands_sign_is_no_trouble() -> None:
    assert read("a;k\n1,5;u\n2,5;v\n", TableFormat(decimal=",", thousands=",")).dataset.points[0, 0] == 1.5


def test_the_header_line_is_chosen_or_there_is_none() -> None:
    text = "1,2,3\n4,5,6\n7,8,9\n"
    assert [column.name for column in open_table(text.encode(), TableFormat(header_line=2)).preview.columns] == list(
        "456"
    )
    assert read("a,b\nc,d\n", TableFormat(header_line=0), features=(0,), target=1).dataset.n_points == 2
    with pytest.raises(ValueError, match="header: there is nothing in line 9; choose another line"):
        open_table(text.encode(), TableFormat(header_line=9))


def test_a_chosen_header_may_stand_in_a_comment() -> None:
    table = open_table(b"# x y\n# u v\n1 2\n3 4\n", TableFormat(header_line=1))
    assert [column.name for column in table.preview.columns] == ["x", "y"]


def test_row_names_are_chosen_or_taken_back() -> None:
    text = "name,x,k\nr1,1,u\nr2,2,v\nr3,3,u\n"
    assert open_table(text.encode(), TableFormat(row_names=True)).preview.reasons[0] == "names of the rows"
    shorter = "x\tk\n1\t2\tu\n2\t3\tv\n"
    columns = open_table(shorter.encode(), TableFormat(row_names=False)).preview.columns
    assert [column.name for column in columns] == ["x", "k", "column 3"]
    words = open_table(b",x,k\nr1,1,u\nr2,2,v\nr3,3,u\n").preview
    assert (words.format.row_names, words.columns[0].name) == (True, "row")


def test_chosen_words_are_missing_and_no_others() -> None:
    text = "x,k\n1,u\n-999,v\n3,None\n4,u\n"
    with pytest.raises(BadCellsError, match='row 4, column "k": expected a class, got "None"'):
        read(text, TableFormat(missing=("none",)))
    made = read("x,s,k\n1,u,a\n2,?,b\n3,u,a\n4,w,b\n", TableFormat(missing=("?",)), features=(1,), skip_bad=True)
    assert made.skipped == ('row 3, column "s": expected a word, got "?"',)


def test_a_chosen_encoding_is_obeyed_and_refused_where_it_cannot_be() -> None:
    data = "größe,k\n1,u\n2,v\n".encode("cp850")
    assert open_table(data, TableFormat(encoding="cp850")).preview.columns[0].name == "größe"
    for name in ("utf-8", "no such encoding"):
        with pytest.raises(ValueError, match="choose another encoding, or save the file as UTF-8"):
            open_table(data, TableFormat(encoding=name))


# ---- numbers, dates, times ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decimal", "thousands", "cell", "value"),
    [
        (".", "", "45 %", 0.45), (".", "", "-$3", -3.0), (".", "", "3 EUR", 3.0), (".", "", "1.5D-02", 0.015),
        (".", ",", "1,204.5", 1204.5), (",", ".", "1.204,5", 1204.5), (",", "", ",5", 0.5),
        (".", " ", "1\u202f204", 1204.0),
        (".", "'", "1’204.5", 1204.5), (".", "", "5.", 5.0), (",", "", "−1,5", -1.5),
        (".", ",", "(1,204.5)", -1204.5), (".", "", "($3)", -3.0), (".", "", "(45 %)", -0.45),
        (",", ".", "1.204,5-", -1204.5),
        (".", "", "3 −", -3.0), (".", "", "1e-5", 1e-5),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_signs_say(decimal: str, thousands: str, cell: str, value: float) -> None:
    assert NumberFormat(decimal, thousands).read(cell) == value


@pytest.mark.parametrize(
    ("decimal", "thousands", "cell"),
    [(".", "", "1,000"), (".", ",", "12,34"), (",", "", "1.5"), (".", "", "."), (".", "", ""), (".", "", "1e999"),
     (".", "", "(3"), (".", "", "3)"), (".", "", "(3) 4"), (".", "", "3-4"), (".", "", "2020-01-"), (".", "", "-3-"),
     (",", "", "1,0e999"), (".", "", "1_0"), (".", ",", "0,123"), (".", "", "$"), (".", "", "nan")],
)  # fmt: skip
def test_what_is_no_number_never_becomes_another(decimal: str, thousands: str, cell: str) -> None:
    assert not NumberFormat(decimal, thousands).is_number(cell)


@pytest.mark.parametrize(
    ("cells", "delimiter", "decimal", "thousands", "doubt"),
    [
        (["1.204", "0,5"], ";", ",", ".", ""),
        (["1,204", "980"], ",", ".", ",", "1,204"),
        (["5,123", "2,456"], ";", ",", "", "5,123"),
        (["1.204", "2.050"], ";", ".", "", "1.204"),
        (["0.5", "1"], ",", ".", "", ""),
    ],
)
def test_all_cells_together_say_which_signs_are_meant(
    cells: list[str], delimiter: str, decimal: str, thousands: str, doubt: str
) -> None:
    assert guess_format(cells, delimiter) == (NumberFormat(decimal, thousands), doubt)


def test_dates_and_times_become_days_and_hours() -> None:
    assert read_date("1970-01-02T12:00:00+00:00") == 1.5
    assert read_date("3.1.1970") == read_date("1970/1/3") == 2.0
    assert read_time("12:30:36") == pytest.approx(12.51)
    for cell in ("1970-13-01", "yesterday"):
        with pytest.raises(ValueError, match=r"month|date"):
            read_date(cell)


def test_dates_with_slashes_are_read_where_a_day_above_12_tells_and_left_as_text_otherwise() -> None:
    def kind(cells: str) -> tuple[str, str]:
        column = open_table(f"d,y\n{cells}".encode()).preview.columns[0]
        return column.kind, column.form

    assert kind("31/1/2020,1.5\n1/2/2020,2.5\n") == ("number", "day first")
    assert kind("1/31/2020,1.5\n1/2/2020,2.5\n") == ("number", "month first")
    assert kind("3/4/2020,1.5\n1/2/2020,2.5\n") == ("text", "")
    assert "No column is an input yet: d (" in " ".join(open_table(b"d,y\n3/4/2020,1.5\n1/2/2020,2.5\n").preview.notes)


# ---- choices, and inputs of words ---------------------------------------------------------------


def test_a_part_of_a_one_hot_target_is_no_input_and_its_rows_need_exactly_one_1() -> None:
    rows = "".join(f"{i},{int(i % 3 == 0)},{int(i % 3 == 1)},{int(i % 3 == 2)}\n" for i in range(9))
    text = f"x,is_a,is_b,is_c\n{rows}"
    table = open_table(text.encode())
    for features, told in (((0, 1), "part of the target"), ((0, 4), "is an input, too")):
        with pytest.raises(ValueError, match=told):
            table.read(ImportChoice(features, 4))
    with pytest.raises(ValueError, match="stands for other columns; tick those"):
        table.read(ImportChoice((4,), 0, "regression"))
    bad = "x,is_a,is_b,is_c\n" + "".join(rows.splitlines(keepends=True) * 150) + "1,1,1,0\n"
    with pytest.raises(BadCellsError, match='row 1 352, columns of "is": expected one 1 and zeros'):
        read(bad, TableFormat())


def test_a_bad_cell_of_each_kind_says_what_was_expected() -> None:
    rows = "".join(f"{'True' if i % 3 else 'False'},12:0{i % 9},2020-01-0{1 + i % 9},{'uv'[i % 2]}\n" for i in range(9))
    for line, told in (
        ("perhaps,12:00,2020-01-01,u", "expected true or false"),
        ("True,noon,2020-01-01,u", "expected a time"),
        ("True,12:00,soon,u", "expected a date"),
    ):
        with pytest.raises(BadCellsError, match=told):
            read(f"ok,at,day,kind\n{rows}{line}\n", TableFormat(), features=(0, 1, 2))


def test_too_many_words_are_refused_when_they_turn_up_late() -> None:
    early = "".join(f"{'uv'[i % 2]},{i % 2},{i % 3}\n" for i in range(1200))
    late = "".join(f"w{i},{i % 2},{i % 3}\n" for i in range(200))
    with pytest.raises(ValueError, match='column "s": 202 different words are more than 100; untick it'):
        read(f"s,x,k\n{early}{late}", TableFormat())


def test_more_inputs_than_a_network_takes_are_refused_by_the_column_that_is_too_much() -> None:
    rows = "\n".join(",".join(f"w{(i + k) % 97}" for k in range(11)) + f",{i % 2}" for i in range(97))
    header = ",".join(f"s{k}" for k in range(11)) + ",k"
    with pytest.raises(ValueError, match='with the words of "s10" there are more than 1 024; untick it'):
        read(f"{header}\n{rows}\n", TableFormat(), features=tuple(range(11)), target=11)


# ---- files that are no tables -------------------------------------------------------------------


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "a,b\n1,2\n3,4\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.4", "a PDF document; copy its table into a spreadsheet"),
        (b"PAR1....", r"a Parquet file; write it as CSV: pandas.read_parquet\(…\)"),
        (b"\x89HDF\r\n", "an HDF5 file"),
        (b"\x80\x04\x95cos", "a Python pickle, which is never read"),
        (b"<!DOCTYPE html><p>", "a web page or XML, not a table"),
        (b'{"cells": []}', "a Jupyter notebook"),
        (b"\xd0\xcf\x11\xe0 old", "this spreadsheet cannot be read"),
        (b"\0\0\x08\x03\0\0", "images in the IDX format of MNIST"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:12], "gzip: it cannot be unpacked"),
        (zipped("a.csv", "b.csv"), r"it holds 2 files \(a.csv, b.csv\); unpack it and choose one"),
        (zipped("a.csv", "b.csv", "README"), r"it holds 3 files \(a.csv, b.csv, README\); unpack it and choose one"),
        (zipped("folder/"), r"it holds 0 files \(none\)"),
        (b'{"a": 1}\n{"a": {', "JSON: line 2 cannot be read"),
        (b'{"a": {"b": 1}, "c": 2}', "JSON: no table was found in it"),
        (b"[1, 2, 3]", "JSON: expected a list of records, got a list of values"),
        (b"[[]]", "table: there is no row"),
        (b'[\n"a', "JSON: line 2 cannot be read"),
        (b"@relation r\n@attribute x real\n@data\n{0 1}\n", "ARFF: its rows are sparse"),
        (b"1 9999999:1\n0 2:1\n", "LIBSVM: index 9 999 999 is more than 10 000"),
    ],
)
def test_what_is_no_table_is_named_with_the_cure(data: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        open_table(data)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.imports.containers.MAX_BYTES", 1000)
    for data in (gzip.compress(b"1,2\n" * 1000), _packed("x.csv", b"1,2\n" * 1000)):
        with pytest.raises(ValueError, match="file: unpacked it is more than"):
            open_table(data)


def _packed(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def test_names_of_tables_are_known_whatever_their_case() -> None:
    assert all(map(is_table_name, ("a.CSV", "b.csv.gz", "c.data", "d.xlsx", "e.parquet")))
    assert not is_table_name("f.playground")


# ---- arrays -------------------------------------------------------------------------------------


def saved(array: object) -> bytes:
    out = io.BytesIO()
    np.save(out, array, allow_pickle=True)  # type: ignore[arg-type]
    return out.getvalue()


def test_a_structured_array_is_read_by_its_fields() -> None:
    fields = np.array([(1.5, True, "u", 1j), (2.5, False, "v", 2j)], dtype="f8,?,U1,c16")
    preview = open_table(saved(fields)).preview
    assert [(column.name, column.kind) for column in preview.columns] == [
        ("f0", "number"),
        ("f1", "boolean"),
        ("f2", "text"),
    ]
    assert preview.notes == ("The array f3 was left out: neither numbers nor text.",)


@pytest.mark.parametrize(
    ("array", "told"),
    [
        (np.array([None]), "array: it holds Python objects"),
        (np.array([1j]), "array: expected numbers or text, got complex128"),
        (np.array([0xD800] * 3, np.uint32).view("U1"), "array: its text has characters that are none"),
    ],
)
def test_an_array_of_neither_numbers_nor_text_is_refused(array: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        open_table(saved(array))


def test_an_array_that_claims_to_be_huge_is_refused_before_it_is_made() -> None:
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": "<f8", "fortran_order": False, "shape": (10**6, 10**5)})
    with pytest.raises(ValueError, match="array: it needs 800 000 000 000 bytes"):
        open_table(head.getvalue())


def test_arrays_of_words_dates_and_one_hot_rows_are_inputs_and_a_target() -> None:
    out = io.BytesIO()
    days = np.array(["2020-01-01", "NaT", "2020-01-03", "2020-01-04"] * 3, dtype="datetime64[D]")
    one_hot = np.eye(3)[np.arange(12) % 3]
    one_hot[5] = 0.0
    words = np.array(["u", "v", "", "v"] * 3)
    np.savez(out, s=words, t=days, y=np.where(np.arange(12)[:, None] == 5, np.eye(3)[0], one_hot))
    table = open_table(out.getvalue())
    target = len(table.preview.columns) - 1
    made = finish(table.read(ImportChoice((0, 1), target, skip_bad=True)))
    assert made.dataset.feature_names == ("s = u", "s = v", "t")
    assert made.dataset.class_names == ("1", "2", "3")
    assert made.n_skipped == 6
    assert made.dataset.points[0].tolist() == [1, 0, 18262]


# ---- what is seldom -----------------------------------------------------------------------------


def kinds(text: str | bytes, wanted: TableFormat = GUESSED) -> dict[str, str]:
    columns = open_table(text if isinstance(text, bytes) else text.encode(), wanted).preview.columns
    return {column.name: column.kind for column in columns}


def test_a_first_column_without_a_name_gets_one_when_it_names_the_rows() -> None:
    assert list(kinds(",x,k\n5,1,u\n9,2,v\n7,3,u\n", TableFormat(row_names=True))) == ["row", "x", "k"]


def test_a_header_of_words_alone_has_no_delimiter_too_few() -> None:
    assert list(kinds("a,b\n1,2,\n3,4,\n")) == ["a", "b", "column 3"]


def test_a_table_cut_in_its_first_quote_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="check the quotes"):
        open_table(b'a,"b\n1,2\n3,4\n', TableFormat(delimiter=",", quote='"'))


def test_a_few_polish_letters_are_told_from_french_ones_where_there_are_enough() -> None:
    polish = "imię,wiek,miasto\nŁukasz,3,Kraków\nŻaneta,4,Łódź\nMałgorzata,5,Gdańsk\n"
    assert "imię" in kinds(polish.encode("cp1250"))
    assert "été" in kinds("été,x\n1,2\n3,4\n".encode("cp1252"))


def test_bytes_of_no_known_encoding_are_read_as_latin_1() -> None:
    data = "é,b\n1,2\n".encode("cp1252") + b"1,2\n" * 20_000 + b"\x81\x8d,2\n"
    assert encoding.decode(data).encoding == "latin-1"


def test_a_record_with_another_name_is_named_by_its_row() -> None:
    records = [{"x": i, "k": "uv"[i % 2]} for i in range(1200)]
    with pytest.raises(BadCellsError, match="row 1 201: expected 2 cells, got 3"):
        read(json.dumps([*records, {"x": 1, "k": "u", "z": 3}]), GUESSED)


def test_json_of_columns_or_of_rows_by_name_is_a_table() -> None:
    assert kinds(json.dumps({"x": [1, 2, 3, 4], "k": ["u", "v", "u", "v"]})) == {"x": "number", "k": "text"}
    rows = {f"r{i}": {"x": [i, i + 1], "k": "uv"[i % 2]} for i in range(4)}
    assert kinds(json.dumps(rows)) == {"x1": "number", "x2": "number", "k": "text"}
    assert list(kinds(json.dumps([["x", "k"], [1, "u"], [2, "v"], [3, "u"]]))) == ["x", "k"]


def test_a_wide_table_suggests_as_many_inputs_as_a_network_takes() -> None:
    text = ",".join(f"c{i}" for i in range(1025)) + "\n" + "\n".join(",".join(["1.5"] * 1025) for _ in range(3))
    preview = open_table(text.encode()).preview
    assert len(preview.suggested.features) == 1024


def test_r_calls_numbers_of_rows_x() -> None:
    assert open_table(b"X,len,k\n1,5,u\n2,7,v\n3,6,u\n").preview.reasons[0] == "row numbers"


def test_the_numbers_of_rows_are_known_without_a_header() -> None:
    text = "".join(f"{i},{i * 7 % 5}.5,{i * 3 % 7}.5,{i % 2}\n" for i in range(1, 20))
    assert open_table(text.encode()).preview.reasons[0] == "row numbers"


def test_a_word_beside_coordinates_is_the_target() -> None:
    preview = open_table(b"x,y,kind,size\n1,2,u,1.5\n2,1,v,2.5\n3,4,u,3.5\n4,3,v,4.5\n").preview
    assert preview.columns[preview.suggested.target].name == "kind"


def test_one_hot_columns_that_repeat_the_target_are_left_out() -> None:
    rows = "".join(
        f"{i % 5}.5,{int(i % 3 == 0)},{int(i % 3 == 1)},{int(i % 3 == 2)},{'uvw'[i % 3]}\n" for i in range(12)
    )
    preview = open_table(f"x,is_u,is_v,is_w,label\n{rows}".encode()).preview
    assert preview.suggested.features == (0,)
    assert preview.reasons[2] == 'says the same as "label"'


def test_a_blank_line_among_pairs_is_no_row() -> None:
    assert open_table(b"1 1:0.5\n\n0 1:0.25 2:1\n").count_rows() == 2


def test_a_workbook_with_nothing_in_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty:
        total_height = 0

    class Book:
        sheet_names = ("a",)
        sheets_metadata = ()

        def get_sheet_by_index(self, _place: int) -> Empty:
            return Empty()

    monkeypatch.setattr("python_calamine.load_workbook", lambda _file: Book())
    with pytest.raises(ValueError, match="workbook: its sheets are empty"):
        open_table(b"\xd0\xcf\x11\xe0")


def test_moments_of_a_sheet_keep_their_hours() -> None:
    assert workbook_source._cell(datetime(2020, 1, 1, 5)) == "2020-01-01 05:00:00"
    assert workbook_source._cell(datetime(2020, 1, 1)) == "2020-01-01"


def test_what_clevercsv_cannot_judge_is_read_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("clevercsv.detect.Detector.detect", fail)
    assert kinds("x,k\n1,u\n2,v\n3,u\n") == {"x": "number", "k": "text"}


def test_a_column_says_in_a_word_how_it_becomes_an_input() -> None:
    columns = open_table(b"ok,p,s,x,k\nTrue,5%,u,1,a\nFalse,6%,v,2,b\nTrue,7%,u,3,a\nFalse,9%,u,2,b\n").preview.columns
    assert [column.way for column in columns] == ["0 and 1", "percent", "one-hot", "", "one-hot"]
    assert columns[0].meaning == "true is 1, false is 0"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (",k\n1,u\n2,v\n3,u\n", 1),
        ("?,petrol\n1,gas\n2,diesel\n", 0),
        ("a,b\nr1,1,2\nr2,3,4\nr3,5,6\n", 1),
        ("one,two\nx,y,z\n1,2,3\n4,5,6\n", 2),
        ("1,2\n1,2,3\n4,5,6\n", 0),
        ("# three names too few\n# x y\n1 2\n3 4\n", 2),
        ("# only words here\n1 2\n3 4\n", 0),
    ],
)
def test_the_line_with_the_names_is_found(text: str, line: int) -> None:
    assert open_table(text.encode()).preview.format.header_line == line


def test_text_in_an_array_that_is_no_number_is_a_bad_cell() -> None:
    out = io.BytesIO()
    np.savez(out, x=np.array(["1", "2", "three", "4"]), y=np.array([0, 1, 0, 1]))
    with pytest.raises(BadCellsError, match='row 3, column "x": expected a finite number, got "three"'):
        read(out.getvalue(), GUESSED)


def test_an_arff_file_without_rows_is_no_table() -> None:
    with pytest.raises(ValueError, match="there is no row"):
        open_table(b"@relation r\n@attribute x real\n@attribute y real\n")


def test_the_second_of_two_bad_words_is_named() -> None:
    rows = "".join(f"{'uv'[i % 2]},{'ab'[i % 3 % 2]},{i % 3}\n" for i in range(9))
    with pytest.raises(BadCellsError, match='row 11, column "t": expected a word, the cell is empty'):
        read(f"s,t,k\n{rows}u,,1\n", GUESSED, features=(0, 1))


def test_a_column_that_says_the_words_of_its_form() -> None:
    columns = open_table(b"d,n,k\n2020-01-01,1,a\n2020-01-02,1,a\n2020-01-03,2,b\n").preview.columns
    assert [column.meaning for column in columns[:2]] == ["dates, as days from 1970-01-01", ""]
    assert columns[0].could_be_classes is False
    words = open_table(("w,k\n" + "".join(f"w{i},{i % 2}\n" for i in range(150))).encode()).preview
    assert (words.columns[0].meaning, words.columns[0].could_be_input) == ("", False)


def test_more_columns_than_inputs_are_left_out_with_a_reason() -> None:
    out = io.BytesIO()
    np.savez(out, X=np.random.default_rng(1).random((3, 1024)), y=np.array([0.5, 1.5, 2.5]))
    assert len(open_table(out.getvalue()).preview.suggested.features) == 1024
    assert TableFormat().label == ""
