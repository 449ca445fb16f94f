"""Import a table: what is in it, which columns to learn from, which to learn, and how."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QRadioButton,
    QWidget,
)

from widgets.controls.button import Button
from widgets.controls.choice_box import ChoiceBox
from widgets.controls.labels import Label, Note, heading, secondary
from widgets.dialogs.import_options import ImportOptions
from widgets.dialogs.import_table import ImportTable
from widgets.style import boxes, numbers
from widgets.values import Choice
from widgets.values.data_import import ImportColumn, ImportForm, ImportPreview, ImportTask

MOST_FAULTS = 6
_STEPS = 1000


class ImportDialog(QDialog):
    """Columns to tick beside the first rows; it neither holds nor reads a file.

    Signals
    -------
    form_changed(object)
        The ``ImportForm`` after each choice of the user.
    option_picked(str, str)
        The key of an option of the file, and what was picked or typed.
    import_clicked(object)
        The ``ImportForm`` to read the table with.
    cancelled()
        Cancel, Escape or the window's cross: it stops reading a table, or closes the dialog.
    """

    form_changed = Signal(object)
    option_picked = Signal(str, str)
    import_clicked = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview, self._form = ImportPreview(), ImportForm()
        self._progress: float | None = None
        self.setWindowTitle("Import a table")
        self.source, self.form_label = Label(), secondary()
        self.notes, self.error, self.faults = Note("secondary"), Note(), Note()
        self.options = ImportOptions()
        self.inputs = QListWidget()
        self.all_inputs = Button("All", "Learn from every column but the target that can be an input.", role="flat")
        self.no_inputs = Button("None", "Untick every column.", role="flat")
        self.target = ChoiceBox("Target: the column to learn", "What the network should predict for each row.")
        self.tasks: dict[ImportTask, QRadioButton] = {
            "classes": QRadioButton("Classes"),
            "regression": QRadioButton("Regression"),
        }
        self.standardize = QCheckBox("Standardize inputs")
        self.skip_bad = QCheckBox("Leave out rows with bad cells")
        self.table = ImportTable()
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Reading the table")
        self.cancel = Button("Cancel", "Stop reading, or close without importing (Esc). The current data stay.")
        self.take = Button("Import", "Read the chosen columns and learn from them.", "import", role="primary")
        self._words()
        self._lay_out()
        self._connect()
        self.resize(1000, 640)

    # ---- what is shown ---------------------------------------------------------------------------

    @property
    def form(self) -> ImportForm:
        """The current choice."""
        return self._form

    def set_preview(self, preview: ImportPreview) -> None:
        """Show another table; the choice is set by ``set_form``. Never emits."""
        self._preview = preview
        self.source.setText(preview.source)
        columns = numbers.plural(len(preview.columns), "{count} column", "{count} columns")
        self.form_label.setText(f"{preview.form} · {columns}")
        self.notes.setText("\n".join(preview.notes))
        with QSignalBlocker(self.inputs):
            self.inputs.clear()
            for column in preview.columns:
                detail = column.reason or column.detail
                item = QListWidgetItem(f"{column.name}   {detail}" if detail else column.name)
                item.setToolTip(_told(column))
                item.setCheckState(Qt.CheckState.Unchecked)
                self.inputs.addItem(item)
            self.inputs.setCurrentRow(0)
        self.options.set_options(preview.options)
        self.table.show_preview(preview)
        self.set_form(self._form)

    def set_form(self, form: ImportForm) -> None:
        """Show `form`. Never emits."""
        self._form = form
        columns = self._preview.columns
        scaled = "inputs and target" if form.task == "regression" else "inputs"
        self.standardize.setText(f"Standardize {scaled}")
        with QSignalBlocker(self.inputs):
            for i in range(self.inputs.count()):
                item, ticked = self.inputs.item(i), i in form.features
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                usable = columns[i].can_be_input and i != form.target
                enabled = Qt.ItemFlag.ItemIsEnabled
                item.setFlags(item.flags() | enabled if usable else item.flags() & ~enabled)
        choices = [Choice(str(i), c.name, f"{c.kind}. {c.detail}") for i, c in enumerate(columns) if c.kind != "empty"]
        self.target.set_choices(tuple(choices), str(form.target))
        for task, button in self.tasks.items():
            with QSignalBlocker(button):
                button.setChecked(task == form.task)
        for box, on in ((self.standardize, form.standardize), (self.skip_bad, form.skip_bad)):
            with QSignalBlocker(box):
                box.setChecked(on)
        self.table.rows.show_form(form)
        self._enable()

    def set_progress(self, share: float | None) -> None:
        """Show how far the reading is, 0 … 1; None: nothing is being read. Never emits."""
        self._progress = share
        self.progress.setVisible(share is not None)
        self.progress.setValue(round(_STEPS * (share or 0.0)))
        self.cancel.set_face("Stop" if share is not None else "Cancel", "")
        self._enable()

    def set_error(self, message: str, faults: tuple[str, ...] = ()) -> None:
        """Show what is wrong with the table or the choice, and in which cells; empty: nothing. Never emits."""
        self.error.setText(message)
        shown = [fault for fault in faults[:MOST_FAULTS] if not message.startswith(fault)]
        more = len(faults) - MOST_FAULTS
        self.faults.setText("\n".join([*shown, f"… and {more} more"] if more > 0 else shown))

    # ---- inside ----------------------------------------------------------------------------------

    def _words(self) -> None:
        self.source.setProperty("role", "readout")
        for label in (self.error, self.faults):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.inputs.setAccessibleName("Inputs: the columns to learn from")
        self.inputs.setToolTip("Tick the columns to learn from; each is an input x₁, x₂, … (Space ticks.)")
        self.inputs.setUniformItemSizes(True)
        self.inputs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inputs.setTextElideMode(Qt.TextElideMode.ElideRight)
        for task, words in (
            ("classes", "2 to 10 classes, written as text or numbers."),
            ("regression", "The target is a number to be met: Lᵢ = ½(ŷ − t)²."),
        ):
            self.tasks[task].setToolTip(words)  # type: ignore[index]
        self.standardize.setToolTip(
            "Show and use each input as (x − mean) / standard deviation, a regression's values too.\n"
            "Mean and deviation are taken over all rows, test rows included.\n"
            "Saved in the document; off: numbers are used as they are."
        )
        self.skip_bad.setToolTip("Off: a cell that cannot be read stops the import and is named by row and column.")
        self.progress.setRange(0, _STEPS)
        self.progress.setAccessibleName("Reading the table")
        self.progress.hide()
        self.take.setDefault(True)
        self.cancel.setAutoDefault(False)
        for button in (self.all_inputs, self.no_inputs):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        head = boxes.row(heading("Inputs"), boxes.STRETCH, self.all_inputs, self.no_inputs)
        self._group = QButtonGroup(self)
        for button in self.tasks.values():
            self._group.addButton(button)
        tasks = boxes.row(*self.tasks.values(), boxes.STRETCH)
        side = QFrame()
        side.setFixedWidth(side.fontMetrics().averageCharWidth() * 42)
        options = self.target, tasks, self.standardize, self.skip_bad
        boxes.column(head, (self.inputs, 1), *options, owner=side, spacing=8)
        # What comes and goes stands beside the tick boxes, so that none moves from under the mouse.
        beside = boxes.column(self.notes, (self.table, 1), self.error, self.faults, spacing=8)
        middle = boxes.row(side, (beside, 1), spacing=16)
        foot = boxes.row((self.progress, 100), boxes.STRETCH, self.cancel, self.take)
        parts = self.source, self.form_label, self.options, (middle, 1), foot
        boxes.column(*parts, owner=self, spacing=8, margins=(16, 16, 16, 16))

    def _connect(self) -> None:
        self.inputs.itemChanged.connect(self._on_item_changed)
        self.table.horizontalHeader().sectionClicked.connect(self._on_heading_clicked)
        self.all_inputs.clicked.connect(lambda: self._choose(features=self._usable()))
        self.no_inputs.clicked.connect(lambda: self._choose(features=()))
        self.options.picked.connect(self.option_picked)
        self.target.choice_picked.connect(self._on_target_picked)
        for task, button in self.tasks.items():
            button.clicked.connect(lambda _checked=False, task=task: self._choose(task=task))
        self.standardize.clicked.connect(lambda on: self._choose(standardize=on))
        self.skip_bad.clicked.connect(lambda on: self._choose(skip_bad=on))
        self.take.clicked.connect(lambda: self.import_clicked.emit(self._form))
        self.cancel.clicked.connect(lambda: self.reject())

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        self._toggle(self.inputs.row(item), item.checkState() == Qt.CheckState.Checked)

    def _on_heading_clicked(self, column: int) -> None:
        usable = self._preview.columns[column].can_be_input and column != self._form.target
        if usable and self._progress is None:
            self._toggle(column, column not in self._form.features)

    def _toggle(self, column: int, on: bool) -> None:
        chosen = set(self._form.features) | {column} if on else set(self._form.features) - {column}
        self._choose(features=tuple(sorted(chosen)))

    def _on_target_picked(self, key: str) -> None:
        target = int(key)
        task: ImportTask = self._form.task if self._preview.columns[target].kind == "number" else "classes"
        features = tuple(i for i in self._form.features if i != target)
        self._choose(target=target, task=task, features=features)

    def _usable(self) -> tuple[int, ...]:
        columns = enumerate(self._preview.columns)
        return tuple(i for i, column in columns if column.can_be_input and i != self._form.target)

    def _choose(self, **changes: object) -> None:
        self.set_form(replace(self._form, **changes))  # type: ignore[arg-type]
        self.set_error("")
        self.form_changed.emit(self._form)

    def _enable(self) -> None:
        idle = self._progress is None
        for part in (self.options, self.inputs, self.all_inputs, self.no_inputs, self.target, *self.tasks.values()):
            part.setEnabled(idle and (part is not self.tasks["regression"] or self._target_is_number()))
        self.standardize.setEnabled(idle)
        self.skip_bad.setEnabled(idle)
        self.take.setEnabled(idle and bool(self._form.features) and self._form.target >= 0)

    def _target_is_number(self) -> bool:
        target, columns = self._form.target, self._preview.columns
        return 0 <= target < len(columns) and columns[target].kind == "number"

    # ---- Qt --------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Report that the user wants to stop; while a table is read the dialog stays."""
        if self._progress is None:
            super().reject()
        self.cancelled.emit()


def _told(column: ImportColumn) -> str:
    """Return what a tooltip says about a column."""
    lines = [f"{column.name}: {column.kind}. {column.detail}"]
    if column.reason:
        lines.append(f"Not suggested: {column.reason}.")
    lines.append("Tick to learn from it (Space)." if column.can_be_input else "It cannot be an input.")
    return "\n".join(lines)
