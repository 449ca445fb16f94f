"""Lessons are taken in the order that they need; a loop is a fault, and no search goes around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.lessons.lesson import Lesson
from playground.lessons.library import faults_of_needs, in_order


def lesson(name: str, *needs: str) -> Lesson:
    return Lesson(name, name, 10, (), needs, (), "lesson", 1, ())


def test_what_is_needed_comes_first_and_else_the_order_stays() -> None:
    ordered = in_order([lesson("d", "b"), lesson("a"), lesson("b", "c"), lesson("c")])
    assert [one.name for one in ordered] == ["a", "c", "b", "d"]


def test_a_need_that_nobody_has_does_not_hold_up_the_others() -> None:
    assert [one.name for one in in_order([lesson("a", "gone"), lesson("b", "a")])] == ["a", "b"]
    (fault,) = faults_of_needs(lesson("a", "gone"), [lesson("b")])
    assert fault.text == "needs: there is no lesson 'gone'; it is one of b"


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=4)))
def test_a_loop_is_found_exactly_where_a_lesson_leads_back_to_itself(needs: dict[str, list[str]]) -> None:
    lessons = [lesson(name, *needed) for name, needed in needs.items()]
    assert sorted(one.name for one in in_order(lessons)) == sorted(needs)
    for one in lessons:
        reached, waiting = set[str](), list(one.needs)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += needs.get(name, [])
        assert any("is a loop" in fault.text for fault in faults_of_needs(one, lessons)) is (one.name in reached)
