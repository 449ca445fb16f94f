"""TensorFlow Playground addresses: the hash of one becomes a document, and a note of what became of each part.

What can be read is read; of the rest the page's own default holds, and its note says why. Names, defaults and
meanings are those of ``src/state.ts``, ``src/playground.ts``, ``src/nn.ts`` and ``src/dataset.ts`` of
github.com/tensorflow/playground.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np

from playground.document.document import MAX_SEED, DataSettings, Document
from playground.document.own_data import OWN, Table
from playground.engine.activations import ACTIVATIONS
from playground.engine.spec import MAX_DEPTH, MAX_WIDTH, LayerSpec, TrainingSpec
from playground.files.error_messages import DocumentError, one_line
from playground.files.links import address, document_link
from playground.files.links.address import FEATURES, HIDE, HOST, KNOWN, SETTINGS, UNUSED
from playground.files.links.parameters import APPROXIMATED, IGNORED, READ, Note, Parameters
from playground.files.links.tfplayground_points import EXTENT, LAWS
from playground.files.saved import Saved, ViewState

MAX_TEXT = 8_000

POINTS = {"classification": 500, "regression": 1200}
REGULARIZERS = {"none": "none", "L1": "l1", "L2": "l2"}
PROBLEMS = ("classification", "regression")
DATASETS = ("circle", "xor", "gauss", "spiral")
REGRESSIONS = ("reg-plane", "reg-gauss")
_PAGE_ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
_OTHER_NAMES = {"swish": "silu", "lrelu": "leaky_relu", "identity": "linear", "sin": "sine", "logistic": "sigmoid"}
_MOST_NAMED = 6

HIDABLE: dict[str, tuple[str, str]] = {
    "activation": ("activation", "the activations of the hidden layers"),
    "batchSize": ("batch_size", "the batch size"),
    "dataset": ("dataset", "the gallery of data"),
    "discretize": ("discretize", "the switch discretize"),
    "learningRate": ("learning_rate", "the learning rate"),
    "noise": ("noise", "the noise"),
    "numHiddenLayers": ("depth", "the number of hidden layers"),
    "percTrainData": ("train_share", "the share of training data"),
    "playButton": ("play", "Play"),
    "regularization": ("regularizer", "the regularization"),
    "regularizationRate": ("penalty", "the regularization rate λ"),
    "resetButton": ("reset", "Reset"),
    "showTestData": ("show_test", "the switch test data"),
    "stepButton": ("step", "Step"),
}
"""By what the page calls them: the controls that an address can hide, by our key and in words."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A document made from an address, what its views show (``saved.view.settings``), and the notes.

    `warning` is a sentence where a part of the address is missing.
    """

    saved: Saved
    notes: tuple[Note, ...]
    warning: str = ""


def translate(text: str) -> Translation:
    """Return the document of an address such as ``https://playground.tensorflow.org/#activation=tanh&…``.

    Raises
    ------
    DocumentError
        One line where it is not an address, or none of its parameters is known.
    """
    if not isinstance(text, str) or not (address.is_address(text) or text.lstrip().startswith("#")):
        raise DocumentError("address: expected one of https://{host}/#…", host=HOST)
    if len(text) > MAX_TEXT:
        raise DocumentError("address: longer than {max_text:,} characters", max_text=MAX_TEXT)
    parameters = address.parameters(text)
    known = any(one.value is not None and one.name.removesuffix(HIDE) in KNOWN | HIDABLE.keys() for one in parameters)
    if parameters and not known:
        named = ", ".join(one_line(one.name)[:40] for one in parameters[:_MOST_NAMED])
        raise DocumentError(
            "address: none of its parameters can be read ({named}); expected some such as {example}",
            named=named,
            example="activation=tanh&dataset=xor&networkShape=4,2",
        )
    return _Reader(parameters, is_shortened=address.is_shortened(text)).read()


def read(text: str) -> Translation:
    """Return what `text` holds, an address or a link of ours, which needs no notes.

    Raises
    ------
    DocumentError
        One line that says what is wrong with it.
    """
    if not document_link.is_link(text) and (address.is_address(text) or text.lstrip().startswith("#")):
        return translate(text)
    if address.is_on_the_web(text):
        raise DocumentError(
            "address: it holds no settings; expected a link to a playground, such as https://{host}/#…", host=HOST
        )
    return Translation(document_link.decode(text), ())


class _Reader:
    """Makes the document of the parameters, one part after the other."""

    def __init__(self, parameters: tuple[address.Parameter, ...], *, is_shortened: bool) -> None:
        self._page = Parameters(parameters)
        self._is_shortened = is_shortened

    def read(self) -> Translation:
        """Return the document and the notes."""
        problem = self._page.choice("problem", PROBLEMS, "classification", "")
        regression = problem == "regression"
        data = self._data(regression)
        document = Document(
            data=data,
            features=self._features(),
            hidden=self._hidden(),
            output_activation="linear" if regression else "tanh",
            training=self._training(),
            seed=data.seed,
        )
        settings: dict[str, object] = {
            "discretize": self._page.flag("discretize", "shows shades, not classes", "shows classes, not shades"),
            "show_test": self._page.flag("showTestData", "leaves the test points out", "shows the test points"),
        }
        hidden = self._hidden_controls()
        if hidden:
            settings["hidden_controls"] = hidden
        output = "linear" if regression else "tanh"
        self._page.note("(output)", output, READ, "squared error ½(ŷ − t)², as there")
        self._page.note("(updates)", "SGD", READ, "one step there is one epoch; here it is one iteration")
        self._others()
        order = [one_line(name)[:60] for name in self._page.pairs]
        notes = sorted(
            self._page.notes, key=lambda note: order.index(note.parameter) if note.parameter in order else len(order)
        )
        return Translation(Saved(document, view=ViewState(settings=settings)), tuple(notes), self._warning())

    def _warning(self) -> str:
        if self._is_shortened:
            return "Dots stand for a part of it that is missing: copy the link itself rather than its text."
        if not self._page.pairs:
            return "It holds no settings: these are the page's own defaults."
        return ""

    # ---- parts ---------------------------------------------------------------------------------

    def _data(self, regression: bool) -> DataSettings:
        problem = "regression" if regression else "classification"
        used, unused = ("regDataset", "dataset") if regression else ("dataset", "regDataset")
        if unused in self._page.pairs:
            self._page.note(
                unused,
                self._page.pairs[unused],
                IGNORED,
                f"{self._page.dots(unused)}not used: the problem is {problem}",
            )
        allowed, default = (REGRESSIONS, "reg-plane") if regression else (DATASETS, "circle")
        theirs = self._page.choice(
            used, allowed, default, "other points of the same law, in its coordinates of about ±6"
        )
        percent = self._page.number("noise", 0.0, -math.inf, math.inf)
        limited = 50.0 if percent > 80.0 else max(0.0, percent)
        self._page.said(
            "noise", READ if limited == percent else APPROXIMATED, f"{limited:g} %, in the points themselves"
        )
        share = self._page.number("percTrainData", 50.0, -math.inf, math.inf)
        fraction = min(0.95, max(0.05, share / 100.0))
        changed = abs(fraction - share / 100.0) > 1e-12
        self._page.said("percTrainData", APPROXIMATED if changed else READ, "limited to 5 … 95 %" if changed else "")
        seed = self._seed()
        points, targets = LAWS[theirs](np.random.default_rng(seed), POINTS[problem], limited / 100.0)
        source = f"TensorFlow Playground: {theirs}, noise {limited:g} %"
        table = Table(points, targets, 0 if regression else 2, extent=EXTENT, source=source)
        return DataSettings(OWN, POINTS[problem], 0.0, fraction, seed, table=table)

    def _features(self) -> tuple[str, ...]:
        switched = {theirs: self._page.switch(theirs, default=theirs in ("x", "y")) for theirs in FEATURES}
        names = tuple(FEATURES[theirs] for theirs, on in switched.items() if on)
        for theirs, on in switched.items():
            if theirs not in self._page.pairs:
                continue
            kind, text = READ, ""
            if on and theirs.startswith("cos"):
                kind, text = APPROXIMATED, "the page keeps this name but has no such input any more"
            if not names and theirs in ("x", "y"):
                kind, text = APPROXIMATED, "a network needs an input: without any that is on, x₁ and x₂ are"
            self._page.note(theirs, self._page.pairs[theirs], kind, text)
        return names or (FEATURES["x"], FEATURES["y"])

    def _hidden(self) -> tuple[LayerSpec, ...]:
        activation = self._activation()
        text = self._page.pairs.get("networkShape", "4,2")
        parts = [part.strip() for part in text.split(",")] if text else []
        widths = [min(int(part), MAX_WIDTH) for part in parts if _is_width(part)][:MAX_DEPTH]
        if [str(width) for width in widths] == [part.lstrip("0") for part in parts]:
            self._page.said("networkShape", READ, "" if widths else "no hidden layer")
        elif widths:
            shown = ",".join(map(str, widths))
            limits = f"at most {MAX_DEPTH} layers of 1 to {MAX_WIDTH} neurons can be read"
            self._page.said("networkShape", APPROXIMATED, f"taken as {shown}: {limits}")
        else:
            self._page.ignore("networkShape", f"expected widths from 1 to {MAX_WIDTH} with commas between", "4,2")
            widths = [4, 2]
        return tuple(LayerSpec(width, activation) for width in widths)

    def _activation(self) -> str:
        found = self._page.pairs.get("activation", "")
        plain = found.lower().replace("_", "").replace("-", "").replace(" ", "")
        ours = {name.replace("_", ""): name for name in ACTIVATIONS} | _OTHER_NAMES
        if found and found not in _PAGE_ACTIVATIONS and plain in ours:
            label = ACTIVATIONS[ours[plain]].label
            self._page.note("activation", found, READ, f"{label}: the page itself does not know this name")
            return ours[plain]
        return self._page.choice("activation", _PAGE_ACTIVATIONS, "tanh", "")

    def _training(self) -> TrainingSpec:
        regularizer = REGULARIZERS[self._page.choice("regularization", tuple(REGULARIZERS), "none", _REGULARIZATION)]
        rate = self._page.number("regularizationRate", 0.0, 0.0, 1e6)
        penalty = rate / 2.0 if regularizer == "l2" else rate
        if regularizer == "l2":
            self._page.said("regularizationRate", APPROXIMATED, f"λ = {penalty:g}: its L2 is ½·w², ours is w²")
        elif regularizer == "l1":
            self._page.said(
                "regularizationRate", READ, "a weight that reaches 0 is taken out there; here it may leave 0 again"
            )
        else:
            self._page.said("regularizationRate", READ, "kept, but no regularization is on")
        batch = self._page.number("batchSize", 10.0, 1.0, 1e6, whole=True)
        self._page.said(
            "batchSize", READ, "a last, smaller batch is an iteration here; there it waits for the next epoch"
        )
        learning_rate = self._page.number("learningRate", 0.03, 5e-324, 1e6)
        self._page.said("learningRate", READ, "")
        zero = self._page.switch("initZero", default=False)
        text = "all weights begin at 0" if zero else "weights begin evenly in ±0.5 as there; biases at 0, not 0.1"
        name = "initZero" if "initZero" in self._page.pairs else "(start weights)"
        self._page.note(name, self._page.pairs.get("initZero", "random"), READ if zero else APPROXIMATED, text)
        return TrainingSpec(
            loss="squared",
            learning_rate=learning_rate,
            batch_size=int(batch),
            regularizer=regularizer,
            penalty=penalty,
            initializer="zeros" if zero else "uniform",
            initial_scale=0.5,
        )

    def _seed(self) -> int:
        text = self._page.pairs.get("seed", "")
        if not text:
            return 1
        seed = zlib.crc32(text.encode()) % MAX_SEED
        self._page.said(
            "seed", APPROXIMATED, f"seed {seed}: another generator, so other points and weights of the same kind"
        )
        return seed

    def _hidden_controls(self) -> list[str]:
        """Return the keys of the controls that the address hides."""
        hidden = []
        for name, value in self._page.pairs.items():
            control = name.removesuffix(HIDE)
            if not name.endswith(HIDE):
                continue
            if control not in HIDABLE and control not in FEATURES:
                self._page.note(name, value, IGNORED, "there is no such control here")
            elif value != "true":
                self._page.note(name, value, READ, "it stays in sight")
            else:
                key, words = HIDABLE.get(control) or (FEATURES[control], "this input feature")
                self._page.note(name, value, READ, f"{words}: out of sight; View → Show hidden controls brings it back")
                hidden.append(key)
        return hidden

    def _others(self) -> None:
        for name, value in self._page.pairs.items():
            if name in UNUSED:
                self._page.note(name, value, IGNORED, UNUSED[name])
            elif not name.endswith(HIDE) and name not in KNOWN:
                self._page.note(name, value, IGNORED, "the page has no such parameter, and neither has this program")
        absent = [name for name in (*SETTINGS, "x", "y") if name not in self._page.pairs and name not in _SILENT]
        if absent:
            text = f"the page's own defaults hold for {', '.join(absent)}"
            self._page.note(
                "(not given)", f"{len(absent)} parameters" if len(absent) > 1 else "1 parameter", READ, text
            )


def _is_width(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 8 and int(text) >= 1


_REGULARIZATION = "on all weights, not on biases, as there"
_SILENT = ("regDataset", "seed", "initZero", "discretize", "showTestData")
