"""Command-line options of a document: one place for `train`, `check` and all later commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

from playground.engine.activations import ACTIVATIONS
from playground.engine.features import FEATURES
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.session import catalogue
from playground.session.document import DataSettings, Document

BAD_INPUT = 2


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line on standard error and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and stop."""
        sys.stderr.write(f"{self.prog}: error: {message}\n")
        raise SystemExit(BAD_INPUT)


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of data, network and training; defaults are those of the first start."""
    first = Document()
    data, training = first.data, first.training
    group = parser.add_argument_group("data")
    group.add_argument("--dataset", default=data.name, metavar="NAME", help=f"one of {', '.join(tuple(catalogue.GENERATORS))}")
    group.add_argument("--points", type=int, default=data.points, metavar="N", help="training and test points together")
    group.add_argument("--noise", type=float, default=None, metavar="X", help="how far points move, 0 to 1")
    group.add_argument("--train-fraction", type=float, default=data.train_fraction, metavar="F", help="share to train on")
    group.add_argument("--sample-seed", type=int, default=data.seed, metavar="S", help="seed of the points")
    group.add_argument("--features", type=_names, default=None, metavar="F,F", help=f"of {', '.join(FEATURES)}")
    group = parser.add_argument_group("network")
    group.add_argument("--hidden", type=_widths, default=None, metavar="W,W", help="width of each hidden layer; 0: none")
    group.add_argument(
        "--activation", type=_names, default=("tanh",), metavar="A,A",
        help=f"one for all hidden layers or one each: {', '.join((*ACTIVATIONS, 'maxout'))}",
    )  # fmt: skip
    group.add_argument("--output-activation", default="linear", metavar="A", help="with squared error only")
    group.add_argument("--dropout", type=_numbers, default=(0.0,), metavar="P,P", help="one for all hidden layers or one each")
    group.add_argument("--slope", type=float, default=0.01, help="of leaky_relu below 0")
    group.add_argument("--alpha", type=float, default=1.0, help="of elu below 0")
    group.add_argument("--pieces", type=int, default=2, help="of a maxout unit")
    group = parser.add_argument_group("training")
    group.add_argument("--loss", default=training.loss, choices=list(LOSSES))
    group.add_argument("--optimizer", default="sgd", choices=list(OPTIMIZERS))
    group.add_argument("--momentum", type=float, default=0.9)
    group.add_argument("--beta1", type=float, default=0.9)
    group.add_argument("--beta2", type=float, default=0.999)
    group.add_argument("--rho", type=float, default=0.99)
    group.add_argument("--epsilon", type=float, default=1e-8)
    group.add_argument("--weight-decay", type=float, default=0.01, help="of adamw")
    group.add_argument("--learning-rate", type=float, default=training.learning_rate, metavar="R")
    group.add_argument("--schedule", default="constant", choices=list(SCHEDULES))
    group.add_argument("--schedule-interval", type=int, default=1000, metavar="N", help="iterations")
    group.add_argument("--gamma", type=float, default=0.5, help="factor of step_decay and exponential")
    group.add_argument("--floor", type=float, default=0.0, help="share of the rate at the end of cosine, start of warm_up")
    group.add_argument("--batch-size", type=int, default=training.batch_size, metavar="N")
    group.add_argument("--regularization", default="none", choices=list(REGULARIZERS))
    group.add_argument("--lambda", dest="penalty", type=float, default=training.penalty, metavar="X")
    group.add_argument("--l1-ratio", type=float, default=0.5, help="share of L1 in elastic_net")
    group.add_argument("--clip-norm", type=float, default=None, metavar="X")
    group.add_argument("--clip-value", type=float, default=None, metavar="X")
    group.add_argument("--initializer", default=training.initializer, choices=list(INITIALIZERS))
    group.add_argument("--initial-scale", type=float, default=0.1, help="of normal, uniform and constant")
    group.add_argument("--seed", type=int, default=first.seed, metavar="S", help="seed of weights, batches and dropout")


def document_from(options: argparse.Namespace) -> Document:
    """Return the document that `options` describe.

    Raises
    ------
    ValueError
        With the option and the cure.
    """
    if options.dataset not in tuple(catalogue.GENERATORS):
        raise ValueError(f"--dataset: no data set {options.dataset!r}; choose one of {', '.join(tuple(catalogue.GENERATORS))}")
    entry = catalogue.generator(options.dataset)
    noise = entry.noise if options.noise is None else options.noise
    data = DataSettings(options.dataset, options.points, noise, options.train_fraction, options.sample_seed)
    features = options.features or (("x1", "x2"))
    document = Document(
        data=data,
        features=features,
        hidden=_layers(options),
        output_activation=options.output_activation,
        training=_training(options),
        seed=options.seed,
    )
    check_names(document)
    if entry.n_classes == 0 and document.training.loss != "squared":
        if options.loss != Document().training.loss:
            raise ValueError(f"--loss: {options.loss} needs classes, and {options.dataset} is regression; use squared")
        document = replace(document, training=replace(document.training, loss="squared"))
    return document


def check_names(document: Document) -> None:
    """Refuse names of activations and features that are in no table."""
    known = catalogue.feature_names(document.data.name)
    for name in document.features:
        if name not in known:
            raise ValueError(f"--features: no input feature {name!r}; choose from {', '.join(known)}")
    for layer in document.hidden:
        if layer.activation not in ACTIVATIONS and layer.activation != "maxout":
            raise ValueError(
                f"--activation: no activation {layer.activation!r}; choose from {', '.join(ACTIVATIONS)}, maxout"
            )
    if document.output_activation not in ACTIVATIONS:
        raise ValueError(f"--output-activation: no activation {document.output_activation!r}")


def _layers(options: argparse.Namespace) -> tuple[LayerSpec, ...]:
    widths = (4,) if options.hidden is None else options.hidden
    depth = len(widths)
    names = _spread("--activation", options.activation, depth)
    shares = _spread("--dropout", options.dropout, depth)
    return tuple(
        LayerSpec(width, name, options.slope, options.alpha, options.pieces, share)
        for width, name, share in zip(widths, names, shares, strict=True)
    )


def _spread(option: str, given: Sequence[object], depth: int) -> tuple:  # type: ignore[type-arg]
    if len(given) == 1:
        return tuple(given) * depth
    if len(given) != depth:
        raise ValueError(f"{option}: expected one for all or one for each of {depth} hidden layers, got {len(given)}")
    return tuple(given)


def _training(options: argparse.Namespace) -> TrainingSpec:
    epsilon = options.epsilon
    return TrainingSpec(
        loss=options.loss,
        optimizer=OptimizerSpec(
            options.optimizer, options.momentum, options.beta1, options.beta2, options.rho, epsilon, options.weight_decay
        ),
        learning_rate=options.learning_rate,
        schedule=ScheduleSpec(options.schedule, options.schedule_interval, options.gamma, options.floor),
        batch_size=options.batch_size,
        regularizer=options.regularization,
        penalty=options.penalty,
        l1_ratio=options.l1_ratio,
        clip_norm=options.clip_norm,
        clip_value=options.clip_value,
        initializer=options.initializer,
        initial_scale=options.initial_scale,
    )


def _names(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(","))
    if not all(names):
        raise argparse.ArgumentTypeError(f"expected names separated by commas, got {text!r}")
    return names


def _widths(text: str) -> tuple[int, ...]:
    try:
        widths = tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected widths such as 4,2 (or 0 for no hidden layer), got {text!r}") from None
    return () if widths == (0,) else widths


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected numbers separated by commas, got {text!r}") from None
