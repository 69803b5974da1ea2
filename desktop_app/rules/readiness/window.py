"""The unauthorised sessions of some school weeks, and whether they reach the authority’s number.

Source: "Working together to improve school attendance", the national framework for penalty notices: ten sessions in ten
school weeks, any week with a session being one; N counts until it is settled (practice 19).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.bundle import Do, DoAt
from desktop_app.domain.codes import Counts
from desktop_app.domain.marks import Mark
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.notices import apart, notices
from desktop_app.rules.orders import orders
from desktop_app.rules.readiness.answers import Answered, at_register, check, evidence, met, missing, of_mark
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.unauthorised import offences

SESSIONS = "10"
WEEKS = "10"
WAIT = Do(DoAt.PERIOD, "Choose another day, or refer under a rule that this case meets.")


@dataclass(frozen=True, slots=True)
class Window:
    """The unauthorised sessions of some school weeks: `first` to `last` inclusive, by code. `provisional` are N.

    Of the `weeks` asked for the calendar has `found`; where it has none, `first` is `last`."""

    first: date
    last: date
    weeks: int
    found: int
    codes: Mapping[str, int]
    provisional: int
    marks: tuple[Mark, ...] = ()

    @property
    def total(self) -> int:
        """Unauthorised sessions of every code, N among them."""
        return sum(self.codes.values())

    @property
    def shortfall(self) -> str:
        """What the calendar lacks of the weeks, in words; empty where it has them all."""
        if not self.found:
            return f"No school week lies in the calendar up to {long_date(self.last)}"
        if self.found < self.weeks:
            return f"only {count_words(self.found, 'school week lies', 'school weeks lie')} in the calendar up to then"
        return ""


def unauthorised_window(file: CaseFile, weeks: int) -> Window:
    """The unauthorised sessions in the school week of the day and the school weeks before it, `weeks` in all.

    Source: "Working together to improve school attendance", the national framework for penalty notices: ten school
    weeks, any week with a session being one; N counts until it is settled. Sessions outside compulsory school age
    cannot be an offence and do not count.
    """
    mondays = file.calendar.school_weeks(file.request.on, weeks)
    first = mondays[0] if mondays else file.request.on
    unauthorised = {key for key, code in file.rulebook.codes.items() if code.counts is Counts.UNAUTHORISED}
    marks = offences(file.counted(first, file.request.on), unauthorised, file.pupil.date_of_birth)
    codes = dict(Counter(mark.code for mark in marks))
    provisional = sum(number for key, number in codes.items() if file.rulebook.codes[key].provisional)
    return Window(first, file.request.on, weeks, len(mondays), codes, provisional, tuple(marks))


def window_weeks(file: CaseFile) -> int:
    """How many school weeks the referral's own window has; ten, the national one, where it asks for none."""
    asked = (r for r in file.referral.requirements if r.rule == "unauthorised-in-weeks")
    return next((int(requirement.params.get("weeks", WEEKS)) for requirement in asked), int(WEEKS))


def unauthorised_in_weeks(file: CaseFile, requirement: Requirement) -> Answered:
    """So many unauthorised sessions lie in so many school weeks up to the day."""
    needed = int(requirement.params.get("sessions", SESSIONS))
    window = unauthorised_window(file, int(requirement.params.get("weeks", WEEKS)))
    if not window.found:
        return missing(f"{window.shortfall}; {needed} unauthorised sessions are asked for.", WAIT)
    by_code = ", ".join(f"{number} {key}" for key, number in sorted(window.codes.items()))
    says = (
        f"{count_words(window.total, 'unauthorised session', 'unauthorised sessions')}"
        f"{f' ({by_code})' if by_code else ''} in the {window.weeks} school weeks from {long_date(window.first)}"
        f" to {long_date(window.last)}{f' ({window.shortfall})' if window.shortfall else ''};"
        f" {count_words(needed, 'is asked for', 'are asked for')}."
    )
    by = tuple(map(of_mark, window.marks))
    if window.total < needed:
        return missing(says, WAIT, by)
    told = evidence(file)
    settled = apart(notices(told), orders(told), file.pupil.id)
    left_out = sum(settled(Session(mark.day, mark.half)) for mark in window.marks)
    if left_out:
        says += f" {count_words(left_out, 'of them is', 'of them are')} of a notice that was paid, or under an order."
    if window.total - left_out < needed:
        return check(f"{says} No notice can rest on them again.", WAIT, by)
    if window.total - window.provisional < needed:
        first = next(one for one in window.marks if file.rulebook.codes[one.code].provisional)
        do = at_register(Session(first.day, first.half), "Find out the reason for each N and settle it.")
        return check(f"{says} {window.provisional} of them N, provisional.", do, by)
    return met(says, by)
