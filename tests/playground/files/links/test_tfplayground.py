from __future__ import annotations

from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.document.document import Document
from playground.document.own_data import Table
from playground.files.error_messages import DocumentError
from playground.files.links.address import FEATURES, is_address
from playground.files.links.tfplayground import read, translate
from playground.training.run import Run

ADDRESS = (
    "https://playground.tensorflow.org/#activation=relu&regularization=L2&batchSize=10&dataset=spiral"
    "&regDataset=reg-plane&learningRate=0.03&regularizationRate=0.003&noise=15&networkShape=8,6&seed=0.55534"
    "&showTestData=true&discretize=true&percTrainData=70&x=true&y=true&xTimesY=false&xSquared=false&ySquared=true"
    "&cosX=false&sinX=true&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false"
    "&hideText=false&playButton_hide=true"
)


def kinds(text: str) -> dict[str, str]:
    return {note.parameter: note.kind for note in translate(text).notes}


def table_of(document: Document) -> Table:
    assert document.table is not None
    return document.table


def test_an_address_becomes_a_document() -> None:
    made = translate(ADDRESS)
    document = made.saved.document
    assert [(layer.width, layer.activation) for layer in document.hidden] == [(8, "relu"), (6, "relu")]
    assert document.features == ("x1", "x2", "x2_squared", "sin_x1")
    assert (document.data.name, document.data.points, document.data.train_fraction) == ("own", 500, 0.7)
    assert document.data.table is not None
    assert document.data.table.source == "TensorFlow Playground: spiral, noise 15 %"
    training = document.training
    assert (training.loss, training.learning_rate, training.batch_size) == ("squared", 0.03, 10)
    assert (training.optimizer.name, document.output_activation) == ("sgd", "tanh")
    assert (training.initializer, training.initial_scale) == ("uniform", 0.5)
    settings = {"discretize": True, "show_test": True, "hidden_controls": ["play"]}
    assert dict(made.saved.view.settings) == settings


@pytest.mark.parametrize("value", ["true", "false"])
def test_a_switch_of_the_output_is_noted_as_it_stands(value: str) -> None:
    notes = {note.parameter: note.text for note in translate(f"#discretize={value}&showTestData={value}").notes}
    classes, points = {
        "true": ("shows classes, not shades", "shows the test points"),
        "false": ("shows shades, not classes", "leaves the test points out"),
    }[value]
    assert (notes["discretize"], notes["showTestData"]) == (f"the output view {classes}", f"the output view {points}")


@pytest.mark.parametrize("page", ["https://example.org/page", "http://example.org/a.csv", "www.example.org"])
def test_a_page_without_settings_is_named_for_what_it_is(page: str) -> None:
    with pytest.raises(DocumentError, match="address: it holds no settings; expected a link to a playground"):
        read(page)


def test_every_parameter_of_an_address_is_noted() -> None:
    noted = kinds(ADDRESS)
    assert set(noted) >= {pair.split("=")[0] for pair in ADDRESS.split("#")[1].split("&")}
    assert noted["hideText"] == noted["collectStats"] == noted["regDataset"] == "ignored"
    assert noted["activation"] == noted["dataset"] == noted["noise"] == noted["playButton_hide"] == "read"
    assert noted["seed"] == noted["initZero"] == "approximated"


def test_its_half_in_l2_halves_our_lambda() -> None:
    training = translate("#regularization=L2&regularizationRate=0.1").saved.document.training
    assert (training.regularizer, training.penalty) == ("l2", 0.05)
    # ∂/∂w of 0.1 · ½w² is 0.1·w, and so is that of our 0.05 · w².
    assert 2 * training.penalty == 0.1
    training = translate("#regularization=L1&regularizationRate=0.1").saved.document.training
    assert (training.regularizer, training.penalty) == ("l1", 0.1)


def test_an_empty_hash_gives_the_first_page_of_the_original() -> None:
    document = translate("https://playground.tensorflow.org/").saved.document
    assert [layer.width for layer in document.hidden] == [4, 2]
    assert "circle, noise 0 %" in table_of(document).source
    assert document.data.train_fraction == 0.5
    assert document.training.learning_rate == 0.03
    assert document.hidden[0].activation == "tanh"


def test_regression_has_a_linear_output_and_its_own_data() -> None:
    document = translate("#problem=regression&dataset=xor&regDataset=reg-gauss").saved.document
    assert (document.output_activation, document.data.points) == ("linear", 1200)
    assert table_of(document).is_regression
    assert "reg-gauss" in table_of(document).source


def test_an_empty_shape_is_no_hidden_layer() -> None:
    assert translate("#networkShape=&x=true").saved.document.hidden == ()


def test_zero_initialization_is_taken() -> None:
    assert translate("#initZero=true").saved.document.training.initializer == "zeros"


@pytest.mark.parametrize(("theirs", "ours"), FEATURES.items())
def test_each_input_is_switched_on_by_its_name(theirs: str, ours: str) -> None:
    others = "&".join(f"{name}={'true' if name == theirs else 'false'}" for name in FEATURES)
    assert translate("#" + others).saved.document.features == (ours,)


@pytest.mark.parametrize(("name", "least", "most"), [("xor", 5.0, 5.3), ("circle", 4.5, 5.0), ("spiral", 4.5, 5.0)])
def test_points_have_the_coordinates_of_the_original(name: str, least: float, most: float) -> None:
    table = table_of(translate(f"#dataset={name}").saved.document)
    assert table.extent == (-6.0, 6.0)
    assert least <= np.abs(table.points).max() <= most
    assert np.bincount(table.targets.astype(int)) == pytest.approx(250, abs=40)


def test_labels_are_those_of_the_original() -> None:
    xor = table_of(translate("#dataset=xor").saved.document)
    assert np.array_equal(xor.targets == 1, xor.points[:, 0] * xor.points[:, 1] >= 0)
    assert np.abs(xor.points).min() >= 0.3
    circle = table_of(translate("#dataset=circle").saved.document)
    assert np.array_equal(circle.targets == 1, np.hypot(*circle.points.T) < 2.5)
    spiral = table_of(translate("#dataset=spiral").saved.document)
    arm = spiral.points[spiral.targets == 1]
    assert np.allclose(arm[125], [2.5 * np.sin(1.75 * np.pi), 2.5 * np.cos(1.75 * np.pi)])
    assert np.allclose(spiral.points[spiral.targets == 0], -arm)


def test_values_are_those_of_the_original() -> None:
    plane = table_of(translate("#problem=regression").saved.document)
    assert np.allclose(plane.targets, plane.points.sum(axis=1) / 10)
    hills = table_of(translate("#problem=regression&regDataset=reg-gauss").saved.document)
    nearest = np.argmin(np.hypot(hills.points[:, 0] - 4.0, hills.points[:, 1] - 2.5))
    distance = np.hypot(*(hills.points[nearest] - (4.0, 2.5)))
    assert hills.targets[nearest] == pytest.approx(1 - distance / 2)
    assert np.abs(hills.targets).max() <= 1.0


def test_noise_is_that_of_the_original() -> None:
    # Their blobs have the variance 0.5 + 7·noise; elsewhere noise mixes labels and moves no point.
    gauss = table_of(translate("#dataset=gauss&noise=50").saved.document)
    assert np.var(gauss.points[gauss.targets == 1] - 2.0) == pytest.approx(4.0, rel=0.2)
    clean, mixed = (table_of(translate(f"#dataset=xor&noise={share}").saved.document) for share in (0, 30))
    assert np.array_equal(clean.points, mixed.points)
    assert 0.02 < np.mean(clean.targets != mixed.targets) < 0.4
    assert "noise 50 %" in table_of(translate("#noise=90").saved.document).source
    assert "noise 0 %" in table_of(translate("#noise=-9").saved.document).source
    assert kinds("#noise=90")["noise"] == "approximated"


def test_the_same_seed_gives_the_same_points() -> None:
    first, again, other = (translate(f"#seed={seed}").saved.document for seed in ("0.1", "0.1", "0.2"))
    assert first == again
    assert first.seed != other.seed


def test_an_opened_address_trains_and_learns() -> None:
    run = Run(translate(ADDRESS.replace("spiral", "circle").replace("relu", "tanh")).saved.document)
    before = run.snapshot().losses.train
    run.train(600)
    assert run.snapshot().losses.train < before / 2


def test_what_a_note_quotes_is_one_printable_line() -> None:
    notes = translate("#net%00work%0aShape=a%1bb&seed=%00%07x").notes
    assert all(str(note).isprintable() for note in notes)
    assert ("net work Shape", "a b") in [(note.parameter, note.value) for note in notes]


def test_percent_signs_are_read() -> None:
    assert [layer.width for layer in translate("#networkShape=3%2C2").saved.document.hidden] == [3, 2]
    assert [layer.width for layer in translate("#networkShape=%1c3, 2").saved.document.hidden] == [3, 2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("https://example.org/#about", "address: expected one of https://playground.tensorflow.org/#…"),
        ("https://playground.tensorflow.org/#foo=1&bar=2", "address: none of its parameters can be read (foo, bar)"),
        ("https://playground.tensorflow.org/#activation", "address: none of its parameters can be read (activation)"),
        ("#seed=" + "b" * 9000, "address: longer than 8 000 characters"),
    ],
)
def test_an_address_without_anything_to_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        translate(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("parameter", "kind", "why"),
    [
        (
            "activation=softsign",
            "ignored",
            "expected one of relu, tanh, sigmoid, linear; the page's default tanh holds",
        ),
        ("dataset=moons", "ignored", "expected one of circle, xor, gauss, spiral; the page's default circle holds"),
        ("dataset=spi", "ignored", "expected one of circle, xor, gauss, spiral"),
        ("learningRate=fast", "ignored", "expected a number above 0 to 1e+06; the page's default 0.03 holds"),
        ("learningRate=NaN", "ignored", "expected a number above 0"),
        ("learningRate=0", "ignored", "expected a number above 0"),
        ("learningRate=1_0", "ignored", "expected a number above 0"),
        ("noise=1e999", "ignored", "expected a number; the page's default 0 holds"),
        ("batchSize=2.5", "ignored", "expected a whole number from 1 to 1e+06; the page's default 10 holds"),
        ("networkShape=4,0", "approximated", "taken as 4: at most 16 layers of 1 to 256 neurons can be read"),
        ("networkShape=4,,2", "approximated", "taken as 4,2"),
        ("networkShape=1000", "approximated", "taken as 256"),
        (
            "networkShape=²",
            "ignored",
            "expected widths from 1 to 256 with commas between; the page's default 4,2 holds",
        ),
        ("networkShape=" + ",".join("1" * 17), "approximated", "taken as " + ",".join("1" * 16)),
        ("x=false&y=false", "approximated", "a network needs an input: without any that is on, x₁ and x₂ are"),
        ("percTrainData=101", "approximated", "limited to 5 … 95 %"),
        ("activation=leakyrelu", "read", "Leaky ReLU: the page itself does not know this name"),
        ("activation=TANH", "read", "tanh: the page itself does not know this name"),
        ("regDataset=reg-maximum&dataset=xor", "ignored", "not used: the problem is classification"),
        ("batchSize=5&batchSize=7", "ignored", "it stands there again: the last one counts, as there"),
        ("hideTex&batchSize=5", "ignored", "there is no value"),
        ("loss=mse&batchSize=5", "ignored", "the page has no such parameter, and neither has this program"),
        ("problem_hide=true", "ignored", "there is no such control here"),
        ("noise_hide=true", "read", "the noise: out of sight; View → Show hidden controls brings it back"),
        ("noise_hide=false", "read", "it stays in sight"),
    ],
)
def test_what_became_of_a_parameter_is_noted_with_the_reason(parameter: str, kind: str, why: str) -> None:
    name = parameter.partition("=")[0].partition("&")[0]
    note = next(note for note in translate("#" + parameter).notes if note.parameter == name)
    assert note.kind == kind
    assert note.text.startswith(why)


SHORT = "activation=relu&batchSize=5&dataset=xor&networkShape=3,2&noise=10&hideText=false"
ENCODED = quote(SHORT, safe="")
WRAPPED = [
    f"https://playground.tensorflow.org/#{SHORT}",
    f"  <https://playground.tensorflow.org/#{SHORT}>",
    f"Have a look at https://playground.tensorflow.org/#{SHORT}. It learns at once.",
    f"[try it](https://playground.tensorflow.org/#{SHORT}){{:target='_blank'}}",
    f'<a href="https://playground.tensorflow.org/#{SHORT}">here</a>'.replace("&", "&amp;"),
    f"https://playground.tensorflow.org/#{SHORT}".replace("&", "&amp;amp;"),
    f"https://playground.tensorflow.org/#?{SHORT}",
    f"https://playground.tensorflow.org/#/?{SHORT}",
    f"https://playground.tensorflow.org/?{SHORT}",
    f"https://playground.tensorflow.org/?hl=de#{SHORT}",
    f"https://school.example/nn/index.html#{SHORT}",
    f"/html/playground/index.html#{SHORT}",
    f"#{SHORT}",
    f"https://playground.tensorflow.org/#{ENCODED}",
    f"https://playground.tensorflow.org/%23{SHORT}",
    f"https://www.google.com/url?q=https://playground.tensorflow.org/%23{ENCODED}&sa=D&ust=1",
    f"https://eur01.safelinks.example/?url=https%3A%2F%2Fplayground.tensorflow.org%2F%23{ENCODED}&data=05%7C1&reserved=0",
    f"https://l.example/l.php?u=https%3A%2F%2Fplayground.tensorflow.org%2F%2523{quote(ENCODED)}&h=AT0",
    f"https://web.archive.org/web/2023/https://playground.tensorflow.org/#{SHORT}",
    f"https://playground.tensorflow.org/#{SHORT}".replace("=", "=3D").replace("dataset", "data=\r\nset"),
    f"> https://playground.tensorflow.org/#{SHORT}".replace("&dataset", "\r\n> &dataset"),
    f"https://playground.tensorflow.org/#{SHORT}".replace("networkShape", "network\nShape")
    + "\n\nBest regards, A. = B.",
    f"Look:\nhttps://playground.tensorflow.org/#{SHORT}\nBest regards",
    f"https://playground.tensorflow.org/#{SHORT}".replace("_", "\\_").replace("&", "\\&"),
    f"https://playground.tensorflow.org/#{SHORT}".replace("3,2", "3%2C2"),
]


@pytest.mark.parametrize("text", WRAPPED, ids=range(len(WRAPPED)))
def test_an_address_that_was_wrapped_or_changed_on_its_way_is_read(text: str) -> None:
    made = read(text)
    document = made.saved.document
    assert [(layer.width, layer.activation) for layer in document.hidden] == [(3, "relu"), (2, "relu")]
    assert document.training.batch_size == 5
    assert table_of(document).source == "TensorFlow Playground: xor, noise 10 %"
    assert {note.parameter for note in made.notes} >= {pair.split("=")[0] for pair in SHORT.split("&")}
    assert made.warning == ""


def test_the_sign_that_a_browser_made_of_reg_is_read() -> None:
    document = translate("#activation=tanh®ularization=L1®Dataset=reg-gauss&problem=regression").saved.document
    assert document.training.regularizer == "l1"
    assert "reg-gauss" in table_of(document).source


def test_a_shortened_address_is_named_as_such() -> None:
    made = translate("https://playground.tensorflow.org/#activation=relu&regDataset=[…\\]se&problem=classification")
    assert made.warning == "Dots stand for a part of it that is missing: copy the link itself rather than its text."
    (note,) = [note for note in made.notes if note.parameter == "regDataset"]
    assert note.kind == "ignored"
    assert note.text.startswith("dots stand for what is missing here")
    assert made.saved.document.hidden[0].activation == "relu"


def test_an_address_without_settings_says_that_it_gives_the_defaults() -> None:
    assert (
        translate("https://playground.tensorflow.org/").warning
        == "It holds no settings: these are the page's own defaults."
    )
    (note,) = [note for note in translate("#batchSize=5").notes if note.parameter == "(not given)"]
    assert note.text.startswith("the page's own defaults hold for activation, regularization, dataset, learningRate")


def test_only_controls_that_an_address_hides_with_true_are_hidden() -> None:
    view = translate("#noise_hide=true&batchSize_hide=false&xTimesY_hide=true&problem_hide=true&dataset=xor").saved.view
    assert view.settings["hidden_controls"] == ["noise", "x1_x2"]


def test_addresses_are_told_from_other_texts() -> None:
    assert is_address(ADDRESS)
    assert is_address("https://elsewhere.example/#networkShape=3")
    assert not is_address("playground:1.AAAA")
    assert not is_address("https://maps.example/#x=1&y=2")


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=80),
    st.sampled_from(["", "#noise=", "#networkShape=", "#seed=", "https://playground.tensorflow.org/#"]),
)
def test_any_text_is_taken_or_refused_in_one_line(text: str, before: str) -> None:
    message = ""
    try:
        translate(before + text)
    except ValueError as error:
        message = str(error)
    assert message.isprintable()
