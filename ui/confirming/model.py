"""The places to ask and the children due there, line by line: a line for the place, then one for each child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.actions.arrivals import Away, Place
from desktop_app.rules.arrivals import OTHER_SCHOOL
from desktop_app.rules.display import short_date
from desktop_app.rules.session_lists import count_words
from ui.parts.lines import LinesModel

HEADINGS = ("Where and who", "Session", "Whom to ask", "Said")
UNKNOWN = "no number known"
STANDS = "D stands; say if not arrived"
MISSING = "no mark until confirmed"


class Column(IntEnum):
    """The columns, left to right."""

    WHO = 0
    SESSION = 1
    ASK = 2
    SAID = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line: of a whole place (`away` None), or of one child there."""

    place: Place
    away: Away | None = None

    @property
    def pupils(self) -> tuple[int, ...]:
        """The children a key on this line is about."""
        return (self.away.pupil.id,) if self.away else tuple(one.pupil.id for one in self.place.pupils)

    @property
    def name(self) -> str:
        """Whom the line is about, in words."""
        if self.away is not None:
            return self.away.pupil.name
        return count_words(len(self.place.pupils), "child", "children")


def lines_of(places: Sequence[Place]) -> tuple[Line, ...]:
    """Each place, and under it its children."""
    return tuple(line for place in places for line in (Line(place), *(Line(place, away) for away in place.pupils)))


def where(place: Place) -> str:
    """What and where a place is, in words."""
    return place.about or place.provider or "elsewhere"


class ConfirmModel(LinesModel[Line]):
    """The places and children as lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def text(self, line: Line, column: int) -> str:
        place, away = line.place, line.away
        if away is not None:
            shown = {Column.WHO: f"{away.pupil.list_name} {away.class_name}", Column.SAID: away.said}
            return shown.get(Column(column), "")
        shown = {
            Column.WHO: f"{place.code} {where(place)}, {line.name}",
            Column.SESSION: f"{short_date(place.session.day)} {place.session.half.value}",
            Column.ASK: place.phone or (UNKNOWN if place.provider else ""),
            Column.SAID: STANDS if place.code == OTHER_SCHOOL else MISSING,
        }
        return shown[Column(column)]

    def spoken(self, line: Line) -> str:
        return ", ".join(words for column in Column if (words := self.text(line, column)))
