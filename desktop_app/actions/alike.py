"""What is the same for every child of a class and year group over some days, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Generic, TypeVar

from desktop_app.actions.roll import Roll
from desktop_app.domain.people import Membership

T = TypeVar("T")


class Alike(Generic[T]):
    """Answers about children between two days. Those who are on roll in one class and year group all that time, without
    a timetable or plan of their own, share theirs; the answer about any other is worked out anew."""

    def __init__(self, roll: Roll, first: date, last: date) -> None:
        self._roll, self._first, self._last = roll, first, last
        self._places: dict[int, Membership | None] = {}
        self._shared: dict[tuple[str, str, Hashable], T] = {}

    def settled(self, pupil: int) -> Membership | None:
        """The class and year of a child with nothing of its own in that time."""
        if pupil not in self._places:
            self._places[pupil] = self._roll.settled(pupil, self._first, self._last)
        return self._places[pupil]

    def of(self, pupil: int, what: Hashable, work_out: Callable[[], T]) -> T:
        """The answer to `what` about a child."""
        place = self.settled(pupil)
        if place is None:
            return work_out()
        key = (place.class_name, place.year, what)
        if key not in self._shared:
            self._shared[key] = work_out()
        return self._shared[key]
