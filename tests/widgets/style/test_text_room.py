"""How much room texts take is measured once, and as Qt does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from widgets.style import style, text_room

TEXTS = ("", "0", "−0.4213", "∂Lᵢ/∂zₖ", "upstream gradient   ∂L/∂a", "a fairly long line of words that does not fit")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("family", ["sans", "mono"])
def test_a_text_takes_the_room_that_qt_gives_it(qapp, family, text):
    font, room = getattr(style, family)(8.5), getattr(style, f"{family}_room")(8.5)
    metrics = QFontMetricsF(font)
    assert (room.height, room.ascent, room.descent) == (metrics.height(), metrics.ascent(), metrics.descent())
    assert [room.width(text), room.width(text)] == [metrics.horizontalAdvance(text)] * 2
    for width in (0.0, 1.0, 40.0, metrics.horizontalAdvance(text), 1000.0):
        assert room.elided(text, width) == metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def test_as_many_texts_as_stream_by_are_not_all_remembered(qapp):
    room = text_room.TextRoom(style.mono(8.0))
    for number in range(3 * text_room.MOST):
        room.width(str(number))
    assert len(room._widths) <= text_room.MOST


def test_larger_type_takes_more_room(qapp):
    before = style.current()
    small = style.sans_room(8.0).width("loss")
    try:
        style.apply(qapp, replace(before, scale=1.5 * before.scale))
        assert style.sans_room(8.0).width("loss") > small
    finally:
        style.apply(qapp, before)
