"""Data panel ↔ document: which points, how many, how noisy, how many to train on."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from playground.app.views.data import reading
from playground.app.views.scheduling import Aspect, Scheduler
from playground.document import catalogue
from playground.document.changes import with_data, with_training
from playground.document.data_choice import with_dataset, with_function, with_parameter, with_standardization
from playground.document.own_data import OWN
from playground.document.typed_function import curve_of
from playground.session.jobs import Job
from playground.session.preparation import Preparation
from playground.session.session import Session
from widgets.setup.dataset_gallery import DatasetGallery
from widgets.values import DataForm, GalleryItem

_OWN_LATER_MS = 250
_FIELDS = {"n_points": "points", "noise": "noise", "train_share": "train_fraction"}
_NAMES = {
    "n_points": "Change the number of points",
    "noise": "Change the noise",
    "train_share": "Change the train share",
    "batch_size": "Change the batch size",
}


class DataPresenter:
    """Shows the data settings and turns the panel's gestures into edits."""

    def __init__(self, session: Session, scheduler: Scheduler, panel: DatasetGallery) -> None:
        """Connect `panel` to `session`."""
        self._session, self._data = session, Preparation(session)
        self._panel = panel
        self._shown = DataForm()
        self._more: tuple[GalleryItem, ...] = ()
        self._opening: Job | None = None
        self._own = QTimer(panel, singleShot=True, interval=_OWN_LATER_MS)
        self._own.timeout.connect(self._show_more_items)
        panel.set_items(reading.items(reading.FIRST))
        panel.dataset_picked.connect(self._on_dataset_picked)
        panel.field_pressed.connect(lambda _key: session.begin_gesture())
        panel.field_changed.connect(self._on_field_changed)
        panel.field_released.connect(lambda _key: session.end_gesture())
        panel.more_toggled.connect(lambda on: self._fill_more() if on else None)
        panel.function_edited.connect(self._on_function_edited)
        panel.function_typed.connect(self._on_function_typed)
        panel.standardize_toggled.connect(self._on_standardize_toggled)
        self._table = session.document.data.table
        scheduler.add(panel, self._show, Aspect.DOCUMENT)

    def show_form(self) -> None:
        """Show every setting; data of the second part of the gallery open it."""
        document = self._session.document
        if document.data.name not in (*reading.FIRST, self._shown.dataset):
            self._open_more()
        form = reading.form(document, self._session.run.data.sample)
        if form != self._shown:
            self._shown = form
            self._panel.set_form(form)

    def _open_more(self) -> None:
        """Open the second part; its pictures are made between events when they are not there yet."""
        if self._more:
            self._panel.show_more(True)
        elif self._opening is None:
            self._opening = Job(reading.items_in_slices(reading.MORE), parent=self._panel)
            self._opening.finished.connect(self._on_more_made)
            self._opening.start()

    def _on_more_made(self, items: tuple[GalleryItem, ...]) -> None:
        self._opening, self._more = None, items
        self._show_more_items()
        if self._shown.dataset not in reading.FIRST:
            self._panel.show_more(True)

    def _fill_more(self) -> None:
        """Make the pictures now: the user has opened the second part."""
        if self._opening is not None:
            self._opening.finish()
        elif not self._more:
            self._more = reading.items(reading.MORE)
            self._show_more_items()

    def _show_more_items(self) -> None:
        data = self._session.document.data
        own = () if data.table is None else (reading.own_item(data, data.table),)
        self._panel.set_more((*self._more, *own))

    def _show(self, _changed: Aspect) -> None:
        before, self._table = self._table, self._session.document.data.table
        if before is not self._table and self._more:
            self._own.start()  # one picture of a whole stroke, not one per dab
        self.show_form()

    def _on_dataset_picked(self, name: str) -> None:
        before = self._session.document
        label = "own" if name == OWN else catalogue.generator(name).label
        if not self._data.change(with_dataset(name), f"Take the {label} data"):
            self._panel.set_form(self._shown)
            return
        after = self._session.document
        if before.data != after.data and self._session.run.iteration:
            self._session.note_edit("The weights go on: inputs and scale are about the same. Reset starts afresh.")
        if before.training.loss != after.training.loss:
            self._session.note_edit(f"{label} is regression: the loss is now squared error ½(ŷ − t)².")

    def _on_field_changed(self, key: str, value: float) -> None:
        if key in self._panel.extras:
            label = self._panel.extras[key].field.label.lower()
            done = self._data.change(with_parameter(key, value), f"Change the {label}")
        elif key == "batch_size":
            done = self._session.change(with_training(batch_size=int(value)), _NAMES[key])
        else:
            done = self._data.change(with_data(**{_FIELDS[key]: value}), _NAMES[key])
        if not done:
            self._panel.set_form(self._shown)  # what was refused is not shown

    def _on_standardize_toggled(self, on: bool) -> None:
        self._session.change(with_standardization(on), "Standardize" if on else "Use the numbers as they are")

    def _on_function_edited(self, text: str) -> None:
        self._panel.function.set_error(_fault(text))

    def _on_function_typed(self, text: str) -> None:
        fault = _fault(text)
        self._panel.function.set_error(fault)
        if not fault:
            self._data.change(with_function(text), "Type another function")


def _fault(text: str) -> str:
    """Return what is wrong with a typed function; empty when it can be learned."""
    try:
        curve_of(text.strip())
    except ValueError as error:
        return str(error).removeprefix("function: ")
    return ""
