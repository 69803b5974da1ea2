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
    SUPPLY = "supply"
    GOVERNOR = "governor"
    INSPECTOR = "inspector"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return ROLE_WORDS[self]


ROLE_WORDS = {
    Role.HEADTEACHER: "headteacher",
    Role.ATTENDANCE_LEAD: "attendance lead",
    Role.OFFICE: "office",
    Role.TEACHER: "class teacher",
    Role.DSL: "safeguarding lead",
    Role.READ_ONLY: "read only",
    Role.SUPPLY: "supply teacher",
    Role.GOVERNOR: "governor",
    Role.INSPECTOR: "inspector or authority officer",
}


@dataclass(frozen=True, slots=True)
class Author:
    """Who recorded something: the person's id, and name and position as they stood that day."""

    id: int
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `user` is the sign-in name of the key slot, or empty for somebody who never signs in.
    `since` is the day from which this version holds; None: from the beginning. `more_roles` are those held besides
    `role`; `classes` those a class or supply teacher takes; `rights` what was given to this person alone."""

    id: int
    name: str
    position: str
    role: Role
    user: str = ""
    active: bool = True
    since: date | None = None
    more_roles: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Every role this person holds."""
        return frozenset({self.role, *(Role(one) for one in self.more_roles)})

    def as_author(self) -> Author:
        """The name to write under what this person records today."""
        return Author(self.id, self.name, self.position)
