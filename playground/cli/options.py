"""Command-line options of a document: one place for `train`, `check` and all later commands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TypeVar

from playground.cli.parser import CommandError, add_option, names, number, numbers, whole_number, widths
from playground.document import catalogue
from playground.document.document import DataSettings, Document
from playground.engine.activations import ACTIVATIONS, MAXOUT
from playground.engine.features import FEATURES, available
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec, choose

Value = TypeVar("Value")

# Fields of the document whose option has another name.
_OPTION_OF = {
    "width": "--hidden",
    "hidden": "--hidden",
    "interval": "--schedule-interval",
    "penalty": "--lambda",
    "regularizer": "--regularization",
    "slope": "--slope",
    "output activation": "--output-activation",
}
_PLAIN = (
    "points noise train_fraction features dropout alpha pieces momentum beta1 beta2 rho epsilon weight_decay "
    "learning_rate gamma floor batch_size l1_ratio clip_norm clip_value initial_scale seed output_activation loss"
)
_OPTION_OF |= {field: f"--{field.replace('_', '-')}" for field in (*_PLAIN.split(), "sample seed")}
_OPTION_OF["sample seed"] = "--sample-seed"


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of data, network and training; defaults are those of the first start."""
    _add_data(parser.add_argument_group("data"))
    _add_network(parser.add_argument_group("network"))
    _add_training(parser.add_argument_group("training"))


def document_from(options: argparse.Namespace) -> Document:
    """Return the document that `options` describe.

    Raises
    ------
    CommandError
        With the option and the cure.
    """
    try:
        return _document(options)
    except ValueError as error:
        raise CommandError(with_option(str(error))) from None


def with_option(message: str) -> str:
    """Return `message` with the field that it begins with written as the option that sets it."""
    field, colon, rest = message.partition(":")
    return f"{_OPTION_OF[field]}:{rest}" if colon and field in _OPTION_OF else message


def _add_data(group: argparse._ArgumentGroup) -> None:
    data = DataSettings()
    add_option(group, "--dataset", str, data.name, "NAME", f"one of {', '.join(catalogue.names())}")
    add_option(group, "--points", whole_number, data.points, "N", "training and test points together")
    add_option(group, "--noise", number, None, "X", "how far points move, 0 to 2 (default: the data set's own)")
    add_option(group, "--train-fraction", number, data.train_fraction, "F", "share of the points to train on")
    add_option(group, "--sample-seed", whole_number, data.seed, "S", "seed of the points and of their split")
    text = f"input features: {', '.join(FEATURES)} (default: the coordinates)"
    add_option(group, "--features", names, None, "F,F,…", text)


def _add_network(group: argparse._ArgumentGroup) -> None:
    layer = LayerSpec()
    activations = ", ".join((*ACTIVATIONS, MAXOUT.name))
    one_or_each = "one for all hidden layers, or one for each"
    text = "width of each hidden layer; 0: no hidden layer"
    add_option(group, "--hidden", widths, str(layer.width), "W,W,…", text)
    add_option(group, "--activation", names, layer.activation, "A,A,…", f"{one_or_each}: {activations}")
    text = "of squared error alone, whose output has a choice"
    add_option(group, "--output-activation", str, "linear", "A", text)
    add_option(group, "--dropout", numbers, "0", "P,P,…", f"share of units dropped; {one_or_each}")
    add_option(group, "--slope", number, layer.slope, "X", "of leaky_relu for z < 0")
    add_option(group, "--alpha", number, layer.alpha, "X", "α of elu for z < 0")
    add_option(group, "--pieces", whole_number, layer.pieces, "K", "weight vectors of a maxout unit")


def _add_training(group: argparse._ArgumentGroup) -> None:
    document = Document()
    training, optimizer, schedule = document.training, OptimizerSpec(), ScheduleSpec()
    add_option(group, "--loss", str, training.loss, "NAME", f"one of {', '.join(LOSSES)}")
    add_option(group, "--optimizer", str, optimizer.name, "NAME", f"one of {', '.join(OPTIMIZERS)}")
    add_option(group, "--momentum", number, optimizer.momentum, "X", "μ of momentum and nesterov")
    add_option(group, "--beta1", number, optimizer.beta1, "X", "of adam and adamw")
    add_option(group, "--beta2", number, optimizer.beta2, "X", "of adam and adamw")
    add_option(group, "--rho", number, optimizer.rho, "X", "of rmsprop")
    add_option(group, "--epsilon", number, optimizer.epsilon, "X", "of adagrad, rmsprop, adam and adamw")
    add_option(group, "--weight-decay", number, optimizer.weight_decay, "X", "of adamw")
    add_option(group, "--learning-rate", number, training.learning_rate, "R", "η")
    add_option(group, "--schedule", str, schedule.name, "NAME", f"of the rate: one of {', '.join(SCHEDULES)}")
    add_option(group, "--schedule-interval", whole_number, schedule.interval, "N", "iterations of one schedule step")
    add_option(group, "--gamma", number, schedule.gamma, "X", "factor of step_decay and exponential")
    text = "share of the rate at which cosine ends and warm_up starts"
    add_option(group, "--floor", number, schedule.floor, "X", text)
    add_option(group, "--batch-size", whole_number, training.batch_size, "N", "examples per iteration")
    add_option(group, "--regularization", str, training.regularizer, "NAME", f"one of {', '.join(REGULARIZERS)}")
    add_option(group, "--lambda", number, training.penalty, "X", "λ in L = mean Lᵢ + λ Σ R(W)")
    add_option(group, "--l1-ratio", number, training.l1_ratio, "X", "share of L1 in elastic_net")
    add_option(group, "--clip-norm", number, None, "X", "largest norm of the gradient (default: no limit)")
    add_option(group, "--clip-value", number, None, "X", "largest entry of the gradient (default: no limit)")
    add_option(group, "--initializer", str, training.initializer, "NAME", f"one of {', '.join(INITIALIZERS)}")
    add_option(group, "--initial-scale", number, training.initial_scale, "X", "of normal, uniform and constant")
    add_option(group, "--seed", whole_number, document.seed, "S", "seed of weights, batches and dropout")


def _document(options: argparse.Namespace) -> Document:
    data = _data(options)
    columns = catalogue.GENERATORS[data.name].n_features
    document = Document(
        data=data,
        features=_features(options, columns),
        hidden=_layers(options),
        output_activation=choose("--output-activation", options.output_activation, ACTIVATIONS).name,
        training=_training(options),
        seed=options.seed,
    )
    loss = document.training.loss
    if catalogue.GENERATORS[data.name].is_regression and loss != "squared":
        raise ValueError(f"--loss: {loss} needs classes, and {data.name} has values instead; use --loss squared")
    return document


def _data(options: argparse.Namespace) -> DataSettings:
    generator = choose("--dataset", options.dataset, catalogue.GENERATORS)
    noise = generator.noise if options.noise is None else options.noise
    return DataSettings(generator.name, options.points, noise, options.train_fraction, options.sample_seed)


def _features(options: argparse.Namespace, columns: int) -> tuple[str, ...]:
    known = {feature.name: feature for feature in available(columns)}
    given = options.features or tuple(f"x{column + 1}" for column in range(columns))
    return tuple(choose("--features", name, known).name for name in given)


def _layers(options: argparse.Namespace) -> tuple[LayerSpec, ...]:
    depth = len(options.hidden)
    table = {name: name for name in (*ACTIVATIONS, MAXOUT.name)}
    return tuple(
        LayerSpec(
            width=width,
            activation=choose("--activation", activation, table),
            slope=options.slope,
            alpha=options.alpha,
            pieces=options.pieces,
            dropout=dropout,
        )
        for width, activation, dropout in zip(
            options.hidden,
            _one_each("--activation", options.activation, depth),
            _one_each("--dropout", options.dropout, depth),
            strict=True,
        )
    )


def _one_each(option: str, given: Sequence[Value], depth: int) -> tuple[Value, ...]:
    if len(given) == 1:
        return tuple(given) * depth
    if len(given) != depth:
        raise ValueError(f"{option}: expected one for all or one for each of {depth} hidden layers, got {len(given)}")
    return tuple(given)


def _training(options: argparse.Namespace) -> TrainingSpec:
    return TrainingSpec(
        loss=choose("--loss", options.loss, LOSSES).name,
        optimizer=OptimizerSpec(
            name=choose("--optimizer", options.optimizer, OPTIMIZERS).name,
            momentum=options.momentum,
            beta1=options.beta1,
            beta2=options.beta2,
            rho=options.rho,
            epsilon=options.epsilon,
            weight_decay=options.weight_decay,
        ),
        learning_rate=options.learning_rate,
        schedule=ScheduleSpec(
            name=choose("--schedule", options.schedule, SCHEDULES).name,
            interval=options.schedule_interval,
            gamma=options.gamma,
            floor=options.floor,
        ),
        batch_size=options.batch_size,
        regularizer=choose("--regularization", options.regularization, REGULARIZERS).name,
        penalty=getattr(options, "lambda"),
        l1_ratio=options.l1_ratio,
        clip_norm=options.clip_norm,
        clip_value=options.clip_value,
        initializer=choose("--initializer", options.initializer, INITIALIZERS).name,
        initial_scale=options.initial_scale,
    )
