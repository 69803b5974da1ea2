"""The words of the form that makes a school."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.school import PeriodKind, Phase, SchoolType
from desktop_app.domain.staff import Role

TYPES: Mapping[SchoolType, str] = {
    SchoolType.MAINTAINED: "Maintained school",
    SchoolType.ACADEMY: "Academy or free school",
    SchoolType.INDEPENDENT: "Independent school",
    SchoolType.SPECIAL: "Special school (maintained or academy)",
    SchoolType.NON_MAINTAINED_SPECIAL: "Non-maintained special school",
    SchoolType.ALTERNATIVE_PROVISION: "Pupil referral unit or alternative provision",
}

PHASES: Mapping[Phase, str] = {
    Phase.PRIMARY: "Primary",
    Phase.SECONDARY: "Secondary",
    Phase.ALL_THROUGH: "All-through",
    Phase.SPECIAL: "Special",
    Phase.NURSERY: "Nursery",
}

ROLES: Mapping[Role, str] = {
    Role.HEADTEACHER: "Headteacher",
    Role.ATTENDANCE_LEAD: "Attendance lead",
    Role.OFFICE: "School office",
    Role.TEACHER: "Teacher",
    Role.DSL: "Designated safeguarding lead",
    Role.READ_ONLY: "Reads only",
}

KINDS: Mapping[PeriodKind, str] = {
    PeriodKind.TERM: "Term",
    PeriodKind.HOLIDAY: "Holiday",
    PeriodKind.INSET: "INSET day",
    PeriodKind.CLOSURE: "Closure",
    PeriodKind.SITE_CLOSED: "Site closed unexpectedly (Y4)",
    PeriodKind.PART_CLOSED: "Part of the site closed (Y3)",
}

STATE_FUNDED = frozenset(
    {SchoolType.MAINTAINED, SchoolType.ACADEMY, SchoolType.SPECIAL, SchoolType.ALTERNATIVE_PROVISION}
)

DAILY_SHARING = (
    "A state-funded school must let the Department for Education collect its attendance data each day from the system "
    "that holds its register. Rollbook never goes online, so it cannot do that. If Rollbook is to be the register, "
    "settle with the Department first how the school will share; or let another system be the register, and bring its "
    "marks into Rollbook for the casework."
)

OTHER_REGISTER = "Marks are then imported and can only be read here; casework and bundles are made from them."
