"""Files as other programs and people write them, each with what is right for it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from datasets.imports.imported import Imported
from datasets.imports.open_table import ImportTable, open_table
from datasets.imports.table_format import TableFormat
from playground.engine.slices import finish

CASES = Path(__file__).parents[2] / "data" / "import"


@dataclass(frozen=True)
class Right:
    """What is right for a file; None where it does not matter."""

    inputs: tuple[str, ...]
    target: str
    classes: tuple[str, ...] = ()
    first: tuple[float, ...] | None = None
    header: int | None = None
    delimiter: str | None = None
    left_out: int = 0
    note: str = ""


def taken(table: ImportTable) -> Imported:
    return finish(table.read(replace(table.preview.suggested, skip_bad=True)))


def check(data: bytes, right: Right) -> None:
    table = open_table(data)
    preview = table.preview
    choice = preview.suggested
    assert tuple(preview.columns[i].name for i in choice.features) == right.inputs
    assert preview.columns[choice.target].name == right.target
    if right.header is not None:
        assert (preview.format.header_line or 0) == right.header
    if right.delimiter is not None:
        assert preview.format.delimiter == right.delimiter
    assert right.note in " ".join(preview.notes)
    made = taken(table)
    assert made.dataset.class_names == right.classes
    assert made.n_skipped == right.left_out
    assert table.count_rows() == made.dataset.n_points + made.n_skipped
    if right.first is not None:
        assert made.dataset.points[0].tolist() == pytest.approx(right.first)


X12, AB = ("x1", "x2"), ("a", "b")

SMALL = {
    "r_write_table.tsv": Right(("x", "y"), "v", AB, (0.5, 1.5), 1, "\t"),
    "r_write_csv.csv": Right(("len", "wid"), "grp", AB, (0.5, 1.5), 1),
    "numeric_header.csv": Right(("1999", "2000"), "2001", ("0", "1"), (1.5, 2.5), 1),
    "headerless_with_question.csv": Right(
        ("column 1", "column 4", "column 5"), "column 6", ("0", "1"), (3, 0, 1, 88.6), 0
    ),
    "sep_semicolon.csv": Right(("length", "width"), "kind", AB, (0.5, 1.2), 2, ";"),
    "sep_comma.csv": Right(("length", "width"), "kind", AB, (0.5, 1.2), 2, ","),
    "preamble_rows.csv": Right(("temp", "wind"), "rain", ("no", "yes"), (12.5, 3), 4),
    "comment_header.txt": Right(("one", "two"), "label", ("0", "1"), (1, 2), 1, " "),
    "comment_middle.csv": Right(("x", "y"), "class", AB, (1, 2), 2),
    "comment_end.csv": Right(("x", "y"), "class", AB, (1, 2), 1),
    "comma_quoted_dec_comma.csv": Right(X12, "class", AB, (0.5, 1.2)),
    "thousands_comma.csv": Right(
        ("area", "price"), "sold", ("no", "yes"), (1204, 310000), note="1,204 were read as 1204"
    ),
    "thousands_german.csv": Right(("Flaeche", "Preis"), "verkauft", ("ja", "nein"), (1204.5, 310000)),
    "german_int_thousands_trap.csv": Right(("Einwohner", "Anteil"), "Lage", ("Nord", "Sued"), (1204, 0.5)),
    "space_then_quote.csv": Right(("x", "y"), "kind, of it", ("blue", "red, dark"), (1, 2)),
    "single_quotes.csv": Right(("age", "size"), "class", ("no", "yes"), (41, 1.5)),
    "mixed_space_tab_quoted.data": Right(
        ("column 1", "column 2", "column 3"), "column 4", ("70", "71"), (18, 8, 307), 0, " "
    ),
    "plus_minus_class.csv": Right(("column 1", "column 2", "column 3"), "column 4", ("+", "-"), (30.83, 0, 1.25), 0),
    "none_class.csv": Right(("speed", "angle"), "injury", ("Fatal", "Major", "None"), (10, 2)),
    "y_is_coordinate.csv": Right(("x", "y"), "color", ("blue", "red"), (0.1, 0.2)),
    "one_hot_target.csv": Right(X12, "is", ("a", "b", "c"), (0.1, 0.2), note="one-hot columns is_a, is_b, is_c"),
    "npz_transposed.npz": Right(
        ("X1", "X2"), "Y", ("0", "1"), note="Each column of X, Y was read as one of 12 examples"
    ),
    "npz_object.npz": Right(("X1",), "X2", note="The array y was left out: it holds Python objects"),
    "npz_datetime.npz": Right(("X1", "X2"), "y", ("0", "1")),
    "array.npy": Right(X12, "x3", ("0", "1")),
    "utf16le_nobom_tab.txt": Right(X12, "class", AB, (0.5, 1.2), 1, "\t"),
    "cp1252_euro.csv": Right(("länge", "preis €"), "klasse", ("groß", "klein"), (1, 2), note="read as cp1252"),
    "colon.csv": Right(("x", "y"), "label", AB, (1, 2), 1, ":"),
    "tilde.csv": Right(("x", "y"), "label", AB, (1, 2), 1, "~"),
    "fortran_exp.csv": Right(AB, "class", ("x", "y"), (1000, 2)),
    "percent.csv": Right(("rate", "share"), "class", ("x", "y"), (0.45, 0.1), note="divided by 100: rate, share"),
    "currency.csv": Right(
        ("price", "share"), "class", ("x", "y"), (45.5, 1), note="Currency signs were left out: price"
    ),
    "time_values.csv": Right(("t", "v"), "class", ("x", "y"), (12.5, 1), note="as hours: t"),
    "date_feature_only.csv": Right(("Date",), "Temp", (), (4018,), note="as days from 1970-01-01: Date"),
    "text_feature.csv": Right(("sex", "age", "fare"), "outcome", ("0", "1"), (0, 1, 22, 7.25)),
    "booleans_feature.csv": Right(("age", "smoker", "alone"), "survived", ("0", "1"), (22, 1, 0)),
    "small.arff": Right(("a1", "a2"), "class", ("0", "1"), (-0.4, 0.3)),
    "libsvm.txt": Right(X12, "label", ("-1", "1"), (0.7, 0.1)),
    "orange_3line.tab": Right(("sepal", "petal"), "kind", ("set", "ver"), (5.1, 1.4), 1),
    "line100.csv": Right(("x",), "y", (), (0,)),
    "houses_small.csv": Right(("size", "rooms"), "price", (), (2104, 3)),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_small_file_of_each_kind_is_read_as_it_was_meant(name: str) -> None:
    check((CASES / name).read_bytes(), SMALL[name])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("lfs_pointer.csv", "a Git LFS pointer, not the table itself; fetch the table: git lfs pull"),
        ("book.xlsx", "this spreadsheet cannot be read .*; open it in its program and save it as CSV"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        open_table((CASES / name).read_bytes())


def test_every_small_file_has_its_right_value() -> None:
    assert {path.name for path in CASES.iterdir()} == {*SMALL, "lfs_pointer.csv", "book.xlsx"}


# ---- as public data sets and other programs write them ------------------------------------------

RNG = np.random.default_rng(0)
FLOWERS = "".join(f"{5 + i // 10}.{i % 10},3.{i % 7},1.{i * 3 % 10},{('setosa', 'versicolor', 'virginica')[i // 10]}\n"
                  for i in range(30))  # fmt: skip
SPECIES = ("setosa", "versicolor", "virginica")
COLUMNS = ("column 1", "column 2", "column 3")


def lines(header: str, row: str, n: int = 20) -> str:
    """Return `n` rows of a format with i, k (0 or 1), t (0, 1 or 2), ab, w (no or yes) and r (a random number)."""
    body = []
    for i in range(n):
        places = {"i": i, "j": i + 1, "k": i // 2 % 2, "t": (2 * i + i // 4) % 3, "r": RNG.random()}
        body.append(row.format(**places, ab="ab"[i % 2], w=("no", "yes")[i % 2]))
    return "\n".join([header, *body] if header else body) + "\n"


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cell(value: object, place: str) -> str:
    """Return the XML of a cell of a sheet: a date, a boolean, a number or text."""
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def workbook(*rows: list[object], sheets: int = 1) -> bytes:
    """Return an XLSX file whose first sheet has these `rows`."""
    numbers = range(1, sheets + 1)
    body = "".join(
        f'<row r="{i}">' + "".join(cell(value, f"{'ABCDEFG'[k]}{i}") for k, value in enumerate(row)) + "</row>"
        for i, row in enumerate(rows, 1)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>' for n in numbers
    )
    listed = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{parts}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{body}</sheetData></worksheet>',
    }
    empty = f'<worksheet xmlns="{SHEET}"><sheetData/></worksheet>'
    return zipped(files | {f"xl/worksheets/sheet{n}.xml": empty for n in numbers if n > 1})


PASSENGERS = lines(
    "PassengerId,Survived,Pclass,Name,Sex,Age,Cabin,Embarked",
    '{j},{k},{t},"Braund, Mr. {i}",' + "{ab},2{t},,S{t}",
)
HEADS = ("id", "index", "Unnamed: 0", "rowid", "sample_id", "caseNr id", "customerID")

PUBLIC: dict[str, tuple[str | bytes, Right]] = {
    "iris.data": (FLOWERS + "\n", Right(COLUMNS, "column 4", SPECIES, (5.0, 3.0, 1.0), 0)),
    "titanic": (PASSENGERS, Right(("Pclass", "Sex", "Age", "Embarked"), "Survived", ("0", "1"), header=1)),
    "titanic of seaborn": (
        "survived,pclass,fare,class,alive\n"
        + "".join(
            f"{i * i % 5 % 2},{i % 3},{i * 7 % 11}.5,c{i % 3},{('no', 'yes')[i * i % 5 % 2]}\n" for i in range(30)
        ),
        Right(("pclass", "fare", "class"), "survived", ("0", "1")),
    ),
    "adult.data": (
        "".join(
            f"{20 + i * 7 % 13}, {('Private', 'State-gov')[i % 5 % 2]}, 1.{i}, {('<=50K', '>50K')[i % 3 % 2]}\n"
            for i in range(20)
        ),
        Right(COLUMNS, "column 4", ("<=50K", ">50K"), None, 0),
    ),
    "adult.test": (
        "|1x3 Cross validator\n"
        + "".join(f"{20 + i * 7 % 13}, 1.{i}, {('<=50K.', '>50K.')[i % 3 % 2]}\n" for i in range(20)),
        Right(("column 1", "column 2"), "column 3", ("<=50K.", ">50K."), None, 0),
    ),
    "wine.data": (
        lines("", "{t},{r:.2f},1{i}.5,10{i}", 30),
        Right(("column 2", "column 3", "column 4"), "column 1", ("0", "1", "2")),
    ),
    "winequality": (
        lines('"fixed acidity";"pH";"quality"', "{i}.4;3.5{k};{t}"),
        Right(("fixed acidity", "pH"), "quality", ("0", "1", "2"), (0.4, 3.5), 1, ";"),
    ),
    "auto-mpg.data": (
        lines("", '{j}8.5   {t}   307.0   {k}\t"chevy {i}"'),
        Right(COLUMNS, "column 4", ("0", "1"), (18.5, 0, 307), 0, " "),
    ),
    "seeds": (
        "".join(f"15.{i}\t14.{i % 7}\t{'' if i % 5 else chr(9)}0.{i}\t{1 + i // 10}\n" for i in range(30)),
        Right(COLUMNS, "column 4", ("1", "2", "3"), (15.0, 14.0, 0.0), 0, " "),
    ),
    "penguins": (
        "species,bill,mass,sex\n"
        + "".join(
            f"{('Adelie', 'Gentoo')[i % 2]},{'NA' if i == 3 else 39 + i},"
            f"{37 + i * 3 % 7}.5,{'NA' if i == 3 else 'mf'[i % 3 % 2]}\n"
            for i in range(20)
        ),
        Right(("bill", "mass", "sex"), "species", ("Adelie", "Gentoo"), (39, 37.5, 0, 1), 1, left_out=1),
    ),
    "pixels with a header": (
        "label,"
        + ",".join(f"pixel{i}" for i in range(784))
        + "\n"
        + "".join(f"{i % 10}," + ",".join(str(i * k % 256) for k in range(784)) + "\n" for i in range(40)),
        Right(tuple(f"pixel{i}" for i in range(784)), "label", tuple("0123456789"), header=1),
    ),
    "pixels without a header": (
        "".join(f"{i % 10}," + ",".join(str(i * k % 256) for k in range(99)) + ",0\n" for i in range(40)),
        Right(tuple(f"column {i}" for i in range(2, 102)), "column 1", tuple("0123456789"), header=0),
    ),
    "pandas with its index": (
        lines(",length,target", "{i},{r:.3f},{t}"),
        Right(("length",), "target", ("0", "1", "2"), header=1),
    ),
    "R with row names that are words": (
        lines('"","mpg","am"', '"Car {i}",{i}.5,{k}'),
        Right(("mpg",), "am", ("0", "1"), (0.5,), 1),
    ),
    "species and their numbers": (
        lines("length,species,species_id", "{r:.3f},s{t},{t}"),
        Right(("length",), "species", ("s0", "s1", "s2")),
    ),
    "German Excel": (
        lines("Größe;Gewicht;Einkommen", "1,6{k};{i},5;1.{i:03},00 €").encode("cp1252"),
        Right(("Größe", "Gewicht"), "Einkommen", (), (1.6, 0.5), 1, ";", note="Currency signs"),
    ),
    "French thousands": (
        lines("taille;salaire;classe", "1,6{k};1\u202f20{k},50;{ab}"),
        Right(("taille", "salaire"), "classe", AB, (1.6, 1200.5)),
    ),
    "Swiss thousands": (lines("Betrag;Gruppe", "{j}'204.50;{ab}"), Right(("Betrag",), "Gruppe", AB, (1204.5,))),
    "Excel's Unicode text": (
        lines("x\ty\tart", "{i},5\t{k},25\t{w}").encode("utf-16"),
        Right(("x", "y"), "art", ("no", "yes"), (0.5, 0.25), 1, "\t"),
    ),
    "LibreOffice with a mark": (
        lines("\ufeffx,y,art", "{i}.5,{k}.25,{w}"),
        Right(("x", "y"), "art", ("no", "yes"), (0.5, 0.25)),
    ),
    "SPSS": (
        lines("id\tgender\tscore\tgroup", "{i}3\t{k}\t{i}.5\t{t}"),
        Right(("gender", "score"), "group", ("0", "1", "2"), (0, 0.5)),
    ),
    "Russian": (
        lines("рост,вес,пол", "16{k},6{t},{w}").replace("yes", "муж").replace("no", "жен").encode("cp1251"),
        Right(("рост", "вес"), "пол", ("жен", "муж")),
    ),
    "Japanese": (
        lines("身長,体重,性別", "16{k},6{t},{w}").replace("yes", "男").replace("no", "女").encode("cp932"),
        Right(("身長", "体重"), "性別", ("女", "男")),
    ),
    "JSON records": (
        json.dumps([{"x": i * 0.5, "y": i, "label": 1 - 2 * (i % 2)} for i in range(9)]),
        Right(("x", "y"), "label", ("-1", "1"), (0, 0)),
    ),
    "JSON lines": (
        "\n".join(json.dumps({"x": i, "ok": i % 3 == 0, "label": "ab"[i % 2]}) for i in range(9)),
        Right(("x", "ok"), "label", AB, (0, 1)),
    ),
    "JSON of pandas, by column": (
        json.dumps({"x": {str(i): i / 2 for i in range(9)}, "kind": {str(i): "ab"[i % 2] for i in range(9)}}),
        Right(("x",), "kind", AB, (0,)),
    ),
    "JSON of pandas, split": (
        json.dumps({"columns": ["x", "kind"], "index": [0, 1, 2, 3], "data": [[i, "ab"[i % 2]] for i in range(4)]}),
        Right(("x",), "kind", AB, (0,)),
    ),
    "JSON with lists in it": (
        json.dumps({"name": "t", "points": [{"p": [i, i * i], "label": "ab"[i % 2]} for i in range(9)]}),
        Right(("p1", "p2"), "label", AB, (0, 0), note='found under "points"'),
    ),
    "LIBSVM with gaps": (
        "".join(f"{i % 2} 1:{i} 3:{i}.5 # note\n" for i in range(9)),
        Right(("x1", "x2", "x3"), "label", ("0", "1"), (0, 0, 0.5)),
    ),
    "Weka": (
        "@RELATION iris\n@ATTRIBUTE 'sepal length' NUMERIC\n@ATTRIBUTE w REAL\n"
        "@ATTRIBUTE kind {Iris-setosa, 'Iris virg'}\n@DATA\n"
        "5.1,3.5,Iris-setosa\n4.9,?,'Iris virg'\n4,3,Iris-setosa\n4,2,'Iris virg'\n",
        Right(("sepal length", "w"), "kind", ("Iris virg", "Iris-setosa"), (5.1, 3.5), left_out=1),
    ),
    "Orange with signs": (
        lines("C#length\tcD#kind\tmS#name", "{i}.5\t{ab}\tn{i}"),
        Right(("length",), "kind", AB, (0.5,), 1),
    ),
    "packed with gzip": (gzip.compress(lines("x,kind", "{i},{ab}").encode()), Right(("x",), "kind", AB, (0,))),
    "one file in a zip": (
        zipped({"data/x": lines("x,kind", "{i},{ab}"), "__MACOSX/._x": "?"}),
        Right(("x",), "kind", AB, (0,), note='The file "data/x"'),
    ),
    "a workbook with dates and booleans": (
        workbook(
            ["when", "x", "ok", "kind"],
            *([date(2020, 1, 1 + i), i / 2, i % 3 == 0, "ab"[i % 2]] for i in range(9)),
            sheets=2,
        ),
        Right(("x", "ok"), "kind", AB, (0, 1), 1, note='The sheet "Sheet1" was read'),
    ),
    "a workbook with a title": (
        workbook(["Report"], [], ["x", "y", "z"], *([i, i * 2, i * 1.5] for i in range(9))),
        Right(("x", "y"), "z", (), (0, 0), 3),
    ),
    "house prices": (
        lines("Id,Zoning,LotArea,Street,SalePrice", "{j},R{k},{i}450,Pave,20{i}500"),
        Right(("Zoning", "LotArea"), "SalePrice", (), (1, 0, 450)),
    ),
    "mushrooms": (lines("class,cap,odor", "{ab},x{t},y{k}{t}", 30), Right(("cap", "odor"), "class", AB)),
    "numpy.savetxt": (
        lines("# x y label", "{i}.5e+00 {i}.0e+00 {k}.0e+00"),
        Right(("x", "y"), "label", ("0", "1"), (0.5, 0), 1, " "),
    ),
    "an own export": (
        lines("x1,x2,class,output_0,set", "{i}.5,{t},class {k},{r},train").replace(",train\n", ",test\n", 3),
        Right(X12, "class", ("class 0", "class 1"), (0.5, 0)),
    ),
    "predictions beside the answer": (lines("x1,y,y_pred", "{i},{i}.5,{i}.6"), Right(("x1",), "y", (), (0,))),
    "American dates": (
        lines("date,close", "1/{j}/2020,{i}.5"),
        Right(("date",), "close", (), (18262,), note="the month first"),
    ),
    "a delimiter at the end": (lines("a,b,c,", "{i},{k}5,{ab},"), Right(AB, "c", AB, (0, 5))),
    "a delimiter at the end of rows alone": (lines("a,b,c", "{i},{k}5,{ab},"), Right(AB, "c", AB, (0, 5))),
    "a total at the end": (lines("a,b,c", "{i},{k}5,{ab}") + "Total,,\n", Right(AB, "c", AB, (0, 5), left_out=1)),
    "features that are one-hot": (
        lines("age,sex_f,sex_m,price", "{i},{k},1{k},{i}.5").replace(",11,", ",0,").replace(",10,", ",1,"),
        Right(("age", "sex_f", "sex_m"), "price", (), (0, 0, 1)),
    ),
    "a header of numbers of columns": (
        lines("0,1,2,3", "{i}.5,{k}.5,0.{i},{k}"),
        Right(("0", "1", "2"), "3", ("0", "1"), header=1),
    ),
    "XOR": ("x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n", Right(X12, "y", ("0", "1"), (0, 0))),
    "NOT": ("x,y\n0,1\n1,0\n0,1\n1,0\n", Right(("x",), "y", ("0", "1"), (0,))),
    "backslashes": ('name,x,k\n"a \\"q\\", b",1,u\n"d",2,v\n"e",3,u\n"f",4,v\n', Right(("x",), "k", ("u", "v"), (1,))),
    "colours that begin like comments": (
        "#ff0000,0.5,a\n#00ff00,0.7,b\n#0000ff,0.1,a\n#ffff00,0.2,b\n",
        Right(("column 2",), "column 3", AB, (0.5,), 0),
    ),
    "a header that begins like a comment": (
        lines("#,HP,Legendary", "{j},4{t},{w}").replace("yes", "True").replace("no", "False"),
        Right(("HP",), "Legendary", ("False", "True"), header=1),
    ),
    "timestamps": (
        lines("timestamp,temp,label", "2020-01-01T{i:02}:00:00Z,{i}.5,{ab}"),
        Right(("temp",), "label", AB, (0.5,)),
    ),
} | {
    f"rows numbered as {head}": (lines(f"{head},x,kind", "{j},{r:.3f},{ab}"), Right(("x",), "kind", AB))
    for head in HEADS
}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_file_of_another_program_is_read_as_it_was_meant(name: str) -> None:
    data, right = PUBLIC[name]
    check(data.encode() if isinstance(data, str) else data, right)


TWO_SHEETS = (Path(__file__).parents[2] / "data" / "two-sheets.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "names"), [(None, ["a", "b", "c"]), ("ants", ["a", "b", "c"]), ("bees", ["u", "v"])]
)
def test_the_wanted_sheet_of_a_workbook_is_read(wanted: str | None, names: list[str]) -> None:
    preview = open_table(TWO_SHEETS, TableFormat(sheet=wanted)).preview
    assert [column.name for column in preview.columns] == names
    assert (preview.format.sheet, preview.format.sheets) == (wanted or "ants", ("ants", "bees"))
    assert preview.notes == (f'The sheet "{wanted or "ants"}" was read, one of 2; another can be chosen.',)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match='there is no sheet "empty" with a table; choose one of ants, bees'):
        open_table(TWO_SHEETS, TableFormat(sheet="empty"))


def test_the_table_of_an_archive_is_read_beside_what_describes_it() -> None:
    data = zipped(
        {"iris/iris.data": "x,y,k\n1,2,a\n3,4,b\n", "iris/iris.names": "1. Title: Iris", "iris/Index": "Index of iris"}
    )
    preview = open_table(data).preview
    assert [column.name for column in preview.columns] == ["x", "y", "k"]
    assert preview.notes[0] == 'The file "iris/iris.data" in the archive was read.'


def test_numbers_of_accountants_are_read_and_said() -> None:
    rows = "".join(f'"({i},204.50)",{i},a\n"{i},120.00",{i},b\n' for i in range(1, 7))
    preview = open_table(f"profit,cost,kind\n{rows}".encode()).preview
    assert preview.columns[0].kind == "number"
    assert preview.columns[0].meaning == "numbers in brackets or with a minus sign behind are below 0"
    assert "Numbers in brackets or with a minus sign behind were read as numbers below 0: profit." in preview.notes


def test_a_json_list_with_more_behind_it_is_refused_and_nothing_is_lost() -> None:
    text = json.dumps([{"x": i, "c": "ab"[i % 2]} for i in range(20)])
    with pytest.raises(ValueError, match=r"JSON: after the list there is more, \[\{.*save it as a list of records"):
        open_table(f"{text} {text}".encode())


@pytest.mark.parametrize("record", ['{"x": 1, "c": "\\ud800"}', '{"\\udfff": 1, "c": "a"}', '{"x": {"\\ud83d": 1}}'])
def test_half_a_character_in_json_is_refused(record: str) -> None:
    with pytest.raises(ValueError, match=r"JSON: \\u[0-9a-f]{4} is half a character; leave it out"):
        open_table(f"[{record}, {record}]".encode())
    assert open_table('[{"x": 1, "c": "\\ud83d\\ude00"}, {"x": 2, "c": "ü"}]'.encode()).count_rows() == 2


@pytest.mark.parametrize(
    ("head", "words"),
    [("@attribute bag relational\n@attribute x numeric\n@end bag\n@attribute c {a,b}\n", "its rows hold tables"),
     ("", "it has no @attribute")],
    ids=["relational", "no attribute"],
)  # fmt: skip
def test_an_arff_file_that_is_no_table_is_named(head: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^ARFF: {words}"):
        open_table(f"@relation r\n{head}@data\n'1',a\n'3',b\n".encode())


def test_a_column_that_is_said_to_hold_numbers_and_holds_none_is_named() -> None:
    text = "@relation r\n@attribute x numeric\n@attribute c {a,b}\n@data\nlow,a\nhigh,b\nlow,a\n"
    assert open_table(text.encode()).preview.columns[0].kind == "number"


def test_the_apostrophe_that_keeps_a_spreadsheet_from_computing_a_name_is_no_part_of_it() -> None:
    table = open_table(b"'=x,'tis,c\n1,2,'=a\n2,3,-b\n3,4,'-b\n")
    assert [column.name for column in table.preview.columns] == ["=x", "'tis", "c"]
    assert taken(table).dataset.class_names == ("-b", "=a")
