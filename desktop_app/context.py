"""The context every action is handed: frozen, passed down, never fetched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from desktop_app.domain.clock import SCHOOL_ZONE, school_time
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Damaged, NotAllowed, Refused
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack, Rulebook
from desktop_app.domain.school import School
from desktop_app.domain.staff import Author, Staff
from desktop_app.ports import BookReading, Clock, EntriesReading, Reading, Store
from desktop_app.rules.rights import READS_CARE, own_classes, rights_of


@dataclass(frozen=True, slots=True)
class Context:
    """An open school, the law and packs, the time, and who is at the desk. `alone` is true where nobody else can sign
    in: then the roles divide nothing. `own` is the school’s own copy of its authority’s pack, where it has made one."""

    store: Store
    rulebook: Rulebook
    clock: Clock
    staff: Staff
    alone: bool = True
    own: Pack | None = None

    @property
    def user(self) -> Author:
        """The name under which what is done now is recorded."""
        return self.staff.as_author()

    def may(self, right: Right) -> bool:
        """Whether the present user has a right."""
        return right in rights_of(self.staff, alone=self.alone)

    def require(self, right: Right) -> None:
        """Raise `NotAllowed` where the present user has not that right."""
        if not self.may(right):
            raise NotAllowed(self.staff.name, right.words)

    def sees(self, class_name: str) -> bool:
        """Whether the present user may read of the children of a class."""
        own = own_classes(self.staff, alone=self.alone)
        return own is None or class_name in own

    def require_class(self, class_name: str) -> None:
        """Raise `Refused` where the present user may not read of the children of a class."""
        if not self.sees(class_name):
            raise Refused(f"{class_name} is not among the classes given to {self.staff.name}. Ask the office.")

    @property
    def sees_all(self) -> bool:
        """Whether the present user may read of every class."""
        return own_classes(self.staff, alone=self.alone) is None

    def knows(self, class_name: str) -> bool:
        """Whether the present user may know the children of a class by name."""
        return self.may(Right.READ_REGISTER) and self.sees(class_name)

    @property
    def knows_names(self) -> bool:
        """Whether the present user may know every child of the school by name: to anybody else no figure is shown from
        which a child of another class could be told."""
        return self.may(Right.READ_REGISTER) and self.sees_all

    @property
    def reads_care(self) -> bool:
        """Whether the present user reads what social care does for a child."""
        return any(map(self.may, READS_CARE))

    def now(self) -> datetime:
        """The school's local time, naive, as people say it."""
        return school_time(self.clock())

    def today(self) -> date:
        """The school's local date."""
        return self.now().date()

    def moment(self, as_at: datetime | None) -> datetime:
        """The moment up to which is read, school local time: the present one, or that which is turned back to."""
        return self.now() if as_at is None else min(self.now(), school_time(as_at))

    def deed(self, action: str, reason: str = "") -> Deed:
        """A deed done now by the present user."""
        return Deed(author=self.user, action=action, at=self.clock().astimezone(UTC), reason=reason)

    def pack(self, school: School) -> Pack:
        """The school's own copy of its authority's pack, else the pack as shipped; the England default where the
        authority has none."""
        if self.own is not None and self.own.key == school.la:
            return self.own
        return self.rulebook.packs.get(school.la) or self.rulebook.packs["england"]


def signed_in(store: Store, rulebook: Rulebook, clock: Clock) -> Context:
    """The context of a store just opened, under the name of the member of staff who opened it.

    Raises `Damaged` where the store knows nobody by that sign-in name, and `Refused` where that person was taken off
    those who sign in, even if an old keys file still lets them try; the store is closed then.
    """
    with store.reading() as reading:
        found = next((one for one in reading.book.all(Staff) if one.user == store.user), None)
        alone = signs_in_alone(reading.book)
        own = own_pack(reading, rulebook)
    if found is None:
        store.close()
        raise Damaged(f"{store.path.name} knows no member of staff called {store.user}. It was not touched.")
    if not found.active:
        store.close()
        raise Refused(f"{found.name} was taken off those who may sign in. Whoever adds staff can give a way in again.")
    return Context(store, rulebook, clock, found, alone, own)


def handed_over(context: Context, user: str, password: str) -> Context:
    """The context of whoever takes over the open school, or comes back to it; the writer's lock stays with the process.

    Raises `WrongPassword` where that person may not sign in or the password is not theirs; nothing is changed then.
    """
    name = user.strip().casefold()
    with context.store.reading() as reading:
        known = any(one.active and one.user.casefold() == name for one in reading.book.all(Staff) if one.user)
    context.store.hand_over(user if known else "", password)
    return signed_in(context.store, context.rulebook, context.clock)


def renewed(context: Context) -> Context:
    """The same context after the book changed: the present person's roles, rights and classes, and the school’s own
    pack, as they are now."""
    with context.store.reading() as reading:
        staff = reading.book.get(Staff, context.staff.id) or context.staff
        alone = signs_in_alone(reading.book)
        own = own_pack(reading, context.rulebook)
    return replace(context, staff=staff, alone=alone, own=own)


def turned_back(context: Context, as_at: datetime | None) -> Context:
    """The same context with the school’s own pack as it was in force at `as_at` (aware); unchanged where nothing is
    turned back: what is told of now asks the store nothing."""
    if as_at is None:
        return context
    with context.store.reading(as_at) as reading:
        return replace(context, own=own_pack(reading, context.rulebook, context.own))


def own_pack(reading: Reading, rulebook: Rulebook, known: Pack | None = None) -> Pack | None:
    """The school’s own copy of its authority’s pack, the newest that stands; None where it has made none, and where
    it kept cannot be read any more: the shipped pack then holds, and the page of packs says why. `known` is one that
    was read before: it is not read again, as no version of a pack is ever used twice."""
    kept = [one for one in reading.entries.all(kinds=(EntryKind.PACK,)) if one.withdrawn is None]
    if not kept:
        return None
    newest = max(kept, key=lambda one: one.id)
    if known is not None and (known.key, known.version) == (newest.details.get("pack"), newest.details.get("version")):
        return known
    try:
        return kept_pack(reading.entries, rulebook, newest)
    except Damaged:
        return None


def kept_pack(entries: EntriesReading, rulebook: Rulebook, entry: Entry) -> Pack:
    """The pack that an entry keeps. Raises `Damaged` where it cannot be read."""
    file = entries.attachments(entry.id)[0]
    return rulebook.texts.read(entries.attachment_bytes(file.id).decode("utf-8"))


def signs_in_alone(book: BookReading) -> bool:
    """Whether only one member of staff can sign in."""
    return sum(bool(one.user) and one.active for one in book.all(Staff)) <= 1


def own_words(context: Context) -> str:
    """The classes of whoever sees only some, in words."""
    return ", ".join(context.staff.classes) or "no class"


def as_aware(local: datetime) -> datetime:
    """A naive school local time as an aware moment in UTC."""
    return local.replace(tzinfo=SCHOOL_ZONE).astimezone(UTC)
