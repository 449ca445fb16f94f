from __future__ import annotations

import dataclasses
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.document.catalogue import Standardization
from playground.document.display import Display
from playground.document.document import DataSettings, Document, Edge, Node, StartWeight
from playground.document.own_data import Table
from playground.document.selection import Example, Selection
from playground.engine.activations import ACTIVATIONS
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.engine.state import RunState
from playground.files import document_file
from playground.files.error_messages import DocumentError, convert
from playground.files.format import codec as file_format
from playground.files.format import json_text, number_arrays, schema
from playground.files.format.codec import decode, encode
from playground.files.format.migrations import STEPS, VERSION
from playground.files.saved import Saved, ViewState
from playground.training.curve import COLUMNS, Curve
from playground.training.history import CAPACITY
from playground.training.run import Run
from tests.disasters import full_disk

VERSION_0 = Path(__file__).parents[2] / "corpus" / "version-0.playground"
PUBLISHED_SCHEMA = Path(__file__).parents[3] / "docs" / "playground.schema.json"


def trained(document: Document, steps: int) -> Saved:
    run = Run(document)
    run.train(steps)
    return saved(run)


def saved(run: Run) -> Saved:
    return Saved(run.document, run.trainer.state(), run.history.copy())


def opened(content: Saved) -> Run:
    run = Run(Document())
    run.resume(content.document, content.state, content.curves)
    return run


def file_of(content: Saved) -> dict[str, Any]:
    return json.loads(encode(content))


def refusal(plain: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        decode(plain if isinstance(plain, bytes) else json.dumps(plain).encode())
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) <= 300
    return message


def plain_with(place: str, value: object) -> dict[str, Any]:
    """Return the file of a trained document with another `value` at `place`, as ``network.hidden.0.width``."""
    plain = file_of(trained(Document(), 3))
    part: Any = plain
    *path, last = [int(token) if token.isdigit() else token for token in place.split(".")]
    for token in path:
        part = part[token]
    part[last] = value
    return plain


# ---- going on exactly --------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    data=st.data(),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    activation=st.sampled_from([*ACTIVATIONS, "maxout"]),
    dropout=st.sampled_from([0.0, 0.3]),
    steps=st.integers(0, 40),
)
def test_training_on_after_opening_equals_never_having_saved(
    data: st.DataObject, optimizer: str, activation: str, dropout: float, steps: int
) -> None:
    document = Document(
        data=DataSettings(data.draw(st.sampled_from(["xor", "three_arms", "moons"])), points=40, seed=3),
        hidden=(LayerSpec(3, activation, dropout=dropout), LayerSpec(2)),
        training=TrainingSpec(
            loss=data.draw(st.sampled_from(["softmax", "squared", "hinge", "logistic"])),
            optimizer=OptimizerSpec(optimizer),
            learning_rate=0.01,
            batch_size=7,
        ),
        seed=data.draw(st.integers(0, 9)),
    )
    run = Run(document)
    run.train(steps)
    twin = opened(decode(encode(saved(run))))
    assert twin.trainer.state().same_as(run.trainer.state())
    for one in (run, twin):
        one.train(25)
    assert twin.trainer.state().same_as(run.trainer.state())
    assert np.array_equal(twin.history.copy().table, run.history.copy().table, equal_nan=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=17, max_size=17))
def test_every_float_comes_back_to_the_bit(numbers: list[float]) -> None:
    state = RunState(np.array(numbers))
    back = decode(encode(Saved(Document(), state)))
    assert back.state is not None
    assert back.state.same_as(state)


def test_many_parameters_are_packed_and_come_back_to_the_bit() -> None:
    content = trained(Document(hidden=(LayerSpec(100), LayerSpec(100))), 2)
    plain = file_of(content)
    assert set(plain["run"]["parameters"]) == {"shape", "float64"}
    back = decode(encode(content))
    assert back.state is not None
    assert content.state is not None
    assert back.state.same_as(content.state)


def test_the_curves_and_the_view_come_back() -> None:
    run = Run(Document())
    run.train(30)
    selection = Selection(Node(1, 2), Edge(1, 0, 2), Example(None, (0.25, -0.5)))
    view = ViewState(selection, {"zoom": 1.5, "docks": ["a", None, True]}, Display(edge_kind="gradient", values=False))
    back = decode(encode(Saved(run.document, run.trainer.state(), run.history.copy(), view)))
    assert back.view == view
    assert back.curves is not None
    assert np.array_equal(back.curves.table, run.history.copy().table, equal_nan=True)
    assert back.curves.stride == run.history.stride


def test_a_document_with_every_field_set_comes_back_equal() -> None:
    document = Document(
        data=DataSettings("curve", 50, 0.1, 0.7, 9),
        features=("x1", "sin_x1"),
        hidden=(LayerSpec(5, "elu", alpha=2.0), LayerSpec(2, "maxout", pieces=3, dropout=0.1)),
        output_activation="tanh",
        training=TrainingSpec("squared", clip_norm=2.0, clip_value=0.5, regularizer="l1", initializer="he"),
        seed=77,
        keep_weights=False,
        start_weights=(StartWeight(Edge(1, -1, 0), 0.1), StartWeight(Edge(2, 0, 1, 2), -3.5)),
    )
    assert decode(encode(Saved(document))).document == document


@pytest.mark.parametrize("n", [12, 6000])
def test_own_points_come_back_to_the_bit(n: int) -> None:
    rng = np.random.default_rng(4)
    scaling = Standardization((0.5, -1.0, 0.0), (2.0, 0.1, 3.0))
    table = Table(
        rng.standard_normal((n, 3)), np.arange(float(n)) % 3, 3, ("a", "b⟂", "c"), ("red", "green", "blue"), "colour",
        scaling, source="flowers.csv", ids=rng.permutation(n) + 7, thresholds=rng.random(n),
    )  # fmt: skip
    document = Document(data=DataSettings("own", table=table), features=("x1", "x3"), training=TrainingSpec("softmax"))
    content = trained(document, 9)
    back = decode(encode(content))
    assert back.document == document
    run, twin = opened(content), opened(back)
    for one in (run, twin):
        one.train(30)
    assert run.trainer.state().same_as(twin.trainer.state())


def test_wrong_own_points_are_named_by_their_place() -> None:
    table = Table(np.eye(3), np.arange(3.0) % 2)
    plain = file_of(Saved(Document(data=DataSettings("own", table=table))))
    points = plain["data"]["table"]["points"]
    for place, value, message in (
        ((1, 2), "a", "$.data.table.points[1][2]: expected a number, got a text"),
        ((2,), [1.0], "$.data.table.points[2]: expected 3 numbers as in the first row, got 1"),
    ):
        part, kept = (points[place[0]], points[place[0]][place[1]]) if len(place) == 2 else (points, points[place[0]])
        part[place[-1]] = value
        assert refusal(plain).startswith(message)
        part[place[-1]] = kept
    plain["data"]["table"]["targets"][0] = 5
    assert refusal(plain).startswith("$.data.table: targets, row 0: expected a label from 0 to 1, got 5")
    plain["data"]["table"] = None
    assert refusal(plain).startswith("$.data.table: own data need points")


def test_every_field_of_a_document_is_in_its_file() -> None:
    plain = file_of(Saved(Document()))
    names = {field.name for field in dataclasses.fields(Document)}
    assert names <= set(plain) | set(plain["network"])


def test_the_same_content_gives_the_same_bytes() -> None:
    content = trained(Document(), 5)
    data = encode(content)
    assert data == encode(decode(data))


def test_a_file_without_a_run_begins_at_iteration_0() -> None:
    run = opened(decode(b'{"format":"backprop-playground","version":1}'))
    assert run.document == Document()
    assert run.iteration == 0


def test_curves_that_another_program_kept_more_of_are_thinned() -> None:
    n = 4 * CAPACITY
    table = np.zeros((n, 1 + len(COLUMNS)))
    table[:, 0] = np.arange(n)
    curves = decode(encode(Saved(Document(), curves=Curve(1, table)))).curves
    assert curves is not None
    assert len(curves.table) <= CAPACITY
    assert not (curves.table[:, 0] % curves.stride).any()


# ---- a file that people can read ---------------------------------------------------------------


def test_a_file_has_readable_lines() -> None:
    lines = encode(trained(Document(), 50)).decode().splitlines()
    assert max(map(len, lines)) <= 130
    assert '  "seed": 1,' in lines


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=4), inner, max_size=5),
        max_leaves=40,
    )
)
def test_the_layout_of_lines_changes_no_value(value: object) -> None:
    assert msgspec.json.decode(json_text.write(value)) == msgspec.json.decode(msgspec.json.encode(value))


# ---- refusals ----------------------------------------------------------------------------------

REFUSALS = [
    (
        "network.hidden",
        [{}, {}, {"width": "four"}],
        '$.network.hidden[2].width: expected an integer from 1 to 256, got "four"',
    ),
    ("network.hidden.0.width", 300, "$.network.hidden[0].width: expected an integer from 1 to 256, got 300"),
    ("network.hidden.0.width", 2.5, "$.network.hidden[0].width: expected an integer from 1 to 256, got 2.5"),
    ("network.hidden.0.width", True, "$.network.hidden[0].width: expected an integer from 1 to 256, got true"),
    ("network.hidden.0.width", None, "$.network.hidden[0].width: expected an integer from 1 to 256, got null"),
    ("network.hidden", [{}] * 17, "$.network.hidden: expected at most 16 layers, got 17"),
    ("network.hidden.0.wdth", 3, '$.network.hidden[0]: unknown name "wdth"; expected one of width'),
    ("network.hidden.0.activation", "tan", "$.network.hidden[0].activation: expected one of linear, relu"),
    ("network.features.0", "x9", "$.network.features[0]: expected one of x1, x2"),
    ("network.output_activation", "steps", "$.network.output_activation: expected one of linear"),
    ("training.loss", "square", "$.training.loss: expected one of softmax"),
    ("training.optimizer.name", "sdg", "$.training.optimizer.name: expected one of sgd"),
    (
        "training.optimizer.momentum",
        "x",
        '$.training.optimizer.momentum: expected a number from 0 to 0.999999, got "x"',
    ),
    ("training.schedule.name", "stairs", "$.training.schedule.name: expected one of constant"),
    ("training.regularizer", "l3", "$.training.regularizer: expected one of none"),
    ("training.initializer", "best", "$.training.initializer: expected one of xavier"),
    ("data.name", "xnor", "$.data.name: expected one of xor"),
    ("data.points", 10**9, "$.data.points: expected an integer from 4 to 1000000"),
    ("seed", -1, "$.seed: expected an integer from 0 to 2147483647, got -1"),
    ("version", VERSION + 1, f"$.version: format {VERSION + 1} is newer than this program"),
    ("version", "1", f'$.version: expected an integer from 0 to {VERSION}, got "1"'),
    ("format", "else", '$.format: expected "backprop-playground", got "else"'),
    ("unknown", 1, '$: unknown name "unknown"; expected one of data'),
    ("run.parameters", [1.0], "$.run.parameters: expected 17 numbers for this network, got 1"),
    ("run.parameters.3", "a", "$.run.parameters[3]: expected a number, got a text"),
    ("run.parameters", {"shape": [17], "float64": "AAAA"}, "$.run.parameters.float64: expected 17 packed numbers"),
    (
        "run.parameters",
        {"shape": [10**9, 10**9], "float64": ""},
        "$.run.parameters.float64: expected 1 000 000 000 000 000 000",
    ),
    ("run.slots", [[0.0] * 17], "$.run.slots: expected 0 for sgd, got 1"),
    ("run.position", 200, "$.run.position: expected an integer from 0 to 199, got 200"),
    ("run.iteration", -1, "$.run.iteration: expected an integer from 0 to"),
    ("curves.stride", 3, "$.curves.stride: expected a power of two, got 3"),
    ("curves.iterations", [0, 2, 2, 3], "$.curves.iterations[2]: expected an integer from 3 to "),
    ("curves.columns.train", [], "$.curves.columns.train: expected 4 values, one per iteration, got 0"),
    ("network.frozen", [[0, 0, 0, 0]], "$.network.frozen[0]: expected [layer from 1, source from −1, target, piece]"),
    ("view.selection.node", 7, "$.view.selection.node: expected a list or null, got 7"),
]


@pytest.mark.parametrize(("place", "value", "message"), REFUSALS, ids=[f"{p}={str(v)[:20]}" for p, v, _ in REFUSALS])
def test_a_wrong_value_is_refused_with_its_place(place: str, value: object, message: str) -> None:
    assert refusal(plain_with(place, value)).startswith(message)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_are_neither_written_nor_read(number: float) -> None:
    parameters = np.zeros(17)
    parameters[3] = number
    with pytest.raises(DocumentError, match=r"^\$\.run\.parameters\[3\]: expected a finite number"):
        encode(Saved(Document(), RunState(parameters)))
    plain = plain_with("run.parameters", number_arrays.written(np.zeros(5000), ""))
    plain["run"]["parameters"] = {
        "shape": [17],
        "float64": __import__("base64").b64encode(parameters.astype("<f8").tobytes()).decode(),
    }
    assert refusal(plain).startswith("$.run.parameters[3]: expected a finite number")


def test_a_huge_exponent_is_refused() -> None:
    data = encode(Saved(Document())).replace(b'"learning_rate": 0.1', b'"learning_rate": 1e999')
    assert b"1e999" in data
    assert "column 22: this number is too large" in refusal(data)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"view":{"settings":{"a":', b"[[],"])
def test_deep_nesting_is_refused(opening: bytes) -> None:
    assert refusal(opening * 100_000).startswith("$: ")


def test_deep_settings_are_refused() -> None:
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    assert "levels" in refusal(plain_with("view.settings", {"a": deep}))


def test_too_many_values_are_refused_before_they_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msgspec.json, "decode", lambda *_: pytest.fail("it was built"))
    assert "too many values" in refusal(b"[" + b"0," * 2_000_001 + b"0]")
    assert "too many values" in refusal(b"[]" * 200_001)


def test_packed_sizes_are_checked_before_the_array_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_arrays.binascii, "a2b_base64", lambda *_, **__: pytest.fail("it was unpacked"))
    with pytest.raises(ValueError, match="packed numbers"):
        number_arrays.read(np.ndarray, {"shape": [2**31, 2**31], "float64": "AAAA"})


def test_a_cut_off_file_says_so() -> None:
    data = encode(trained(Document(), 3))
    assert refusal(data[: len(data) // 2]) == "$: the file ends too early: it was cut off"


def test_a_broken_character_is_named_by_line_and_column() -> None:
    data = encode(Saved(Document())).replace(b'"seed": 1,\n  "network"', b'"seed": !,\n  "network"')
    line = data[: data.index(b"!")].count(b"\n") + 1
    assert refusal(data).startswith(f"$: line {line}, column 11: this is not JSON")


def test_views_lose_what_no_view_could_show() -> None:
    plain = plain_with("view.selection", {"example": {"index": None, "probe": [1.0, 2.0, 3.0]}, "edge_kind": "secret"})
    assert decode(json.dumps(plain).encode()).view == ViewState()


def test_what_is_no_dataclass_is_refused_in_words() -> None:
    with pytest.raises(DocumentError, match=r"^\$\.x: expected an integer, got \"a\"$"):
        convert("a", int, "$.x")


# ---- versions ----------------------------------------------------------------------------------


def test_a_file_of_version_0_opens_and_trains_on() -> None:
    content = document_file.load(VERSION_0)
    assert content.document.hidden == (LayerSpec(3),)
    assert content.state is not None
    assert content.state.iteration == 12
    assert content.view.display.edge_kind == "gradient"
    run = opened(content)
    assert run.train(5) == 5


def test_every_older_version_has_a_way_up() -> None:
    assert set(STEPS) == set(range(VERSION))


def test_a_new_file_has_the_newest_version() -> None:
    assert file_of(Saved(Document()))["version"] == VERSION


# ---- the schema --------------------------------------------------------------------------------


def test_the_published_schema_is_up_to_date() -> None:
    assert PUBLISHED_SCHEMA.read_text(encoding="utf-8") == schema.text(), (
        "run: python -m playground.files.format.schema > docs/playground.schema.json"
    )


OWNERS = {c.__name__: c for c in (DataSettings, LayerSpec, OptimizerSpec, TrainingSpec, Document)} | {
    "ScheduleSpec": type(TrainingSpec().schedule)
}
BOUNDS = [
    (owner, name, key, limits[key])
    for owner, names in schema.limits().items()
    for name, limits in names.items()
    for key in ("minimum", "maximum", "exclusiveMinimum")
    if key in limits
]


@pytest.mark.parametrize(("owner", "name", "key", "bound"), BOUNDS)
def test_the_limits_of_the_schema_are_those_of_the_program(owner: str, name: str, key: str, bound: float) -> None:
    beyond = 1 if isinstance(bound, int) else 1e-6 * max(1.0, abs(bound))
    wrong = bound + beyond if key == "maximum" else bound - beyond if key == "minimum" else bound
    if key != "exclusiveMinimum":
        OWNERS[owner](**{name: bound})
    with pytest.raises(ValueError, match=name if name != "seed" else "seed"):
        OWNERS[owner](**{name: wrong})


def test_the_schema_knows_every_name_in_a_file() -> None:
    made = schema.schema()

    def check(value: Any, rule: Any, place: str) -> None:
        while "$ref" in rule:
            rule = made["$defs"][rule["$ref"].rsplit("/", 1)[1]]
        if isinstance(value, dict) and "anyOf" in rule:
            rule = next(part for part in rule["anyOf"] if "$ref" in part or "properties" in part)
            check(value, rule, place)
        elif isinstance(value, dict) and "properties" in rule:
            for name, part in value.items():
                assert name in rule["properties"], f"{place}.{name}"
                check(part, rule["properties"][name], f"{place}.{name}")
        elif isinstance(value, list) and isinstance(rule.get("items"), dict):
            for part in value[:1]:
                check(part, rule["items"], f"{place}[0]")

    check(file_of(trained(Document(), 3)), made, "$")


# ---- on disk -----------------------------------------------------------------------------------


def test_save_and_load_give_the_document_back(tmp_path: Path) -> None:
    content = trained(Document(), 4)
    document_file.save(tmp_path / "näher ⟂.playground", content)
    assert document_file.load(tmp_path / "näher ⟂.playground").document == content.document
    assert [file.name for file in tmp_path.iterdir()] == ["näher ⟂.playground"]


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.playground"
    document_file.save(path, Saved(Document()))
    before = path.read_bytes()
    refused = r"^a\.playground: could not be saved \(.*nothing on disk has changed"
    with full_disk(512), pytest.raises(DocumentError, match=refused):
        document_file.save(path, trained(Document(), 30))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named_as_the_reason(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="could not be saved"):
        document_file.save(tmp_path / "gone" / "a.playground", Saved(Document()))


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that this process may read and not write, also where the tests run as root."""
    folder = Path(tempfile.mkdtemp())
    document_file.save(folder / "a.playground", Saved(Document()))
    folder.chmod(0o555)
    (folder / "a.playground").chmod(0o444)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    if user == 0:
        os.seteuid(user)
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_refused_and_keeps_its_file(read_only_folder: Path) -> None:
    content = trained(Document(), 3)
    before = (read_only_folder / "a.playground").read_bytes()
    for name in ("a.playground", "b.playground"):
        with pytest.raises(DocumentError, match=r"could not be saved .*nothing on disk has changed"):
            document_file.save(read_only_folder / name, content)
    assert (read_only_folder / "a.playground").read_bytes() == before
    assert [file.name for file in read_only_folder.iterdir()] == ["a.playground"]
    assert document_file.load(read_only_folder / "a.playground").document == Document()


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, words in (("pipe", "a pipe"), (".", "a folder"), ("none", "cannot be read")):
        with pytest.raises(DocumentError, match=words):
            document_file.load(tmp_path / name)
    with pytest.raises(DocumentError, match="this is a folder"):
        document_file.save(tmp_path, Saved(Document()))
    with pytest.raises(DocumentError, match="null character"):
        document_file.load("a\0b")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.playground"
    with path.open("wb") as file:
        file.truncate(json_text.MAX_BYTES + 1)
    with pytest.raises(DocumentError, match="a document has at most"):
        document_file.load(path)


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bad.playground"
    path.write_text("[]")
    with pytest.raises(DocumentError, match=r"^bad\.playground: \$: expected an object"):
        document_file.load(path)
    assert file_format.NAME == "backprop-playground"
