"""Data panel ↔ document: which points, how many, how noisy, how many to train on."""

from __future__ import annotations

from dataclasses import replace

from playground.session import catalogue
from playground.session.document import Change, DataSettings, Document, with_data, with_training
from playground.session.prepared_data import sample_of
from playground.session.session import Session
from widgets.dataset_gallery import DatasetGallery
from widgets.values import DataForm, GalleryItem

GALLERY = ("xor", "circle", "spiral", "moons", "blobs", "checkerboard", "three_arms", "plane")
_THUMBNAIL_POINTS = 160
_FIELDS = {"n_points": "points", "noise": "noise", "train_share": "train_fraction"}
_NAMES = {
    "n_points": "Change the number of points",
    "noise": "Change the noise",
    "train_share": "Change the train share",
    "batch_size": "Change the batch size",
}


def with_dataset(name: str) -> Change:
    """Return the change to data set `name`, its own noise, and a loss that fits it."""

    def change(document: Document) -> Document:
        entry = catalogue.generator(name)
        changed = with_data(name=name, noise=entry.noise)(document)
        if entry.is_regression and document.training.loss != "squared":
            changed = with_training(loss="squared")(changed)
        return changed

    return change


def gallery_items() -> tuple[GalleryItem, ...]:
    """Return a small real sample of each data set of the gallery."""
    items = []
    for name in GALLERY:
        entry = catalogue.generator(name)
        sample = sample_of(DataSettings(name, _THUMBNAIL_POINTS, entry.noise, 0.5, 1))
        low, high = sample.extent
        positions = (2.0 * sample.points - (low + high)) / (high - low)
        levels = sample.levels if sample.is_regression else None
        tip = f"{entry.description}\nCoordinates from {low:g} to {high:g}."
        items.append(GalleryItem(name, entry.label, tip, positions, sample.labels, max(2, sample.n_classes), levels))
    return tuple(items)


class DataPresenter:
    """Shows the data settings and turns the panel's gestures into edits."""

    def __init__(self, session: Session, panel: DatasetGallery) -> None:
        """Connect `panel` to `session`."""
        self._session = session
        self._panel = panel
        panel.set_items(gallery_items())
        panel.dataset_picked.connect(self._on_dataset_picked)
        panel.field_pressed.connect(lambda _key: session.begin_gesture())
        panel.field_changed.connect(self._on_field_changed)
        panel.field_released.connect(lambda _key: session.end_gesture())
        session.document_changed.connect(lambda _before, _after: self.show_form())
        self.show_form()

    def show_form(self) -> None:
        """Show every setting."""
        document = self._session.document
        data, sample = document.data, self._session.run.data.sample
        low, high = sample.extent
        form = DataForm(
            dataset=data.name,
            noise=data.noise,
            n_points=data.points,
            train_share=data.train_fraction,
            batch_size=document.training.batch_size,
            note=f"{len(sample.train)} to train, {len(sample.test)} to test; x from {low:g} to {high:g}",
        )
        if form != self._panel.form:
            self._panel.set_form(form)

    def _on_dataset_picked(self, name: str) -> None:
        before = self._session.document.training.loss
        entry = catalogue.generator(name)
        if not self._session.change(with_dataset(name), f"Take the {entry.label} data"):
            self._panel.set_form(replace(self._panel.form))
        elif before != self._session.document.training.loss:
            self._session.noted.emit(f"{entry.label} is regression: the loss is now squared error ½(a − y)².")

    def _on_field_changed(self, key: str, value: object) -> None:
        if key == "batch_size":
            self._session.change(with_training(batch_size=int(value)), _NAMES[key])  # type: ignore[call-overload]
        else:
            self._session.change(with_data(**{_FIELDS[key]: value}), _NAMES[key])
