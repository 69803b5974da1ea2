"""The place Cases: the open ones, one pupil's readiness for a referral, and the bundle before it is printed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.actions.bundle import make, plan
from desktop_app.actions.cases import CaseRow, cases, open_case
from desktop_app.actions.families import contacts
from desktop_app.actions.pupils import pupil_list
from desktop_app.domain.bundle import Bundle, BundlePlan
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from ui.cases.case_view import CaseView
from ui.cases.listing import CaseListing
from ui.cases.preview import Preview
from ui.log.draft import Subject
from ui.runner import Job, words_of
from ui.shell import Page, Shell


class CasesPage(Page):
    """Asks the actions, and runs the making of a bundle beside the window."""

    place: ClassVar[str] = "cases"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.listing = CaseListing(shell)
        self.case = CaseView(shell)
        self.preview = Preview(shell)
        self._stack = QStackedLayout(self)
        for view in (self.listing, self.case, self.preview):
            self._stack.addWidget(view)
        self._rows: tuple[CaseRow, ...] = ()
        self._job: Job | None = None
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and not (changes.entries or changes.marks or changes.book):
            return
        self._rows = cases(self.shell.context)
        self.listing.show_rows(self._rows)
        if self.case.pupil and self._stack.currentWidget() is self.case:
            self._plan()

    def show_at(self, **where: object) -> None:
        pupil = where.get("pupil")
        if isinstance(pupil, int):
            self._show_case(pupil)
        elif not where and self._stack.currentWidget() is self.case:
            self._show_list()

    def first_focus(self) -> QWidget:
        view = self._stack.currentWidget()
        if view is self.preview:
            return self.preview.sheet
        return self.case.first_focus() if view is self.case else self.listing.first_focus()

    def _connect(self) -> None:
        self.listing.opened.connect(self._show_case)
        self.listing.another_asked.connect(self._offer_pupils)
        self.case.changed.connect(self._plan)
        self.case.build_asked.connect(self._build)
        self.case.open_asked.connect(self._open_case)
        self.case.log_asked.connect(self._log)
        self.case.left.connect(self._show_list)
        self.case.strip.cancelled.connect(self._cancel)
        self.preview.left.connect(self._leave_preview)

    def _offer_pupils(self) -> None:
        self.listing.picker.open_with_rows(pupil_list(self.shell.context))

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self.listing)
        self.listing.table.select_key(self.case.pupil)
        self.listing.first_focus().setFocus()

    def _show_case(self, pupil: int) -> None:
        with self.shell.context.store.reading() as reading:
            pack = self.shell.context.pack(reading.book.school())
        opened = self._opened(pupil)
        first = pack.referrals[0].key if pack.referrals else ""
        self.case.log_panel.close_panel()
        self.case.show_pupil(pupil, pack, opened.referral if opened else first)
        self._stack.setCurrentWidget(self.case)
        self._plan()
        self.case.first_focus().setFocus()

    def _opened(self, pupil: int) -> CaseRow | None:
        return next((row for row in self._rows if row.pupil.id == pupil), None)

    def _plan(self) -> None:
        """Work out what the referral would hold and lacks; nothing is drawn for it."""
        request = self.case.request()
        if request is None:
            return
        try:
            planned = plan(self.shell.context, request)
        except Refused as refused:
            self.case.show_refusal(str(refused))
            return
        opened = self._opened(request.pupil)
        this_one = opened is not None and opened.referral == request.referral
        self.case.show_plan(planned, opened.opened if opened is not None and this_one else None)

    def _open_case(self) -> None:
        planned = self.case.plan
        if planned is None:
            return
        try:
            _entry, changes = open_case(self.shell.context, planned.pupil.id, planned.referral.key)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.shell.announce(changes)
        self.shell.say(f"Case opened: {planned.pupil.name}, {planned.referral.title}.")

    def _log(self) -> None:
        planned = self.case.plan
        if planned is not None:
            people = contacts(self.shell.context, [planned.pupil.id])
            self.case.log_panel.open_for(Subject((planned.pupil,), people))
            self.case.make_room()

    def _build(self) -> None:
        """Make the bundle in memory: nothing of it is on the disk before it is saved."""
        request, planned = self.case.request(), self.case.plan
        if request is None or planned is None or self._job is not None:
            return
        work = make(self.shell.context, request)
        self.case.strip.begin("Reading the case")
        self.case.set_building(True)
        self._job = self.shell.runner.start(
            work,
            self.case.strip.show_progress,
            lambda built: self._built(built, planned),
            self._not_built,
            self._end_build,
        )

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _built(self, built: Bundle, planned: BundlePlan) -> None:
        self._end_build()
        self.preview.show_bundle(built, f"{planned.pupil.name} · {planned.referral.title}")
        self._stack.setCurrentWidget(self.preview)
        self.preview.sheet.setFocus()
        self.shell.announce(Changes(issued=True, pupils=frozenset({planned.pupil.id})))
        self.shell.say(f"{built.reference}: {built.pages} pages. Save or print it before you leave.")

    def _not_built(self, error: Exception) -> None:
        self._end_build()
        self.shell.say(words_of(error), alarm=True)

    def _end_build(self) -> None:
        self._job = None
        self.case.strip.end()
        self.case.set_building(False)

    def _leave_preview(self) -> None:
        self.preview.drop()
        self._stack.setCurrentWidget(self.case)
        self._plan()
        self.case.first_focus().setFocus()
