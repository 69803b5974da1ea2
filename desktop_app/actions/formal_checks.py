"""What every formal deed asks of its words and its day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from desktop_app.actions.holds import held
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.casework import Formalities
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import SchoolType
from desktop_app.ports import BookReading
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year
from desktop_app.rules.guard import SEE_THE_DSL
from desktop_app.rules.powers import lacking


def said(text: str, refusal: str) -> str:
    """The words, trimmed. Raises `Refused` with that sentence where there are none."""
    words = " ".join(text.split())
    if not words:
        raise Refused(refusal)
    return words


def day_said(today: date, on: date | None) -> date:
    """The day on which it happened: today, where none is given. Raises `Refused` for one that is still to come."""
    if on is not None and on > today:
        raise Refused(f"{date_year(on)} is still to come: record it when it has happened.")
    return on or today


def roll_with(context: Context, book: BookReading, pupil: int) -> Roll:
    """The roll, with that child on it. Raises `Refused` where it is not, or is none of the present user’s children."""
    roll = read_roll(book)
    if pupil not in roll.pupils:
        raise Refused("That pupil is not in this school’s book.")
    check_children(context, roll, [pupil])
    return roll


def check_each_parent(cards: Iterable[ContactCard], parents: Collection[int], why_not: Mapping[int, str]) -> None:
    """Raise `Refused` unless somebody is named, everybody named is a parent, and of every other parent it is said why
    they are not."""
    if not parents:
        raise Refused("Name the parent, or each of the parents, whom it is about.")
    for key, name in check_parents(cards, parents).items():
        if key not in parents and not why_not.get(key, "").strip():
            raise Refused(f"Say why {name} is not named: each parent is, or it is said why not.")


def check_not_held(book: BookReading, pupil: int, day: date) -> None:
    """Raise `Refused`, with whom to see and nothing more, where the family is held on that day."""
    if pupil in held(book, day):
        raise Refused(f"{SEE_THE_DSL}.")


def check_power(formalities: Formalities, type_: SchoolType, key: str) -> None:
    """Raise `Refused`, with what there is instead, where a school of that type has not the power."""
    if without := lacking(formalities, key, type_):
        raise Refused(f"{without.title}: a school of this type cannot use it. {without.instead}")


def left_out(cards: Iterable[ContactCard], why_not: Mapping[int, str]) -> str:
    """Who is not named and why, as it is kept in the details."""
    names = {card.person.id: card.person.formal_name for card in cards}
    return "; ".join(f"{names[one]}: {' '.join(why.split())}" for one, why in sorted(why_not.items()) if one in names)


def check_parents(cards: Iterable[ContactCard], parents: Iterable[int]) -> Mapping[int, str]:
    """The names of the child’s parents by number, those asked about among them. Raises `Refused` where one is none.

    Source: Education Act 1996 section 576: a parent has parental responsibility or care of the child.
    """
    known = {card.person.id: card for card in cards}
    for one in parents:
        if one not in known:
            raise Refused("That person is not a contact of the child; add them to the contacts first.")
        if not known[one].is_parent:
            raise Refused(
                f"{known[one].person.formal_name} is not recorded as a parent: neither responsibility nor care of the "
                "child is."
            )
    return {key: card.person.formal_name for key, card in known.items() if card.is_parent}
