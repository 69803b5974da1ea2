"""The one worker thread: progress, result, refusal, fault, cancelling."""

import gc
import logging
import threading
from collections.abc import Generator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from ui.collecting import Collector
from ui.runner import Runner, words_of


class Ear:
    """Hears what becomes of a job, and in which thread."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, object]] = []
        self.threads: set[int] = set()

    def note(self, what: str, value: object = None) -> None:
        self.heard.append((what, value))
        self.threads.add(threading.get_ident())

    def start(self, runner: Runner, work):
        return runner.start(
            work,
            lambda progress: self.note("progress", progress.done),
            lambda result: self.note("done", result),
            lambda error: self.note("failed", error),
            lambda: self.note("cancelled"),
        )

    @property
    def words(self) -> list[str]:
        return [what for what, _ in self.heard]


@pytest.fixture
def runner(qapp):
    made = Runner()
    yield made
    made.stop()


@pytest.fixture
def ear() -> Ear:
    return Ear()


def test_the_result_comes_back_in_the_windows_thread(runner: Runner, ear: Ear, qtbot: QtBot) -> None:
    worked_in: list[int] = []

    def work() -> Generator[Progress, None, str]:
        worked_in.append(threading.get_ident())
        yield Progress(1, 2, "half")
        return "whole"

    ear.start(runner, work())
    assert runner.busy
    qtbot.waitUntil(lambda: "done" in ear.words)
    assert ear.heard[-1] == ("done", "whole")
    assert ("progress", 1) in ear.heard
    assert ear.threads == {threading.get_ident()}
    assert worked_in != [threading.get_ident()]
    assert not runner.busy


def test_jobs_run_one_after_another(runner: Runner, ear: Ear, qtbot: QtBot) -> None:
    order: list[str] = []

    def work(name: str) -> Generator[Progress, None, None]:
        order.append(f"{name} begins")
        yield Progress(0, 0, name)
        order.append(f"{name} ends")

    ear.start(runner, work("first"))
    ear.start(runner, work("second"))
    qtbot.waitUntil(lambda: ear.words.count("done") == 2)
    assert order == ["first begins", "first ends", "second begins", "second ends"]


def test_cancelling_lets_the_work_tidy_up(runner: Runner, ear: Ear, qtbot: QtBot) -> None:
    tidied = threading.Event()

    def work() -> Generator[Progress, None, None]:
        try:
            while True:
                yield Progress(0, 0, "on and on")
        finally:
            tidied.set()

    job = ear.start(runner, work())
    qtbot.waitUntil(lambda: "progress" in ear.words)
    job.cancel()
    qtbot.waitUntil(lambda: "cancelled" in ear.words)
    assert tidied.is_set()
    assert "done" not in ear.words
    assert not runner.busy


def test_a_refusal_keeps_its_own_words_and_is_not_logged(
    runner: Runner, ear: Ear, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> Generator[Progress, None, None]:
        yield Progress(0, 0, "")
        raise Refused("Row 3 has no date.")

    ear.start(runner, work())
    qtbot.waitUntil(lambda: "failed" in ear.words)
    error = ear.heard[-1][1]
    assert isinstance(error, Refused)
    assert words_of(error) == "Row 3 has no date."
    assert caplog.records == []


def test_a_fault_is_logged_without_its_message(
    runner: Runner, ear: Ear, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> Generator[Progress, None, None]:
        yield Progress(0, 0, "")
        raise KeyError("Ryan Doyle")

    with caplog.at_level(logging.ERROR):
        ear.start(runner, work())
        qtbot.waitUntil(lambda: "failed" in ear.words)
    error = ear.heard[-1][1]
    assert isinstance(error, KeyError)
    assert "Ryan" not in words_of(error)
    assert "Ryan" not in caplog.text
    assert "KeyError" in caplog.text


def test_nobody_is_called_after_the_runner_was_stopped(qapp, ear: Ear, qtbot: QtBot) -> None:
    runner = Runner()

    def work() -> Generator[Progress, None, None]:
        while True:
            yield Progress(0, 0, "on and on")

    ear.start(runner, work())
    runner.stop()
    before = list(ear.heard)
    qtbot.wait(30)
    assert ear.heard == before


def test_a_missing_file_is_said_in_words() -> None:
    words = words_of(FileNotFoundError(2, "No such file or directory", "C:/term.csv"))
    assert "term.csv" in words


class Circle(QObject):
    """A piece of the window in a circle of references, which only the collector of circles takes away."""

    gone_in: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.itself = self

    def __del__(self) -> None:
        Circle.gone_in.append(threading.get_ident())


def test_the_worker_takes_no_piece_of_the_window_apart(runner: Runner, ear: Ear, qtbot: QtBot) -> None:
    Circle.gone_in.clear()

    def work() -> Generator[Progress, None, int]:
        yield Progress(0, 1, "begun")
        kept = [[[number] for number in range(1000)] for _ in range(300)]  # enough for three generations of collections
        return len(kept)

    gc.collect()
    for _ in range(50):
        Circle()
    ear.start(runner, work())
    qtbot.waitUntil(lambda: "done" in ear.words)
    assert threading.main_thread().ident is not None
    assert set(Circle.gone_in) <= {threading.get_ident()}
    runner.stop()
    gc.collect()
    assert Circle.gone_in == [threading.get_ident()] * 50


def test_python_collects_by_itself_again_once_nothing_runs_beside_the_window(runner: Runner, ear: Ear, qtbot) -> None:
    assert gc.isenabled()
    ear.start(runner, iter(()))
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: bool(ear.words))
    runner.stop()
    assert gc.isenabled()


def test_the_windows_thread_collects_meanwhile(runner: Runner, qtbot: QtBot) -> None:
    collector = runner.findChild(Collector)
    assert collector is not None
    collector.begin()
    try:
        kept = [[number] for number in range(5000)]
        assert gc.get_count()[0] > gc.get_threshold()[0]
        collector.look()
        assert gc.get_count()[0] < gc.get_threshold()[0]
        assert len(kept) == 5000
    finally:
        collector.end()


def test_a_quiet_job_keeps_nobody_waiting_and_is_given_up(runner: Runner, ear: Ear, qtbot: QtBot) -> None:
    going = threading.Event()

    def work() -> Generator[Progress, None, str]:
        yield Progress(0, 1, "reading")
        going.wait(5)
        yield Progress(1, 1, "read")
        return "read"

    runner.start(work(), lambda _: None, lambda _: ear.note("done"), lambda _: None, quiet=True)
    assert not runner.busy
    assert not runner.still
    going.set()
    runner.hush()
    assert runner.still
    assert ear.words == []
    ear.start(runner, iter(()))
    qtbot.waitUntil(lambda: "done" in ear.words)
