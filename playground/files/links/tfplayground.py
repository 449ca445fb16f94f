"""TensorFlow Playground addresses: the hash of one becomes a document, and a note of what became of each part.

Names, defaults and meanings are those of ``src/state.ts``, ``src/playground.ts``, ``src/nn.ts`` and
``src/dataset.ts`` of github.com/tensorflow/playground.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

import numpy as np

from playground.document.document import MAX_SEED, DataSettings, Document
from playground.document.own_data import OWN, Table
from playground.engine.spec import MAX_DEPTH, MAX_WIDTH, LayerSpec, TrainingSpec
from playground.files.error_messages import DocumentError, got, one_line
from playground.files.links import document_link
from playground.files.links.tfplayground_points import EXTENT, LAWS
from playground.files.saved import Saved, ViewState

HOST = "playground.tensorflow.org"
MAX_TEXT = 8_000
TAKEN, ADAPTED, NO_COUNTERPART = "taken", "adapted", "no counterpart"

POINTS = {"classification": 500, "regression": 1200}
FEATURES = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1_squared",
    "ySquared": "x2_squared",
    "xTimesY": "x1_x2",
    "sinX": "sin_x1",
    "sinY": "sin_x2",
    "cosX": "cos_x1",
    "cosY": "cos_x2",
}
ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
REGULARIZERS = {"none": "none", "L1": "l1", "L2": "l2"}
PROBLEMS = ("classification", "regression")
DATASETS = ("circle", "xor", "gauss", "spiral")
REGRESSIONS = ("reg-plane", "reg-gauss")
UNUSED = {
    "collectStats": "it counts visitors of the page",
    "tutorial": "it shows an article of the page",
    "hideText": "it hides the article of the page",
    "numHiddenLayers": "networkShape says how many",
}
_HIDE = "_hide"


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one parameter of the address: `kind` is taken, adapted or no counterpart."""

    parameter: str
    value: str
    kind: str
    text: str

    def __str__(self) -> str:
        """Return the note as a line to read."""
        return f"{self.parameter} = {self.value}: {self.kind}" + (f"; {self.text}" if self.text else "")


@dataclass(frozen=True, slots=True)
class Translation:
    """A document made from an address, what its views show (``saved.view.settings``), and the notes."""

    saved: Saved
    notes: tuple[Note, ...]


def is_address(text: str) -> bool:
    """Return whether `text` looks like an address of TensorFlow Playground."""
    return HOST in text[:200].lower() or (text.lstrip().startswith("#") and "=" in text)


def translate(text: str) -> Translation:
    """Return the document of an address such as ``https://playground.tensorflow.org/#activation=tanh&…``.

    Raises
    ------
    DocumentError
        One line with the parameter that cannot be read.
    """
    return _Reader(_parameters(text)).read()


def read(text: str) -> Translation:
    """Return what `text` holds, an address or a link of ours, which needs no notes.

    Raises
    ------
    DocumentError
        One line that says what is wrong with it.
    """
    if is_address(text) and not document_link.is_link(text):
        return translate(text)
    return Translation(document_link.decode(text), ())


def _parameters(text: str) -> dict[str, str]:
    address = text.strip() if isinstance(text, str) else ""
    if not is_address(address):
        raise DocumentError("address: expected one of https://{host}/#…", host=HOST)
    if len(address) > MAX_TEXT:
        raise DocumentError("address: longer than {max_text:,} characters", max_text=MAX_TEXT)
    pairs: dict[str, str] = {}
    for part in address.partition("#")[2].split("&"):
        name, equals, value = part.partition("=")
        if not part:
            continue
        if not equals:
            raise DocumentError(
                'address: expected "name=value", got {found}; it may have been cut off', found=got(unquote(part))
            )
        pairs[unquote(name)] = unquote(value).strip()
    return pairs


class _Reader:
    """Takes the parameters one by one and notes what became of each."""

    def __init__(self, pairs: dict[str, str]) -> None:
        self._pairs = pairs
        self._notes: list[Note] = []

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
        settings = {
            "discretize": self._flag("discretize", False, "the output view shows classes, not shades"),
            "show_test": self._flag("showTestData", False, "the output view shows the test points"),
        }
        output = "linear" if regression else "tanh"
        self._note("(output)", output, TAKEN, "squared error ½(a − y)², as there")
        self._note("(updates)", "SGD", TAKEN, "one step there is one epoch; here it is one iteration")
        self._unused()
        return Translation(Saved(document, view=ViewState(settings=settings)), tuple(self._notes))

    # ---- parts ---------------------------------------------------------------------------------

    def _data(self, regression: bool) -> DataSettings:
        problem = "regression" if regression else "classification"
        chosen = {
            "dataset": self._member("dataset", DATASETS, "circle"),
            "regDataset": self._member("regDataset", REGRESSIONS, "reg-plane"),
        }
        used = "regDataset" if regression else "dataset"
        theirs = chosen[used]
        for name, value in chosen.items():
            if name != used and name in self._pairs:
                self._note(name, value, NO_COUNTERPART, f"not used: the problem is {problem}")
        self._note(used, theirs, TAKEN, "own points of the same law, in its coordinates of about ±6")
        percent = self._number("noise", 0.0, -math.inf, math.inf)
        limited = 50.0 if percent > 80.0 else max(0.0, percent)
        self._said("noise", TAKEN if limited == percent else ADAPTED, f"{limited:g} %, in the points themselves")
        share = self._number("percTrainData", 50.0, 0.0, 100.0)
        fraction = min(0.95, max(0.05, share / 100.0))
        changed = abs(fraction - share / 100.0) > 1e-12
        self._said("percTrainData", ADAPTED if changed else TAKEN, "limited to 5 … 95 %" if changed else "")
        seed = self._seed()
        points, targets = LAWS[theirs](np.random.default_rng(seed), POINTS[problem], limited / 100.0)
        source = f"TensorFlow Playground: {theirs}, noise {limited:g} %"
        table = Table(points, targets, 0 if regression else 2, extent=EXTENT, source=source)
        return DataSettings(OWN, POINTS[problem], 0.0, fraction, seed, table=table)

    def _features(self) -> tuple[str, ...]:
        names = []
        for theirs, ours in FEATURES.items():
            on = self._flag(theirs, theirs in ("x", "y"), "", note=False)
            if theirs in self._pairs:
                cosine = on and theirs.startswith("cos")
                text = "the page keeps this name but has no such input any more" if cosine else ""
                self._note(theirs, self._pairs[theirs], ADAPTED if cosine else TAKEN, text)
            if on:
                names.append(ours)
        if not names:
            raise DocumentError("address: no input feature is on; set x=true or another one")
        return tuple(names)

    def _hidden(self) -> tuple[LayerSpec, ...]:
        activation = self._choice("activation", ACTIVATIONS, "tanh", "")
        text = self._pairs.get("networkShape", "4,2")
        widths = []
        for part in map(str.strip, text.split(",") if text else ()):
            if not (part.isascii() and part.isdigit() and len(part) <= 8 and 1 <= int(part) <= MAX_WIDTH):
                raise DocumentError(
                    "address: networkShape: expected widths from 1 to {max_width}, got {found}",
                    max_width=MAX_WIDTH,
                    found=got(part),
                )
            widths.append(int(part))
        if len(widths) > MAX_DEPTH:
            raise DocumentError(
                "address: networkShape: expected at most {max_depth} layers, got {count}",
                max_depth=MAX_DEPTH,
                count=len(widths),
            )
        self._said("networkShape", TAKEN, "" if widths else "no hidden layer")
        return tuple(LayerSpec(width, activation) for width in widths)

    def _training(self) -> TrainingSpec:
        regularizer = REGULARIZERS[self._choice("regularization", tuple(REGULARIZERS), "none", _REGULARIZATION)]
        rate = self._number("regularizationRate", 0.0, 0.0, 1e6)
        penalty = rate / 2.0 if regularizer == "l2" else rate
        if regularizer == "l2":
            self._said("regularizationRate", ADAPTED, f"λ = {penalty:g}: its L2 is ½·w², ours is w²")
        elif regularizer == "l1":
            self._said(
                "regularizationRate", TAKEN, "a weight that reaches 0 is taken out there; here it may leave 0 again"
            )
        else:
            self._said("regularizationRate", TAKEN, "kept, but no regularization is on")
        batch = self._number("batchSize", 10.0, 1.0, 1e6)
        if batch != int(batch):
            raise DocumentError(
                "address: batchSize: expected a whole number, got {found}", found=got(self._pairs["batchSize"])
            )
        self._said("batchSize", TAKEN, "a last, smaller batch is an iteration here; there it waits for the next epoch")
        learning_rate = self._number("learningRate", 0.03, 0.0, 1e6)
        if learning_rate <= 0.0:
            raise DocumentError("address: learningRate: expected a number above 0, got 0")
        self._said("learningRate", TAKEN, "")
        zero = self._flag("initZero", False, "", note=False)
        text = "all weights begin at 0" if zero else "weights begin evenly in ±0.5 as there; biases at 0, not 0.1"
        self._note("initZero", self._pairs.get("initZero", "false"), TAKEN if zero else ADAPTED, text)
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
        self._note(
            "seed", text, ADAPTED, f"seed {seed}: another generator, so other points and weights of the same kind"
        )
        return seed

    def _unused(self) -> None:
        for name, value in self._pairs.items():
            if name in UNUSED:
                self._note(name, value, NO_COUNTERPART, UNUSED[name])
            elif name.endswith(_HIDE):
                self._note(name, value, NO_COUNTERPART, "every control stays in sight here")
            elif name not in _KNOWN:
                self._note(name, value, NO_COUNTERPART, "not a parameter that is known")

    # ---- values --------------------------------------------------------------------------------

    def _member(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self._pairs.get(name) or default
        if value not in allowed:
            raise DocumentError(
                "address: {name}: expected one of {names}, got {found}",
                name=name,
                names=", ".join(allowed),
                found=got(value),
            )
        return value

    def _choice(self, name: str, allowed: tuple[str, ...], default: str, text: str) -> str:
        value = self._member(name, allowed, default)
        self._said(name, TAKEN, text)
        return value

    def _number(self, name: str, default: float, low: float, high: float) -> float:
        text = self._pairs.get(name) or str(default)
        try:
            value = float(text) if len(text) <= 40 and "_" not in text else math.nan
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and low <= value <= high):
            limits = f"a number from {low:g} to {high:g}" if math.isfinite(low) else "a number"
            raise DocumentError(
                "address: {name}: expected {limits}, got {found}", name=name, limits=limits, found=got(text)
            )
        return value

    def _flag(self, name: str, default: bool, text: str, *, note: bool = True) -> bool:
        if note:
            self._said(name, TAKEN, text)
        value = self._pairs.get(name)
        return default if not value else value != "false"

    def _said(self, name: str, kind: str, text: str) -> None:
        if name in self._pairs:
            self._note(name, self._pairs[name], kind, text)

    def _note(self, name: str, value: str, kind: str, text: str) -> None:
        self._notes.append(Note(one_line(name)[:60], one_line(value)[:60], kind, text))


_REGULARIZATION = "on all weights, not on biases, as there"
_KNOWN = {
    *FEATURES,
    *("activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate"),
    *("noise", "networkShape", "seed", "showTestData", "discretize", "percTrainData", "problem", "initZero"),
}
