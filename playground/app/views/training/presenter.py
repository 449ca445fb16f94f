"""Training panel ↔ document: loss, optimizer, rate, schedule, regularization, start."""

from __future__ import annotations

from dataclasses import replace

from playground.app.views.scheduling import READOUTS, Aspect, Scheduler
from playground.app.views.training.fields import training_fields
from playground.document.document import Document
from playground.document.settings import PATHS, value_of, with_value
from playground.engine.losses import LOSSES
from playground.engine.schedules import has_ended, rate
from playground.session.session import Session
from widgets.setup.training_panel import TrainingPanel
from widgets.values import ChoiceField, NumberField, TrainingForm

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


class TrainingPresenter:
    """Shows the training settings and turns the panel's gestures into edits."""

    def __init__(self, session: Session, scheduler: Scheduler, panel: TrainingPanel) -> None:
        """Connect `panel` to `session`."""
        self._session = session
        self._panel = panel
        self._fields = training_fields()
        panel.field_pressed.connect(lambda _key: session.begin_gesture())
        panel.field_changed.connect(self._on_field_changed)
        panel.field_released.connect(lambda _key: session.end_gesture())
        scheduler.add(panel, lambda _changed: self.show_form(), Aspect.DOCUMENT)
        scheduler.add(panel, self._show_rate, Aspect.RUN, times=READOUTS, light=True)

    def show_form(self) -> None:
        """Show every setting."""
        document = self._session.document
        form = TrainingForm(
            fields=self._fields_for(document),
            values={field.key: value_of(document, field.key) for field in self._fields if field.key in PATHS},
            rate_now=self._rate_now(),
            has_ended=self._has_ended(),
            seed=document.seed,
            keep_weights=document.keep_weights,
            n_parameters=self._session.run.network.n_parameters,
        )
        if form != self._panel.form:
            self._panel.set_form(form)

    def _fields_for(self, document: Document) -> tuple[ChoiceField | NumberField, ...]:
        """Leave out what does not fit: a value to learn has no classes to score."""
        if not self._session.run.data.sample.is_regression:
            return self._fields
        fitting = {name for name, loss in LOSSES.items() if loss.fits_values}
        return tuple(
            replace(field, choices=tuple(choice for choice in field.choices if choice.key in fitting))
            if isinstance(field, ChoiceField) and field.key == "loss"
            else field
            for field in self._fields
        )

    def _rate_now(self) -> float:
        training = self._session.document.training
        return rate(training.schedule, training.learning_rate, self._session.run.iteration)

    def _has_ended(self) -> bool:
        return has_ended(self._session.document.training.schedule, self._session.run.iteration)

    def _on_field_changed(self, key: str, value: object) -> None:
        text = _NAMES.get(key, "Change the training")
        if not self._session.change(with_value(key, value), text):
            self._panel.set_form(self._panel.form)

    def _show_rate(self, _changed: Aspect) -> None:
        if self._session.document.training.schedule.name != "constant":
            self._panel.set_rate_now(self._rate_now(), has_ended=self._has_ended())
