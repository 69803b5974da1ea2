"""Members of staff, and the name under which something was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is to the attendance office."""

    HEADTEACHER = "headteacher"
    ATTENDANCE_LEAD = "attendance-lead"
    OFFICE = "office"
    TEACHER = "teacher"
    DSL = "dsl"
    READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class Author:
    """Who recorded something: the person's id, and name and position as they stood that day."""

    id: int
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `user` is the sign-in name of the key slot, or empty for somebody who never signs in.
    `since` is the day from which this version holds; None: from the beginning."""

    id: int
    name: str
    position: str
    role: Role
    user: str = ""
    active: bool = True
    since: date | None = None

    def as_author(self) -> Author:
        """The name to write under what this person records today."""
        return Author(self.id, self.name, self.position)
