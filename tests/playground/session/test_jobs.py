from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from playground.session.jobs import Job

Work = Generator[float, None, object]


class Heard:
    """What a job says, in order."""

    def __init__(self, job: Job) -> None:
        self.progress: list[float] = []
        self.said: list[object] = []
        job.progressed.connect(self.progress.append)
        job.finished.connect(lambda result: self.said.append(("finished", result)))
        job.failed.connect(lambda message: self.said.append(("failed", message)))
        job.cancelled.connect(lambda: self.said.append("cancelled"))
        job.ended.connect(lambda: self.said.append("ended"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a pretended time: each look at it takes 1 ms."""
    now = [0.0]

    def look() -> float:
        now[0] += 0.001
        return now[0]

    monkeypatch.setattr("playground.session.jobs.perf_counter", look)
    return now


@pytest.fixture
def job_of(qapp: QApplication, clock: list[float]) -> Iterator[Callable[[Work], tuple[Job, Heard]]]:
    jobs: list[Job] = []

    def make(work: Work) -> tuple[Job, Heard]:
        jobs.append(Job(work, "Count"))
        return jobs[-1], Heard(jobs[-1])

    yield make
    for job in jobs:
        job.cancel()


def counting(n: int, left: list[str] | None = None) -> Work:
    try:
        for i in range(n):
            yield i / n
        return n
    finally:
        if left is not None:
            left.append("closed")


def test_a_job_finishes_with_its_result_between_the_events_of_the_window(
    job_of: Callable[[Work], tuple[Job, Heard]], qapp: QApplication
) -> None:
    job, heard = job_of(counting(100))
    assert job.start() is job
    assert not job.is_over
    while not job.is_over:
        qapp.processEvents()
    assert heard.said == [("finished", 100), "ended"]
    assert job.is_over
    assert heard.progress[-1] == 1.0
    assert heard.progress == sorted(set(heard.progress))
    assert len(heard.progress) < 20


def test_a_slice_does_no_more_than_its_time(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    job, heard = job_of(counting(1000))
    job.run_slice(0.010)
    assert heard.progress == [pytest.approx(0.009, abs=0.002)]
    job.run_slice(0.0)
    assert job.progress == pytest.approx(0.010, abs=0.002)


def test_a_job_without_a_slice_of_time_still_gets_on(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    job, heard = job_of(counting(3))
    for _ in range(4):
        job.run_slice(0.0)
    assert heard.said == [("finished", 3), "ended"]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("row 3,\ncolumn 2: not a number"), "row 3, column 2: not a number"),
        (OSError("no such file"), "no such file"),
        (MemoryError(), "MemoryError"),
        (ZeroDivisionError("division by zero"), "division by zero"),
    ],
)
def test_a_job_that_fails_says_why_in_one_line(
    job_of: Callable[[Work], tuple[Job, Heard]], error: Exception, message: str
) -> None:
    def work() -> Work:
        yield 0.5
        raise error

    job, heard = job_of(work())
    job.run_slice(1.0)
    assert heard.said == [("failed", message), "ended"]
    assert job.is_over


def test_a_mistake_in_the_program_is_not_hidden(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    def work() -> Work:
        yield 0.5
        raise TypeError("a defect")

    job, heard = job_of(work())
    job._ticker.start()
    with pytest.raises(TypeError, match="a defect"):
        job.run_slice(1.0)
    assert job.is_over
    assert job.is_over
    assert heard.said == []


def test_a_cancelled_job_is_closed_and_says_nothing_more(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    left: list[str] = []
    job, heard = job_of(counting(1000, left))
    job.start()
    job.run_slice(0.005)
    job.cancel()
    assert left == ["closed"]
    assert heard.said == ["cancelled", "ended"]
    assert job.is_over
    job.cancel()
    job.run_slice()
    job.start()
    assert job.is_over
    assert heard.said == ["cancelled", "ended"]


def test_who_hears_the_progress_may_cancel(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    left: list[str] = []
    job, heard = job_of(counting(1000, left))
    job.progressed.connect(lambda _share: job.cancel())
    job.run_slice(0.005)
    assert left == ["closed"]
    assert heard.said == ["cancelled", "ended"]


def test_the_work_may_let_events_in_without_being_entered_twice(
    job_of: Callable[[Work], tuple[Job, Heard]], qapp: QApplication
) -> None:
    def work() -> Work:
        for _ in range(5):
            qapp.processEvents()
            job.run_slice()
            yield 0.1
        return "done"

    job, heard = job_of(work())
    job.start()
    while not job.is_over:
        qapp.processEvents()
    assert heard.said == [("finished", "done"), "ended"]


def test_a_job_that_was_cancelled_before_it_began_does_nothing(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    job, heard = job_of(counting(5))
    job.cancel()
    assert heard.said == ["cancelled", "ended"]
    assert heard.progress == []


def test_progress_never_falls_and_stays_within_one(job_of: Callable[[Work], tuple[Job, Heard]]) -> None:
    def work() -> Work:
        yield from (0.5, 0.2, 7.0, 0.3)

    job, heard = job_of(work())
    while not job.is_over:
        job.run_slice(0.0)
    assert heard.progress == [0.5, 1.0]
