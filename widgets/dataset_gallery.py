"""The data: a gallery of small pictures, noise, points, train share and batch size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from widgets import stops
from widgets.button import Button
from widgets.dataset_tile import DatasetTile
from widgets.panel import Panel, secondary
from widgets.value_slider import ValueSlider
from widgets.values import DataForm, GalleryItem, NumberField

COLUMNS = 4

NUMBERS: dict[str, NumberField] = {
    field.key: field
    for field in (
        NumberField("noise", "Noise", "How far points are moved from their place: x + noise·N(0, 1).\nLabels stay.",
                    stops.linear(0.0, 0.5, 0.01), 0.1, 0.0, 10.0),
        NumberField("n_points", "Points", "How many examples there are, training and test together.",
                    (10, 20, 30, 50, *stops.linear(100, 1000, 50), *stops.linear(1500, 5000, 500)), 200, 4, 1e6,
                    integer=True),
        NumberField("train_share", "Train / test", "Share of the points to train on; the others only measure.\n"
                    "n_train = share · n", stops.linear(0.1, 0.9, 0.05), 0.5, 0.01, 0.99, percent=True),
        NumberField("batch_size", "Batch size", "Examples per iteration: ∂L/∂w is their mean.\n"
                    "More than there are means all of them.",
                    (1, 2, 4, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 512, 1000, 2000, 5000), 16, 1, 1e7,
                    integer=True),
    )
}  # fmt: skip

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}


class DatasetGallery(Panel):
    """Pictures to pick from and the data's numbers; keys are the attribute names of ``DataForm``.

    Tab reaches the picked picture, arrows walk, Space or Enter picks.

    Signals
    -------
    dataset_picked(str)
        The key of a picture that a person picked.
    field_pressed(str), field_changed(str, object), field_released(str)
        One gesture on a slider; ``n_points`` and ``batch_size`` send whole numbers.
    new_sample_clicked(), import_clicked()
        Take the next seed for the data; bring in a table.
    paint_toggled(bool)
        Painting on the plane was switched.
    """

    dataset_picked = Signal(str)
    field_pressed = Signal(str)
    field_changed = Signal(str, object)
    field_released = Signal(str)
    new_sample_clicked = Signal()
    import_clicked = Signal()
    paint_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, framed: bool = False) -> None:
        super().__init__("Data", parent, framed=framed)
        self._form = DataForm()
        self._grid = QGridLayout()
        self._grid.setSpacing(5)
        self._group = QButtonGroup(self)
        self.tiles: dict[str, DatasetTile] = {}
        self.sliders = {key: ValueSlider(field) for key, field in NUMBERS.items()}
        self.paint = Button("Paint", "Add, move and erase points on the output plane.", "paint", role="flat",
                            checkable=True)  # fmt: skip
        self.new_sample = Button("New sample", "Draw the points anew: the next seed, the same settings.", "dice")
        self.bring_in = Button("Import", "Take points from a table: CSV, TSV or NPZ.", "import", role="flat")
        self.bring_in.set_compact(True)
        self.note = secondary()
        self._build()
        self._connect()

    @property
    def form(self) -> DataForm:
        """What is shown."""
        return self._form

    def set_items(self, items: tuple[GalleryItem, ...]) -> None:
        """Show `items` as pictures, four in a row. Never emits."""
        for tile in self.tiles.values():
            self._group.removeButton(tile)
            tile.deleteLater()
        self.tiles = {item.key: DatasetTile(item) for item in items}
        for i, tile in enumerate(self.tiles.values()):
            self._group.addButton(tile)
            tile.installEventFilter(self)
            self._grid.addWidget(tile, i // COLUMNS, i % COLUMNS)
        self._check(self._form.dataset)

    def set_form(self, form: DataForm) -> None:
        """Show `form`; a data set without a picture leaves none picked. Never emits."""
        self._form = form
        for key, slider in self.sliders.items():
            slider.set_value(getattr(form, key))
        self.note.setText(form.note)
        self.note.setVisible(bool(form.note))
        self._check(form.dataset)

    def set_painting(self, on: bool) -> None:
        """Show whether painting is on. Never emits."""
        with QSignalBlocker(self.paint):
            self.paint.setChecked(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the pictures with the arrows; Enter picks like Space."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, DatasetTile):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
            if event.key() in _STEPS:
                self._walk(watched, _STEPS[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.add_to_header(self.bring_in)
        self.add_to_header(self.paint)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.note)
        self.note.hide()
        for slider in self.sliders.values():
            self.body.addWidget(slider)
        self.body.addWidget(self.new_sample)

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_tile_clicked)
        for key, slider in self.sliders.items():
            slider.value_pressed.connect(lambda key=key: self.field_pressed.emit(key))
            slider.value_changed.connect(lambda value, key=key: self._on_value_changed(key, value))
            slider.value_released.connect(lambda key=key: self.field_released.emit(key))
        self.new_sample.clicked.connect(lambda: self.new_sample_clicked.emit())
        self.bring_in.clicked.connect(lambda: self.import_clicked.emit())
        self.paint.toggled.connect(lambda on: self.paint_toggled.emit(on))

    def _on_tile_clicked(self, tile: DatasetTile) -> None:
        self._rove(tile.item.key)
        self.dataset_picked.emit(tile.item.key)

    def _on_value_changed(self, key: str, value: float) -> None:
        self.field_changed.emit(key, int(value) if NUMBERS[key].integer else value)

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
