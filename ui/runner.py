"""The one worker thread. Long work is a generator: it yields `Progress`, can be cancelled between steps, returns."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from ui.collecting import Collector

_BETWEEN_REPORTS = 0.04
_log = logging.getLogger("rollbook.ui")


@dataclass(eq=False, slots=True)
class Job:
    """One piece of long work and who hears of it. A `quiet` one only reads for a page: nobody waits for it, so it keeps
    nobody from leaving or signing in."""

    work: Iterator[Progress]
    on_progress: Callable[[Progress], object]
    on_done: Callable[[Any], object]
    on_failed: Callable[[Exception], object]
    on_cancelled: Callable[[], object] | None = None
    stopping: bool = False
    quiet: bool = False

    def cancel(self) -> None:
        """Stop before the next step; what the work has begun it takes back itself."""
        self.stopping = True

    def forget(self) -> None:
        """Let go of who hears of it: the worker may be the last to hold the job, and must not take a page apart."""
        self.on_progress = self.on_done = self.on_failed = _unheard
        self.on_cancelled = None


def _unheard(_: object) -> None:
    """Nobody listens any more."""


class _Worker(QObject):
    """Lives in the worker thread and pulls one generator at a time."""

    progressed = Signal(object, object)
    done = Signal(object, object)
    failed = Signal(object, object)
    cancelled = Signal(object)

    @Slot(object)
    def run(self, job: Job) -> None:
        """Pull the work to its end, or until it is cancelled."""
        last = 0.0
        try:
            while not job.stopping:
                progress = next(job.work)
                now = time.monotonic()
                if now - last >= _BETWEEN_REPORTS:
                    self.progressed.emit(job, progress)
                    last = now
            close = getattr(job.work, "close", None)
            if close is not None:
                close()
        except StopIteration as end:
            self.done.emit(job, end.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window must hear of it
            if not isinstance(error, Refused):
                log_fault(error)
            self.failed.emit(job, error)
        else:
            self.cancelled.emit(job)


class Runner(QObject):
    """Runs long work, one job after another, beside the window."""

    busy_changed = Signal(bool)
    _begin = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("rollbook-worker")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._begin.connect(self._worker.run)
        self._worker.progressed.connect(self._progressed)
        self._worker.done.connect(self._done)
        self._worker.failed.connect(self._failed)
        self._worker.cancelled.connect(self._cancelled)
        self._jobs: list[Job] = []
        self._over = False
        self._collector = Collector(self)

    @property
    def busy(self) -> bool:
        """True while a job runs or waits that somebody waits for."""
        return any(not job.quiet for job in self._jobs)

    @property
    def still(self) -> bool:
        """True while nothing runs or waits, not even what is only read."""
        return not self._jobs

    def start(
        self,
        work: Iterator[Progress],
        on_progress: Callable[[Progress], object],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object],
        on_cancelled: Callable[[], object] | None = None,
        *,
        quiet: bool = False,
    ) -> Job:
        """Run a generator. Each callback is called in the window's thread; `on_done` gets what the generator returned.

        `on_failed` gets the exception; `words_of` makes a sentence of it. After `cancel()` only `on_cancelled`
        is called, unless the work had already ended. Once the window goes nothing is begun any more.
        """
        job = Job(work, on_progress, on_done, on_failed, on_cancelled, stopping=self._over, quiet=quiet)
        if self._over:
            return job
        self._jobs.append(job)
        if not self._thread.isRunning():
            self._collector.begin()
            self._thread.start()
        if not quiet:
            self.busy_changed.emit(True)
        self._begin.emit(job)
        return job

    def wait_for(self, job: Job) -> None:
        """Somebody waits for what was only read: from now on it keeps people from leaving as other work does."""
        if job in self._jobs and job.quiet:
            job.quiet = False
            self.busy_changed.emit(True)

    def hush(self) -> None:
        """Give up what is only read, and wait for the step it is in: the school is about to be closed. Call while
        nothing else runs."""
        if self._jobs:
            self._end()

    def stop(self) -> None:
        """Cancel everything and wait for the thread to end. Call before the window goes: what a field would still have
        read as it loses the keyboard must not begin then."""
        self._over = True
        self._end()

    def _end(self) -> None:
        """Cancel every job and wait for the thread to end."""
        for job in self._jobs:
            job.cancel()
        self._thread.quit()
        self._thread.wait()
        for job in self._jobs:
            job.forget()
        self._jobs.clear()
        self._collector.end()

    @Slot(object, object)
    def _progressed(self, job: Job, progress: Progress) -> None:
        if job in self._jobs and not job.stopping:
            job.on_progress(progress)

    @Slot(object, object)
    def _done(self, job: Job, result: object) -> None:
        if self._ended(job):
            job.on_done(result)
            job.forget()

    @Slot(object, object)
    def _failed(self, job: Job, error: Exception) -> None:
        if self._ended(job):
            job.on_failed(error)
            job.forget()

    @Slot(object)
    def _cancelled(self, job: Job) -> None:
        if self._ended(job) and job.on_cancelled is not None:
            job.on_cancelled()
            job.forget()

    def _ended(self, job: Job) -> bool:
        """Take the job off the list; false where the runner was stopped meanwhile and nobody listens any more."""
        if job not in self._jobs:
            return False
        self._jobs.remove(job)
        if not job.quiet and not self.busy:
            self.busy_changed.emit(False)
        return True


def words_of(error: BaseException) -> str:
    """A sentence to show for an error: its own where the user can mend it, else that the fault is ours."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        name = f" ({error.filename})" if error.filename else ""
        return f"The file could not be read or written{name}: {error.strerror}."
    return "Rollbook made a mistake of its own. What was saved before is safe; the log says where it happened."


def log_fault(error: BaseException) -> None:
    """Write a fault to the log: its kind and where, never its message, which might hold a name."""
    frames = "".join(
        f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    )
    _log.error("%s%s", type(error).__name__, frames)
