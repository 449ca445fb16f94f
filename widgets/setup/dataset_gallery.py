"""The data: a gallery of small pictures, noise, points, train share and batch size."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QWidget

from widgets.controls import stops
from widgets.controls.button import Button
from widgets.controls.function_field import FunctionField
from widgets.controls.labels import Note
from widgets.controls.value_slider import ValueSlider
from widgets.frame.panel import Panel
from widgets.setup.dataset_tile import DatasetTile
from widgets.style import boxes
from widgets.style.letting_go import let_go
from widgets.values import DataForm, GalleryItem, NumberField
from widgets.values.data import MOST_POINTS

COLUMNS = 4
MOST_SCALINGS = 3

NUMBERS: dict[str, NumberField] = {
    field.key: field
    for field in (
        NumberField("noise", "Noise", "How far points are moved from their place: x + noise·N(0, 1).\nLabels stay.",
                    stops.linear(0.0, 0.5, 0.01), 0.1, 0.0, 2.0),
        NumberField("n_points", "Points", "How many examples there are, training and test together.",
                    (10, 20, 30, 50, *stops.linear(100, 1000, 50), *stops.linear(1500, 5000, 500)), 200, 4, MOST_POINTS,
                    integer=True),
        NumberField("train_share", "Train / test", "Share of the points to train on; the others are the test set.\n"
                    "n_train = share · n", stops.linear(0.1, 0.9, 0.05), 0.5, 0.05, 0.95, percent=True),
        NumberField("batch_size", "Batch size", "Examples per iteration: ∂L_B/∂w is the mean of their ∂Lᵢ/∂w.\n"
                    "A number larger than the training set means full batches.",
                    (1, 2, 4, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 512, 1000, 2000, 5000), 16, 1, 1e7,
                    integer=True),
    )
}  # fmt: skip

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class DatasetGallery(Panel):
    """Pictures to pick from and the data's numbers; keys are the attribute names of ``DataForm``.

    Tab reaches the picked picture, the arrow keys move, Space or Enter picks.

    Signals
    -------
    dataset_picked(str)
        The key of a picture that the user picked.
    field_pressed(str), field_changed(str, object), field_released(str)
        One gesture on a slider; ``n_points`` and ``batch_size`` send whole numbers.
    new_sample_clicked(), import_clicked()
        Take the next seed for the data; import a table.
    paint_toggled(bool)
        Painting on the plane was switched.
    more_toggled(bool)
        The second part of the gallery was opened or closed; before it is first shown, :meth:`set_more` fills it.
    standardize_toggled(bool)
        The user wants the own points standardized, or as they are.
    function_edited(str), function_typed(str)
        The function that the user is typing, answered with ``function.set_error``, and has typed.
    """

    dataset_picked = Signal(str)
    field_pressed = Signal(str)
    field_changed = Signal(str, object)
    field_released = Signal(str)
    new_sample_clicked = Signal()
    import_clicked = Signal()
    paint_toggled = Signal(bool)
    more_toggled = Signal(bool)
    standardize_toggled = Signal(bool)
    function_edited = Signal(str)
    function_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, framed: bool = False) -> None:
        super().__init__("Data", parent, framed=framed)
        self._form = DataForm()
        self._grid = QGridLayout()
        self._grid.setSpacing(5)
        self._withheld: frozenset[str] = frozenset()
        self._more_grid = QGridLayout()
        self._more_grid.setSpacing(5)
        self._group = QButtonGroup(self)
        self.more = Button("More data", "Show more data sets: rings, curves, a function, digits, your own points.",
                           "chevron_right", role="flat", checkable=True)  # fmt: skip
        self.first_tiles = QWidget()
        self.more_tiles = QWidget()
        self.extras: dict[str, ValueSlider] = {}
        self.function = FunctionField()
        self.tiles: dict[str, DatasetTile] = {}
        self.sliders = {key: ValueSlider(field) for key, field in NUMBERS.items()}
        self.paint = Button("Paint", "Add, move and erase points on the output plane.", "paint", role="flat",
                            checkable=True)  # fmt: skip
        self.new_sample = Button("New sample", "Draw new points: the next seed, the same settings.", "dice")
        self.import_button = Button(
            "Import", "Take points from a table: CSV, Excel, ARFF, JSON, NPZ and others.", "import", role="flat"
        )
        self.import_button.set_compact(True)
        self.note = Note("secondary")
        self.standardize = QCheckBox()
        self.scaling = Note("secondary")
        self._build()
        self._connect()

    @property
    def form(self) -> DataForm:
        """What is shown."""
        return self._form

    def set_items(self, items: tuple[GalleryItem, ...]) -> None:
        """Show `items` as pictures, four in a row. Never emits."""
        self._fill(self._grid, items)

    def set_more(self, items: tuple[GalleryItem, ...]) -> None:
        """Show `items` in the second part, which opens and closes. Never emits."""
        self._fill(self._more_grid, items)

    def show_more(self, on: bool) -> None:
        """Open or close the second part. Never emits."""
        self.more_tiles.setVisible(on and "dataset" not in self._withheld)
        self.more.setChecked(on)
        self.more.set_face("Less" if on else "More data", "chevron_down" if on else "chevron_right")

    def _fill(self, grid: QGridLayout, items: tuple[GalleryItem, ...]) -> None:
        focused = next((key for key, tile in self.tiles.items() if tile.hasFocus()), "")
        for key, tile in list(self.tiles.items()):
            if grid.indexOf(tile) >= 0:
                grid.removeWidget(tile)
                self._group.removeButton(tile)
                let_go(tile)
                del self.tiles[key]
        for i, item in enumerate(items):
            tile = self.tiles[item.key] = DatasetTile(item)
            self._group.addButton(tile)
            tile.installEventFilter(self)
            grid.addWidget(tile, i // COLUMNS, i % COLUMNS)
            if item.key == focused:
                tile.show()  # the layout would do that later, and what is hidden takes no focus
                tile.setFocus()
        self._check(self._form.dataset)

    def set_form(self, form: DataForm) -> None:
        """Show `form`; a data set without a picture leaves none picked. Never emits."""
        self._form = form
        self.sliders["n_points"].set_field(_points_field(form.most_points, form.most_reason))
        for key, slider in self.sliders.items():
            slider.set_value(getattr(form, key))
            slider.setEnabled(key not in form.fixed)
            slider.setToolTip(form.reason if key in form.fixed else "")
        self._show_extras(form)
        self.note.setText(form.note)
        self._show_scaling(form)
        self._check(form.dataset)

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep the pictures (``dataset``) and the numbers that are in `keys` out of sight. Never emits."""
        self._withheld = keys
        for part in (self.first_tiles, self.more):
            part.setVisible("dataset" not in keys)
        self.show_more(self.more.isChecked())
        for key, slider in self.sliders.items():
            slider.setVisible(key not in keys)

    def _show_scaling(self, form: DataForm) -> None:
        whole = "\n".join(form.scaling)
        self.standardize.setVisible(form.standardized is not None)
        self.standardize.setText(f"Standardize {form.scaled}")
        self.standardize.setToolTip(
            f"Show and use the {form.scaled} as (x − mean) / standard deviation.\n"
            f"Mean and deviation are taken over all rows, test rows included. Saved in the document.\n{whole}"
        )
        with QSignalBlocker(self.standardize):
            self.standardize.setChecked(bool(form.standardized))
        lines = form.scaling
        more = f"\nand {len(lines) - MOST_SCALINGS} more" if len(lines) > MOST_SCALINGS else ""
        self.scaling.setText("\n".join(lines[:MOST_SCALINGS]) + more)
        self.scaling.setToolTip(whole)

    def set_painting(self, on: bool) -> None:
        """Show whether painting is on. Never emits."""
        with QSignalBlocker(self.paint):
            self.paint.setChecked(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the pictures with the arrow keys; Enter picks like Space."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, DatasetTile):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
            if event.key() in _STEPS:
                self._walk(watched, _STEPS[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _show_extras(self, form: DataForm) -> None:
        wanted = {field.key: field for field in form.extras}
        for key, field in wanted.items():
            if key not in self.extras:
                slider = self.extras[key] = ValueSlider(field)
                self._follow(key, slider)
                self._extras.addWidget(slider)
            self.extras[key].set_field(field)
        for key, slider in self.extras.items():
            slider.setVisible(key in wanted)
        for field, value in zip(form.extras, form.extra_values, strict=True):
            self.extras[field.key].set_value(value)
        self.function.setVisible(form.function is not None)
        self.function.set_function(form.function or "")

    def _build(self) -> None:
        self.add_to_header(self.import_button)
        self.add_to_header(self.paint)
        for holder, grid in ((self.first_tiles, self._grid), (self.more_tiles, self._more_grid)):
            grid.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(grid)
        self.more_tiles.hide()
        self.function.hide()
        self.standardize.hide()
        self._extras = boxes.column(self.function)
        boxes.add(self.body, self.first_tiles, self.more_tiles, self.more, self.note)
        boxes.add(self.body, self.standardize, self.scaling, self._extras)
        boxes.add(self.body, *self.sliders.values(), self.new_sample)
        self.body.setAlignment(self.more, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_tile_clicked)
        for key, slider in self.sliders.items():
            self._follow(key, slider)
        self.standardize.toggled.connect(lambda on: self.standardize_toggled.emit(on))
        self.more.clicked.connect(self._on_more_clicked)
        self.function.text_edited.connect(self.function_edited)
        self.function.function_typed.connect(self.function_typed)
        self.new_sample.clicked.connect(lambda: self.new_sample_clicked.emit())
        self.import_button.clicked.connect(lambda: self.import_clicked.emit())
        self.paint.toggled.connect(lambda on: self.paint_toggled.emit(on))

    def _follow(self, key: str, slider: ValueSlider) -> None:
        slider.value_pressed.connect(lambda: self.field_pressed.emit(key))
        slider.value_changed.connect(lambda value: self._on_value_changed(key, slider, value))
        slider.value_released.connect(lambda: self.field_released.emit(key))

    def _on_more_clicked(self, on: bool) -> None:
        self.more_toggled.emit(on)
        self.show_more(on)

    def _on_tile_clicked(self, tile: DatasetTile) -> None:
        self._rove(tile.item.key)
        self.dataset_picked.emit(tile.item.key)

    def _on_value_changed(self, key: str, slider: ValueSlider, value: float) -> None:
        self.field_changed.emit(key, int(value) if slider.field.integer else value)

    def _walk(self, tile: DatasetTile, step: int) -> None:
        tiles = list(self.tiles.values())
        place = tiles.index(tile) + step
        if 0 <= place < len(tiles):
            tiles[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _check(self, key: str) -> None:
        # An exclusive group refuses to have nothing checked: imported data have no picture.
        self._group.setExclusive(False)
        for name, tile in self.tiles.items():
            tile.setChecked(name == key)
        self._group.setExclusive(True)
        self._rove(key)

    def _rove(self, key: str) -> None:
        reached = key if key in self.tiles else next(iter(self.tiles), "")
        for name, tile in self.tiles.items():
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == reached else Qt.FocusPolicy.ClickFocus)


def _points_field(most: int, reason: str) -> NumberField:
    """Return the field of the number of points, which ends at `most`."""
    field = NUMBERS["n_points"]
    if most >= field.high:
        return field
    reached = tuple(stop for stop in field.stops if stop < most)
    return replace(
        field, stops=(*reached, most), default=min(field.default, most), high=most, tooltip=f"{field.tooltip}\n{reason}"
    )
