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
from playground.files.links.tfplayground_points import EXTENT, LAWS
from playground.files.saved import Saved, ViewState

MAX_TEXT = 8_000
READ, APPROXIMATED, IGNORED = "read", "approximated", "ignored"

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
class Note:
    """What became of one parameter of the address: `kind` is read, approximated or ignored."""

    parameter: str
    value: str
    kind: str
    text: str

    def __str__(self) -> str:
        """Return the note as a line to read."""
        return f"{self.parameter} = {self.value}: {self.kind}" + (f"; {self.text}" if self.text else "")


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
    """Takes the parameters one by one and notes what became of each."""

    def __init__(self, parameters: tuple[address.Parameter, ...], *, is_shortened: bool) -> None:
        self._pairs: dict[str, str] = {}
        self._notes: list[Note] = []
        self._is_shortened = is_shortened
        self._unread: set[str] = set()
        for one in parameters:
            self._take(one)

    def read(self) -> Translation:
        """Return the document and the notes."""
        problem = self._choice("problem", PROBLEMS, "classification", "")
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
            "discretize": self._flag("discretize", "shows shades, not classes", "shows classes, not shades"),
            "show_test": self._flag("showTestData", "leaves the test points out", "shows the test points"),
        }
        hidden = self._hidden_controls()
        if hidden:
            settings["hidden_controls"] = hidden
        output = "linear" if regression else "tanh"
        self._note("(output)", output, READ, "squared error ½(ŷ − t)², as there")
        self._note("(updates)", "SGD", READ, "one step there is one epoch; here it is one iteration")
        self._others()
        order = [one_line(name)[:60] for name in self._pairs]
        notes = sorted(
            self._notes, key=lambda note: order.index(note.parameter) if note.parameter in order else len(order)
        )
        return Translation(Saved(document, view=ViewState(settings=settings)), tuple(notes), self._warning())

    def _take(self, one: address.Parameter) -> None:
        if one.value is None:
            text = "there is no value; the address was cut off here" if one.name in KNOWN else "there is no value"
            self._note(one.name, "", IGNORED, text)
            return
        if one.rest:
            self._note(
                one.name, one.value + one.rest, APPROXIMATED, f"read as {one.value}: the rest is not of the address"
            )
        if one.name in self._pairs:
            self._note(one.name, self._pairs[one.name], IGNORED, "it stands there again: the last one counts, as there")
        self._pairs[one.name] = one.value

    def _warning(self) -> str:
        if self._is_shortened:
            return "Dots stand for a part of it that is missing: copy the link itself rather than its text."
        if not self._pairs:
            return "It holds no settings: these are the page's own defaults."
        return ""

    # ---- parts ---------------------------------------------------------------------------------

    def _data(self, regression: bool) -> DataSettings:
        problem = "regression" if regression else "classification"
        used, unused = ("regDataset", "dataset") if regression else ("dataset", "regDataset")
        if unused in self._pairs:
            self._note(unused, self._pairs[unused], IGNORED, f"{self._dots(unused)}not used: the problem is {problem}")
        allowed, default = (REGRESSIONS, "reg-plane") if regression else (DATASETS, "circle")
        theirs = self._choice(used, allowed, default, "other points of the same law, in its coordinates of about ±6")
        percent = self._number("noise", 0.0, -math.inf, math.inf)
        limited = 50.0 if percent > 80.0 else max(0.0, percent)
        self._said("noise", READ if limited == percent else APPROXIMATED, f"{limited:g} %, in the points themselves")
        share = self._number("percTrainData", 50.0, -math.inf, math.inf)
        fraction = min(0.95, max(0.05, share / 100.0))
        changed = abs(fraction - share / 100.0) > 1e-12
        self._said("percTrainData", APPROXIMATED if changed else READ, "limited to 5 … 95 %" if changed else "")
        seed = self._seed()
        points, targets = LAWS[theirs](np.random.default_rng(seed), POINTS[problem], limited / 100.0)
        source = f"TensorFlow Playground: {theirs}, noise {limited:g} %"
        table = Table(points, targets, 0 if regression else 2, extent=EXTENT, source=source)
        return DataSettings(OWN, POINTS[problem], 0.0, fraction, seed, table=table)

    def _features(self) -> tuple[str, ...]:
        switched = {theirs: self._switch(theirs, default=theirs in ("x", "y")) for theirs in FEATURES}
        names = tuple(FEATURES[theirs] for theirs, on in switched.items() if on)
        for theirs, on in switched.items():
            if theirs not in self._pairs:
                continue
            kind, text = READ, ""
            if on and theirs.startswith("cos"):
                kind, text = APPROXIMATED, "the page keeps this name but has no such input any more"
            if not names and theirs in ("x", "y"):
                kind, text = APPROXIMATED, "a network needs an input: without any that is on, x₁ and x₂ are"
            self._note(theirs, self._pairs[theirs], kind, text)
        return names or (FEATURES["x"], FEATURES["y"])

    def _hidden(self) -> tuple[LayerSpec, ...]:
        activation = self._activation()
        text = self._pairs.get("networkShape", "4,2")
        parts = [part.strip() for part in text.split(",")] if text else []
        widths = [min(int(part), MAX_WIDTH) for part in parts if _is_width(part)][:MAX_DEPTH]
        if [str(width) for width in widths] == [part.lstrip("0") for part in parts]:
            self._said("networkShape", READ, "" if widths else "no hidden layer")
        elif widths:
            shown = ",".join(map(str, widths))
            limits = f"at most {MAX_DEPTH} layers of 1 to {MAX_WIDTH} neurons can be read"
            self._said("networkShape", APPROXIMATED, f"taken as {shown}: {limits}")
        else:
            self._ignore("networkShape", f"expected widths from 1 to {MAX_WIDTH} with commas between", "4,2")
            widths = [4, 2]
        return tuple(LayerSpec(width, activation) for width in widths)

    def _activation(self) -> str:
        found = self._pairs.get("activation", "")
        plain = found.lower().replace("_", "").replace("-", "").replace(" ", "")
        ours = {name.replace("_", ""): name for name in ACTIVATIONS} | _OTHER_NAMES
        if found and found not in _PAGE_ACTIVATIONS and plain in ours:
            label = ACTIVATIONS[ours[plain]].label
            self._note("activation", found, READ, f"{label}: the page itself does not know this name")
            return ours[plain]
        return self._choice("activation", _PAGE_ACTIVATIONS, "tanh", "")

    def _training(self) -> TrainingSpec:
        regularizer = REGULARIZERS[self._choice("regularization", tuple(REGULARIZERS), "none", _REGULARIZATION)]
        rate = self._number("regularizationRate", 0.0, 0.0, 1e6)
        penalty = rate / 2.0 if regularizer == "l2" else rate
        if regularizer == "l2":
            self._said("regularizationRate", APPROXIMATED, f"λ = {penalty:g}: its L2 is ½·w², ours is w²")
        elif regularizer == "l1":
            self._said(
                "regularizationRate", READ, "a weight that reaches 0 is taken out there; here it may leave 0 again"
            )
        else:
            self._said("regularizationRate", READ, "kept, but no regularization is on")
        batch = self._number("batchSize", 10.0, 1.0, 1e6, whole=True)
        self._said("batchSize", READ, "a last, smaller batch is an iteration here; there it waits for the next epoch")
        learning_rate = self._number("learningRate", 0.03, 5e-324, 1e6)
        self._said("learningRate", READ, "")
        zero = self._switch("initZero", default=False)
        text = "all weights begin at 0" if zero else "weights begin evenly in ±0.5 as there; biases at 0, not 0.1"
        name = "initZero" if "initZero" in self._pairs else "(start weights)"
        self._note(name, self._pairs.get("initZero", "random"), READ if zero else APPROXIMATED, text)
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
        text = self._pairs.get("seed", "")
        if not text:
            return 1
        seed = zlib.crc32(text.encode()) % MAX_SEED
        self._said(
            "seed", APPROXIMATED, f"seed {seed}: another generator, so other points and weights of the same kind"
        )
        return seed

    def _hidden_controls(self) -> list[str]:
        """Return the keys of the controls that the address hides."""
        hidden = []
        for name, value in self._pairs.items():
            control = name.removesuffix(HIDE)
            if not name.endswith(HIDE):
                continue
            if control not in HIDABLE and control not in FEATURES:
                self._note(name, value, IGNORED, "there is no such control here")
            elif value != "true":
                self._note(name, value, READ, "it stays in sight")
            else:
                key, words = HIDABLE.get(control) or (FEATURES[control], "this input feature")
                self._note(name, value, READ, f"{words}: out of sight; View → Show hidden controls brings it back")
                hidden.append(key)
        return hidden

    def _others(self) -> None:
        for name, value in self._pairs.items():
            if name in UNUSED:
                self._note(name, value, IGNORED, UNUSED[name])
            elif not name.endswith(HIDE) and name not in KNOWN:
                self._note(name, value, IGNORED, "the page has no such parameter, and neither has this program")
        absent = [name for name in (*SETTINGS, "x", "y") if name not in self._pairs and name not in _SILENT]
        if absent:
            text = f"the page's own defaults hold for {', '.join(absent)}"
            self._note("(not given)", f"{len(absent)} parameters" if len(absent) > 1 else "1 parameter", READ, text)

    # ---- values --------------------------------------------------------------------------------

    def _choice(self, name: str, allowed: tuple[str, ...], default: str, text: str) -> str:
        found = self._pairs.get(name) or default
        value = next((one for one in allowed if one.lower() == found.lower()), None)
        if value is None:
            self._ignore(name, f"expected one of {', '.join(allowed)}", default)
            return default
        self._said(name, READ, text)
        return value

    def _number(self, name: str, default: float, low: float, high: float, *, whole: bool = False) -> float:
        """Return the number of `name`, or its default after a note that says why."""
        text = self._pairs.get(name)
        if not text:
            return default
        try:
            value = float(text) if len(text) <= 40 and "_" not in text else math.nan
        except ValueError:
            value = math.nan
        if math.isfinite(value) and low <= value <= high and not (whole and value != int(value)):
            return value
        kind = "a whole number" if whole else "a number"
        above = "above 0" if low == 5e-324 else f"from {low:g}"
        limits = f"{kind} {above} to {high:g}" if math.isfinite(low) else kind
        self._ignore(name, f"expected {limits}", f"{default:g}")
        return default

    def _flag(self, name: str, off: str, on: str) -> bool:
        is_on = self._switch(name, default=False)
        self._said(name, READ, f"the output view {on if is_on else off}")
        return is_on

    def _switch(self, name: str, *, default: bool) -> bool:
        value = self._pairs.get(name)
        return default if not value else value.lower() != "false"

    def _ignore(self, name: str, expected: str, default: str) -> None:
        """Note that the value of `name` cannot be read."""
        self._unread.add(name)
        text = f"{self._dots(name)}{expected}; the page's default {default} holds"
        self._note(name, self._pairs[name], IGNORED, text)

    def _dots(self, name: str) -> str:
        return "dots stand for what is missing here; " if any(dots in self._pairs[name] for dots in _DOTS) else ""

    def _said(self, name: str, kind: str, text: str) -> None:
        if name not in self._pairs or name in self._unread:
            return
        if not self._pairs[name] and name != "networkShape":
            text = "it is empty: the page's default holds"
        self._note(name, self._pairs[name], kind, text)

    def _note(self, name: str, value: str, kind: str, text: str) -> None:
        self._notes.append(Note(one_line(name)[:60], one_line(value)[:60], kind, text))


def _is_width(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 8 and int(text) >= 1


_REGULARIZATION = "on all weights, not on biases, as there"
_DOTS = ("…", "...")
_SILENT = ("regDataset", "seed", "initZero", "discretize", "showTestData")
