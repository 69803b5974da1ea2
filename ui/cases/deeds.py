"""The forms of a case: what each deed asks, and which action does it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from desktop_app.actions.case_page import CasePage
from desktop_app.actions.case_work import add_task, ask_done, pause, resume, review, say
from desktop_app.actions.casework import close, lead, move, open_at
from desktop_app.actions.tasks import own_task
from desktop_app.domain.cases import CaseStatus, Proposal, ProposalKind, Voice
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.staff import Staff
from desktop_app.rules.casework.order import is_up
from desktop_app.rules.display import date_year
from ui.cases.deed_panel import Form, Values
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit
from ui.shell import Shell

Editor = Choice | DateEdit | LineEdit | NoteEdit
MOVES = (ProposalKind.MOVE_UP, ProposalKind.MOVE_DOWN)
FORTNIGHT = timedelta(days=14)
SAID = {
    EntryKind.BARRIER: "Something in the way",
    EntryKind.STRENGTH: "Something that helps",
    EntryKind.VIEWS: "What they say of it",
}


class Deeds:
    """It builds forms; the panel shows them and the actions decide."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def of(self, page: CasePage, proposal: Proposal) -> Form | None:
        """The form of what a line proposes; None where it is done elsewhere."""
        if proposal.kind in MOVES or (proposal.kind is ProposalKind.CONSIDER and not proposal.ask):
            return self.move(page, proposal.step)
        if proposal.entry_kind in SAID:
            return self.say(page)
        forms = {ProposalKind.REVIEW: self.review, ProposalKind.CLOSE: self.close, ProposalKind.RESUME: self.pause}
        return forms[proposal.kind](page) if proposal.kind in forms else None

    def open(self, child: Pupil, pack: Pack, proposal: Proposal | None) -> Form:
        """Open a case of a child, at the step that is proposed."""
        steps = self._choice((one.key, one.title) for one in pack.casework.steps if not one.after or one.urgent)
        if proposal is not None:
            steps.choose(proposal.step)
        trigger = proposal.trigger if proposal else ""

        def deed(values: Values) -> Changes:
            return open_at(
                self._shell.context, child.id, str(values.of["step"]), lead=values.number("lead"), opened_on=trigger,
                note=values.text("note"), despite=values.text("despite"),
            )[1]  # fmt: skip

        fields = (
            self._field("step", "Step", steps),
            self._field("lead", "Who leads", self._staff(self._shell.context.staff.id)),
            self._field("note", "What it is about", self._note("in a sentence or two")),
            self._field("despite", "Why it begins at that step", self._line("only where it is an urgent one")),
        )
        about = proposal.says if proposal else f"Under {pack.title}, version {pack.version}."
        return Form("Open a case", about, fields, "Open it", deed, f"Case opened: {child.name}.")

    def move(self, page: CasePage, to: str = "") -> Form:
        """Move the case to a step: the likeliest first."""
        here, casework = page.state.step, page.pack.casework
        likely = list(page.step.ways) if page.step else []
        rest = [one.key for one in casework.steps if one.key not in likely and one.key != here]
        titles = {one.key: one.title for one in casework.steps}
        steps = self._choice((key, f"{self._way(page, key)} {titles[key]}") for key in [*likely, *rest])
        if to:
            steps.choose(to)

        def deed(values: Values) -> Changes:
            return move(
                self._shell.context, page.state.id, str(values.of["step"]), values.text("reason"),
                values.text("agreed"), lead=values.number("lead"), despite=values.text("despite"),
            )[1]  # fmt: skip

        missing = [one.title for one in page.proposals if one.must and one.done is None and one.step == here]
        about = f"Still to do here: {'; '.join(missing)}" if missing else ""
        fields = [
            self._field("step", "To", steps),
            self._field("reason", "Why", self._note("what was tried, and what came of it")),
            self._field("agreed", "Who agreed", self._line("names, as people know them")),
            self._field("lead", "Who leads from now on", self._staff(0, "as before")),
        ]
        if missing:
            fields.append(self._field("despite", "Why it goes on without that", self._line("only to go up")))
        return Form("Move the case", about, fields, "Move it", deed, f"{page.child.name}: the case was moved.")

    def review(self, page: CasePage) -> Form:
        """Put down a review of the present step."""
        due = f"The review is due on {date_year(page.review_due)}. " if page.review_due else ""

        def deed(values: Values) -> Changes:
            return review(
                self._shell.context, page.state.id, values.text("outcome"), note=values.text("note"),
                next_due=values.day("next"),
            )[1]  # fmt: skip

        fields = (
            self._field("outcome", "What came of it", self._line("better, no better, worse – and what now")),
            self._field("note", "What was said", self._note("facts, in a few sentences")),
            self._field("next", "Next review", self._day(), "Empty: as the pack says."),
        )
        return Form("Review", f"{due}{page.how.says}", fields, "Save", deed, f"Reviewed: {page.child.name}.")

    def task(self, page: CasePage) -> Form:
        """Give somebody a task."""

        def deed(values: Values) -> Changes:
            return add_task(
                self._shell.context, page.state.id, values.text("text"), values.needed("due"),
                owner=values.number("owner"),
            )[1]  # fmt: skip

        by = self._day()
        by.set_date(self._shell.context.today() + FORTNIGHT)
        fields = (
            self._field("text", "What", self._line("ask about the bus; meet him at the gate")),
            self._field("owner", "Who", self._staff(self._shell.context.staff.id)),
            self._field("due", "By", by),
        )
        return Form("A task", "", fields, "Give it", deed, f"Task kept for {page.child.name}.")

    def give(self, page: CasePage) -> Form:
        """Give a task to somebody else, or another day."""
        owed = sorted(page.owed, key=lambda one: one.task.due)
        tasks = self._choice((one.task.id, f"{one.task.text} · {one.owner or 'nobody named'}") for one in owed)

        def deed(values: Values) -> Changes:
            return own_task(
                self._shell.context, values.number("task"), values.number("owner"), due=values.day("due")
            )  # fmt: skip

        fields = (
            self._field("task", "Which", tasks),
            self._field("owner", "Who has it from now on", self._staff(self._shell.context.staff.id, "nobody named")),
            self._field("due", "By", self._day(), "Empty: the day stays."),
        )
        return Form("Hand a task on", "", fields, "Give it", deed, f"{page.child.name}: the task was handed on.")

    def say(self, page: CasePage) -> Form:
        """Put down a barrier, a strength or what somebody says, in their words."""
        kinds = self._choice((kind.value, words) for kind, words in SAID.items())
        voices = self._choice(
            [
                (f"{Voice.PUPIL.value}:0", page.child.forename),
                *((f"{Voice.PARENT.value}:{key}", name) for key, name in page.parents.items()),
                (f"{Voice.SCHOOL.value}:0", "the school"),
            ]
        )
        barriers = self._shell.context.rulebook.kinds.barriers
        areas = self._choice((one.key, f"{one.title} ({one.group})") for one in barriers)

        def deed(values: Values) -> Changes:
            kind = EntryKind(str(values.of["kind"]))
            voice, _, person = str(values.of["voice"]).partition(":")
            return say(
                self._shell.context, page.state.id, kind, values.text("words"), voice=Voice(voice),
                person=int(person), area=str(values.of["area"]) if kind is EntryKind.BARRIER else "",
            )[1]  # fmt: skip

        fields = (
            self._field("kind", "What", kinds),
            self._field("voice", "Whose words", voices),
            self._field("area", "What it is about", areas, "Only of something in the way."),
            self._field("words", "In their words", self._note("as they said it")),
        )
        about = "What the child says and what each parent says is kept apart, and not repeated to the other."
        return Form("What was said", about, fields, "Save", deed, f"Kept: {page.child.name}.")

    def lead(self, page: CasePage) -> Form:
        """Say who leads."""

        def deed(values: Values) -> Changes:
            return lead(self._shell.context, page.state.id, values.number("lead"), note=values.text("note"))[1]

        fields = (
            self._field("lead", "Who leads", self._staff(self._shell.context.staff.id)),
            self._field("note", "Why", self._line("may stay empty")),
        )
        return Form("Who leads", "", fields, "Save", deed, f"{page.child.name}: who leads was kept.")

    def pause(self, page: CasePage) -> Form:
        """Pause the case until a day, or take it up again."""
        if page.state.status is CaseStatus.PAUSED:

            def again(values: Values) -> Changes:
                return resume(self._shell.context, page.state.id, values.text("note"))[1]

            fields = (self._field("note", "What changed", self._line("may stay empty")),)
            about = f"Paused until {date_year(page.state.pauses[-1].until)}."
            return Form("Take up again", about, fields, "Take it up", again, f"{page.child.name}: taken up again.")
        reasons = self._choice((one.key, one.title) for one in page.pack.casework.pauses)

        def deed(values: Values) -> Changes:
            return pause(
                self._shell.context, page.state.id, str(values.of["reason"]), values.needed("until"),
                note=values.text("note"),
            )[1]  # fmt: skip

        fields = (
            self._field("reason", "Why", reasons),
            self._field("until", "Until", self._day(), "A day, so that the case does not drift."),
            self._field("note", "Which help goes on meanwhile", self._note("who keeps in touch, and how")),
        )
        return Form("Pause the case", "", fields, "Pause it", deed, f"{page.child.name}: the case is paused.")

    def close(self, page: CasePage) -> Form:
        """Close the case."""

        def deed(values: Values) -> Changes:
            return close(
                self._shell.context, page.state.id, values.text("changed"), agreed_by=values.text("agreed")
            )[1]  # fmt: skip

        fields = (
            self._field("changed", "What changed", self._note("what helped; what to look out for")),
            self._field("agreed", "Who agreed", self._line("names, as people know them")),
        )
        return Form("Close the case", page.how.says, fields, "Close it", deed, f"Case closed: {page.child.name}.")

    def tick(self, page: CasePage, proposal: Proposal) -> Form:
        """Say that something was done for which there is no form of its own."""

        def deed(values: Values) -> Changes:
            return ask_done(self._shell.context, page.state.id, proposal.ask, values.text("outcome"))[1]

        fields = (self._field("outcome", "What came of it", self._note("who, when, what")),)
        return Form(proposal.title, proposal.says, fields, "Done", deed, f"Done: {proposal.title}.")

    def _way(self, page: CasePage, key: str) -> str:
        return "↑" if not page.state.step or is_up(page.pack.casework, page.state.step, key) else "↓"

    def _field(
        self, key: str, words: str, editor: Choice | DateEdit | LineEdit | NoteEdit, help_text: str = ""
    ) -> tuple[str, Field]:
        return key, Field(self._shell.theme, words, editor, help_text)

    def _line(self, placeholder: str) -> LineEdit:
        return LineEdit(self._shell.theme, placeholder)

    def _note(self, placeholder: str) -> NoteEdit:
        return NoteEdit(self._shell.theme, placeholder)

    def _day(self) -> DateEdit:
        return DateEdit(self._shell.theme, self._shell.context.today)

    def _choice(self, values: Iterable[tuple[object, str]]) -> Choice:
        made = Choice(self._shell.theme)
        for value, words in values:
            made.add(words, value)
        return made

    def _staff(self, chosen: int, nobody: str = "nobody yet") -> Choice:
        made = self._choice([(0, nobody)])
        with self._shell.context.store.reading() as reading:
            for one in sorted(reading.book.all(Staff), key=lambda one: one.name):
                if one.active:
                    made.add(f"{one.name}, {one.position}", one.id)
        made.choose(chosen)
        return made
