"""Reading what takes a while on the worker thread. The page stays at the keyboard; only its newest question counts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop_app.domain.progress import Progress
from ui.runner import Job, words_of
from ui.shell import Shell

T = TypeVar("T")


def once(words: str, work: Callable[[], T]) -> Generator[Progress, None, T]:
    """Something short, to be done beside the window."""
    yield Progress(0, 0, words)
    return work()


class Reader(QObject):
    """Belongs to a page and goes with it. A refusal is said in the status line unless the page hears of it itself."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._job: Job | None = None
        self._asked = 0

    @property
    def reading(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def read(
        self,
        work: Iterator[Progress],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Begin to read, instead of what is being read; `done` gets what the work returns."""
        self.drop()
        number = self._asked
        self._job = self._shell.runner.start(
            work,
            lambda _progress: None,
            lambda found: self._answer(number, lambda: done(found)),
            lambda error: self._answer(number, lambda: (failed or self._say)(error)),
            quiet=True,
        )

    def drop(self) -> None:
        """Nobody wants to know any more."""
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _answer(self, number: int, then: Callable[[], object]) -> None:
        if isValid(self) and number == self._asked:
            self._job = None
            then()

    def _say(self, error: Exception) -> None:
        self._shell.say(words_of(error), alarm=True)
