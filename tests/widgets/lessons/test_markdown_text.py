"""Markdown of a lesson: the subset is typeset, everything else is text as it stands."""

from __future__ import annotations

import pytest

from widgets.lessons.markdown_text import to_markup, to_plain


@pytest.mark.parametrize(
    ("markdown", "markup"),
    [
        ("**bold** and *italic*", "<b>bold</b> and <i>italic</i>"),
        ("`w = 1`", "w\u00a0=\u00a01"),
        ("- one\n- two\n  goes on", "•&nbsp; two goes on"),
        ("1. one\n2. two", "2.&nbsp; two"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", '<th align="left">a</th>'),
        ("| a | b |\n|---|---|\n| 1 | 2 |", '<td align="left">2</td>'),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`a * b * c`", "a\u00a0*\u00a0b\u00a0*\u00a0c"),
        ("```\na  b\n\nc\n```", "a\u00a0\u00a0b"),
    ],
)
def test_the_subset_is_typeset(qapp: object, markdown: str, markup: str) -> None:
    assert markup in to_markup(markdown)


@pytest.mark.parametrize(
    "text",
    ["<b>no</b>", "a < b & c > d", "<img src=x>", "[link](http://x)", "<script>", "`<i>`", "| <u>x</u> | y |"],
)
def test_what_looks_like_markup_is_shown_as_it_is_written(qapp: object, text: str) -> None:
    markup = to_markup(text)

    assert "<b>no" not in markup
    assert "<img" not in markup
    assert "<script" not in markup
    assert "<a " not in markup
    assert "<i>" not in markup
    assert "<u>" not in markup


@pytest.mark.parametrize("text", ["", "\n\n", "*", "**", "`", "***", "- ", "|", "||", "```", "```\nopen", "1.", "* *"])
def test_no_text_is_too_odd(qapp: object, text: str) -> None:
    assert isinstance(to_markup(text), str)


def test_a_screen_reader_hears_no_marks() -> None:
    assert to_plain("**Upstream** times `local` is *downstream*") == "Upstream times local is downstream"


def test_a_derivative_and_the_arguments_of_a_function_stay_on_one_line() -> None:
    assert "∂L/\u2060∂s" in to_markup("For the right class ∂L/∂s = p")
    assert "∂Lᵢ/\u2060∂z₁⁽¹⁾" in to_markup("∂Lᵢ/∂z₁⁽¹⁾")
    assert "max(0,\u00a0sⱼ\u00a0−\u00a03.2\u00a0+\u00a01)" in to_markup("Each class j adds max(0, sⱼ − 3.2 + 1) to it")


@pytest.mark.parametrize("text", ["0. ReLU passes max(0, z).", "2) is too large.", "A sum of\n2. Then it is squared."])
def test_a_sentence_that_begins_with_a_number_is_no_list(qapp: object, text: str) -> None:
    assert "text-indent" not in to_markup(text)
    assert "&nbsp;" not in to_markup(text)


@pytest.mark.parametrize("text", ["First:\n1. one\n2. two", "1. one\n\n2. two", "Also:\n- one"])
def test_a_list_is_one_below_a_paragraph_and_with_room_between(qapp: object, text: str) -> None:
    assert "text-indent" in to_markup(text)
