"""The log of a demo school as entries: of whom, with whom, and to which case what belongs to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.cases import CASE, STEP, Voice, task_kind
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.rulebook import Pack
from desktop_app.ports import Writing
from desktop_app.rules.casework.state import LEAD, PERSON, VOICE
from desktop_app.rules.demo_log import Said
from desktop_app.rules.demo_school import Story

FRIDAY = 4


class Chronicle:
    """Writes what was said. `pupils` and `persons` are the ids in the store by our keys, as they become known; `staff`
    those of the authors by the keys of the story."""

    def __init__(self, story: Story, pack: Pack, pupils: Mapping[int, int], persons: Mapping[int, int]) -> None:
        self._story, self._pack = story, pack
        self._pupils, self._persons = pupils, persons
        self._cases: dict[int, int] = {}
        self.staff: Mapping[str, int] = {}
        referral = pack.referrals[0]
        self._details: dict[str, str] = {
            "referral": referral.key,
            "referral_title": referral.title,
            "pack": pack.key,
            "version": pack.version,
        }

    def add(self, writing: Writing, many: Sequence[Said]) -> None:
        """Each as an entry, with the tasks it gives. What opens a case makes it known to what follows; where none is
        open yet, what belongs to one is not told."""
        for said in many:
            child = said.children[0]
            case = self._cases.get(child, 0)
            if said.of_case and not case:
                continue
            number = writing.entries.add(self._entry(said, case))
            if said.kind is EntryKind.CASE_OPENED:
                case = self._cases[child] = number
            for what, days, words in said.tasks:
                due = weekday(said.at.date() + timedelta(days=days))
                owner = self.staff.get(said.author)
                writing.book.put(Task(0, self._pupils[child], task_kind(case, what), due, owner, words))

    def _entry(self, said: Said, case: int) -> NewEntry:
        entry = NewEntry(
            kind=said.kind,
            happened_at=said.at,
            pupils=tuple(self._pupils[key] for key in said.children),
            outcome=said.outcome,
            persons=tuple(self._persons[key] for key in said.adults),
            note=said.note,
        )
        details = dict(said.details)
        if said.kind is EntryKind.CASE_OPENED:
            step = self._pack.casework.step(details.get(STEP, ""))
            title = step.title if step else self._details["referral_title"]
            details |= {"pupil": self._story.roster.children[said.children[0]].pupil.upn, **self._details}
            if lead := self.staff.get(said.author):
                details[LEAD] = str(lead)
            return replace(entry, outcome=title, details=details)
        if said.of_case:
            details[CASE] = str(case)
            if details.get(VOICE) == Voice.PARENT:
                details[PERSON] = str(entry.persons[0])
        return replace(entry, details=details)


def weekday(day: date) -> date:
    """A day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > FRIDAY else day
