"""Phase strip ↔ slow motion: the current phase of the iteration, and what it computes."""

from __future__ import annotations

from playground.app.views.scheduling import Aspect, Scheduler
from playground.app.views.slow_motion import reading
from playground.app.views.slow_motion.said_numbers import says_hidden
from playground.session.session import Session
from playground.session.slow_motion import SlowMotion
from widgets.frame.phase_caption import PhaseCaptionLine
from widgets.frame.phase_strip import PhaseStrip
from widgets.frame.transport_bar import TransportBar


class SlowMotionPresenter:
    """Shows the current phase; a click on a phase goes there."""

    def __init__(
        self,
        session: Session,
        scheduler: Scheduler,
        slow: SlowMotion,
        strip: PhaseStrip,
        caption: PhaseCaptionLine,
        bar: TransportBar,
    ) -> None:
        """Connect the widgets to `slow`."""
        self._session, self._slow = session, slow
        self._strip, self._caption, self._bar = strip, caption, bar
        strip.phase_clicked.connect(self._on_phase_clicked)
        bar.slow_motion_toggled.connect(self._on_toggled)
        self._phase = scheduler.add(bar, self.show_phase, Aspect.SELECTION | Aspect.VEIL)
        bar.pace_changed.connect(slow.metronome.set_pace)
        slow.moved.connect(self._phase.refresh)
        slow.playing_changed.connect(self._phase.refresh)
        slow.ended.connect(self._phase.refresh)

    def show_phase(self, _changed: Aspect) -> None:
        """Show the current phase."""
        cursor = self._slow.cursor
        self._bar.set_slow_motion(cursor is not None)
        self._bar.set_playing(self._slow.is_playing or self._session.is_playing)
        self._strip.set_current(cursor.index if cursor else None)
        self._caption.setVisible(cursor is not None)
        if cursor:
            selection = self._session.selection
            is_hidden = says_hidden(cursor, selection, self._session.prediction.hidden())
            self._caption.set_caption(reading.caption(cursor, selection, is_hidden=is_hidden))

    def _on_toggled(self, on: bool) -> None:
        if on:
            self._slow.start()
        else:
            self._slow.cancel()
        self._phase.refresh()

    def _on_phase_clicked(self, index: int) -> None:
        self._slow.pause()
        if self._slow.start():
            self._slow.goto(index)
