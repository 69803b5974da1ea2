"""The admission register: what it must hold, what is wrong with what was typed, and where a class goes in September.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 8: the full name, sex, date of
birth and address, each parent with address and which of them the pupil lives with, an emergency number of each of
those, the starting day and the last school. Working together to improve school attendance: more than one number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from desktop_app.domain.admission import Destination, Group
from desktop_app.domain.people import Answer, ChannelKind, Membership, Person, Pupil, Tie
from desktop_app.domain.school import Phase
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year
from desktop_app.rules.names import class_order
from desktop_app.rules.upn import upn_fault

YOUNGEST, OLDEST = 2, 20
"""The ages, in years, outside which a date of birth is a slip of the pen."""
YEARS = ("N1", "N2", "R", *map(str, range(1, 14)))
SEXES = ("", "F", "M")
MOST_FIGURES, FEWEST_FIGURES = 15, 6
TOP_YEARS = {Phase.NURSERY: "N2", Phase.PRIMARY: "6", Phase.SECONDARY: "11"}
"""The year after which most leave; of other phases, the top year there is."""


def child_fault(child: Pupil) -> str | None:
    """What is wrong with a child's particulars by themselves; None where nothing is."""
    age = _years(child.date_of_birth, child.starting_day)
    fault = upn_fault(child.upn) if child.upn else None
    faults = (
        (not (child.legal_surname.strip() and child.legal_forename.strip()), "The full legal name is needed."),
        (child.starting_day <= child.date_of_birth, "The starting day is before the child was born."),
        (
            not YOUNGEST <= age < OLDEST,
            f"Born on {date_year(child.date_of_birth)}, the child would start at the age of {age}: look at the year.",
        ),
        (child.sex not in SEXES, "The sex is M or F, or left blank."),
        (fault is not None, f"The UPN: {fault}."),
    )
    return next((said for wrong, said in faults if wrong), None)


def place_fault(class_name: str, year: str) -> str | None:
    """What is wrong with a class and year group."""
    if not class_name.strip() or not year.strip():
        return "Say which class and which year group."
    return None if year.strip() in YEARS else f"“{year.strip()}” is no year group: write N1, N2, R or 1 to 13."


def clash_fault(child: Pupil, others: Iterable[Pupil]) -> str | None:
    """Why these particulars cannot be: another child has the number, or it is the same child. A pupil who left before
    the starting day and comes again has the same UPN and name."""
    beside = [one for one in others if one.id != child.id]
    present = [one for one in beside if one.leaving_day is None or one.leaving_day >= child.starting_day]
    if child.upn and any(one.upn == child.upn for one in present):
        return f"The UPN {child.upn} is another pupil’s."
    if child.admission_number and any(one.admission_number == child.admission_number for one in beside):
        return f"The admission number {child.admission_number} is another pupil’s."
    same = (child.legal_surname.casefold(), child.legal_forename.casefold(), child.date_of_birth)
    if any((one.legal_surname.casefold(), one.legal_forename.casefold(), one.date_of_birth) == same for one in present):
        return f"{child.legal_name}, born {date_year(child.date_of_birth)}, is on the admission register already."
    return None


def contact_fault(person: Person, tie: Tie, phones: Iterable[str]) -> str | None:
    """What is wrong with a contact."""
    if not person.full_name.strip():
        return "A contact needs a full name."
    if not tie.relationship.strip():
        return f"Say what {person.full_name} is to the child: mother, father, grandmother."
    wrong = next((number for number in phones if phone_fault(number)), None)
    return None if wrong is None else f"“{wrong}” is not a telephone number."


def phone_fault(number: str) -> bool:
    """Whether a text is no telephone number: other than figures and the signs between them, too short or too long."""
    figures = re.sub(r"\D", "", number)
    fits = re.fullmatch(r"\+?[\d\s().\-]+(\s*(ext|x)\.?\s*\d+)?", number.strip(), re.IGNORECASE)
    return not fits or not FEWEST_FIGURES <= len(figures) <= MOST_FIGURES + 5


def asked_for(child: Pupil, cards: Sequence[ContactCard]) -> tuple[str, ...]:
    """What the regulations and the guidance still ask for, in words."""
    at_home = [card for card in cards if card.tie.lives_with is Answer.YES]
    asked = [
        f"An emergency telephone number of {card.person.full_name} is needed: the child lives there."
        for card in at_home
        if not card.phone
    ]
    if not at_home:
        asked.append("Say with which parent the child lives, with address and an emergency number.")
    numbers = {one.value for card in cards for one in card.channels if one.kind is ChannelKind.PHONE}
    if len(numbers) == 1:
        asked.append("There is one number only: ask for more than one, of different people.")
    if not child.address.lines:
        asked.append("The address of the child is not known.")
    if not child.sex:
        asked.append("The sex of the child is not said.")
    return tuple(asked)


def groups(places: Iterable[Membership], phase: Phase) -> tuple[Group, ...]:
    """The classes as they are, by year group, each with where it would go: one year up, and out of the school after its
    top year. Only what is offered: a person decides."""
    counted: dict[tuple[str, str], int] = {}
    for one in places:
        counted[one.class_name, one.year] = counted.get((one.class_name, one.year), 0) + 1
    top = TOP_YEARS.get(phase) or max((year for _, year in counted), key=_year_place, default="")
    return tuple(
        Group(name, year, count, _goes_to(name, year, top, counted))
        for (name, year), count in sorted(counted.items(), key=lambda item: (class_order(item[0][1]), item[0][0]))
    )


def next_year(year: str) -> str:
    """The year group after one; the same where there is none."""
    return YEARS[min(YEARS.index(year) + 1, len(YEARS) - 1)] if year in YEARS else year


def _goes_to(name: str, year: str, top: str, known: Collection[tuple[str, str]]) -> Destination:
    """The class of the same kind in the year above (4B, 5B), else its own where years share it, else the only one."""
    if year in YEARS and _year_place(year) >= _year_place(top):
        return Destination("", "")
    following = next_year(year)
    above = sorted({other for other, its in known if its == following})
    alike = f"{following}{name.removeprefix(year)}" if name.startswith(year) else name
    chosen = next((one for one in (alike, name) if one in above), above[0] if len(above) == 1 else alike)
    return Destination(chosen, following)


def _year_place(year: str) -> int:
    return YEARS.index(year) if year in YEARS else -1


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
