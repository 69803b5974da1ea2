"""What a command gives back, and what every command needs for it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from desktop_app.actions.families import read_families
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.staff import Staff

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command prints, its exit code, and the sentences for a person."""

    value: Mapping[str, object] | Sequence[object]
    code: int = 0
    words: tuple[str, ...] = field(default_factory=tuple[str, ...])


def find_pupil(context: Context, wanted: str) -> Pupil:
    """The pupil with that UPN or admission number."""
    key = wanted.strip().casefold()
    with context.store.reading() as reading:
        pupils = reading.book.all(Pupil)
    by_upn = [one for one in pupils if one.upn and one.upn.casefold() == key]
    found = by_upn or [one for one in pupils if one.admission_number and one.admission_number.casefold() == key]
    if not found:
        raise Refused(f"No pupil has the UPN or admission number “{wanted}”.")
    if len(found) > 1:
        raise Refused(f"More than one pupil has the admission number “{wanted}”; give the UPN.")
    return found[0]


def find_contact(context: Context, pupil: int, wanted: str) -> int:
    """The contact of a child by the formal name that the commands print, or by the name without its title; nobody whom
    a court keeps away."""
    key = " ".join(wanted.split()).casefold()
    with context.store.reading() as reading:
        people = [card.person for card in read_families(reading.book, context.today(), [pupil]).of(pupil)]
    formal = {one.id for one in people if one.formal_name.casefold() == key}
    found = formal or {one.id for one in people if one.full_name.casefold() == key}
    known = ", ".join(one.formal_name for one in people) or "nobody"
    if len(found) > 1:
        raise Refused(f"More than one contact of this pupil is called “{wanted}”. The contacts are: {known}.")
    if not found:
        raise Refused(f"“{wanted}” is not a contact of this pupil. The contacts are: {known}.")
    return found.pop()


def find_contacts(context: Context, pupil: int, wanted: Iterable[str]) -> tuple[int, ...]:
    """Several contacts of a child, in the order given."""
    return tuple(find_contact(context, pupil, one) for one in wanted)


def why_left(context: Context, pupil: int, said: Iterable[str]) -> dict[int, str]:
    """Of each parent who is not named, why: each text is the contact’s name, a colon and the reason."""
    found: dict[int, str] = {}
    for text in said:
        name, colon, why = text.partition(":")
        if not colon:
            raise Refused("--not is NAME: why that parent is not named.")
        found[find_contact(context, pupil, name)] = why.strip()
    return found


def find_staff(context: Context, user: str) -> int:
    """The member of staff who signs in with that name."""
    with context.store.reading() as reading:
        found = [one for one in reading.book.all(Staff) if one.user and one.user.casefold() == user.strip().casefold()]
    if not found:
        raise Refused(f"Nobody signs in with the name “{user}”.")
    return found[0].id


def finish(job: Generator[Progress, None, R]) -> R:
    """Drive a long job to its end and return its result."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: R = end.value
            return result
