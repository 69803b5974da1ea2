"""Making a school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from desktop_app.domain.deeds import Deed
from desktop_app.domain.errors import Refused
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.staff import Role, Staff
from desktop_app.ports import Clock, Store, StoreHouse
from desktop_app.rules.passwords import password_fault
from desktop_app.rules.register import day_fault


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What is asked when a school is made. `la` is the key of a pack; `periods` is its calendar."""

    name: str
    la: str
    type: SchoolType
    phase: Phase
    am: RegisterTimes
    pm: RegisterTimes
    periods: tuple[Period, ...]
    user: str
    staff_name: str
    position: str
    role: Role
    password: str
    is_register: bool = True
    dfe_number: str = ""
    headteacher: str = ""


@dataclass(frozen=True, slots=True)
class NewSchoolMade:
    """A school just made, open for writing; the recovery key is shown once and kept nowhere."""

    store: Store
    user: str
    recovery_key: str


def new_school(house: StoreHouse, path: Path, rulebook: Rulebook, clock: Clock, wanted: NewSchool) -> NewSchoolMade:
    """Make a school's file, with its calendar and first member of staff. Raises `Refused` before anything is made."""
    _check(path, rulebook, wanted)
    at = clock().astimezone(UTC)
    school = School(
        name=wanted.name.strip(),
        la=wanted.la,
        type=wanted.type,
        phase=wanted.phase,
        am=wanted.am,
        pm=wanted.pm,
        is_register=wanted.is_register,
        dfe_number=wanted.dfe_number.strip(),
        headteacher=wanted.headteacher.strip(),
    )
    staff = Staff(0, wanted.staff_name.strip(), wanted.position.strip(), wanted.role, wanted.user.strip())
    store, recovery_key = house.create(path, school, staff, wanted.password, at)
    with store.reading() as reading:
        author = next(one for one in reading.book.all(Staff) if one.user == staff.user).as_author()
    with store.writing(Deed(author, "calendar", at, "the school was made")) as writing:
        writing.book.put_many(wanted.periods)
    return NewSchoolMade(store, staff.user, recovery_key)


def _check(path: Path, rulebook: Rulebook, wanted: NewSchool) -> None:
    if path.exists():
        raise Refused(f"{path.name} exists already; choose another name.")
    if not path.parent.is_dir():
        raise Refused(f"The folder {path.parent} does not exist; make it first, or choose another.")
    if not wanted.name.strip():
        raise Refused("The school needs a name.")
    if not wanted.user.strip() or not wanted.staff_name.strip():
        raise Refused("The first member of staff needs a name to sign in with.")
    if wanted.la not in rulebook.packs:
        known = ", ".join(sorted(rulebook.packs))
        raise Refused(f"There is no authority pack “{wanted.la}”; choose one of: {known}.")
    if not any(period.kind is PeriodKind.TERM for period in wanted.periods):
        raise Refused("The calendar has no term: without one the school is never open.")
    most = rulebook.register_open.value
    fault = password_fault(wanted.password) or day_fault(wanted.am, wanted.pm, most)
    if fault:
        raise Refused(fault)
