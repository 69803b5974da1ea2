"""What is asked when a child comes, leaves, or goes up a year: the facts that the admission register's deeds take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.people import Person, Pupil, Tie


@dataclass(frozen=True, slots=True)
class NewContact:
    """A parent or other contact to be put down with a child: who, what they are to it, their telephone numbers and
    e-mail addresses. A person with an id is known already, as the parent of a brother or sister; what is given then is
    added. `place`: in the order to call, where somebody said it."""

    person: Person
    tie: Tie
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the children of a class and year go: a class (empty: they leave the school), and their year group then."""

    class_name: str
    year: str


@dataclass(frozen=True, slots=True)
class Group:
    """The children of one year group in one class, and where they would go if nobody said otherwise."""

    class_name: str
    year: str
    pupils: int
    to: Destination

    @property
    def key(self) -> tuple[str, str]:
        """How a plan names it."""
        return self.class_name, self.year


@dataclass(frozen=True, slots=True)
class Rollover:
    """What would come of it: who moves where, who leaves, who stays as they are, and who starts that day or later and
    is on the register already."""

    first: date
    moving: tuple[tuple[Pupil, str, Destination], ...]
    leaving: tuple[tuple[Pupil, str], ...]
    starting: tuple[Pupil, ...]
    staying: tuple[Pupil, ...] = ()
