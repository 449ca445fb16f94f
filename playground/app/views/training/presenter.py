"""Training panel ↔ document: loss, optimizer, rate, schedule, regularization, start."""

from __future__ import annotations

from dataclasses import fields, replace

from playground.app.views.scheduling import READOUTS, Aspect, Scheduler
from playground.document.changes import Change, with_training
from playground.document.document import Document
from playground.engine.activations import ACTIVATIONS
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES, rate
from playground.engine.spec import OptimizerSpec, ScheduleSpec
from playground.session.session import Session
from widgets.setup.training_panel import TrainingPanel
from widgets.values import Choice, TrainingChoices, TrainingForm

_OPTIMIZER = {f.name for f in fields(OptimizerSpec)} - {"name"}
_SCHEDULE = {f.name for f in fields(ScheduleSpec)} - {"name"}
_NAMES = {
    "loss": "Change the loss",
    "optimizer": "Change the optimizer",
    "learning_rate": "Change the learning rate",
    "schedule": "Change the schedule",
    "regularizer": "Change the regularization",
    "penalty": "Change λ",
    "initializer": "Change the initialization",
    "seed": "Change the seed",
    "output_activation": "Change the output activation",
    "keep_weights": "Keep weights on or off",
}


def choices() -> TrainingChoices:
    """Return what each combo box offers, from the engine's tables."""
    return TrainingChoices(
        losses=tuple(Choice(e.name, e.label, e.derivative, e.formula) for e in LOSSES.values()),
        output_activations=tuple(Choice(e.name, e.label, e.derivative, e.formula) for e in ACTIVATIONS.values()),
        optimizers=tuple(Choice(e.name, e.label, e.formula, e.formula) for e in OPTIMIZERS.values()),
        schedules=tuple(Choice(e.name, e.label, e.formula, e.formula) for e in SCHEDULES.values()),
        regularizers=tuple(Choice(e.name, e.label, e.trait, e.formula) for e in REGULARIZERS.values()),
        initializers=tuple(
            Choice(e.name, e.label, f"{e.formula}\n{e.trait}", e.formula) for e in INITIALIZERS.values()
        ),
    )


def with_field(key: str, value: object) -> Change:
    """Return the change that sets one field of the training form."""

    def change(document: Document) -> Document:
        training = document.training
        if key == "optimizer":
            return with_training(optimizer=replace(training.optimizer, name=str(value)))(document)
        if key == "schedule":
            return with_training(schedule=replace(training.schedule, name=str(value)))(document)
        if key in _OPTIMIZER:
            return with_training(optimizer=replace(training.optimizer, **{key: value}))(document)  # type: ignore[arg-type]
        if key in _SCHEDULE:
            return with_training(schedule=replace(training.schedule, **{key: value}))(document)  # type: ignore[arg-type]
        if key in ("seed", "keep_weights", "output_activation"):
            return replace(document, **{key: value})  # type: ignore[arg-type]
        return with_training(**{key: value})(document)

    return change


class TrainingPresenter:
    """Shows the training settings and turns the panel's gestures into edits."""

    def __init__(self, session: Session, scheduler: Scheduler, panel: TrainingPanel) -> None:
        """Connect `panel` to `session`."""
        self._session = session
        self._panel = panel
        self._choices = choices()
        panel.field_pressed.connect(lambda _key: session.begin_gesture())
        panel.field_changed.connect(self._on_field_changed)
        panel.field_released.connect(lambda _key: session.end_gesture())
        scheduler.add(panel, lambda _changed: self.show_form(), Aspect.DOCUMENT)
        scheduler.add(panel, self._show_rate, Aspect.RUN, times=READOUTS, light=True)

    def show_form(self) -> None:
        """Show every setting."""
        document = self._session.document
        training = document.training
        optimizer, schedule = training.optimizer, training.schedule
        form = TrainingForm(
            choices=self._choices_for(document),
            loss=training.loss,
            output_activation=document.output_activation,
            optimizer=optimizer.name,
            schedule=schedule.name,
            learning_rate=training.learning_rate,
            rate_now=self._rate_now(),
            regularizer=training.regularizer,
            penalty=training.penalty,
            l1_ratio=training.l1_ratio,
            clip_norm=training.clip_norm,
            clip_value=training.clip_value,
            initializer=training.initializer,
            initial_scale=training.initial_scale,
            seed=document.seed,
            keep_weights=document.keep_weights,
            n_parameters=self._session.run.network.n_parameters,
            **{key: getattr(optimizer, key) for key in _OPTIMIZER},
            **{key: getattr(schedule, key) for key in _SCHEDULE},
        )
        if form != self._panel.form:
            self._panel.set_form(form)

    def _choices_for(self, document: Document) -> TrainingChoices:
        """Leave out what does not fit: a value to learn has no classes to score."""
        if self._session.run.data.sample.is_regression:
            squared = tuple(choice for choice in self._choices.losses if choice.key == "squared")
            return replace(self._choices, losses=squared)
        return self._choices

    def _rate_now(self) -> float:
        training = self._session.document.training
        return rate(training.schedule, training.learning_rate, self._session.run.iteration)

    def _on_field_changed(self, key: str, value: object) -> None:
        text = _NAMES.get(key, "Change the training")
        if not self._session.change(with_field(key, value), text):
            self._panel.set_form(self._panel.form)

    def _show_rate(self, _changed: Aspect) -> None:
        if self._session.document.training.schedule.name != "constant":
            self._panel.set_rate_now(self._rate_now())
