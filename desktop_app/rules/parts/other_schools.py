"""What is known of other schools: the child’s earlier ones, those of brothers and sisters, and dual registration.

It is what others told this school, or what was imported of before the child came: shown as such, since this school can
certify nothing of it (Education Act 1996 section 566: a certificate is of the school whose head signs it).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.figures import Figures
from desktop_app.domain.referrals import Disclosure
from desktop_app.domain.sessions import school_year_end, school_year_name, school_year_start
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.disclosed import BROTHERS
from desktop_app.rules.figures import figures_of
from desktop_app.rules.parts.record import begun, said, standing

WHO = {
    "this child, before": "This child, earlier",
    BROTHERS: "Brother or sister",
    "dual registration": "Also registered",
}


@dataclass(frozen=True, slots=True)
class OtherSchool:
    """What was told of one school. `about` says of which child and when."""

    school: str
    about: str
    child: str
    attendance: str
    contact: str
    day: date
    by: str
    said: str


@dataclass(frozen=True, slots=True)
class ImportedYear:
    """Marks of before the child came, as they were imported: of one school year."""

    name: str
    first: date
    last: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """All that is known. `last_school` is what the admission register has as the school before."""

    last_school: str
    schools: tuple[OtherSchool, ...]
    years: tuple[ImportedYear, ...]

    def __bool__(self) -> bool:
        return bool(self.last_school or self.schools or self.years)


def elsewhere(file: CaseFile) -> Elsewhere:
    """What the record knows of other schools; of brothers and sisters where no part of the bundle is theirs, and for a
    court nothing."""
    without = file.referral.disclosure is Disclosure.COURT or file.referral.has("siblings")
    told = tuple(one for one in _told(file) if not (without and one.about == WHO[BROTHERS]))
    return Elsewhere(file.pupil.last_school, told, _years(file))


def nothing_elsewhere(file: CaseFile) -> str:
    """Why there is no such part."""
    return "" if elsewhere(file) else "Nothing is recorded or imported of any other school."


def brothers_elsewhere(file: CaseFile) -> tuple[OtherSchool, ...]:
    """What is known of brothers and sisters at other schools; for a court nothing."""
    if file.referral.disclosure is Disclosure.COURT:
        return ()
    return tuple(one for one in _told(file) if one.about == WHO[BROTHERS])


def _told(file: CaseFile) -> tuple[OtherSchool, ...]:
    return tuple(map(_school, standing(file, EntryKind.OTHER_SCHOOL)))


def _school(entry: Entry) -> OtherSchool:
    details = entry.details
    return OtherSchool(
        school=details.get("school", "not said"),
        about=WHO.get(details.get("who", ""), details.get("who", "")),
        child=details.get("child", ""),
        attendance=details.get("attendance", ""),
        contact=details.get("contact", ""),
        day=entry.happened_at.date(),
        by=entry.author.name,
        said=begun(said(entry.outcome, entry.note)),
    )


def _years(file: CaseFile) -> tuple[ImportedYear, ...]:
    """The marks of before the first day on roll here, by school year, the latest first."""
    ends = file.pupil.starting_day - timedelta(days=1)
    before = [mark for mark in file.marks if mark.day <= ends]
    found: list[ImportedYear] = []
    for start in sorted({school_year_start(mark.day) for mark in before}, reverse=True):
        last = min(school_year_end(start), ends)
        counts = Counter(mark.code for mark in before if start <= mark.day <= last)
        found.append(ImportedYear(school_year_name(start), start, last, figures_of(counts, 0, file.rulebook.codes)))
    return tuple(found)
