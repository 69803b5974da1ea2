"""Readiness of what is known of the parents: who is responsible, and that the ways to reach them were checked.

Sources: Education Act 1996 section 576 (who is a parent); practice 21.
"""

from __future__ import annotations

from datetime import date

from desktop_app.domain.bundle import Do, DoAt, Relied
from desktop_app.domain.people import Answer
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date
from desktop_app.rules.readiness.answers import NO_PARENT, Answered, add_parent, check, judged, met, missing

MONTHS = "6"


def responsibility_known(file: CaseFile, _: Requirement) -> Answered:
    """It is known of each parent whether they have parental responsibility."""
    parents = judged(file)
    if not parents:
        return missing(NO_PARENT, add_parent())
    unknown = [one for one in parents if one.tie.responsibility is Answer.UNKNOWN]
    if unknown:
        names = ", ".join(one.person.formal_name for one in unknown)
        return missing(f"Not known: {names}.", _at(unknown[0], "Ask, and say it in the child’s contacts."))
    by = (Relied(f"{one.person.formal_name}: {one.tie.responsibility.value}") for one in parents)
    return met("It is known of each parent.", by)


def contacts_checked(file: CaseFile, requirement: Requirement) -> Answered:
    """Each parent’s ways to be reached were checked in the last months: on the day itself so many months ago, yes."""
    months = int(requirement.params.get("months", MONTHS))
    since = months_before(file.request.on, months)
    parents = judged(file)
    if not parents:
        return missing(NO_PARENT, add_parent())
    checked = {one.person.id: _checked(one) for one in parents}
    stale = [one for one in parents if (day := checked[one.person.id]) is None or day < since]
    by = (
        Relied(f"{one.person.formal_name}: checked {long_date(day)}")
        for one in parents
        if (day := checked[one.person.id]) is not None and day >= since
    )
    if stale:
        says = "; ".join(f"{one.person.formal_name}: {_stale(checked[one.person.id])}" for one in stale)
        return check(f"{says}.", _at(stale[0], "Check the numbers and addresses with them, and say so."), by)
    return met(f"Each parent’s details were checked since {long_date(since)}.", by)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for of_month in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, of_month)
        except ValueError:
            continue
    raise ValueError(day)


def _checked(card: ContactCard) -> date | None:
    return max((channel.checked for channel in card.channels if channel.checked), default=None)


def _stale(day: date | None) -> str:
    return "never recorded as checked" if day is None else f"last checked {long_date(day)}"


def _at(card: ContactCard, says: str) -> Do:
    return Do(DoAt.PERSON, says, str(card.person.id))
