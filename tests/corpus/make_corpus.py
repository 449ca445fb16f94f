# ruff: noqa: E501 - tables of cases are read across
"""Write the corpus of broken input: ``python tests/corpus/make_corpus.py``.

Each file beside this one holds cases of one kind, by name. A case is a list of [text, times]: its bytes are
the texts in Latin-1, each so many times, one after the other; so huge and binary input stays small and readable.
"""

from __future__ import annotations

import copy
import io
import json
import struct
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Case = list[list[Any]]


def state(iteration: int) -> dict[str, Any]:
    """Return a state of the run of ``GOOD``."""
    counts = {"iteration": iteration, "epoch": 0, "position": 0, "updates": iteration}
    return {**counts, "parameters": [0.1 * iteration] * 9, "slots": [[0.0] * 9] * 2}


def curves(last: int) -> dict[str, Any]:
    """Return the curves of a run that came to `last`."""
    losses = [0.5 / (1 + t) for t in range(last + 1)]
    return {"stride": 1, "iterations": list(range(last + 1)), "columns": {"train": losses}, "edits": []}


GOOD: dict[str, Any] = {
    "format": "backprop-playground",
    "version": 2,
    "data": {"name": "xor", "points": 40, "noise": 0.05, "train_fraction": 0.5, "seed": 1},
    "training": {
        "loss": "squared",
        "optimizer": {"name": "adam", "momentum": 0.9},
        "learning_rate": 0.1,
        "schedule": {"name": "constant", "interval": 10},
        "batch_size": 16,
        "regularizer": "l2",
        "penalty": 0.001,
        "clip_norm": None,
        "initializer": "xavier",
    },
    "seed": 1,
    "network": {
        "features": ["x1", "x2"],
        "hidden": [{"width": 2, "activation": "tanh"}],
        "output_activation": "linear",
        "start_weights": [{"edge": [1, 0, 0, 0], "value": 0.5}],
    },
    "run": {"iteration": 3, "epoch": 1, "position": 0, "updates": 3, "parameters": [0.1] * 9, "slots": [[0.0] * 9] * 2},
    "curves": {"stride": 1, "iterations": [0, 1], "columns": {"train": [0.5, 0.4]}},
    "view": {"selection": {"node": [1, 0], "example": {"index": 0, "probe": []}}, "settings": {"zoom": 1}},
}
# The same with a past, marks, a branch and a second run.
RICH: dict[str, Any] = {
    **GOOD,
    "curves": {**curves(3), "edits": [{"iteration": 2, "text": "Set a weight"}]},
    "past": {
        "documents": [
            {
                "data": {"name": "xor", "points": 60},
                "training": {"loss": "squared", "optimizer": {"name": "adam"}},
                "network": {"hidden": [{"width": 2}]},
            }
        ],
        "states": [{**state(0), "document": 0, "edited": True}, state(2)],
    },
    "branches": [
        {
            "iteration": 1,
            "is_apart": True,
            "document": {"training": {"loss": "squared"}, "network": {"hidden": [{"width": 2}]}},
            "run": {**state(4), "slots": []},
            "past": {"states": [{**state(0), "slots": []}, {**state(1), "slots": []}]},
            "curves": curves(4),
        }
    ],
    "comparison": {"difference": "rate_up", "run": state(3), "past": {"states": [state(0)]}, "curves": curves(3)},
}
TABLE = {"points": [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]], "targets": [0, 1, 0], "n_classes": 2}

_EARLIER = "past.documents.0"

# Where, and what to put there.
KEPT: list[tuple[str, Any]] = [
    ("past", 3), ("past", []), ("past", {"secret": 1}), ("past.states", {}), ("past.states", [1]), ("past.states", [None]),
    ("past.states", [{}]), ("past.states", [state(0)] * 129), ("past.states.0.parameters", [0.1] * 8),
    ("past.states.0.parameters", [float("nan")] * 9), ("past.states.0.parameters", {"shape": [2**31, 2**31], "float64": "AAAA"}),
    ("past.states.0.parameters", "AAAA"), ("past.states.0.slots", []), ("past.states.0.slots", [[0.0] * 9]),
    ("past.states.0.iteration", 2), ("past.states.0.iteration", 9), ("past.states.0.iteration", -1),
    ("past.states.0.position", 10**9), ("past.states.0.edited", 1), ("past.states.0.document", 1),
    ("past.states.0.document", -1), ("past.states.0.document", "0"), ("past.states.0.document", True),
    ("past.states.0.__class__", "os.system"), ("past.states.1.iteration", 2**60), ("past.documents", {}),
    ("past.documents", [{}]), ("past.documents", [7]), ("past.documents", [{}] * 129), (f"{_EARLIER}.secret", 1),
    (f"{_EARLIER}.data.points", 10**6), (f"{_EARLIER}.data.name", "own"), (f"{_EARLIER}.data.name", "../xor"),
    (f"{_EARLIER}.data.table", TABLE), (f"{_EARLIER}.network.hidden.0.width", 3), (f"{_EARLIER}.network.hidden", []),
    (f"{_EARLIER}.network.features", ["x1"]), (f"{_EARLIER}.training.optimizer.name", "sgd"), (f"{_EARLIER}.training", 5),
    ("curves.edits", 5), ("curves.edits", [1]), ("curves.edits", [{}]), ("curves.edits.0.iteration", -1),
    ("curves.edits.0.iteration", 2**60), ("curves.edits.0.text", 7), ("curves.edits.0.text", "a\n"),
    ("curves.edits.0.text", "a" * 1000), ("curves.edits.0.gesture", 1), ("branches", {}), ("branches", [1]),
    ("branches", [{}]), ("branches", [{}] * 100), ("branches.0.iteration", 4), ("branches.0.iteration", 7),
    ("branches.0.iteration", 0.5), ("branches.0.iteration", -1), ("branches.0.is_apart", 1), ("branches.0.curves", None),
    ("branches.0.curves", {}), ("branches.0.curves.iterations", [0, 1]), ("branches.0.curves.stride", 3),
    ("branches.0.run", 3), ("branches.0.run", {}), ("branches.0.run.parameters", []), ("branches.0.run.slots", [[0.0] * 9]),
    ("branches.0.run.iteration", -4), ("branches.0.document", []), ("branches.0.document.data", {"name": "own"}),
    ("branches.0.document.data", {"points": 500_000}), ("branches.0.document.network.hidden.0.width", 256),
    ("branches.0.document.view", {}), ("branches.0.past.states.0.iteration", 5), ("branches.0.past.states.1.iteration", 0),
    ("branches.0.past.documents", [{}]), ("branches.0.secret", 1), ("comparison", 3), ("comparison", {}), ("comparison", []),
    ("comparison.difference", "other"), ("comparison.difference", "document"), ("comparison.difference", None),
    ("comparison.difference", "__import__('os')"), ("comparison.run", None), ("comparison.run", {}),
    ("comparison.run.parameters", [0.1] * 3), ("comparison.past.states.0.iteration", 8), ("comparison.curves.stride", 0),
    ("comparison.secret", 1), ("comparison", {"difference": "document", "name": "a\u202e", "document": {}, "run": state(1)}),
    ("comparison", {"difference": "document", "name": "a", "document": {"data": {"points": 900_000}}, "run": state(1)}),
    ("comparison", {"difference": "document", "name": "a", "document": {"network": {"hidden": [{"width": 0}]}}}),
    ("comparison", {"difference": "document", "name": "a" * 999, "document": {}, "run": state(1)}), ("run", None),
]  # fmt: skip
CHANGES: list[tuple[str, Any]] = [
    ("format", None), ("format", "backprop"), ("format", 1), ("format", []), ("format", "Backprop-Playground"),
    ("version", None), ("version", "1"), ("version", 1.5), ("version", -1), ("version", 3), ("version", 10**18),
    ("version", True), ("version", []), ("surprise", 1), ("__class__", "os.system"), ("py/object", "os.system"),
    ("data", None), ("data", []), ("data", "xor"), ("data.name", "xnor"), ("data.name", 7), ("data.name", ""),
    ("data.name", "../../etc/passwd"), ("data.name", "xor\u0000"), ("data.name", "own"), ("data.name", "x" * 5000),
    ("data.points", 3), ("data.points", 10**7), ("data.points", 2**62), ("data.points", 4.5), ("data.points", "40"),
    ("data.points", None), ("data.points", True), ("data.points", -4), ("data.noise", -0.1), ("data.noise", 3),
    ("data.noise", "a"), ("data.noise", 1e308), ("data.train_fraction", 0), ("data.train_fraction", 1),
    ("data.train_fraction", []), ("data.seed", -1), ("data.seed", 2**40), ("data.seed", 0.5), ("data.path", "/etc"),
    ("data.parameters", [["classes", 99]]), ("data.parameters", [["classes", 3], ["classes", 3]]),
    ("data.parameters", 5), ("data.parameters", [["nothing", 1.0]]), ("data.parameters", [["a"]]),
    ("data.table", 5), ("data.table", {}), ("data.table", {"points": []}), ("data.table.points", [[0.0]]),
    ("data.table.points", [[0.0, "a"], [1.0, 1.0], [2.0, 2.0]]), ("data.table.points", [1.0, 2.0, 3.0]),
    ("data.table.points", [[0.0, 1.0], [1.0], [2.0, 0.0]]), ("data.table.points", [[[1.0]]]),
    ("data.table.points", [[0.0, 1.0], [1e308, 1.0], [2.0, 0.0]]), ("data.table.extent", [-1e308, 1e308]),
    ("data.table.targets", [0, 1]), ("data.table.targets", [0, 1, 2]), ("data.table.targets", [0, 1, 0.5]),
    ("data.table.targets", ["a", "b", "c"]), ("data.table.n_classes", 1), ("data.table.n_classes", 11),
    ("data.table.feature_names", ["a"]), ("data.table.class_names", ["a"]), ("data.table.ids", [1, 1, 2]),
    ("data.table.extent", [1.0, -1.0]), ("data.table.extent", [1.0]), ("data.table.secret", 1),
    ("data.table.standardization", {"mean": [0.0], "scale": [1.0]}),
    ("data.table.points", {"shape": [3, 2], "float64": ""}),
    ("data.table.points", {"shape": [2**31, 2**31], "float64": "AAAA"}),
    ("data.table.points", {"shape": [-1, 2], "float64": "AAAA"}), ("data.table.points", {"shape": "3", "float64": ""}),
    ("data.table.points", {"float64": "AAAA"}), ("data.table.points", {"shape": [1], "float64": "AAAAAAAAAA=="}),
    ("data.table.points", {"shape": [1], "float64": "!!!!!!!!!!!!"}),
    ("data.table.points", {"shape": [1, 1], "float64": b64encode(struct.pack("<d", float("nan"))).decode()}),
    ("training", None), ("training", 3), ("training.loss", "mse"), ("training.loss", None), ("training.loss", {}),
    ("training.optimizer", "adam"), ("training.optimizer.name", "Adam"), ("training.optimizer.momentum", 1),
    ("training.optimizer.momentum", "high"), ("training.optimizer.epsilon", 0), ("training.optimizer.beta3", 0.1),
    ("training.learning_rate", 0), ("training.learning_rate", -1), ("training.learning_rate", 1e300),
    ("training.learning_rate", None), ("training.learning_rate", "fast"), ("training.learning_rate", True),
    ("training.schedule.name", "linear"), ("training.schedule.interval", 0), ("training.schedule.interval", 1e3 + 0.5),
    ("training.schedule.gamma", 0), ("training.batch_size", 0), ("training.batch_size", 10**12),
    ("training.regularizer", "l3"), ("training.penalty", -1), ("training.clip_norm", 0), ("training.clip_norm", "no"),
    ("training.initializer", "random"), ("training.initial_scale", 1e9), ("training.l1_ratio", 2),
    ("seed", -1), ("seed", 1.5), ("seed", "1"), ("seed", 2**31), ("seed", None),
    ("network", None), ("network", []), ("network.features", []), ("network.features", ["x1", "x1"]),
    ("network.features", ["x3"]), ("network.features", "x1"), ("network.features", [1]), ("network.features", [""]),
    ("network.features", ["x1"] * 2000), ("network.hidden", {}), ("network.hidden", [{}] * 17),
    ("network.hidden", [[]]), ("network.hidden.0", 4), ("network.hidden.0.width", "four"), ("network.hidden.0.width", 0),
    ("network.hidden.0.width", 257), ("network.hidden.0.width", -1), ("network.hidden.0.width", 2**63 - 1),
    ("network.hidden.0.width", 2.0000001), ("network.hidden.0.activation", "Tanh"),
    ("network.hidden.0.activation", "__import__('os').system('true')"), ("network.hidden.0.activation", None),
    ("network.hidden.0.dropout", 1), ("network.hidden.0.pieces", 99), ("network.hidden.0.slope", -1),
    ("network.hidden.0.alpha", 11), ("network.hidden.0.wdith", 4), ("network.output_activation", "softmax"),
    ("network.output_activation", "maxout"), ("network.keep_weights", "yes"), ("network.keep_weights", 1),
    ("network.start_weights", [{"edge": [1, 0], "value": 1.0}]), ("network.start_weights", [{"edge": "1-0"}]),
    ("network.start_weights", [{"value": 1.0}]), ("network.start_weights", [3]), ("network.start_weights.0.value", "a"),
    ("network.frozen", [[1]]), ("network.pruned", [{"edge": [1, 0, 0, 0]}]), ("network.layers", []),
    ("run", []), ("run", 3), ("run", {}), ("run.parameters", None), ("run.parameters", []), ("run.parameters", [0.1] * 8),
    ("run.parameters", [0.1] * 10), ("run.parameters", [[0.1] * 9]), ("run.parameters", ["0.1"] * 9),
    ("run.parameters", [None] * 9), ("run.parameters", "0.1"), ("run.parameters", [True] * 9),
    ("run.parameters", {"shape": [9], "float64": b64encode(struct.pack("<9d", *[float("inf")] * 9)).decode()}),
    ("run.parameters", {"shape": [9], "int64": "AAAA", "float64": "AAAA"}), ("run.parameters", {"pickle": "gASV"}),
    ("run.slots", []), ("run.slots", [[0.0] * 9]), ("run.slots", [[0.0] * 9] * 3), ("run.slots", [[0.0], [0.0]]),
    ("run.slots", 0), ("run.iteration", -1), ("run.iteration", 1.5), ("run.iteration", 2**60), ("run.iteration", "3"),
    ("run.position", 20), ("run.position", -1), ("run.epoch", -1), ("run.updates", None), ("run.extra", 1),
    ("curves", []), ("curves.stride", 0), ("curves.stride", 3), ("curves.stride", -2), ("curves.iterations", [1, 0]),
    ("curves.iterations", [0, 0]), ("curves.iterations", [-1, 0]), ("curves.iterations", [0]),
    ("curves.iterations", ["0", "1"]), ("curves.columns", []), ("curves.columns.train", [0.5]),
    ("curves.columns.train", ["a", "b"]), ("curves.columns.valid", [0.5, 0.4]), ("curves.columns", None),
    ("view", []), ("view.selection", []), ("view.selection.node", [1]), ("view.selection.node", "1"),
    ("view.selection.edge", [1, 2]), ("view.selection.example", 3), ("view.selection.example.index", "0"),
    ("view.selection.hover", 1), ("view.settings", []), ("view.settings", {"a": "x" * 70_000}), ("view.docks", {}),
]  # fmt: skip


def text(value: bytes | str, times: int = 1) -> Case:
    return [[value if isinstance(value, str) else value.decode("latin-1"), times]]


def changed(place: str, value: Any, good: dict[str, Any] = GOOD) -> bytes:
    made: Any = copy.deepcopy(good)
    if place.startswith("data.table."):
        made["data"] |= {"table": copy.deepcopy(TABLE), "name": "own"}
    part = made
    *path, last = [int(token) if token.isdigit() else token for token in place.split(".")]
    for token in path:
        part = part[token]
    part[last] = value
    return json.dumps(made, ensure_ascii=False).encode()


def documents() -> dict[str, Case]:
    good = json.dumps(GOOD).encode()
    cases: dict[str, Case] = {}
    for number, (place, value) in enumerate(CHANGES):
        cases[f"{number:03} {place}"] = text(changed(place, value))
    for number, (place, value) in enumerate(KEPT):
        cases[f"kept {number:03} {place}"] = text(changed(place, value, RICH))
    for share in range(1, 10):
        cases[f"cut off at {share}0 %"] = text(good[: len(good) * share // 10])
    raw: dict[str, bytes] = {
        "empty": b"", "blanks": b"  \n\t ", "null": b"null", "number": b"3", "list": b"[]", "text": b'"playground"',
        "object": b"{}", "two objects": b"{}{}", "trailing comma": b'{"a":1,}', "comment": b"// a\n{}",
        "single quotes": b"{'format': 1}", "python": b"{'format': None}", "yaml": b"format: backprop-playground\n",
        "xml": b"<playground/>", "NaN": good.replace(b"0.001", b"NaN"), "Infinity": good.replace(b"0.001", b"Infinity"),
        "huge exponent": good.replace(b"0.001", b"1e999"), "huge integer": good.replace(b"40", b"9" * 400),
        "leading zeros": good.replace(b"40", b"0040"), "hex": good.replace(b"40", b"0x28"),
        "plus sign": good.replace(b"40", b"+40"), "control characters": b"\x00\x01\x02\x1b[2J", "null bytes": bytes(64),
        "null in a text": good.replace(b"xor", b"x\x00r"), "newline in a text": good.replace(b"xor", b"x\nr"),
        "bad escape": good.replace(b"xor", b"\\x41"), "lone surrogate": good.replace(b'"xor"', b'"\\ud800"'),
        "Latin-1": good.replace(b"xor", b"x\xf6r"), "overlong UTF-8": good.replace(b"xor", b"\xc0\xaf"),
        "UTF-16": json.dumps(GOOD).encode("utf-16"), "UTF-32": json.dumps(GOOD).encode("utf-32"),
        "BOM alone": b"\xef\xbb\xbf", "pickle": b"\x80\x04\x95\x0f\x00\x00\x00\x00\x00\x00\x00\x8c\x02os\x94.",
        "gzip": b"\x1f\x8b\x08\x00" + bytes(20), "zip": b"PK\x03\x04" + bytes(26), "png": b"\x89PNG\r\n\x1a\n",
        "elf": b"\x7fELF\x02\x01\x01" + bytes(9), "cut escape": b'{"a":"\\u12', "unclosed text": b'{"a":"',
        "unclosed list": b'{"a":[1,2', "wrong bracket": b'{"a":[1,2}', "no colon": b'{"a" 1}', "no comma": b'{"a":1 "b":2}',
        "bare word": b"{format: 1}", "true story": b"True", "right to left": '{"\u202eformat":1}'.encode(),
    }  # fmt: skip
    cases |= {f"raw: {name}": text(data) for name, data in raw.items()}
    cases["deep lists"] = text("[", 200_000)
    cases["deep objects"] = text('{"a":', 100_000)
    cases["deep settings"] = [[changed("view.settings", {"a": "HERE"}).decode().split('"HERE"')[0], 1], ["[", 500],
                              ["]", 500], ["}}}", 1]]  # fmt: skip
    cases["many values"] = [["[0", 1], [",0", 2_100_000], ["]", 1]]
    cases["many objects"] = [["[{}", 1], [",{}", 210_000], ["]", 1]]
    cases["long text"] = [['{"format":"', 1], ["a", 3_000_000], ['"}', 1]]
    cases["long name"] = [['{"', 1], ["a", 3_000_000], ['":1}', 1]]
    cases["many names"] = [['{"format":"backprop-playground","version":1', 1], [',"a":1', 100_000], ["}", 1]]
    cases["blank ocean"] = text(" ", 3_000_000)
    cases["long number"] = [['{"version":', 1], ["9", 200_000], ["}", 1]]
    cases["long fraction"] = [['{"version":0.', 1], ["0", 200_000], ["}", 1]]
    return cases


def links() -> dict[str, Case]:
    def link(content: bytes, *, crc: int = 0, wbits: int = -15) -> bytes:
        squeezer = zlib.compressobj(9, zlib.DEFLATED, wbits)
        packed = squeezer.compress(content) + squeezer.flush()
        body = (zlib.crc32(packed) ^ crc).to_bytes(4, "big") + packed
        return b"playground:1." + urlsafe_b64encode(body).rstrip(b"=")

    good = json.dumps(GOOD).encode()
    cases: dict[str, Case] = {
        f"raw {number}": text(data)
        for number, data in enumerate(
            [b"", b" ", b"playground", b"playground:", b"playground:1", b"playground:1.", b"playground:.", b"playground:0.AAAA",
             b"playground:2.AAAA", b"playground:1.=", b"playground:1.AAAA", b"playground:1.AAAAAAAAAAAA", b"PLAYGROUND:1.AAAA",
             b"playground:-1.AAAA", b"playground:1.\xff\xfe", b"playground:1.AA AA/+==", b"playground://1.AAAA",
             b"playground:\xb2.AAAA", b"playground:1.$(rm -rf /)", b"playground:1.../../etc/passwd", b"http://localhost/",
             b"javascript:alert(1)", b"file:///etc/passwd", b"\x00playground:1.AAAA", b"playground:1.\x00",
             b"data:text/html,<script>", b"playground:99999999999999999999.AAAA"]
        )
    }  # fmt: skip
    cases |= {
        "wrong checksum": text(link(good, crc=1)), "zlib header": text(link(good, wbits=15)), "no JSON": text(link(b"hello")),
        "empty content": text(link(b"")), "empty object": text(link(b"{}")), "cut off": text(link(good)[:-4]),
        "newer document": text(link(changed("version", 9))), "bad width": text(link(changed("network.hidden.0.width", 0))),
        "bad run": text(link(changed("run.parameters", []))), "null run": text(link(changed("run.slots", None))),
        "bomb": text(link(bytes(2_000_000))), "deep": text(link(b"[" * 100_000)), "pickle": text(link(b"\x80\x04.")),
        "long": [["playground:1.", 1], ["A", 100_000]], "very long": [["playground:1.", 1], ["A", 2_000_000]],
        "ocean of blanks": [["playground:1.", 1], [" ", 1_000_000]],
    }  # fmt: skip
    return cases


def addresses() -> dict[str, Case]:
    page = "https://playground.tensorflow.org/#"
    hashes = [
        "activation=", "activation=softmax", "activation=TANH", "regularization=L3", "batchSize=0", "batchSize=-1",
        "batchSize=ten", "batchSize=1.5", "batchSize=1e9", "batchSize=NaN", "dataset=moons", "dataset=../circle",
        "regDataset=plane", "regDataset=reg-maximum", "learningRate=0", "learningRate=-1", "learningRate=Infinity",
        "learningRate=1e400", "learningRate=0x10", "learningRate=1_000", "regularizationRate=-1", "regularizationRate=a",
        "noise=much", "noise=NaN", "noise=1e999", "networkShape=0", "networkShape=4,0", "networkShape=-4",
        "networkShape=4.5", "networkShape=a,b", "networkShape=,", "networkShape=1000", "networkShape=4;2",
        "networkShape=99999999999999999999", "percTrainData=101", "percTrainData=-1", "percTrainData=half",
        "x=false&y=false", "problem=clustering", "problem=0", "activation", "&&x", "networkShape=%00", "noise=%ff",
        "seed",
    ]  # fmt: skip
    keep = [fragment for fragment in hashes if fragment != "activation="]
    cases = {fragment: text(page + fragment) for fragment in keep}
    cases["another page"] = text("https://example.org/#about")
    cases["no address"] = text("activation=tanh")
    cases["empty"] = text("")
    cases["many layers"] = [[page + "networkShape=1", 1], [",1", 20]]
    cases["long"] = [[page + "seed=", 1], ["1", 100_000]]
    cases["long shape"] = [[page + "networkShape=", 1], ["9", 5_000]]
    return cases


def expressions() -> dict[str, Case]:
    lines = [
        "", " ", "x +", "+", "* x", "x y", "(x", "x)", "((x)", "()", "x + * y", "x,,y", "max()", "max(x,)", "sin()",
        "sin(x, y)", "sin x", "x = ", "x == y", "x < y", "x if y else z", "lambda x: x", "[x]", "{x}", "x[0]", "x.real",
        "x.__class__", "__import__('os').system('true')", "eval('1')", "exec('1')", "open('/etc/passwd')", "print(x)",
        "import os", "f(x)", "x; y", "'x'", '"x"', "b'x'", "f'{x}'", "1j", "1e999", "0x", "1__0", "1.2.3", "..", "x !", "x @ y",
        "x // y", "x % y", "x & y", "x | y", "~x", "not x", "x and y", "x is y", "x in y", "x := 3", "*x", "**x", "x ** ",
        "max(*x)", "max(x=1)", "max(**x)", "yield", "await x", "None", "True", "False", "...", "x #", "x \\", "x\ny",
        "\x00", "x\x00y", "\x1b[31mx", "\u202ex", "x\u200by", "\ud83d\ude00", "x ? y", "$x", "x`y`", "1 2", "x''", "(x))", ")(",
        "exp(", "tanh)", "min(x", "sqrt()", "abs(x y)", "log(,)", "a" * 300, "relu", "sin", "max", "x.y.z", "0777",
    ]  # fmt: skip
    cases = {f"{number:03}": text(line.encode("utf-8", "surrogatepass")) for number, line in enumerate(lines)}
    cases |= {
        "deep brackets": [["(", 50_000], ["x", 1], [")", 50_000]], "open brackets": text("(", 100_000),
        "many signs": [["-", 100_000], ["x", 1]], "long sum": [["x", 1], [" + x", 100_000]],
        "tower": [["x", 1], ["**x", 10_000]], "long name": text("a", 100_000), "long number": text("9", 100_000),
        "nested calls": [["sin(", 20_000], ["x", 1], [")", 20_000]], "commas": [["max(x", 1], [",x", 100_000], [")", 1]],
        "blanks": text(" ", 1_000_000), "not UTF-8": text(b"\xff\xfe"),
    }  # fmt: skip
    return cases


def tables() -> dict[str, Case]:
    def archive(**members: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in members.items():
                made.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def array(header: str, data: bytes = b"") -> bytes:
        padded = (header + " " * (63 - (len(header) + 10) % 64)).encode() + b"\n"
        return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded + data

    floats = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }"
    raw: dict[str, bytes] = {
        "empty": b"", "blanks": b"   \n\n  \n", "one cell": b"1", "one column": b"a\n1\n2\n3\n", "header alone": b"a,b,c\n",
        "text alone": b"a,b\nc,d\ne,f\n", "bad cell": b"a,b,c\n1,2,0\n3,four,1\n5,6,0\n7,8,1\n",
        "ragged": b"a,b,c\n1,2,0\n3,4\n5,6,0\n7,8,1\n", "too many cells": b"a,b,c\n1,2,0\n3,4,1,9\n5,6,0\n7,8,1\n",
        "NaN": b"a,b,c\n1,2,0\nNaN,4,1\n5,6,0\n7,8,1\n", "infinity": b"a,b,c\n1,2,0\ninf,4,1\n5,6,0\n7,8,1\n",
        "huge": b"a,b,c\n1,2,0\n1e999,4,1\n5,6,0\n7,8,1\n", "empty cell": b"a,b,c\n1,2,0\n,4,1\n5,6,0\n7,8,1\n",
        "null bytes": b"x,y\n1,\x002\n3,4\n", "binary": bytes(range(256)),
        "open quote": b'a,b,c\n1,"2,0\n3,4,1\n5,6,0\n', "control": b"\x1b[2Jx,y\n\x01,2\n", "png": b"\x89PNG\r\n\x1a\n",
        "empty columns": b"a,b\n,\n,\n", "commas": b",,,,\n,,,,\n", "pickle": b"\x80\x04\x95cos\nsystem\n.",
        "zip of nothing": archive(), "cut zip": archive(x=array(floats % "(2,)", bytes(16)))[:60],
        "zip header": b"PK\x03\x04" + bytes(40), "no npy": archive(x=b"hello"),
        "object array": archive(x=array("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", b"\x80\x04.")),
        "huge shape": archive(x=array(floats % "(1000000000000,)")), "short data": archive(x=array(floats % "(5, 2)", bytes(8))),
        "negative shape": archive(x=array(floats % "(-1,)")), "code header": archive(x=array("__import__('os').getcwd()")),
        "deep header": archive(x=array("(" * 2000)), "bad type": archive(x=array("{'descr': 'zz', 'fortran_order': 0, 'shape': ()}")),
        "path trick": archive(**{"../../evil": array(floats % "(2,)", bytes(16))}),
        "zip bomb": archive(x=array(floats % "(40000000,)", bytes(2_000_000))),
        "UTF-16 cut": "x,y\n1,2\n".encode("utf-16")[:-1], "number of rows": b"a,b,c\n1,2,0\n",
        "control character in a cell": b"a,b,c\n1,2,0\n3\x11x,4,1\n5,6,0\n7,8,1\n",
        "control character in a name": b"a\x11,b,c\n1,2,0\n3x,4,1\n5,6,0\n7,8,1\n",
        "arrays of nothing": archive(x=array(floats % "(0, 2)"), y=array(floats % "(0,)")),
        "array with a long name": archive(**{"x" * 5000: b"hello"}),
    }  # fmt: skip
    cases = {name: text(data) for name, data in raw.items()}
    cases["a thousand equal names"] = [["a", 1], [",a", 1_000], ["\n1", 1], [",1", 1_000], ["\n", 1]]
    cases["many columns"] = [["1", 1], [",1", 5_000], ["\n", 1]]
    cases["long cell"] = [["x,y\n1,", 1], ["a", 1_000_000], ["\n", 1]]
    cases["open quote, long"] = [['x,y\n"', 1], ["a,b\n", 200_000]]
    return cases


def options() -> dict[str, Case]:
    lines = [
        "train --points three", "train --points -1", "train --points 1e99", "train --points 99999999999", "train --points 4.5",
        "train --noise nan", "train --noise inf", "train --noise -1", "train --noise 3", "train --train-fraction 0",
        "train --train-fraction 2", "train --hidden a", "train --hidden 4,,2", "train --hidden 300", "train --hidden -4",
        "train --hidden 4;2", "train --hidden 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "train --activation tan",
        "train --activation tanh,relu,elu", "train --loss mse", "train --optimizer best", "train --learning-rate 0",
        "train --learning-rate -1", "train --learning-rate nan", "train --learning-rate 1e999", "train --batch-size 0",
        "train --batch-size x", "train --regularization l9", "train --lambda -1", "train --lambda nan", "train --seed -1",
        "train --seed 1.5", "train --seed 99999999999999999999", "train --steps -1", "train --steps many", "train --dataset xnor",
        "train --dataset ../xor", "train --features x9", "train --features ,", "train --features x1,x1", "train --initializer no",
        "train --momentum 1", "train --beta1 2", "train --clip-norm 0", "train --schedule slow", "train --gamma 0",
        "train --dropout 1", "train --dropout 0.1,0.2", "train --slope -1", "train --pieces 1", "train --unknown 3",
        "train --points", "train --output-activation tanh --loss softmax", "check --hidden zero", "check --loss none",
        "circuit", "circuit x+", "circuit x --set x", "circuit x --set x=a", "circuit x --set =1", "circuit x --set x=nan",
        "circuit x", "circuit log(x) --set x=-1", "circuit x --upstream big --set x=1", "nothing --at-all",
    ]  # fmt: skip
    cases = {line: text(line) for line in lines}
    cases["train --dataset (long)"] = [["train --dataset ", 1], ["\x07", 2_000]]
    cases["train --hidden (long)"] = [["train --hidden 1", 1], [",1", 5_000]]
    cases["train (long)"] = [["train --nothing ", 1], ["a", 10_000]]
    return cases


HEAD = '+++\ntitle = "A"\n+++\n# A\n'


def lessons() -> dict[str, Case]:
    def block(kind: str, *lines: str) -> Case:
        body = "\n".join(lines)
        return text(f"{HEAD}```{kind}\n{body}\n```\n".encode())

    return {
        "empty": [], "no front matter": text("# A\n"), "front matter open": text('+++\ntitle = "A"\n'),
        "no step": text('+++\ntitle = "A"\n+++\n'), "no title": text("+++\n+++\n# A\nText.\n"), "binary": [["\x00\xff", 500]],
        "UTF-16": text((HEAD + "Text.\n").encode("utf-16")), "turned around": text((HEAD + "a \u202e b\n").encode()),
        "huge": [[HEAD, 1], ["word ", 100_000]], "many steps": [[HEAD, 1], ["# A\nText.\n", 3_000]],
        "long line of code": [[HEAD, 1], ["`", 30_000]], "long heading": [['+++\ntitle = "A"\n+++\n# ', 1], ["A", 30_000]],
        "many fences": [[HEAD, 1], ["```\n", 5_001]], "block open": text(HEAD + "```scene\nseed = 1\n"),
        "needs itself": text('+++\ntitle = "A"\nneeds = ["sample"]\n+++\n# A\nText.\n'),
        "needs a path": text('+++\ntitle = "A"\nneeds = ["../other"]\n+++\n# A\nText.\n'),
        "HTML": text(HEAD + "<script>alert(1)</script>\n"), "image": text(HEAD + "![a](file:///etc/passwd)\n"),
        "link": text(HEAD + "[a](http://example.org)\n"), "HTML in a reply": block("recall", 'ask = "<b>a</b>"', 'answer = "b"'),
        "no TOML": block("scene", "seed: 3"), "no value": block("scene", "seed ="), "twice": block("scene", "seed = 1", "seed = 2"),
        "lists in lists": [[HEAD + "```scene\nhidden = ", 1], ["[", 9_000], ["\n```\n", 1]],
        "tables in tables": [[HEAD + "```scene\nhidden = ", 1], ["{a=", 4_000], ["\n```\n", 1]],
        "long key": [[HEAD + "```scene\n", 1], ["a.", 9_000], ["b = 1\n```\n", 1]],
        "long number": [[HEAD + "```scene\nseed = ", 1], ["9", 9_000], ["\n```\n", 1]],
        "long hexadecimal number": [[HEAD + "```scene\nseed = 0x", 1], ["f", 9_000], ["\n```\n", 1]],
        "a date": block("scene", "seed = 1979-05-27"), "not a number": block("scene", "learning_rate = nan"),
        "infinite": block("scene", "learning_rate = inf"), "a key with a break": block("scene", '"se\\ned" = 1'),
        "a path": block("scene", 'document = "../secret.playground"'), "a drive": block("scene", 'document = "C:\\\\x.playground"'),
        "another ending": block("scene", 'document = "x.exe"'), "both data": block("scene", 'data = "xor"', "examples = [[0, 1], [1, 0]]"),
        "one example": block("scene", "examples = [[1, 0]]"), "ragged": block("scene", "examples = [[1, 0], [1]]"),
        "huge example": block("scene", "examples = [[1e300, 0], [1, 1]]"), "endless word": [[HEAD + "```scene\n", 1], ["a", 15_000], [" = 1\n```\n", 1]],
        "action that runs": block("scene", 'do = ["import os"]'), "a million steps": block("scene", 'do = ["play 100000000000000"]'),
        "circuit without values": block("scene", 'circuit = "x * y"'), "deep circuit": [[HEAD + '```scene\ncircuit = "', 1], ["(", 1_500], ['x"\n```\n', 1]],
        "circuit by zero": block("scene", 'circuit = "1 / x"', "with = { x = 0 }"), "values alone": block("scene", "with = { x = 0 }"),
        "no choice": block("predict", 'ask = "A?"'), "one choice": block("predict", 'ask = "A?"', 'choices = ["a"]', "right = 0"),
        "right of none": block("predict", 'ask = "A?"', 'choices = ["a", "b"]', "right = 2"),
        "replies missing": block("predict", 'ask = "A?"', 'choices = ["a", "b"]', "right = 0", 'replies = ["a"]'),
        "unknown metric": block("goal", 'reach = "score >= 3"'), "code as condition": block("goal", 'reach = "__import__(\'os\') >= 1"'),
        "of no seeds": block("goal", 'reach = "successes >= 3"'), "unknown quantity": block("compute", 'of = "soul"', 'at = "h1.1"'),
        "unknown node": block("compute", 'of = "value"', 'at = "q"'), "two questions": text(HEAD + 2 * "```compute\nof = 'loss'\nat = 'loss'\n```\n"),
        "many choices": [[HEAD + '```predict\nask = "A?"\nchoices = [', 1], ['"a",', 4_000], ["]\nright = 0\n```\n", 1]],
    }  # fmt: skip


KINDS = {
    "documents": documents, "links": links, "addresses": addresses, "expressions": expressions, "tables": tables,
    "options": options, "lessons": lessons,
}  # fmt: skip


def written(kind: str) -> str:
    """Return the file of `kind`."""
    lines = [f"{json.dumps(name)}: {json.dumps(case)}" for name, case in KINDS[kind]().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    for kind in KINDS:
        (HERE / f"{kind}.json").write_text(written(kind), encoding="utf-8")
