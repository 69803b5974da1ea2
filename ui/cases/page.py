"""The place Cases: those that are open, one at a glance, readiness for a referral, and the bundle before printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.actions.case_page import CasePage
from desktop_app.actions.cases import CaseRow, cases, open_case
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.families import contacts
from desktop_app.actions.pupils import pupil_list
from desktop_app.domain.cases import MEETING, Proposal, ProposalKind
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.evidence import SignedOf
from desktop_app.domain.progress import Changes
from ui.cases.batching import Batching
from ui.cases.bundling import Bundling
from ui.cases.case_view import CaseView
from ui.cases.course_view import WHY, CourseView
from ui.cases.deed_panel import Form
from ui.cases.deeds import Deeds
from ui.cases.doing import Doing
from ui.cases.listing import CaseListing
from ui.cases.planning import Planning
from ui.cases.reading import NoCase, child_and_pack, reading_course, referrals_here
from ui.cases.signing import signing
from ui.log.draft import Subject
from ui.reader import Reader
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.waiting import Waiting

LETTERS = (EntryKind.LETTER, EntryKind.WARNING)
FORMAL = (
    *(EntryKind.CONTRACT, EntryKind.CONTRACT_CHECK, EntryKind.CONTRACT_BROKEN, EntryKind.NOTICE_TO_IMPROVE),
    *(EntryKind.PENALTY_NOTICE, EntryKind.SUPERVISION_ORDER, EntryKind.PROSECUTION, EntryKind.LA_REFERRAL),
)
"""The kinds that have a place of their own: letters, and formal steps."""
AT_ONCE = ("B", "D", "P", "A", "F")
"""The ways out of a case, for which nothing of it need be read; every other letter waits until it is.
Behind something that waits these wait too."""
LEFT_OVER = "No form opened, so what was typed for it was not taken: look at what stands there now."


class CasesPage(Page):
    """Asks the actions, and runs the making of a bundle beside the window."""

    place: ClassVar[str] = "cases"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.listing = CaseListing(shell)
        self.course = CourseView(shell)
        self.case = CaseView(shell)
        self.deeds = Deeds(shell)
        self.planning = Planning(shell, self.case, self._opened)
        self.doing = Doing(shell, self.case, self._case_form)
        self._stack = QStackedLayout(self)
        for view in (self.listing, self.course, self.case):
            self._stack.addWidget(view)
        self.bundling = Bundling(shell, self._stack, self.case, self._back_to)
        self.batching = Batching(shell, self._stack, self._show_list, self._show_case, self._show_made)
        self.preview, self.made, self.redact = self.bundling.preview, self.bundling.made, self.bundling.redact
        self._rows: tuple[CaseRow, ...] = ()
        self._reader = Reader(shell, self)
        self._waiting = Waiting(self.course, lambda: self._reader.reading)
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and not (changes.entries or changes.marks or changes.book):
            return
        self._rows = cases(self.shell.context)
        self.listing.show_rows(self._rows)
        if self.course.pupil and self._stack.currentWidget() is self.course:
            self._read_course(self.course.pupil)
        if self.case.pupil and self._stack.currentWidget() is self.case:
            self.planning.plan()
        if self._stack.currentWidget() is self.made:
            self.made.again()
        self.batching.renew()

    def show_at(self, **where: object) -> None:
        """`pupil` whose case is shown; with `referral` true, what a referral of it needs."""
        self._waiting.drop()
        pupil = where.get("pupil")
        if self.doing.away and self._stack.currentWidget() is self.case and where in ({}, {"pupil": self.case.pupil}):
            self.planning.plan()
        elif isinstance(pupil, int):
            if where.get("referral"):
                self._show_case(pupil)
            else:
                self._show_course(pupil)
        elif not where and self._stack.currentWidget() in (self.course, self.case, self.made):
            self._show_list()
        self.doing.away = False

    def list_shown(self) -> tuple[str, ListAsked] | None:
        view = self._stack.currentWidget()
        if view is self.listing:
            return "cases", ListAsked(shown=tuple(str(row.pupil.id) for row in self.listing.table.shown()))
        return ("chronology", ListAsked(pupil=self.course.pupil)) if view is self.course else None

    def first_focus(self) -> QWidget:
        view = self._stack.currentWidget()
        own = self.bundling.first_focus()
        if own is not None:
            return own
        if view is self.course:
            return self.course.first_focus()
        if self.batching.shown:
            return self.batching.view.first_focus()
        return self.case.first_focus() if view is self.case else self.listing.first_focus()

    def _connect(self) -> None:
        self.listing.opened.connect(self._show_course)
        self.listing.another_asked.connect(self._offer_pupils)
        self.listing.batch_asked.connect(self.batching.begin)
        self.case.changed.connect(self.planning.plan)
        self.case.open_asked.connect(self._open_case)
        self.case.log_asked.connect(self._log)
        self.case.line_asked.connect(self.doing.do)
        self.case.sign_asked.connect(self._sign)
        self.case.made_asked.connect(lambda: self._show_made(self.case.pupil))
        self.course.left.connect(self._show_list)
        self.course.asked.connect(self._asked)
        self.course.opened.connect(self._do)
        self._waiting.left_over.connect(lambda: self.shell.say(LEFT_OVER, alarm=True))
        self.course.chronology.entry_asked.connect(self._open_entry)
        self.case.left.connect(self._leave_case)

    def _offer_pupils(self) -> None:
        self.listing.picker.open_with_rows(pupil_list(self.shell.context))

    def _show_list(self) -> None:
        self._reader.drop()
        self.batching.away = False
        self._stack.setCurrentWidget(self.listing)
        self.listing.table.select_key(self.course.pupil or self.case.pupil)
        self.listing.first_focus().setFocus()

    def _show_course(self, pupil: int) -> None:
        """The case of a child at a glance; without a case, what is proposed for it."""
        self.batching.away = False
        self.course.panel.close_panel()
        self.course.log_panel.close_panel()
        if pupil != self.course.pupil or self._reader.reading:
            known = self._opened(pupil)
            self.course.begin(pupil, known.pupil.name if known else "")
        self._stack.setCurrentWidget(self.course)
        self.course.make_room()
        self.course.first_focus().setFocus()
        self._read_course(pupil)

    def _read_course(self, pupil: int) -> None:
        """Read it again beside the window: what is shown stays until the answer is there."""
        self._reader.read(reading_course(self.shell.context, pupil), self._show_read, self._not_read)

    def _show_read(self, found: CasePage | NoCase) -> None:
        """The current line stays where it was, and the keys that were pressed meanwhile are carried out now."""
        course, row = self.course, self.course.list.currentIndex().row()
        if isinstance(found, NoCase):
            course.show_child(found.child, found.pack, found.found)
        else:
            course.show_page(found)
        course.list.setCurrentIndex(course.model.index(max(row, 0), 0))
        if course.hasFocus():
            course.first_focus().setFocus()
        self._waiting.go_on()

    def _not_read(self, error: Exception) -> None:
        """A case that cannot be read is said, and where nothing of it is shown yet, the list is."""
        self._waiting.drop()
        if self.course.page is None and self._stack.currentWidget() is self.course:
            self._show_list()
        self.shell.say(words_of(error), alarm=True)

    def _open_entry(self, entry: Entry) -> None:
        self.shell.go("pupils", pupil=self.course.pupil, entry=entry.id)

    def _asked(self, letter: str) -> None:
        """A letter at the case: the forms, and the ways out of it."""
        page = self.course.page
        if self._waiting.behind or (self._reader.reading and letter not in AT_ONCE):
            self._waiting.wait(lambda: self._asked(letter))
        elif (way := self._ways_out().get(letter)) is not None:
            way()
        elif letter == "O" and (page is None or page.state.closed is not None):
            self._open_form(None)
        elif letter == "G" and page is not None and not page.owed:
            self.shell.say("Nobody owes anything for this case: T gives somebody a task.")
        elif page is not None and letter in self._forms():
            self._open_panel(self._forms()[letter](page))

    def _ways_out(self) -> dict[str, Callable[[], object]]:
        """Where a letter leads from the case."""
        shell, pupil = self.shell, self.course.pupil
        source = f"the case of {self.course.header.title.text().removesuffix(' · case')}"
        return {
            "B": lambda: self._show_case(pupil),
            "D": lambda: self._show_made(pupil),
            "P": lambda: shell.go("pupils", pupil=pupil),
            WHY: lambda: shell.go("pupils", pupil=pupil, explain=True),
            "A": lambda: shell.go("reports", report="agenda", pupil=pupil),
            "L": lambda: self._log_course(EntryKind.PHONE_CALL),
            "K": lambda: shell.go("letters", pupils=(pupil,), source=source),
            "F": lambda: shell.go("formal", pupil=pupil, back="cases"),
        }

    def _forms(self) -> dict[str, Callable[[CasePage], Form]]:
        deeds = self.deeds
        return {
            "M": deeds.move, "R": deeds.review, "T": deeds.task, "G": deeds.give, "S": deeds.say, "W": deeds.lead,
            "H": deeds.pause, "X": deeds.close,
        }  # fmt: skip

    def _do(self, proposal: Proposal) -> None:
        """Do what a line proposes: here where the case has a form for it, else where it is done."""
        page = self.course.page
        if self._reader.reading or self._waiting.behind:
            self._waiting.wait(lambda: self._do_still(proposal))
        elif proposal.done is not None:
            self.course.chronology.pick(proposal.done)
            self.shell.say(f"{proposal.says} It stands in the chronology: C.")
        elif page is None:
            self._open_form(proposal)
        elif proposal.kind is ProposalKind.OPEN:  # a case of before there were steps
            self._open_panel(self.deeds.move(page, proposal.step))
        elif (form := self.deeds.of(page, proposal)) is not None:
            self._open_panel(form)
        elif proposal.entry_kind in LETTERS:
            self._asked("K")
        elif proposal.entry_kind in FORMAL:
            self._asked("F")
        elif (kind := self._by_hand(proposal.entry_kind)) is not None:
            self._log_course(kind, {MEETING: proposal.meeting} if proposal.meeting else {})
        else:
            self._open_panel(self.deeds.tick(page, proposal))

    def _do_still(self, proposal: Proposal) -> None:
        """Do what a line proposed before the case was read again, unless that is done or proposed no longer."""
        still = next((one for one in self.course.proposals() if same(one, proposal)), None)
        if still is not None:
            self._do(still)
        else:
            self.shell.say(f"{proposal.title}: that is done meanwhile, or no longer what comes next.")

    def _open_form(self, proposal: Proposal | None) -> None:
        try:
            child, pack = child_and_pack(self.shell.context, self.course.pupil)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        found = proposal or next((line.proposal for line in self.course.model.lines), None)
        self._open_panel(self.deeds.open(child, pack, found))

    def _open_panel(self, form: Form) -> None:
        self.course.log_panel.close_panel()
        self.course.panel.open_form(form)
        self.course.make_room()

    def _by_hand(self, kind: str) -> EntryKind | None:
        """The kind of entry where a person may log it, as it stands."""
        rules = self.shell.context.rulebook.kinds.by_hand()
        return next((rule.kind for rule in rules if rule.kind == kind), None)

    def _log_course(self, kind: EntryKind, details: Mapping[str, str] | None = None) -> None:
        pupil = self.course.pupil
        child, _ = child_and_pack(self.shell.context, pupil)
        self.course.panel.close_panel()
        self.course.log_panel.open_for(Subject((child,), contacts(self.shell.context, [pupil])), kind, details=details)
        self.course.make_room()

    def _case_form(self, pupil: int, letter: str) -> None:
        """The case of a child with the form of a letter open."""
        self._show_course(pupil)
        if letter:
            self._asked(letter)

    def _sign(self, of: str) -> None:
        """Keep a signed page, or draft what is to be signed: the form for it opens here."""
        plan = self.case.plan
        if plan is not None and of in list(SignedOf):
            self.case.log_panel.close_panel()
            self.case.panel.open_form(signing(self.shell, self, plan, SignedOf(of)))
            self.case.make_room()

    def _leave_case(self) -> None:
        """From the referral back to the case it is of, or to the batch it was looked at for."""
        if self.batching.away:
            self.batching.back()
        else:
            self._show_course(self.case.pupil)

    def _show_case(self, pupil: int, referral: str = "") -> None:
        pack = referrals_here(self.shell.context)
        opened = self._opened(pupil)
        first = referral or (opened.referral if opened else pack.referrals[0].key if pack.referrals else "")
        self.case.log_panel.close_panel()
        self.case.panel.close_panel()
        parents = [card for card in contacts(self.shell.context, [pupil]) if card.is_parent]
        self.case.show_pupil(pupil, pack, first, parents)
        self._stack.setCurrentWidget(self.case)
        self.planning.plan()
        self.case.first_focus().setFocus()

    def _opened(self, pupil: int) -> CaseRow | None:
        return next((row for row in self._rows if row.pupil.id == pupil), None)

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
            self.case.panel.close_panel()
            self.case.log_panel.open_for(Subject((planned.pupil,), people))
            self.case.make_room()

    def _show_made(self, pupil: int) -> None:
        """The bundles made of a child."""
        try:
            child, _ = child_and_pack(self.shell.context, pupil)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.bundling.show_made(pupil, child.name)

    def _back_to(self, view: QWidget) -> None:
        """From what was made back to where it was asked for."""
        if view is self.course:
            self._show_course(self.course.pupil)
            return
        if view is self.batching.view:
            self.batching.back()
            return
        self._stack.setCurrentWidget(self.case)
        self.planning.plan()
        self.case.first_focus().setFocus()


def same(one: Proposal, other: Proposal) -> bool:
    """Whether two readings propose the same, and it is not done yet."""
    of_one, of_other = ((each.kind, each.step, each.ask, each.title) for each in (one, other))
    return one.done is None and of_one == of_other
