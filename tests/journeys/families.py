"""A family taken through its authority's pack in simulated time: marks day by day, deeds on their days, and what the
program proposed then. The sentences named are those of the authority's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop_app.actions.case_page import CasePage, case_page, proposals_of
from desktop_app.actions.case_work import ask_done, review, say
from desktop_app.actions.casework import close, move, open_at
from desktop_app.actions.court import record_answer
from desktop_app.actions.log import log
from desktop_app.context import Context
from desktop_app.domain.cases import CASE, MEETING, Proposal, ProposalKind, Voice
from desktop_app.domain.casework import Ask
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.kinds import FieldType, KindRule
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.calendar import SchoolCalendar
from tests.support.clock import StillClock

PRESENT = {Half.AM: "/", Half.PM: "\\"}
EXAMPLES = {FieldType.DAY: "2027-07-01", FieldType.TIME: "14:30", FieldType.NUMBER: "3", FieldType.YES_NO: "yes"}
DAY = timedelta(days=1)
Attends = Callable[[date, Half], str]


@dataclass
class Family:
    """One child with both parents, and its case. `marked` is the last day with marks."""

    context: Context
    clock: StillClock
    child: int
    parents: tuple[int, ...]
    calendar: SchoolCalendar
    attends: Attends
    marked: date
    case: int = 0

    def to(self, day: date, at: time = time(16, 0)) -> None:
        """Let the days pass: every session up to that day is marked as the child attends."""
        marks: list[NewMark] = []
        while self.marked < day:
            self.marked += DAY
            marks += [
                NewMark(self.child, self.marked, half, self.attends(self.marked, half))
                for half in HALVES
                if self.calendar.closed(Session(self.marked, half)) is None
            ]
        self.clock.local = datetime.combine(day, at)
        if marks:
            with self.context.store.writing(self.context.deed("registers")) as writing:
                writing.marks.add(marks)

    @property
    def page(self) -> CasePage:
        """The case as its page shows it."""
        return case_page(self.context, self.case)

    def proposals(self) -> tuple[Proposal, ...]:
        """All that is proposed now and not done."""
        found = self.page.proposals if self.case else proposals_of(self.context, self.child)
        return tuple(one for one in found if one.done is None)

    def proposed(self, kind: ProposalKind, step: str, sentence: str, due: date | None = None) -> Proposal:
        """The proposal of that kind that leads to the step, or is of it: made with that sentence of the authority, and
        for that day where one is given."""
        found = [one for one in self.proposals() if (one.kind, one.step) == (kind, step)]
        assert found, [(one.kind.value, one.step, one.title, one.due) for one in self.proposals()]
        assert sentence in found[0].source, found[0].source
        assert due is None or found[0].due == due, found[0].due
        return found[0]

    def not_proposed(self, kind: ProposalKind, step: str) -> bool:
        """Whether nothing of the kind leads to the step."""
        return not any((one.kind, one.step) == (kind, step) for one in self.proposals())

    def open(self, step: str, trigger: str) -> None:
        """Open the case at the step that is proposed, on its trigger."""
        self.case = open_at(self.context, self.child, step, opened_on=trigger)[0]

    def move(self, step: str, despite: str = "") -> None:
        """Move the case."""
        move(self.context, self.case, step, "as the pack says", "the attendance lead and the parents", despite=despite)

    def review(self, outcome: str = "no better") -> None:
        """Review the step, in its meeting where it has one."""
        step = self.page.step
        assert step is not None
        if step.review is not None and step.review.meeting:
            self._log(EntryKind.MEETING, "held", {MEETING: step.review.meeting})
        review(self.context, self.case, outcome)

    def refer(self) -> None:
        """Refer the case to the authority."""
        self._log(EntryKind.LA_REFERRAL, "sent", {})

    def answered(self, answer: str) -> None:
        """The authority answers the last referral."""
        sent = [
            one
            for one in self.page.entries
            if one.kind is EntryKind.LA_REFERRAL and one.outcome == "sent" and not one.adds_to
        ]
        made = record_answer(self.context, sent[-1].id, answer, "It has looked at the case.")[0]
        told = next(one for one in self.page.entries if one.id == made)
        assert (told.outcome, told.adds_to) == (answer, sent[-1].id)

    def close(self, changed: str) -> None:
        """Close the case."""
        close(self.context, self.case, changed, agreed_by="the attendance lead and the parents")

    def do_what_must_be(self) -> tuple[str, ...]:
        """Do every ask of the step without which it cannot be left upwards; which they were."""
        step = self.page.step
        assert step is not None
        left = {one.ask for one in self.proposals() if one.must and one.step == step.key}
        asks = [one for one in step.asks if one.key in left]
        for ask in asks:
            self._do(ask)
        still = {one.ask for one in self.proposals() if one.must and one.step == step.key}
        assert not still, still
        return tuple(one.key for one in asks)

    def _do(self, ask: Ask) -> None:
        if not ask.kind:
            ask_done(self.context, self.case, ask.key, "done")
            return
        kind = EntryKind(ask.kind)
        if kind in (EntryKind.BARRIER, EntryKind.VIEWS):
            for parent in self.parents:
                say(
                    self.context, self.case, kind, "Mornings are hard.", voice=Voice.PARENT, person=parent, **area(kind)
                )
            return
        rule = self.context.rulebook.kinds.rules.get(kind)
        usual = rule.outcomes[0] if rule and rule.outcomes else "done"
        details = {MEETING: ask.meeting} if ask.meeting else {}
        self._log(kind, ask.outcomes[0] if ask.outcomes else usual, details)

    def _log(self, kind: EntryKind, outcome: str, details: Mapping[str, str]) -> None:
        rule = self.context.rulebook.kinds.rules.get(kind)
        entry = NewEntry(kind, self.context.now(), (self.child,), outcome, self.parents)
        if rule is not None and rule.by_hand:
            filled = {CASE: str(self.case), **_filled(rule), **details}
            log(self.context, NewEntry(**{**_fields(entry), "details": filled}))  # type: ignore[arg-type]
            return
        with self.context.store.writing(self.context.deed(f"record {kind.value}")) as writing:
            kept = {CASE: str(self.case), **details}
            writing.entries.add(NewEntry(**{**_fields(entry), "details": kept}))  # type: ignore[arg-type]


def area(kind: EntryKind) -> dict[str, str]:
    """A barrier is about something; a view is about all."""
    return {"area": "lessons"} if kind is EntryKind.BARRIER else {}


def _filled(rule: KindRule) -> dict[str, str]:
    needed = (one for one in rule.fields if one.needed)
    return {one.key: one.choices[0] if one.choices else EXAMPLES.get(one.type, "words") for one in needed}


def _fields(entry: NewEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in NewEntry.__dataclass_fields__}
