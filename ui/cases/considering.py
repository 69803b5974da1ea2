"""The form that says what was considered, and what was found: a need, a measure, an answer a parent may give."""

from __future__ import annotations

from desktop_app.actions.court import consider
from desktop_app.domain.bundle import BundlePlan, Do
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.referrals import DEFENCE, HOLIDAY
from desktop_app.rules.readiness.considered import NEEDS
from ui.cases.deed_panel import Form, Values
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, NoteEdit
from ui.shell import Shell

DEFENCES = ("It does not hold, by the record", "It may hold: ask the authority first")
NEED = ("Nothing that explains the absence", "Something that must be allowed for")
HOLIDAYS = ("It was no holiday", "It was a holiday: the register must say so")
OTHER = ("Looked at: no, or not done", "Looked at: yes, or done")
"""What came of it: decided against, decided for."""


def considering(shell: Shell, plan: BundlePlan, do: Do, title: str) -> Form:
    """The form for what a line asks to be considered. `title` is that of the line."""
    theme, what = shell.theme, do.about
    named, outcomes, about = _named(shell, what, title, do.says)
    found = Choice(theme)
    for number, words in enumerate(outcomes):
        found.add(words, bool(number))
    note = NoteEdit(theme, "what was looked at, and what was found: facts only")
    day = DateEdit(theme, shell.context.today, min(shell.context.today(), plan.request.on))

    def deed(values: Values) -> Changes:
        said = values.text("note")
        if not said:
            raise Refused("Say what was looked at and what was found.")
        reasons = f"{named}: {said}"
        on = values.needed("on")
        return consider(shell.context, plan.pupil.id, what, values.of["found"] is True, reasons, on)[1]

    fields = (
        ("found", Field(theme, "What came of it", found)),
        ("note", Field(theme, "What was looked at", note)),
        ("on", Field(theme, "On which day", day)),
    )
    return Form("Considered", f"{named}. {about}", fields, "Save", deed, f"Put down: {named}.")


def _named(shell: Shell, what: str, title: str, says: str) -> tuple[str, tuple[str, str], str]:
    """What it is called, what can come of it, and what is said above the form."""
    for one in shell.context.rulebook.defences:
        if what == f"{DEFENCE}{one.key}":
            return one.title, DEFENCES, f"{one.says} Source: {one.source}."
    if what.startswith(HOLIDAY):
        return "Whether it was a holiday", HOLIDAYS, says
    if what in NEEDS:
        return NEEDS[what][:1].upper() + NEEDS[what][1:], NEED, "It is put down in the child’s chronology."
    return title, OTHER, says
