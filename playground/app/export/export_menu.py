"""File → Export: the current state as a script, table, worksheet, circuit or animation, while training continues."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMenu, QProgressDialog, QWidget

from playground.app.notices import GIVES_AWAY, Notices
from playground.files import storage
from playground.files.error_messages import DocumentError
from playground.files.file_names import shown
from playground.session.jobs import Job
from playground.session.session import Session
from widgets.controls.labels import Label
from widgets.dialogs.file_prompt import ask_where_to_save
from widgets.dialogs.number_prompt import NumberPrompt
from widgets.style.letting_go import let_go
from widgets.values import NumberField

if TYPE_CHECKING:
    from playground.app.export.animation import MakeStage
    from playground.app.export.exports import Export

TITLE = "E&xport"
ANIMATION = "gif"
ANIMATION_TIP = "Network and output while it trains, from one iteration to another"
ANIMATION_TEXT = (
    "Network and output side by side. Past iterations are shown as they were; "
    "beyond the current one, training continues in the animation alone."
)
FRAMES, MOST_FRAMES, FIRST_STEPS, MOST_STEPS = 40, 200, 1000, 1_000_000
_GROUPS_END = ("keras", "data", "circuit_answers")

Span = tuple[int, int, int]
"""The first and the last iteration of an animation, and how many pictures."""


class ExportMenu(QObject):
    """The submenu of one session."""

    def __init__(self, session: Session, notices: Notices, make_stage: MakeStage, window: QWidget) -> None:
        """Make the menu; it is filled when it first opens, because its entries take a while to load.

        Animations are drawn on `make_stage`; dialogs stand over `window`, and closing it cancels an animation.
        """
        super().__init__(window)
        self._session, self._notices, self._make_stage, self._window = session, notices, make_stage, window
        self.job: Job | None = None  # the animation in progress
        self.menu = QMenu(TITLE, window)
        self.menu.setObjectName("menu_export")
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cancel an animation when the window closes: the program would wait for it, unseen."""
        if event.type() == QEvent.Type.Hide and self.job is not None and not self._window.isMinimized():
            self.job.cancel()
        return super().eventFilter(watched, event)

    def fill(self) -> None:
        """Fill the menu, once."""
        if not self.menu.isEmpty():
            return
        for export in _exports().values():
            self._add(export.key, export.text, export.tip)
            if export.key in _GROUPS_END:
                self.menu.addSeparator()
        self._add(ANIMATION, "&Animation of the training…", ANIMATION_TIP)

    def ask(self, key: str) -> None:
        """Ask where to write the export `key` (first, for an animation, which iterations), then write it."""
        if key == ANIMATION:
            self._ask_for_span()
        else:
            self._ask_for_place(key)

    def _ask_for_span(self) -> None:
        run = self._session.run
        first, last = run.timeline.first, run.iteration or FIRST_STEPS
        fields = (
            _whole("first", "from iteration", "The first picture.", first, first, MOST_STEPS),
            _whole("last", "to iteration", "The last picture.", last, first, MOST_STEPS),
            _whole("frames", "pictures", "Ten a second, denser at the beginning.", FRAMES, 2, MOST_FRAMES),
        )
        prompt = NumberPrompt("Animation of the training", ANIMATION_TEXT, fields, self._window)
        prompt.numbers_given.connect(
            lambda given: self._ask_for_place(ANIMATION, (int(given[0]), int(given[1]), int(given[2])))
        )
        prompt.open()

    def _ask_for_place(self, key: str, span: Span | None = None) -> None:
        suffix, kind = ".gif", "Animated picture"
        if key != ANIMATION:
            suffix, kind = _exports()[key].suffix, _exports()[key].kind
        suggestion = Path(f"{self._session.document.data.name}_{key}{suffix}")
        filters = [f"{kind} (*{suffix})"]
        ask_where_to_save(self._window, "Export", suggestion, filters, lambda path: self.write(key, path, span))

    def write(self, key: str, path: Path, span: Span | None = None) -> None:
        """Write the export `key` to `path` and report the result; `span` is what an animation shows."""
        if key == ANIMATION:
            run = self._session.run
            self._animate(path, span or (run.timeline.first, run.iteration or FIRST_STEPS, FRAMES))
            return
        from playground.app.export.exports import places

        try:
            texts = _exports()[key].make(self._session.run, self._session.selection, path.stem)
            files = {place: text.encode() for place, text in places(texts, path).items()}
        except ValueError as error:
            self._refuse(error)
            return
        self._write(files)

    def _add(self, key: str, text: str, tip: str) -> None:
        action = self.menu.addAction(text, partial(self.ask, key))
        action.setObjectName(f"export_{key}")
        action.setToolTip(tip)
        action.setStatusTip(tip)

    # ---- the animation -------------------------------------------------------------------------

    def _animate(self, path: Path, span: Span) -> None:
        """Train and draw in slices beside the current run; a bar shows the progress and cancels."""
        first, last, frames = span
        from playground.app.export.animation import animation

        if self.job is not None:
            self.job.cancel()
        work = animation(self._session.run.memory(), min(first, last), max(first, last), frames, self._make_stage)
        job = self.job = Job(work, "Animation", self)
        bar = QProgressDialog("", "Cancel", 0, 100, self._window)
        bar.setLabel(Label(f"Drawing {shown(path.name)}"))
        bar.setWindowTitle("Export")
        bar.setAccessibleName("Progress of the animation")
        bar.setAutoReset(False)
        bar.setAutoClose(False)
        bar.setMinimumDuration(0)
        bar.canceled.connect(job.cancel)
        job.progressed.connect(lambda share: bar.setValue(round(100 * share)))
        job.finished.connect(lambda data: self._write({path: data}))
        job.failed.connect(lambda message: self._refuse(ValueError(message)))
        job.ended.connect(lambda: self._on_ended(job, bar))
        bar.setValue(0)
        bar.show()
        job.start()

    def _on_ended(self, job: Job, bar: QProgressDialog) -> None:
        bar.canceled.disconnect(job.cancel)
        let_go(bar)
        if self.job is job:
            self.job = None

    def _write(self, texts: dict[Path, bytes]) -> None:
        """Write files of one folder and report the result."""
        try:
            for path, data in texts.items():
                storage.write(path, data)
        except DocumentError as error:
            self._refuse(error)
            return
        names = " and ".join(shown(path.name) for path in texts)
        said = f"Saved {names} in {shown(next(iter(texts)).parent)}."
        self._notices.say(f"{said} {GIVES_AWAY}" if self._session.prediction.hidden() else said)

    def _refuse(self, error: ValueError) -> None:
        self._notices.refuse("Not exported", error)


def _exports() -> dict[str, Export]:
    from playground.app.export.exports import EXPORTS

    return EXPORTS


def _whole(key: str, label: str, tooltip: str, default: int, low: int, high: int) -> NumberField:
    return NumberField(key, label, tooltip, (float(default),), float(default), float(low), float(high), integer=True)
