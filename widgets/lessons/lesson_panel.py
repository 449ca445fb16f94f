"""The lesson panel: one step at a time, at reading width, with what helps below it and the way on at the foot."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QStackedWidget, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, Note, heading, secondary
from widgets.lessons.card_view import CardView
from widgets.lessons.goal_view import GoalView
from widgets.lessons.lesson_list import LessonListView
from widgets.lessons.progress_dots import ProgressDots
from widgets.lessons.prose import Prose
from widgets.lessons.question_view import QuestionView
from widgets.lessons.reply_box import ReplyBox
from widgets.style import boxes, style
from widgets.style.letting_go import let_go
from widgets.values import Choice
from widgets.values.lessons import LessonCard, LessonList, LessonPage, LessonPlace, LessonReply

NARROWEST = 230


class LessonPanel(QFrame):
    """Shows a :class:`~widgets.values.lessons.LessonPage`, or the list of lessons.

    Signals
    -------
    back_clicked(), next_clicked(), leave_clicked()
        To the step before, to the next one, out of the lesson.
    help_clicked(str)
        ``"hint"``, ``"show"`` or ``"why"``.
    chosen(int), answered(str)
        A choice was picked; the question was answered.
    card_opened(int), card_judged(int, bool)
        The answer of a card is asked for; the user knew it or not.
    lesson_picked(str)
        A row of the list.
    """

    back_clicked = Signal()
    next_clicked = Signal()
    leave_clicked = Signal()
    help_clicked = Signal(str)
    chosen = Signal(int)
    answered = Signal(str)
    card_opened = Signal(int)
    card_judged = Signal(int, bool)
    lesson_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: LessonPage | None = None
        self._stops: list[QWidget] = []  # in the order of Tab
        self.setAccessibleName("Lesson")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title = heading("")
        self.title.setWordWrap(True)
        self.dots, self.progress = ProgressDots(), secondary(wrap=False)
        self.fault = Note()
        self.heading = Label()
        self.heading.setProperty("role", "title")
        self.heading.setWordWrap(True)
        self.lead, self.steps, self.hint, self.why, self.tail = (Prose() for _ in range(5))
        self.question, self.goal, self.reply = QuestionView(), GoalView(), ReplyBox()
        self.prediction = ReplyBox()
        self.cards: list[CardView] = []
        self.helps: dict[str, Button] = {}
        self.back = Button("Back", "To the step before (Ctrl+PgUp).", "back")
        self.next = Button("Next", "To the next step (Ctrl+PgDown).", "step", role="primary", icon_after=True)
        self.leave = Button("Leave", "Leave the lesson: your own document comes back, exactly as it was.", role="flat")
        self.list = LessonListView()
        self._build()
        self._connect()

    def set_page(self, page: LessonPage) -> None:
        """Show one step; what the user is typing stays while the question does. Never emits."""
        before, self._page = self._page, page
        had_focus = self._has_focus_inside()
        is_new = before is None or (before.place.title, before.place.step) != (page.place.title, page.place.step)
        self._show_place(page.place)
        self.fault.setText(page.fault)
        self.heading.setText(page.heading)
        self.lead.set_markdown(page.lead)
        self.steps.set_markdown("\n\n".join(f"`{step}`" for step in page.steps))
        self.question.set_question(page.question)
        self._show_prediction(page)
        self.reply.set_reply(page.reply)
        self.goal.set_goal(page.goal)
        self._show_cards(page.cards)
        self.hint.set_markdown(page.hint)
        self.why.set_markdown(page.why)
        self.tail.set_markdown(page.tail)
        was_focused = self._show_helps(page.helps)
        self.back.setEnabled(page.back)
        self.next.set_face(page.next.label, "step", page.next.tooltip)
        self.next.setEnabled(page.can_go_on)
        self._order_tabs()
        waited = not is_new and before is not None and page.can_go_on and not before.can_go_on
        asks_anew = not is_new and _takes_number(page) and not (before is not None and _takes_number(before))
        if was_focused or (had_focus and (waited or asks_anew)):
            self.take_focus()
        elif had_focus and not self._has_focus_inside():  # what had it is hidden: the panel keeps it
            self.setFocus()
        self._pages.setCurrentWidget(self._area)
        self._foot.show()
        if is_new:
            self._area.verticalScrollBar().setValue(0)

    def set_list(self, shown: LessonList) -> None:
        """Show the lessons. Never emits."""
        self._page = None
        self.list.set_list(shown)
        self.fault.setText(shown.fault)
        self.title.setText("")
        self.title.hide()
        self._progress_row.hide()
        self._foot.hide()
        self._pages.setCurrentWidget(self._home)

    def take_focus(self) -> None:
        """Give the focus to what the step waits for."""
        page = self._page
        if page is None:
            for button in list(self.list.buttons.values())[:1]:
                button.setFocus()
        elif page.question is not None and not page.question.is_frozen:
            self.question.take_focus()
        elif self.next.isEnabled():
            self.next.setFocus()
        else:
            first = self.cards[0].open_button if self.cards else next(iter(self.helps.values()), self.back)
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button that has the focus with Enter too."""
        focused = self.window().focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, Button) and self.isAncestorOf(focused):
            focused.click()
        elif is_enter and isinstance(focused, QRadioButton) and self.question.isAncestorOf(focused):
            self.question.button.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the least width, and some height."""
        return QSize(round(NARROWEST * style.current().scale), 480)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which nothing is cut."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        needed = max(super().minimumSizeHint().width(), self._inside.minimumSizeHint().width() + bar)
        return QSize(max(round(NARROWEST * style.current().scale), needed), 160)

    def _build(self) -> None:
        self._progress_row = QWidget()
        boxes.row((self.dots, 1), self.progress, owner=self._progress_row, spacing=style.GRID)
        self._cards, self._helps = boxes.column(spacing=style.GRID), boxes.row(spacing=6)
        inside = self._inside = QWidget()
        parts = self.heading, self.lead, self.steps, self.question, self.prediction, self.reply, self.goal
        boxes.column(
            *parts, self._cards, self.hint, self.why, self._helps, self.tail, boxes.STRETCH,
            owner=inside, spacing=10, margins=(0, 0, 8, 0),
        )  # fmt: skip
        self._area, self._home = boxes.scroll_area(inside), boxes.scroll_area(self.list)
        for area in (self._area, self._home):
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._pages.addWidget(self._home)
        self._foot = QWidget()
        boxes.row(self.back, self.leave, boxes.STRETCH, self.next, owner=self._foot, spacing=6)
        boxes.column(
            self.title, self._progress_row, self.fault, (self._pages, 1), self._foot,
            owner=self, spacing=style.GRID, margins=(0, 2, 0, 8),
        )  # fmt: skip

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.back_clicked.emit())
        self.next.clicked.connect(lambda: self.next_clicked.emit())
        self.leave.clicked.connect(lambda: self.leave_clicked.emit())
        self.question.chosen.connect(lambda index: self.chosen.emit(index))
        self.question.answered.connect(lambda typed: self.answered.emit(typed))
        self.list.picked.connect(lambda key: self.lesson_picked.emit(key))

    def _show_place(self, place: LessonPlace) -> None:
        self.title.setText(place.title.upper())
        self.title.setAccessibleName(place.title)
        self.title.show()
        self._progress_row.setVisible(bool(place.done))
        self.dots.set_progress(place.done, place.step)
        left = "" if place.minutes_left is None else f" · {place.minutes_left} min left"
        self.progress.setText(f"step {place.step + 1} of {len(place.done)}{left}")

    def _show_prediction(self, page: LessonPage) -> None:
        shown = page.prediction
        text = "" if shown is None else shown.predicted
        if shown is not None and shown.outcome:
            text += f"\n\n{shown.outcome}"
        self.prediction.set_reply(None if shown is None else LessonReply("note", "Your prediction", text))

    def _show_cards(self, cards: tuple[LessonCard, ...]) -> None:
        while len(self.cards) > len(cards):
            gone = self.cards.pop()
            self._cards.removeWidget(gone)
            let_go(gone)
        while len(self.cards) < len(cards):
            view, index = CardView(), len(self.cards)
            view.opened.connect(lambda index=index: self.card_opened.emit(index))
            view.judged.connect(lambda knew, index=index: self.card_judged.emit(index, knew))
            self._cards.addWidget(view)
            self.cards.append(view)
            view.show()
        for view, card in zip(self.cards, cards, strict=True):
            view.set_card(card)

    def _show_helps(self, helps: tuple[Choice, ...]) -> bool:
        """Offer `helps`; return whether a button that is gone had the focus."""
        if tuple(choice.key for choice in helps) == tuple(self.helps):
            return False
        was_focused = any(button.hasFocus() for button in self.helps.values())
        boxes.clear(self._helps)
        self.helps = {choice.key: Button(choice.label, choice.tooltip) for choice in helps}
        for key, button in self.helps.items():
            button.clicked.connect(lambda _checked=False, key=key: self.help_clicked.emit(key))
            self._helps.addWidget(button, 1)
            button.show()
        return was_focused

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom, whenever each part was made."""
        cards = [button for card in self.cards for button in (card.open_button, card.knew, card.missed)]
        asked = [*self.question.choices, self.question.field, self.question.button]
        stops: list[QWidget] = [*asked, *cards, *self.helps.values(), self.back, self.leave, self.next]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def _has_focus_inside(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))


def _takes_number(page: LessonPage) -> bool:
    return page.question is not None and page.question.takes_number and not page.question.is_frozen
