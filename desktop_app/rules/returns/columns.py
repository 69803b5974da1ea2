"""What stands in each column of a return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.people import Pupil
from desktop_app.domain.report import Value
from desktop_app.domain.returns import ReturnColumn, ReturnLine
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.returns.authorities import Authorities
from desktop_app.rules.returns.lines import counted_codes


@dataclass(frozen=True, slots=True)
class Reported:
    """A child on a return with all that a column may ask: the particulars as they may be handed on, the parents the
    child lives with (all known, where nobody said with whom), and the figures of the year to the day."""

    line: ReturnLine
    pupil: Pupil
    authorities: Authorities
    class_name: str = ""
    year: str = ""
    parents: tuple[ContactCard, ...] = ()
    figures: Figures = NO_FIGURES


def row_of(columns: Sequence[ReturnColumn], one: Reported) -> tuple[Value, ...]:
    """The values of a child, in the order of the columns; nothing where there is nothing to say."""
    return tuple(READERS[column.key](one) for column in columns)


def _about(key: str) -> Callable[[Reported], Value]:
    return lambda one: one.line.about.get(key) or None


def _day(key: str) -> Callable[[Reported], Value]:
    def read(one: Reported) -> Value:
        found = one.line.about.get(key)
        return found if isinstance(found, date) else None

    return read


def _name(one: Reported) -> Value:
    return f"{one.pupil.legal_surname}, {_forenames(one.pupil)}"


def _forenames(pupil: Pupil) -> str:
    return " ".join(filter(None, (pupil.legal_forename, pupil.middle_names)))


def _street(one: Reported) -> Value:
    return ", ".join(one.pupil.address.lines) or None


def _parents(one: Reported) -> Value:
    return "; ".join(f"{card.person.formal_name} ({card.tie.relationship})" for card in one.parents) or None


def _parents_addresses(one: Reported) -> Value:
    said = [(card.person.formal_name, card.person.address.one_line) for card in one.parents]
    return "; ".join(f"{name}: {where}" if where else f"{name}: not known" for name, where in said) or None


def _phone(one: Reported) -> Value:
    return "; ".join(f"{card.person.formal_name} {card.phone}" for card in one.parents if card.phone) or None


def _days(one: Reported) -> Value:
    """Two sessions are a day; none where none was missed yet."""
    return Fraction(len(one.line.sessions), 2) if one.line.sessions else None


READERS: Mapping[str, Callable[[Reported], Value]] = {
    "upn": lambda one: one.pupil.upn or None,
    "admission-number": lambda one: one.pupil.admission_number or None,
    "name": _name,
    "surname": lambda one: one.pupil.legal_surname,
    "forename": lambda one: _forenames(one.pupil),
    "dob": lambda one: one.pupil.date_of_birth,
    "sex": lambda one: one.pupil.sex or None,
    "year": lambda one: one.year or None,
    "class": lambda one: one.class_name or None,
    "address": _street,
    "postcode": lambda one: one.pupil.address.postcode or None,
    "parents": _parents,
    "parents-address": _parents_addresses,
    "phone": _phone,
    "home-la": lambda one: one.authorities.home or None,
    "plan-la": lambda one: one.authorities.plan or ("yes" if one.authorities.has_plan else None),
    "care-la": lambda one: one.authorities.care or ("yes" if one.authorities.cared_for else None),
    "starting": lambda one: one.pupil.starting_day,
    "leaving": lambda one: one.pupil.leaving_day,
    "last-school": lambda one: one.pupil.last_school or None,
    "next-school": lambda one: one.pupil.next_school or None,
    "ground": _about("ground"),
    "evidence": _about("evidence"),
    "from": _day("from"),
    "to": _day("to"),
    "days": _days,
    "sessions": lambda one: len(one.line.sessions) or None,
    "codes": lambda one: counted_codes(one.line.sessions) or None,
    "attendance": lambda one: one.figures.attendance,
    "unauthorised": lambda one: one.figures.unauthorised if one.figures.possible else None,
    "hours": _about("hours"),
    "purpose": _about("purpose"),
    "agreed": _about("agreed"),
    "reviews": _about("reviews"),
    "why": lambda one: one.line.why,
}


def living_with(cards: Sequence[ContactCard]) -> tuple[ContactCard, ...]:
    """The parents with whom the child lives; every parent where nobody said with whom. Who has no contact by order is
    among no contacts at all."""
    parents = [one for one in cards if one.is_parent]
    with_child = [one for one in parents if one.tie.lives_with == "yes"]
    return tuple(with_child or parents)
