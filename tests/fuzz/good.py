"""Good inputs of each parser: a search begins where something is taken."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from playground.document.changes import with_training
from playground.document.differences import with_document
from playground.document.document import DataSettings, Document, Edge, Node, PrunedWeight, StartWeight
from playground.document.own_data import Table
from playground.document.selection import Example, Selection
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.files.format import codec as file_format
from playground.files.links import document_link as links
from playground.files.saved import Saved, ViewState
from playground.session.saving import to_saved
from playground.session.session import Session
from playground.training.comparison_run import ComparisonRun
from playground.training.run import Run

ADDRESSES = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03"
    "&regularizationRate=0&noise=0&networkShape=4,2&seed=0.46718&showTestData=false&discretize=false&percTrainData=50&x=true"
    "&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false"
    "&problem=classification&initZero=false&hideText=false",
    "#problem=regression&regDataset=reg-gauss&regularization=L2&regularizationRate=0.01&sinX=true&initZero=true&noise=20",
)
EXPRESSIONS = (
    "(x + y) * z",
    "max(x, y) * 2 + x",
    "1/(1+exp(-(w0*x0 + w1*x1 + w2)))",
    "sin(3 * x1) ** 2 / 2 − elu(x, .1)",
)
OPTIONS = (
    "train --dataset spiral --points 200 --noise 0.1 --hidden 8,8 --activation relu,tanh --optimizer adam --steps 10",
    "train --regularization l2 --lambda 0.01 --schedule cosine --gamma 0.5 --clip-norm 1 --features x1 --dropout 0.1",
    "check --hidden 3 --loss softmax --seed 3", "circuit (x+y)*z --set x=-2 --set y=5 --set z=-4 --upstream 2",
    "export a.playground --to svg --output - --node 1.0 --scale 2 --frames 3", "open #activation=tanh --quiet",
)  # fmt: skip
TABLES = (
    b"x1,x2,class\n0.5,1.5,a\n1.0,-2.0,b\n3,4,a\n", b"x;y;wert\n0,5;1,5;2\n1;2;3\n2;3,5;4\n", b"1 2 0\n3 4 1\n5 6 0\n",
    "größe\tname\ty\n1\tü\t2.5\n2\tö\t3\n".encode("utf-16"), b'# c\n"a, b",c\n1,"2"\n3,4\n5,6\n',
)  # fmt: skip

SAMPLES = Path(__file__).parents[1] / "playground" / "lessons" / "samples"


def good(name: str) -> list[bytes]:
    """Return good inputs of parser `name`."""
    texts = {"addresses": ADDRESSES, "expressions": EXPRESSIONS, "functions": EXPRESSIONS, "options": OPTIONS}
    if name in texts:
        return [text.encode() for text in texts[name]]
    if name == "lessons":
        return [file.read_bytes() for file in sorted(SAMPLES.glob("*.md"))]
    if name == "tables":
        return [*TABLES, *_archives()]
    if name == "links":
        return [links.encode(saved).text.encode() for saved in _saved()]
    return [json.dumps(file_format.plain(saved), separators=(",", ":")).encode() for saved in _saved()]


def _saved() -> list[Saved]:
    """Return documents that between them have every part of a file."""
    table = Table(np.array([[0.0, 1.0], [1.0, 0.5], [2.0, 2.0], [3.0, 1.0]]), np.array([0.0, 1.0, 0.0, 1.0]))
    edge = Edge(1, 0, 1)
    own = Document(
        data=DataSettings("own", table=table),
        hidden=(LayerSpec(2), LayerSpec(2, "maxout")),
        training=TrainingSpec("squared", OptimizerSpec("momentum")),
        start_weights=(StartWeight(edge, 0.5),),
        frozen=(edge,),
        pruned=(PrunedWeight(Edge(2, 0, 0, 1), 0.1),),
    )
    plain = Document(data=replace(DataSettings(), points=40), training=TrainingSpec("softmax", OptimizerSpec("adam")))
    made = []
    for document in (own, plain):
        run = Run(document)
        run.train(2)
        view = ViewState(Selection(Node(1, 0), edge, Example(1)), {"zoom": 1.0, "panels": ["loss"]})
        made.append(Saved(document, run.trainer.state(), run.history.copy(), view))
    session = Session(plain)
    session.step(6)
    session.go_to(2)
    session.change(with_training(learning_rate=0.03), "Learning rate")
    session.step(4)
    comparison_run = ComparisonRun(with_document(own, "mine"), plain)
    comparison_run.train(3)
    session.lockstep.set_comparison_run(comparison_run)
    return [*made, to_saved(session)]


def _archives() -> list[bytes]:
    made = []
    for arrays in (
        {"X": np.eye(4, 3), "y": np.array([0, 1, 0, 1])},
        {"X": np.ones((3, 2), np.float32), "y": np.array([0.5, 1.5, 2.5]), "feature_names": np.array(["a", "b"])},
    ):
        out = io.BytesIO()
        np.savez(out, **arrays)
        made.append(out.getvalue())
    return made
