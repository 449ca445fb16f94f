from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.circuits.parser.expression import parse
from playground.cli import main as cli
from playground.document import catalogue
from playground.document.differences import DIFFERENCES
from playground.document.document import DataSettings, Document, Edge, Node, PrunedWeight, StartWeight
from playground.document.own_data import Table
from playground.document.selection import Example
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.files.format import codec as file_format
from playground.files.links import document_link as links
from playground.files.links import tfplayground
from playground.files.links.parameters import Note
from playground.files.saved import Saved
from playground.session import comparison
from playground.session.saving import open_saved, to_saved
from playground.session.session import Session

CORPUS = Path(__file__).parents[2] / "corpus"


def read_expression(data: bytes) -> None:
    parse(data.decode("utf-8"))


def read_table(data: bytes) -> None:
    table = catalogue.open_table(data)
    for _ in table.read(table.preview.suggested):
        pass


READERS: dict[str, Callable[[bytes], object]] = {
    "documents": file_format.decode,
    "links": lambda data: links.decode(data.decode("latin-1")),
    "expressions": read_expression,
    "tables": read_table,
}


def cases(kind: str) -> list[tuple[str, bytes]]:
    made = json.loads((CORPUS / f"{kind}.json").read_text(encoding="utf-8"))
    return [(name, b"".join(part.encode("latin-1") * times for part, times in case)) for name, case in made.items()]


BROKEN = [pytest.param(kind, data, id=f"{kind}: {name[:60]}") for kind in READERS for name, data in cases(kind)]


@pytest.fixture(scope="module")
def session() -> Session:
    made = Session(Document())
    made.run.train(5)
    return made


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('"learning_rate"', '"learning_rate": 0.9, "learning_rate"', '"learning_rate" is there twice in one object'),
        ('"format"', '"seed": 5, "format"', '"seed" is there twice in one object'),
        ('"learning_rate": 0.1', '"learning_rate": 1e999', "line 26, column 22: this number is too large"),
        ('"points": 400', '"points": ' + "9" * 5000, "line 7, column 15: this number is too large"),
    ],
    ids=["a name twice", "a name twice far apart", "beyond every float", "beyond every integer"],
)
def test_what_json_readers_disagree_about_is_refused_with_its_place(written: str, instead: str, told: str) -> None:
    text = file_format.encode(Saved(Document())).decode()
    with pytest.raises(ValueError, match=told):
        file_format.decode(text.replace(written, instead, 1).encode())


def test_a_text_that_looks_like_a_name_is_no_second_one() -> None:
    text = file_format.encode(Saved(Document())).decode().replace('"function": ""', r'"function": "\"seed\": 1"')
    assert file_format.decode(text.encode()).document == Document(data=DataSettings(function='"seed": 1'))


@pytest.mark.parametrize(("kind", "data"), BROKEN)
def test_broken_input_is_refused_in_one_line_and_changes_nothing(kind: str, data: bytes, session: Session) -> None:
    document, state = session.document, session.run.trainer.state()
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words differ from case to case
        session_takes(session, kind, data)
    message = str(caught.value)
    assert message
    if not isinstance(caught.value, UnicodeDecodeError):  # the window decodes what the user types
        assert message.isprintable()
        assert len(message) <= 400
    assert session.document is document
    assert session.run.trainer.state().same_as(state)


def session_takes(session: Session, kind: str, data: bytes) -> None:
    """Open `data` as the window does: read it whole, then make it the present document."""
    saved = READERS[kind](data)
    if isinstance(saved, Saved):
        open_saved(session, saved)


@pytest.mark.parametrize(("fragment", "data"), cases("addresses"))
def test_a_broken_address_is_refused_or_its_broken_part_is_listed(fragment: str, data: bytes) -> None:
    message = ""
    notes: tuple[Note, ...] = ()
    try:
        notes = tfplayground.read(data.decode("latin-1")).notes
    except ValueError as error:
        message = str(error)
    assert message.isprintable()
    assert len(message) <= 400
    assert message or any(note.text and note.parameter.isalnum() for note in notes), fragment


@pytest.mark.parametrize(("line", "data"), cases("options"))
def test_a_bad_option_is_one_line_and_exit_code_2(line: str, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(data.decode().split(" ")) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("backprop-playground")
    assert len(said.err) < 700


def test_the_corpus_is_what_its_script_makes() -> None:
    check = (
        "import sys; sys.path.insert(0, sys.argv[1]); import make_corpus as m;"
        "sys.exit([k for k in m.KINDS if (m.HERE / f'{k}.json').read_text(encoding='utf-8') != m.written(k)] or 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-B", "-c", check, str(CORPUS)],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, f"run: python tests/corpus/make_corpus.py ({ended.stderr.strip()})"


def test_the_corpus_is_large_enough() -> None:
    assert len(BROKEN) + len(cases("options")) + len(cases("addresses")) >= 200
    assert sum(file.stat().st_size for file in CORPUS.iterdir() if file.is_file()) < 1_000_000


# ---- fuzzing -----------------------------------------------------------------------------------


def good_file() -> dict[str, Any]:
    """Return a file with every part: own points, a run with past, mark and branch, another, a selection, hand edits."""
    table = Table(np.array([[0.0, 1.0], [1.0, 0.5], [2.0, 2.0], [3.0, 1.0]]), np.array([0.0, 1.0, 0.0, 1.0]))
    edge = Edge(1, 0, 1)
    document = Document(
        data=DataSettings("own", table=table),
        hidden=(LayerSpec(2), LayerSpec(2, "maxout")),
        training=TrainingSpec("squared", OptimizerSpec("momentum")),
        start_weights=(StartWeight(edge, 0.5),),
        frozen=(edge,),
        pruned=(PrunedWeight(Edge(2, 0, 0, 1), 0.1),),
    )
    session = Session(document)
    comparison.start(session, DIFFERENCES["rate_up"])
    session.step(3)
    session.go_to(1)
    session.set_weight(edge, 0.25)
    session.step(1)
    session.select(node=Node(1, 0), edge=edge, example=Example(1))
    return file_format.plain(to_saved(session, {"zoom": 1.0}))


GOOD = good_file()
plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["tanh", "x1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


def places(value: object, place: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    return [place, *(found for key, part in parts for found in places(part, (*place, key)))]


PLACES = [place for place in places(json.loads(json.dumps(GOOD))) if place]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), plain_values)
def test_any_value_anywhere_is_taken_or_refused_in_one_line(place: tuple[object, ...], value: object) -> None:
    plain = json.loads(json.dumps(GOOD))
    part = plain
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = value
    message = ""
    try:
        saved = file_format.decode(json.dumps(plain).encode("utf-8", "surrogatepass"))
        if saved.document.data.points <= 2000:
            session = Session(Document())
            open_saved(session, saved)
            session.go_to(session.run.timeline.first)
            session.step(1)
    except ValueError as error:
        message = str(error)
    assert message.isprintable()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_to_the_bytes_is_taken_or_refused_in_one_line(data: st.DataObject) -> None:
    good = json.dumps(GOOD).encode()
    at = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(at, min(len(good), at + 12)))
    damaged = good[:at] + data.draw(st.binary(max_size=6)) + good[end:]
    message = ""
    try:
        file_format.decode(damaged)
    except ValueError as error:
        message = str(error)
    assert message.isprintable()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_no_document(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^\$"):
        file_format.decode(data)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="xyz()+-*/ ,.0123456789max sintanhe\x00ü", max_size=40))
def test_any_text_is_an_expression_or_refused_in_one_line(text: str) -> None:
    message = ""
    try:
        parse(text)
    except ValueError as error:
        message = str(error)
    assert message.isprintable()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.text(alphabet='0123456789.,;\t\n"-ex', max_size=80).map(str.encode))
def test_any_bytes_are_a_table_or_refused_in_one_line(data: bytes) -> None:
    message = ""
    try:
        read_table(data)
    except ValueError as error:
        message = str(error)
    assert message.isprintable()
