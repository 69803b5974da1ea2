"""Making the bundles of several children, and saving them all: long work beside the window, which can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QStackedLayout

from desktop_app.actions.bundle_batch import (
    Batch,
    BatchReady,
    MadeFile,
    NotMade,
    batch_lines,
    batch_ready,
    build_batch,
    save_batch,
)
from desktop_app.actions.pupils import pupil_list
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.rules.session_lists import count_words
from ui.cases.batch_list import Shown
from ui.cases.batch_view import WAIT, BatchView
from ui.cases.reading import referrals_here
from ui.pupils.ready import may_change
from ui.runner import Job, words_of
from ui.shell import Shell


class Batching(QObject):
    """`to_list` goes back to the cases, `to_child` to the referral of a child, `to_made` to the bundles made of one."""

    def __init__(
        self,
        shell: Shell,
        stack: QStackedLayout,
        to_list: Callable[[], None],
        to_child: Callable[[int, str], None],
        to_made: Callable[[int], None],
    ) -> None:
        view = BatchView(shell)
        super().__init__(view)
        self.view = view
        self._shell, self._stack = shell, stack
        self._to_list, self._to_child, self._to_made = to_list, to_child, to_made
        self._pupils: tuple[int, ...] = ()
        self._reading: Job | None = None
        self._job: Job | None = None
        self._heard: list[MadeFile | NotMade] = []
        self._told = 0
        """How many of those heard of are shown."""
        self._saved: list[Path] = []
        self._stale = False
        self.away = False
        """Whether a line led to its child: whoever comes back from there comes back to the line."""
        stack.addWidget(view)
        view.changed.connect(self.read)
        view.make_asked.connect(self.make)
        view.save_asked.connect(self._ask_folder)
        view.another_asked.connect(self._offer_pupils)
        view.picker.picked.connect(self._add)
        view.opened.connect(self._open)
        view.seen.connect(self._seen)
        view.left.connect(self._leave)
        view.strip.cancelled.connect(self._cancel)

    @property
    def shown(self) -> bool:
        """Whether the batch is what is shown."""
        return self._stack.currentWidget() is self.view

    def begin(self, pupils: Sequence[int], referral: str) -> None:
        """A batch of these children, for that referral at first."""
        if self._job is None:
            self._pupils = tuple(pupils)
            self.view.begin(referrals_here(self._shell.context), referral)
            self.back()

    def back(self) -> None:
        """Show the batch, read anew."""
        self.away, self._stale = False, True
        self._stack.setCurrentWidget(self.view)
        self.view.list.setFocus()
        self._seen()

    def renew(self) -> None:
        """Something was written: how ready each is must be read again, at once or as soon as the batch is seen."""
        self._stale = True
        if self.view.isVisible():
            self.read()

    def _seen(self) -> None:
        if self._stale:
            self.read()

    def read(self) -> None:
        """Work out how ready each is, beside the window."""
        request = self.view.request()
        if request is None or self._job is not None:
            return
        self._stale = False
        self._drop_reading()
        try:
            lines = batch_lines(self._shell.context, self._pupils, request)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self.view.show_lines(lines)
        unmade = [one for one in self.view.lines if one.made is None]
        self.view.set_busy(busy=False)
        self.view.strip.begin("Reading the cases")
        work = batch_ready(self._shell.context, [one.line.request for one in unmade])

        def done(found: tuple[BatchReady, ...]) -> None:
            self._read_ended(job)
            self.view.show_ready({one.key: ready for one, ready in zip(unmade, found, strict=True)})

        def failed(error: Exception) -> None:
            self._read_ended(job)
            self._shell.say(words_of(error), alarm=True)

        job = self._reading = self._shell.runner.start(
            work, self.view.strip.show_progress, done, failed, lambda: self._read_ended(job), quiet=True
        )

    def make(self) -> None:
        """Make those that are still to be made."""
        if self._job is not None or not may_change(self._shell, Right.WRITE_CASE):
            return
        asked = self.view.to_make
        if not asked:
            self._shell.say("None is left to be made: every one is made, or left out.")
            return
        self._drop_reading()
        self._heard, self._told = [], 0
        work = build_batch(self._shell.context, asked, None, self._heard.append)
        self._begin("Making the bundles")
        self._job = self._shell.runner.start(work, self._show_progress, self._made, self._failed, self._stopped)

    def save_to(self, folder: Path) -> None:
        """Put every bundle that was made into a folder, a file each."""
        if self._job is not None or not self.view.made:
            return
        self._drop_reading()
        self._saved = []
        self._begin("Saving the files")
        work = save_batch(self._shell.context, self.view.made, folder, self._saved.append)
        progress = self.view.strip.show_progress
        self._job = self._shell.runner.start(work, progress, self._all_saved, self._not_saved, self._stopped_saving)

    def _begin(self, words: str) -> None:
        self.view.strip.begin(words)
        self.view.set_busy(busy=True)
        self._shell.hold(True)

    def _end(self) -> None:
        self._job = None
        self.view.strip.end()
        self._shell.hold(False)
        self.view.set_busy(busy=False)

    def _show_progress(self, progress: Progress) -> None:
        self.view.strip.show_progress(progress)
        heard = self._heard[self._told :]
        if heard:
            self._told += len(heard)
            self.view.show_became(heard)

    def _made(self, batch: Batch) -> None:
        del batch  # each was heard of as it was made
        self._became("")

    def _stopped(self) -> None:
        """Cancelled: those that were made stay, and the rest can be made still."""
        self._became("Stopped. ")

    def _failed(self, error: Exception) -> None:
        self._became("")
        self._shell.say(words_of(error), alarm=True)

    def _became(self, begins: str) -> None:
        self.view.show_became(self._heard)
        self._end()
        made = [one for one in self._heard if isinstance(one, MadeFile)]
        lost = len(self._heard) - len(made)
        left = sum(one.waits for one in self.view.lines) - lost
        said = [f"{count_words(len(made), 'bundle', 'bundles')} made and kept with the children"]
        said += [f"{lost} not made"] if lost else []
        said += [f"{left} still to be made"] if left else []
        self._shell.announce(Changes(issued=True, pupils=frozenset(one.request.pupil for one in made)))
        self._shell.say(f"{begins}{', '.join(said)}.{' Ctrl+S saves them as files.' if made else ''}")

    def _ask_folder(self) -> None:
        if not self.view.made:
            self._shell.say("No bundle of these was made yet: Ctrl+Enter makes them.")
        elif self._job is None:
            chosen = QFileDialog.getExistingDirectory(self.view, "Save the bundles in", str(Path.home()))
            if chosen:
                self.save_to(Path(chosen))

    def _all_saved(self, paths: tuple[Path, ...]) -> None:
        self._end()
        self._shell.say(
            f"{count_words(len(paths), 'file', 'files')} saved in {paths[0].parent}. No name tells of a child."
        )

    def _not_saved(self, error: Exception) -> None:
        self._end()
        before = f" {count_words(len(self._saved), 'file was', 'files were')} saved before." if self._saved else ""
        self._shell.say(f"{words_of(error)}{before}", alarm=True)

    def _stopped_saving(self) -> None:
        self._end()
        self._shell.say(f"Stopped. {count_words(len(self._saved), 'file was', 'files were')} saved, each whole.")

    def _cancel(self) -> None:
        job = self._job or self._reading
        if job is not None:
            job.cancel()

    def _read_ended(self, job: Job) -> None:
        if job is self._reading:
            self._reading = None
            self.view.strip.end()

    def _drop_reading(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.cancel()
            reading.forget()
            self.view.strip.end()

    def _offer_pupils(self) -> None:
        if self._job is not None:
            self._shell.say(WAIT, alarm=True)
        elif self.view.made:
            self._shell.say("Some of these are made. For another pupil go back, and begin a batch anew.", alarm=True)
        else:
            self.view.picker.open_with_rows(pupil_list(self._shell.context))

    def _add(self, pupil: int) -> None:
        if pupil in self._pupils:
            self._shell.say("That child is in the list already.")
            return
        self._pupils = (*self._pupils, pupil)
        self.view.list.setFocus()
        self.read()

    def _open(self, shown: Shown) -> None:
        if self._job is not None:
            return
        self._drop_reading()
        self.away = True
        if shown.made is not None:
            self._to_made(shown.line.request.pupil)
        else:
            self._to_child(shown.line.request.pupil, shown.line.request.referral)

    def _leave(self) -> None:
        if self._job is not None:
            self._shell.say(WAIT, alarm=True)
            return
        self._drop_reading()
        self._to_list()
