"""The lines of the early-call list: who is on it, and who might be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.actions.calling import SEE_DSL, Family
from desktop_app.actions.early_calls import EarlyList
from desktop_app.domain.calls import EarlyLine, EarlyProposal
from desktop_app.domain.people import Pupil
from desktop_app.rules.display import short_date
from desktop_app.rules.early_calls import helped
from ui.parts.rows import Column, Kind


@dataclass(frozen=True, slots=True)
class EarlyRow:
    """One line: a child on the list with the family to ring, or one who might be put on it."""

    pupil: Pupil
    class_name: str
    line: EarlyLine | None = None
    family: Family | None = None
    proposal: EarlyProposal | None = None

    @property
    def state(self) -> str:
        """How it stands this morning."""
        if self.family is None:
            return "Proposed"
        if self.family.held:
            return SEE_DSL.capitalize().replace("dsl", "DSL")
        if self.family.reached:
            return "✓ Reached"
        return "Tried" if self.family.last_words else "To ring"

    @property
    def why(self) -> str:
        """Why it is on the list, or might be."""
        return self.line.spell.reason if self.line else " ".join(self.proposal.says if self.proposal else ())

    @property
    def last(self) -> str:
        """What was done this morning, else whom to ring."""
        if self.family is None or self.family.held:
            return ""
        if self.family.last_words:
            return self.family.last_words
        dial = self.family.dial
        return f"{dial.person.formal_name}, {dial.channel.value}" if dial else "Nobody with a number to call"

    @property
    def until(self) -> str:
        """Until when, and whether it helped."""
        if self.line is None:
            return ""
        spell = self.line.spell
        return f"until {short_date(spell.review)}. {helped(self.line.before, self.line.since)}."


COLUMNS: tuple[Column[EarlyRow], ...] = (
    Column("This morning", lambda row: row.state, width=12, strong=lambda row: row.state == "To ring"),
    Column("Child", lambda row: row.pupil.list_name, Kind.NAME, width=20, beside=lambda row: row.class_name),
    Column("Whom to ring, what was said", lambda row: row.last, width=30),
    Column("Why, and did it help", lambda row: row.why, second=lambda row: row.until),
)


def rows_of(found: EarlyList, proposals: Sequence[EarlyProposal]) -> list[EarlyRow]:
    """Those on the list in the order to ring, then those who might be."""
    lines = {one.pupil.id: one for one in found.lines}
    rows = [
        EarlyRow(child.pupil, child.class_name, lines.get(child.pupil.id), family)
        for family in found.families
        for child in family.pupils
    ]
    return [*rows, *(EarlyRow(one.pupil, one.class_name, proposal=one) for one in proposals)]
