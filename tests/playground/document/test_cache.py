"""The cache keeps small things for a while, large ones as long as they are in use."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace

import pytest

from playground.document.cache import SMALL_BYTES, SMALL_ONES, cached
from playground.document.changes import with_data
from playground.document.prepared_data import columns_of, prepare, sample_of
from playground.session.session import Session


class Thing:
    def __init__(self, name: str, nbytes: int) -> None:
        self.name, self.nbytes = name, nbytes


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def find(made: list[str]) -> Callable[[str, int], Thing]:
    @cached
    def make(name: str, nbytes: int) -> Thing:
        made.append(name)
        return Thing(name, nbytes)

    return make


def test_the_latest_small_ones_are_made_once(find: Callable[[str, int], Thing], made: list[str]) -> None:
    names = [str(i) for i in range(SMALL_ONES)]
    for name in names * 3:
        assert find(name, 10).name == name
    assert made == names
    for name in ("another", *names[1:], names[0]):
        find(name, 10)
    assert made == [*names, "another", names[0]]


def test_a_large_one_is_made_once_while_it_is_used(find: Callable[[str, int], Thing], made: list[str]) -> None:
    large = find("large", SMALL_BYTES + 1)
    for i in range(10):
        find(str(i), 10)
    assert find("large", SMALL_BYTES + 1) is large
    assert made.count("large") == 1


def test_a_large_one_that_is_not_used_goes_when_another_comes(find: Callable[[str, int], Thing]) -> None:
    gone = weakref.ref(find("large", SMALL_BYTES + 1))
    assert gone() is not None
    find("small", 10)
    assert gone() is None


def test_large_data_are_let_go_of_when_others_take_their_place(session: Session) -> None:
    session.change(with_data(points=200_000), "Points")
    assert prepare(session.document) is session.run.data
    assert session.run.data.nbytes > SMALL_BYTES
    gone = weakref.ref(session.run.data.sample)
    session.change(with_data(points=400), "Points")
    session.snapshot()
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("name", ["xor", "curve", "digits"])
def test_columns_are_known_without_making_the_points(session: Session, name: str) -> None:
    data = replace(session.document.data, name=name)
    assert columns_of(data) == sample_of(data).points.shape[1]
