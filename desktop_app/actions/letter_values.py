"""What the fields of a letter say: of the child, the figures, the school, the law, and of whoever it goes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from desktop_app.actions.figures import PupilFigures
from desktop_app.context import Context
from desktop_app.domain.casework import PenaltyLaw
from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.letters import Language
from desktop_app.domain.marks import Mark
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.school import School
from desktop_app.rules.age import compulsory
from desktop_app.rules.display import half_words, percent
from desktop_app.rules.letter_people import Recipient
from desktop_app.rules.letters import days_words, language_words
from desktop_app.rules.names import year_name
from desktop_app.rules.powers import LEAVE, PENALTY_NOTICE, lacking


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every letter of a batch."""

    context: Context
    school: School
    pack: Pack
    first: date
    last: date
    today: date
    typed: Mapping[str, str]


def letter_date(day: date, language: Language) -> str:
    """A day as it is written in a letter of that language."""
    return f"{day.day} {language.months[day.month - 1]} {day.year}"


def values_for(
    frame: Frame, one: PupilFigures, marks: Iterable[Mark], to: Recipient, language: Language
) -> Mapping[str, str]:
    """Every field of a letter about a child to one parent or household. A field of which nothing is known is empty."""
    return {
        **frame.typed,
        **_of_school(frame),
        **_of_law(frame.context.rulebook.formalities.penalty),
        **_of_leave(frame, one),
        **_of_child(frame, one, language),
        **_of_figures(one, language),
        "unauthorised dates": _unauthorised(marks, frame.context.rulebook.codes, language),
        "parent names": to.names(language.joined),
        "address": to.address.one_line,
    }


def _of_school(frame: Frame) -> dict[str, str]:
    school, staff = frame.school, frame.context.staff
    return {
        "school": school.name,
        "school phone": school.phone,
        "school email": school.email,
        "head": school.headteacher,
        "authority": frame.pack.authority,
        "sender": staff.name,
        "sender position": staff.position,
    }


def _of_law(law: PenaltyLaw) -> dict[str, str]:
    return {
        "first sum": str(law.first_late),
        "early sum": str(law.first_early),
        "early days": str(law.early_days),
        "second sum": str(law.second),
        "notice years": str(law.years),
    }


def _of_leave(frame: Frame, one: PupilFigures) -> dict[str, str]:
    """What the law says of leave to a school of this type, and what may follow absence without it: nothing of penalty
    notices where the school has none, or the child is not of compulsory school age, today or on the day it is back."""
    rulebook, type_ = frame.context.rulebook, frame.school.type
    law = rulebook.leave
    bound = lacking(rulebook.formalities, LEAVE, type_) is None
    notices = lacking(rulebook.formalities, PENALTY_NOTICE, type_) is None
    days = [frame.today]
    with suppress(ValueError):
        days.append(date.fromisoformat(frame.typed.get("back on", "").strip()))
    of_age = any(compulsory(one.pupil.date_of_birth, day) for day in days)
    return {
        "leave rule": law.rule if bound else law.own_rule,
        "leave follows": law.follows if notices and of_age else "",
    }


def _of_child(frame: Frame, one: PupilFigures, language: Language) -> dict[str, str]:
    child = one.pupil
    return {
        "child": child.forename,
        "child name": child.name,
        "date of birth": letter_date(child.date_of_birth, language),
        "class": one.class_name,
        "year": year_name(one.year) if one.year else "",
        "date": letter_date(frame.today, language),
        "first day": letter_date(max(frame.first, child.starting_day), language),
        "last day": letter_date(frame.last, language),
    }


def _of_figures(one: PupilFigures, language: Language) -> dict[str, str]:
    """Nothing of them where no session was possible: a letter about days that there were not is not made."""
    counted = one.figures
    if not counted.possible:
        return dict.fromkeys(
            ("attendance", "possible", "sessions missed", "days missed", "sessions unauthorised", "times late", "band"),
            "",
        )
    return {
        "attendance": percent(counted.attendance),
        "possible": language_words(counted.possible, language.sessions),
        "sessions missed": language_words(counted.absent, language.sessions),
        "days missed": days_words(counted.absent, language.days),
        "sessions unauthorised": language_words(counted.unauthorised, language.sessions),
        "times late": str(counted.late),
        "band": one.band.title if one.band and not one.too_early else "",
    }


def _unauthorised(marks: Iterable[Mark], codes: Mapping[str, Code], language: Language) -> str:
    """Each day with a session of unauthorised absence, as points of a list; morning or afternoon is said in English
    alone, since no other language is given the words."""
    days: dict[date, list[str]] = {}
    for mark in marks:
        if codes[mark.code].counts is Counts.UNAUTHORISED:
            days.setdefault(mark.day, []).append(half_words(mark.half))
    return "\n".join(
        f"- {letter_date(day, language)}" + (f", {halves[0]}" if len(halves) == 1 and language.days else "")
        for day, halves in sorted(days.items())
    )
