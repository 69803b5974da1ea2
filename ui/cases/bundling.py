"""Making a bundle and what follows from it: the preview, the bundles made, the blacking of an exhibit’s page."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.actions.attachments import open_attachment
from desktop_app.actions.bundle import make
from desktop_app.actions.frozen import again
from desktop_app.domain.bundle import Bundle, BundlePlan
from desktop_app.domain.errors import Refused
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.frozen import KeptBundle
from desktop_app.domain.progress import Changes, Progress
from desktop_app.rules.session_lists import count_words
from ui.cases.bundle_preview import BundlePreview
from ui.cases.case_view import CaseView
from ui.cases.made_view import MadeView
from ui.cases.redacting import RedactView
from ui.cases.relied_view import ReliedView
from ui.runner import Job, words_of
from ui.shell import Shell

Show = Callable[[QWidget], None]


class Bundling(QObject):
    """It runs long work beside the window and shows its views in the stack of the page. `back` goes to a view that was
    there before, and has it read again."""

    def __init__(self, shell: Shell, stack: QStackedLayout, case: CaseView, back: Show) -> None:
        super().__init__(case)
        self._shell, self._stack, self._case, self._back = shell, stack, case, back
        self.preview = BundlePreview(shell)
        self.made = MadeView(shell)
        self.redact = RedactView(shell)
        self.relied = ReliedView(shell)
        for view in (self.preview, self.made, self.redact, self.relied):
            stack.addWidget(view)
        self._job: Job | None = None
        self._before_preview: QWidget = case
        self._before_made: QWidget = case
        case.build_asked.connect(self.build)
        case.strip.cancelled.connect(self._cancel)
        case.parts.redact_asked.connect(self._take_exhibit)
        self.made.opened.connect(self._open_again)
        self.made.left.connect(lambda: self._back(self._before_made))
        self.preview.left.connect(self._leave_preview)
        case.relied_asked.connect(self._show_reliable)
        self.relied.left.connect(self._leave_relied)
        self.redact.changed.connect(case.parts.set_redacted)
        self.redact.left.connect(self._leave_redact)

    def first_focus(self) -> QWidget | None:
        """Of the view of its own that is shown; None: another is."""
        now = self._stack.currentWidget()
        if now is self.preview:
            return self.preview.sheet
        if now is self.redact:
            return self.redact.canvas
        if now is self.relied:
            return self.relied.view
        return self.made.first_focus() if now is self.made else None

    def show_made(self, pupil: int, name: str) -> None:
        """Show the bundles made of a child; Esc goes back to where this was asked."""
        self._before_made = self._stack.currentWidget() or self._case
        try:
            self.made.show_child(pupil, name)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._stack.setCurrentWidget(self.made)
        self.made.first_focus().setFocus()

    def build(self) -> None:
        """Make the bundle in memory: nothing of it is on the disk before it is saved."""
        request, planned = self._case.request(), self._case.plan
        if request is None or planned is None or self._job is not None:
            return
        self._start(make(self._shell.context, request), "Reading the case", partial(self._built, planned=planned))

    def _start(self, work: Generator[Progress, None, object], words: str, done: Callable[..., object]) -> None:
        self._case.strip.begin(words)
        self._case.set_building(True)

        def ended(result: object) -> None:
            self._end()
            done(result)

        self._job = self._shell.runner.start(work, self._case.strip.show_progress, ended, self._failed, self._end)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._shell.say(words_of(error), alarm=True)

    def _end(self) -> None:
        self._job = None
        self._case.strip.end()
        self._case.set_building(False)

    def _built(self, built: Bundle, planned: BundlePlan) -> None:
        request, name = planned.request, planned.pupil.name
        self._before_preview = self._case
        self.preview.show_made(built, request.referral, request.on, f"{name} · {planned.referral.title}")
        self._stack.setCurrentWidget(self.preview)
        self.preview.sheet.setFocus()
        self._shell.announce(Changes(issued=True, pupils=frozenset({planned.pupil.id})))
        self._shell.say(f"{built.reference}: {built.pages} pages. {_lacking(built)}Save or print it before you leave.")

    def _open_again(self, kept: KeptBundle) -> None:
        try:
            file = again(self._shell.context, kept.reference)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._before_preview = self.made
        self.preview.show_kept(kept, file.content, self.made.header.title.text().partition(" · ")[0])
        self._stack.setCurrentWidget(self.preview)
        self.preview.sheet.setFocus()

    def _leave_preview(self) -> None:
        self.preview.drop()
        if self._before_preview is self.made:
            self.made.again()
            self._stack.setCurrentWidget(self.made)
            self.made.first_focus().setFocus()
        else:
            self._back(self._case)

    def _take_exhibit(self, exhibit: Exhibit) -> None:
        """Read the file of an exhibit beside the window: a scan of many pages takes its time."""
        if self._job is None:
            self._start(self._taking(exhibit), "Opening the exhibit", partial(self._show_exhibit, exhibit))

    def _taking(self, exhibit: Exhibit) -> Generator[Progress, None, object]:
        from desktop_app.documents.taken import take  # noqa: PLC0415 - loaded with the first exhibit

        yield Progress(0, 1, f"Opening “{exhibit.attachment.shown_name}”")
        return take(exhibit, open_attachment(self._shell.context, exhibit.attachment.id).content)

    def _show_exhibit(self, exhibit: Exhibit, taken: object) -> None:
        from desktop_app.documents.taken import TakenFile  # noqa: PLC0415 - loaded with the first exhibit

        if not isinstance(taken, TakenFile):
            return
        if taken.why or not taken.pages:
            self._shell.say(taken.why or "It has no page that could be blacked.", alarm=True)
            return
        self.redact.show_exhibit(exhibit, taken, self._case.parts.redacted)
        self._stack.setCurrentWidget(self.redact)
        self.redact.canvas.setFocus()

    def _show_reliable(self) -> None:
        plan = self._case.plan
        if plan is None or self._job is not None:
            return
        if not plan.reliable:
            self._shell.say("The period has no unauthorised session, so there is none to choose.")
            return
        self.relied.show_plan(plan)
        self._stack.setCurrentWidget(self.relied)
        self.relied.view.setFocus()

    def _leave_relied(self) -> None:
        """Back to the referral, which is worked out anew with what was chosen."""
        self._case.asked.offences = self.relied.chosen
        self._shell.forget_alarm()
        self._back(self._case)

    def _leave_redact(self) -> None:
        self.redact.drop()
        self._stack.setCurrentWidget(self._case)
        self._case.parts.view.setFocus()


def _lacking(built: Bundle) -> str:
    """Of a bundle that is not ready its maker is told, and nobody else."""
    if not built.missing:
        return ""
    return f"Not ready: {count_words(len(built.missing), 'thing', 'things')} missing or to check, as listed before. "
