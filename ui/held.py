"""Long work of the whole window: a strip says how far it is, and nothing else goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.domain.progress import Progress
from ui.parts.progress import ProgressStrip
from ui.runner import Job, Runner, words_of
from ui.theme import Theme


class HeldWork:
    """Runs one job after another. `hold` keeps the user where they are, `inside` takes no key while one runs."""

    def __init__(
        self,
        theme: Theme,
        runner: Runner,
        inside: QWidget,
        hold: Callable[[bool], object],
        say: Callable[..., object],
    ) -> None:
        self._runner = runner
        self._inside = inside
        self._hold = hold
        self._say = say
        self._job: Job | None = None
        self.before: QWidget | None = None
        """What had the keyboard inside when the work began: a widget that takes no key loses it."""
        self.strip = ProgressStrip(theme)
        self.strip.cancelled.connect(self._cancel)

    def run(
        self,
        work: Iterator[Progress],
        words: str,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> None:
        """Run it; where nothing else is asked for, a fault and a stop are said."""
        focus = self._inside.window().focusWidget()
        self.before = focus if focus is not None and self._inside.isAncestorOf(focus) else None
        self._hold(True)
        self._inside.setEnabled(False)
        self.strip.begin(words)
        self._job = self._runner.start(
            work,
            self.strip.show_progress,
            lambda result: self._let_go(lambda: done(result)),
            lambda error: self._let_go(lambda: (failed or self._tell)(error)),
            lambda: self._let_go(cancelled or self._say_stopped),
        )

    def _let_go(self, then: Callable[[], object]) -> None:
        self._job = None
        self.strip.end()
        self._inside.setEnabled(True)
        self._hold(False)
        before, self.before = self.before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        then()

    def _tell(self, error: Exception) -> None:
        self._say(words_of(error), alarm=True)

    def _say_stopped(self) -> None:
        self._say("Stopped. Nothing was changed.")

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
