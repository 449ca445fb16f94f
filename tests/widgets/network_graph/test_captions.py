"""An output is called by its symbol and its class where there is room for both, and else by its symbol."""

from __future__ import annotations

from dataclasses import replace

import pytest

CAPTIONS = (("s₁ class 0", "class 0", "s₁"), ("s₂ Iris versicolor", "Iris versicolor"), ("s₃ setosa", "setosa"))


@pytest.fixture
def shown(graph, make_diagram, make_frame):
    """Return what is written at the outputs in a view of a size."""

    def write(width: int, height: int) -> list[str]:
        diagram = make_diagram(2, 4, 3)
        output = diagram.columns[-1]
        diagram = replace(diagram, columns=(*diagram.columns[:-1], replace(output, captions=CAPTIONS)))
        graph.resize(width, height)
        graph.set_diagram(diagram)
        graph.set_frame(make_frame(diagram))
        graph.grab()
        of_inputs = set(diagram.columns[0].labels)
        return [name for name in graph.canvas.scene._names() if name.text not in of_inputs]

    return write


def test_with_room_the_class_stands_beside_the_symbol(shown):
    assert [name.text for name in shown(1100, 700)] == ["s₁ class 0", "s₂ Iris versicolor", "s₃ setosa"]


def test_with_little_room_the_class_stands_alone_and_a_number_is_never_cut_off_it(shown, graph):
    found = set()
    for width, height in ((790, 480), (700, 260), (620, 300), (560, 230), (500, 230)):
        written = shown(width, height)
        assert len(written) == 3
        for name, ways in zip(written, CAPTIONS, strict=True):
            assert name.text in ways or (ways[-1].startswith(name.text.rstrip("…")) and ways is not CAPTIONS[0])
            assert name.box.right() <= graph.canvas.scene.layout.loss_box.left() + 1.0
        found |= {name.text for name in written}
    assert "class 0" in found
    assert any("…" in text for text in found)
