"""The people who work with the school: added, changed, removed, given another password. Every change is a version in
the book, and the keys file that goes with it is named in the same link by its SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.errors import Refused, WrongPassword
from desktop_app.domain.people import Membership
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting
from desktop_app.domain.staff import Role, Staff
from desktop_app.ports import BookReading, KeysChange
from desktop_app.rules.names import class_order
from desktop_app.rules.rights import SECOND_KEY, key_role, rights_of
from desktop_app.rules.staff import NOBODY_LEFT, keeps_somebody, staff_fault

KEYS = "keys.sha256"
"""The SHA-256 of the keys file as it was last changed."""
NOT_AS_RECORDED = (
    "The keys file is not the one that was recorded last: it was put back from a copy, or a change was cut short. Look "
    "through who can sign in below; the next change of a password or a person records it again."
)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One member of staff. `way_in` says whether a password opens the school for them, `second_key` whether it opens
    restricted notes too, `rights` all they may do."""

    staff: Staff
    way_in: bool
    second_key: bool
    rights: frozenset[Right]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Everybody, those who sign in first; the classes there are; and what is to be said of the keys file."""

    lines: tuple[StaffLine, ...]
    classes: tuple[str, ...]
    fault: str


@needs(Right.STAFF)
def staff_list(context: Context) -> StaffPage:
    """Everybody who works or worked with the school."""
    with context.store.reading() as reading:
        staff, classes = reading.book.all(Staff), _classes(context, reading.book)
        recorded = next((one.value for one in reading.book.all(Setting) if one.key == KEYS), "")
    slots = context.store.slots
    ways = {user.casefold(): role for user, role in slots.users().items()}
    alone = sum(bool(one.user) and one.active for one in staff) <= 1
    lines = [
        StaffLine(
            one,
            bool(one.user) and one.user.casefold() in ways,
            ways.get(one.user.casefold()) in SECOND_KEY,
            rights_of(one, alone=alone and bool(one.user)),
        )
        for one in staff
    ]
    lines.sort(key=lambda line: (not line.staff.active, not line.way_in, line.staff.name.casefold()))
    fault = NOT_AS_RECORDED if recorded and recorded != slots.sha256 else ""
    return StaffPage(tuple(lines), classes, fault)


@needs(Right.OPEN)
def safeguarding_leads(context: Context) -> tuple[Staff, ...]:
    """Whom to ask or tell where something may be a matter of safeguarding; the headteacher where nobody is named."""
    with context.store.reading() as reading:
        staff = [one for one in reading.book.all(Staff) if one.active]
    leads = [one for one in staff if Role.DSL in one.roles]
    return tuple(leads or [one for one in staff if Role.HEADTEACHER in one.roles])


@needs(Right.STAFF)
def add_staff(context: Context, wanted: Staff, password: str = "") -> tuple[int, Changes]:
    """Add somebody, and return their id. With a sign-in name they need a first password; without one they never sign
    in. Refused where nobody could add staff any more."""
    added = replace(_tidy(wanted), id=0, active=True, since=context.today())
    others = _check(context, added)
    _keep_somebody([*others, added])
    change = context.store.slots.put(added.user, added.roles, password) if added.user else None
    return _record(context, "add staff", "", change, added), Changes(book=True)


@needs(Right.STAFF)
def change_staff(context: Context, wanted: Staff, password: str = "") -> Changes:
    """Change name, position, roles, classes or rights, from today on. A way in is bound to its role, so another role
    needs another first password with it; so does whoever is given a sign-in name. A sign-in name stays."""
    was = _found(context, wanted.id)
    changed = replace(_tidy(wanted), user=was.user or wanted.user.strip(), active=was.active, since=context.today())
    if not was.active:
        raise Refused(f"{was.name} was removed: add the person again under another sign-in name.")
    if changed == replace(was, since=changed.since) and not password:
        raise Refused("Nothing was changed.")
    others = _check(context, changed)
    _keep_somebody([*others, changed])
    slots = context.store.slots
    bound = slots.users().get(was.user)
    anew = bool(changed.user) and (bound is not key_role(changed.roles) or bool(password))
    if anew and not password:
        raise Refused(
            f"What a password opens is bound to the role: give {changed.name} a new first password with it, and hand "
            "it over in person."
        )
    change = slots.put(changed.user, changed.roles, password) if anew else None
    _record(context, "change staff", "", change, changed)
    return Changes(book=True)


@needs(Right.STAFF)
def remove_staff(context: Context, staff_id: int) -> Changes:
    """Take away somebody's way in. What they recorded keeps their name; old copies of the keys open nothing here any
    more, though the key of the data itself stays as it was."""
    was = _found(context, staff_id)
    if was.id == context.staff.id:
        raise Refused("Nobody takes away their own way in: another who may add staff does it.")
    if not was.active:
        raise Refused(f"{was.name} was removed already.")
    gone = replace(was, active=False, since=context.today())
    _keep_somebody([*_others(context, was.id), gone])
    change = context.store.slots.remove(was.user) if was.user else None
    _record(context, "remove staff", "", change, gone)
    return Changes(book=True)


@needs(Right.STAFF)
def reset_password(context: Context, staff_id: int, password: str) -> Changes:
    """Give a colleague another first password, to be handed over in person. No second person is asked: a small school
    may have nobody else. Who did it, for whom and when is on record."""
    was = _found(context, staff_id)
    if not was.active or not was.user:
        raise Refused(f"{was.name} does not sign in: give a sign-in name first.")
    if was.id == context.staff.id:
        raise Refused("Change your own password with the present one.")
    change = context.store.slots.put(was.user, was.roles, password)
    _record(context, "reset password", f"of {was.user}", change)
    return Changes(book=True)


@needs(Right.OPEN)
def change_own_password(context: Context, present: str, new: str) -> Changes:
    """Change one's own password. The recovery key is taken for the present one."""
    if new == present:
        raise Refused("That is the present password; take another.")
    try:
        change = context.store.slots.own(present, new)
    except WrongPassword:
        raise Refused("The present password is not right. Nothing was changed.") from None
    _record(context, "change own password", "", change)
    return Changes(book=True)


def _record(context: Context, action: str, reason: str, change: KeysChange | None, *facts: Staff) -> int:
    """Write the versions and name the keys file in one link; the file itself is kept last of all, just before the
    link. Where the link then fails after all, the former file is put back. Returns the id of the first fact."""
    tried = False
    try:
        with context.store.writing(context.deed(action, reason)) as writing:
            ids = writing.book.put_many(facts)
            if change is not None:
                writing.book.put(Setting(KEYS, change.sha256))
                tried = True
                change.keep()
    except BaseException:
        if change is not None and tried:
            with suppress(Refused):
                change.undo()
        raise
    return ids[0] if ids else 0


def _tidy(wanted: Staff) -> Staff:
    more = tuple(one for one in dict.fromkeys(wanted.more_roles) if one != wanted.role.value)
    name, position, user = (" ".join(text.split()) for text in (wanted.name, wanted.position, wanted.user))
    return replace(wanted, name=name, position=position, user=user, more_roles=more)


def _check(context: Context, wanted: Staff) -> list[Staff]:
    """Everybody else; refuses what cannot be."""
    others = _others(context, wanted.id)
    with context.store.reading() as reading:
        fault = staff_fault(wanted, others, _classes(context, reading.book))
    if fault:
        raise Refused(fault)
    return others


def _others(context: Context, staff_id: int) -> list[Staff]:
    with context.store.reading() as reading:
        return [one for one in reading.book.all(Staff) if one.id != staff_id]


def _found(context: Context, staff_id: int) -> Staff:
    with context.store.reading() as reading:
        found = reading.book.get(Staff, staff_id)
    if found is None:
        raise Refused("That person is not among the staff.")
    return found


def _keep_somebody(staff: Iterable[Staff]) -> None:
    if not keeps_somebody(staff):
        raise Refused(NOBODY_LEFT)


def _classes(context: Context, book: BookReading) -> tuple[str, ...]:
    today = context.today()
    names = {one.class_name for one in book.all(Membership) if one.last is None or one.last >= today}
    return tuple(sorted(names, key=class_order))
