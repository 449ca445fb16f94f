"""Scheduling: the one place that knows which view is visible, which is due, and what it has not shown yet."""

from __future__ import annotations

from collections.abc import Callable
from enum import Flag, auto
from time import perf_counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from playground.session.session import Session

READOUTS = 20.0
"""How often a second the numbers of the transport, the loss node and the time line are written."""
PICTURES = 40.0
"""How often a second pictures over the plane are made: in every second of 60 frames, all in the same ones."""
_LATEST_S = 0.1
_TURNS_S = 0.008
"""Once the views that have their turn take so much of a frame, those that are late wait for the next."""
_REST = 20.0
"""How much longer than a view takes it rests while training plays: none takes more than a twentieth of the time."""
_REST_OF_ALL = 9.0
"""How much longer than a turn takes all that take turns rest: together they take no more than a tenth of the time."""


class Aspect(Flag):
    """What a view may depend on.

    ``RUN`` is the state of training, ``OWN`` what belongs to the presenter alone: a choice of its own, slow motion.
    """

    RUN = auto()
    DOCUMENT = auto()
    SELECTION = auto()
    HOVERED = auto()
    DISPLAY = auto()
    WHAT_IF = auto()
    VEIL = auto()
    OWN = auto()


_PATIENT = Aspect.RUN | Aspect.DOCUMENT | Aspect.WHAT_IF
"""What may wait for the next due frame while training plays."""
READINGS = _PATIENT | Aspect.VEIL
"""What the numbers of a snapshot depend on, and which of them may be shown."""

Show = Callable[[Aspect], object]


class View:
    """A registered view; ``Scheduler.add`` makes it.

    Attributes
    ----------
    show : callable
        Takes what has changed since the last time.
    on : Aspect
        What the view depends on.
    missed : Aspect
        What of it has changed since the view was last shown.
    patience : Aspect
        What may wait for the next due frame while training plays.
    pause, next, took : float
        Seconds between two shows while training plays, when the next is due, and what the latest took.
    """

    def __init__(
        self, widgets: tuple[QWidget, ...], show: Show, on: Aspect, request_refresh: Callable[[], object]
    ) -> None:
        """Have missed everything."""
        self._widgets, self._request_refresh = widgets, request_refresh
        self.show, self.on, self.missed = show, on, on
        self.pause = self.next = self.took = 0.0
        self.patience = _PATIENT
        self.is_light = False  # whether it needs no turn

    @property
    def is_visible(self) -> bool:
        """Whether it can be seen."""
        return any(widget.isVisible() for widget in self._widgets)

    def refresh(self, *_ignored: object) -> None:
        """Show again: something of the presenter's own has changed. Takes the values of any signal."""
        self.missed |= Aspect.OWN
        self._request_refresh()

    def catch_up(self) -> None:
        """Show what has changed since the last time, if that is anything."""
        if self.missed:
            missed, self.missed = self.missed, Aspect(0)
            self.show(missed)


class Scheduler(QObject):
    """Asks each of its ``views`` to show what has changed: once for all of it, and only while it is visible.

    A hidden view misses everything until it is shown. While training plays, a view with a frequency skips frames
    unless more than readings have changed, the more of them the longer it takes, and those that are not light take
    turns: one of them a frame, the one that has waited longest, so that no frame is long. One that has waited a tenth
    of a second shows anyway, while the frame is short: where frames are slow, nothing makes them slower still. A turn
    waits as long for a frame in which light views take little. After turns that take long there is none for a while.
    Light views of one frequency show in the same frames, so that numbers in different places are of one iteration. A
    step or a pause shows everything at once.
    """

    def __init__(self, session: Session) -> None:
        """Follow `session`."""
        super().__init__(session)
        self._session = session
        self.views: list[View] = []
        self._by_widget: dict[int, list[View]] = {}
        self._beats: dict[float, float] = {}
        self._next_turn = 0.0
        self._is_frame = False
        for signal, aspect in (
            (session.document_changed, Aspect.DOCUMENT | Aspect.RUN),
            (session.selection_changed, Aspect.SELECTION),
            (session.hovered_changed, Aspect.HOVERED),
            (session.display_changed, Aspect.DISPLAY),
            (session.what_if_changed, Aspect.WHAT_IF),
            (session.veil_changed, Aspect.VEIL),
        ):
            signal.connect(lambda *_values, aspect=aspect: self._mark(aspect))
        session.stepped.connect(self._on_stepped)
        session.refresh_requested.connect(self._on_refresh_requested)

    def add(
        self,
        widget: QWidget | tuple[QWidget, ...],
        show: Show,
        on: Aspect,
        *,
        times: float | None = None,
        light: bool = False,
        patience: Aspect = _PATIENT,
    ) -> View:
        """Register a view; everything is new to it.

        Parameters
        ----------
        widget : QWidget or tuple of QWidget
            While it is hidden, or all of them are, nothing is shown.
        show : callable
            Takes what has changed since the last time.
        on : Aspect
            What the view depends on.
        times : float or None
            How often a second at most while training plays; None shows in every frame.
        light : bool
            Whether it takes so little time that it needs no turn.
        patience : Aspect
            What may wait for the next due frame; anything else shows at once.
        """
        widgets = widget if isinstance(widget, tuple) else (widget,)
        view = View(widgets, show, on, self._session.request_refresh)
        if times is not None:
            view.pause, view.is_light, view.patience = 1.0 / times, light, patience
        self.views.append(view)
        for one in widgets:
            known = self._by_widget.setdefault(id(one), [])
            if not known:
                one.installEventFilter(self)
            known.append(view)
        if view.is_visible:
            view.catch_up()
        return view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the views of a widget that becomes visible show what they missed."""
        if event.type() == QEvent.Type.Show:
            for view in self._by_widget.get(id(watched), ()):
                view.catch_up()
        return False

    # ---- inside --------------------------------------------------------------------------------

    def _mark(self, aspect: Aspect) -> None:
        for view in self.views:
            view.missed |= aspect & view.on

    def _on_stepped(self) -> None:
        self._is_frame = True
        self._mark(Aspect.RUN)

    def _on_refresh_requested(self) -> None:
        now = perf_counter()
        is_frame, self._is_frame = self._is_frame, False
        beats = self._beats_at(now) if is_frame else set()
        asked = [view for view in self.views if view.missed and view.is_visible]
        takes = sum(view.took for view in asked if view.is_light and view.pause in beats)
        turns = self._turns([view for view in asked if self._waits(view) and not view.is_light], now, takes)
        # One view may hide another, which shows first that what it showed is gone.
        for view in asked:
            if self._waits(view) and not (view.pause in beats if view.is_light else view in turns):
                continue
            begun = perf_counter()
            view.catch_up()
            view.took = took = perf_counter() - begun
            view.next = now + max(view.pause, _REST * took)
            if view in turns:
                self._next_turn = max(self._next_turn, now) + _REST_OF_ALL * took
            if view.is_light:  # the first of a beat takes the readings that the others share
                self._beats[view.pause] = max(self._beats.get(view.pause, 0.0), view.next)

    def _turns(self, views: list[View], now: float, takes: float) -> list[View]:
        """Return those of `views` that show in this frame: the one that waited longest, and late ones for a while.

        In a frame that `takes` long already, none shows but the first, and only when it is late.
        """
        if now < self._next_turn:
            return []
        due = sorted((view for view in views if now >= view.next), key=lambda view: view.next)
        chosen = [view for view in due[:1] if takes <= _TURNS_S or now > view.next + _LATEST_S]
        takes += sum(view.took for view in chosen)
        for view in due[1:]:
            if now > view.next + _LATEST_S and takes <= _TURNS_S:
                chosen.append(view)
                takes += view.took
        return chosen

    def _waits(self, view: View) -> bool:
        """Return whether `view` may skip this frame: training plays, and nothing but readings has changed."""
        return self._session.is_playing and view.pause > 0.0 and view.missed in view.patience

    def _beats_at(self, now: float) -> set[float]:
        """Return the pauses of light views that are over, and begin the next of each."""
        pauses = {view.pause for view in self.views if view.is_light}
        over = {pause for pause in pauses if now >= self._beats.get(pause, 0.0)}
        self._beats |= {pause: now + pause for pause in over}
        return over
