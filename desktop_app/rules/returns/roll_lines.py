"""Who is on the returns that no trigger tells of: leavers, home education, suspensions, part-time timetables.

Sources: SI 2024/208 regulation 13(4) (before a name is deleted; not of the most senior class at the end of its last
term); DfE, Suspension and permanent exclusion (without delay, whatever the length).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.domain.entries import Entry
from desktop_app.domain.people import Pattern, Pupil
from desktop_app.domain.returns import GoesTo, ReturnLine
from desktop_app.domain.rulebook import Ground
from desktop_app.domain.sessions import school_year_end, school_year_start
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import date_year
from desktop_app.rules.names import class_order
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.triggers.facts import Watched, seen
from desktop_app.rules.triggers.runs import spells

HOME_EDUCATION, EXCLUDED, NOT_OF_AGE = "home-education", "excluded", "not-of-age-left"
LOST = frozenset({"leave-not-returned", "twenty-days", "moved-away"})
"""The grounds on which a child may be missing education, where no next school is known."""
SUSPENDED = "E"
SUMMER_ENDS = (6, 7, 8)


def with_the_class(calendar: SchoolCalendar, leaving: date, year: str, senior: str) -> bool:
    """Whether a child leaves with the most senior class, at or after the end of its last term: no return is asked."""
    days = calendar.school_days(school_year_start(leaving), school_year_end(leaving))
    known = bool(days) and days[-1].month in SUMMER_ENDS
    return bool(year) and class_order(year) == class_order(senior) and known and leaving >= days[-1]


def deletion_line(pupil: Pupil, ground: Ground | None, entry: Entry | None) -> Iterator[ReturnLine]:
    """The deletion return: due by the last day on roll, and known of since the leaving was recorded. Of who is not of
    compulsory age, and goes because they no longer come (regulation 9(3)), the law asks none."""
    if pupil.leaving_day is None or pupil.leaving_ground == NOT_OF_AGE:
        return
    last = pupil.leaving_day
    title = ground.title if ground else "Ground not recorded"
    source = ground.source if ground else "regulation 13(4)"
    since = min(last, entry.happened_at.date()) if entry else last
    why = f"{title}: last day on roll {date_year(last)}."
    yield ReturnLine(
        f"deletion:{last.isoformat()}", pupil.id, why, source, since, last, about=_leaving(pupil, title, entry)
    )


def home_education_line(pupil: Pupil, ground: Ground | None, entry: Entry | None) -> Iterator[ReturnLine]:
    """A parent gave notice of education otherwise than at school: at once."""
    if pupil.leaving_day is None or pupil.leaving_ground != HOME_EDUCATION:
        return
    since = min(pupil.leaving_day, entry.happened_at.date()) if entry else pupil.leaving_day
    said = f" {entry.note}." if entry and entry.note else ""
    why = f"A parent gave notice of education otherwise than at school; last day on roll {date_year(pupil.leaving_day)}"
    title = ground.title if ground else ""
    about = _leaving(pupil, title, entry)
    source = ground.source if ground else "regulation 9(1)(f)"
    key = f"home-education:{pupil.leaving_day.isoformat()}"
    yield ReturnLine(key, pupil.id, f"{why}.{said}", source, since, since, about=about)


def missing_line(pupil: Pupil, ground: Ground | None, entry: Entry | None) -> Iterator[ReturnLine]:
    """Off roll, or about to be, on a ground that does not say where the child is, and no next school is known."""
    if pupil.leaving_day is None or pupil.leaving_ground not in LOST or pupil.next_school.strip():
        return
    last = pupil.leaving_day
    since = min(last, entry.happened_at.date()) if entry else last
    title = ground.title if ground else ""
    why = f"{title}: last day on roll {date_year(last)}, and no next school is known."
    source = ground.source if ground else ""
    key = f"missing:{last.isoformat()}"
    yield ReturnLine(key, pupil.id, why, source, since, since, about={**_leaving(pupil, title, entry), "from": since})


def suspension_lines(child: Watched) -> Iterator[ReturnLine]:
    """Each suspension, from its first session on; and a permanent exclusion, which the authority where the child lives
    is told of too. At once. Source: SI 2012/1033, regulations 5 and 23."""
    for spell in spells(child, {SUSPENDED}):
        first, last = spell[0].day, spell[-1].day
        number = count_words(len(spell), "session", "sessions")
        until = f" to {date_year(last)}" if last > first else ""
        yield ReturnLine(
            f"suspension:{first.isoformat()}",
            child.pupil.id,
            f"Suspended: {number} coded E, {date_year(first)}{until}.",
            "every suspension, without delay",
            first,
            first,
            sessions=seen(spell),
            about={"from": first, "to": last},
        )
    left = child.pupil.leaving_day
    if left is not None and child.pupil.leaving_ground == EXCLUDED:
        why = f"Permanently excluded: last day on roll {date_year(left)}."
        key = f"excluded:{left.isoformat()}"
        source, home = "every permanent exclusion", (GoesTo.HOME,)
        yield ReturnLine(key, child.pupil.id, why, source, left, left, also=home, about={"from": left})


def part_time_line(pattern: Pattern) -> ReturnLine:
    """A part-time timetable, each once, with the hours offered."""
    until = f" to {date_year(pattern.last)}" if pattern.last else ", no end is agreed"
    sessions = pattern.expected.count("1")
    hours = f"{pattern.hours} hours a week" if pattern.hours else "the hours a week are not written down"
    why = f"Part-time from {date_year(pattern.first)}{until}: {sessions} of {len(pattern.expected)} sessions, {hours}."
    about: dict[str, str | date] = {
        "from": pattern.first,
        "hours": pattern.hours,
        "purpose": pattern.purpose,
        "agreed": _agreed(pattern),
        "reviews": ", ".join(pattern.reviews),
    }
    if pattern.last:
        about["to"] = pattern.last
    key, source = f"timetable:{pattern.id}", "every timetable, with its hours"
    return ReturnLine(key, pattern.pupil, why, source, pattern.first, pattern.first, about=about)


def _agreed(pattern: Pattern) -> str:
    when = date_year(pattern.agreed_on) if pattern.agreed_on else ""
    return ", ".join(words for words in (pattern.agreed_with, when) if words)


def _leaving(pupil: Pupil, title: str, entry: Entry | None) -> dict[str, str | date]:
    about: dict[str, str | date] = {"ground": title, "evidence": entry.note if entry else ""}
    if pupil.leaving_day:
        about["to"] = pupil.leaving_day
    return about
