"""What the school did for attendance that is about no pupil: training, an assembly, a version of the policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.staff import Author


class SchoolKind(StrEnum):
    """The kinds of a school-level entry."""

    TRAINING = "training"
    ASSEMBLY = "assembly"
    POLICY = "policy"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind in words, as lists and reports show it."""
        return LABELS[self]


LABELS = {
    SchoolKind.TRAINING: "Training",
    SchoolKind.ASSEMBLY: "Assembly",
    SchoolKind.POLICY: "Attendance policy",
    SchoolKind.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school-level entry. Of a policy, `version` is which one, `approved` the day on which it was approved and
    `review` the day by which it is to be reviewed. `entry`, `author` and `withdrawn` (why it was taken back) are of
    the chronology, and empty before it is recorded."""

    kind: SchoolKind
    day: date
    what: str
    who: str = ""
    version: str = ""
    approved: date | None = None
    review: date | None = None
    entry: int = 0
    author: Author | None = None
    withdrawn: str = ""
