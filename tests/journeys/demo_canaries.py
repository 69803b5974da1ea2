"""The families of the demo school, and what a bundle of each may not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.actions.families import read_families
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.people import Channel, Person, Pupil
from desktop_app.domain.referrals import Disclosure, Referral
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import school_year_start
from tests.support.whole_pdf import WholePdf


@dataclass(frozen=True)
class Family:
    """A child on roll with its parents, and the ids of brothers and sisters."""

    pupil: Pupil
    parents: tuple[int, ...]
    siblings: frozenset[int]


def families(context: Context) -> list[Family]:
    """Every child on roll today."""
    today = context.today()
    with context.store.reading() as reading:
        known = read_families(reading.book, today)
        pupils = [one for one in reading.book.all(Pupil) if one.on_roll(today)]
    return [
        Family(pupil, tuple(card.person.id for card in known.of(pupil.id) if card.is_parent), known.siblings(pupil.id))
        for pupil in pupils
    ]


def be_of(context: Context, pack: str, referral: Referral) -> None:
    """Make the school one of that authority, of a type that may make that referral."""
    type_ = referral.schools[0] if referral.schools else SchoolType.MAINTAINED
    with context.store.reading() as reading:
        school = reading.book.school()
    if (school.la, school.type) != (pack, type_):
        with context.store.writing(context.deed("settings")) as writing:
            writing.book.put(replace(school, la=pack, type=type_))


class Canaries:
    """What may stand nowhere in the bundle of that family, referral and parent."""

    def __init__(self, context: Context, family: Family, referral: Referral, parent: int | None) -> None:
        today = context.today()
        first = max(school_year_start(today), family.pupil.starting_day)
        self.request = BundleRequest(family.pupil.id, referral.key, today, first, today, parent=parent)
        self._texts = frozenset(_texts(context, family, referral, parent))

    def found(self, read: WholePdf) -> list[str]:
        """Those that stand there all the same."""
        return [one for one in self._texts if read.says(one)]


def _texts(context: Context, family: Family, referral: Referral, parent: int | None) -> Iterator[str]:
    court = referral.disclosure is Disclosure.COURT
    with context.store.reading() as reading:
        people = {one.id: one for one in reading.book.all(Person)}
        channels = reading.book.all(Channel)
        entries = reading.entries.of(family.pupil.id)
        pupils = reading.book.all(Pupil)
    shown = frozenset[int]() if court else family.siblings
    child = family.pupil
    # A middle name and a surname may together be what another child is called.
    own = {child.name, child.legal_name, f"{child.middle_names} {child.legal_surname}"}
    adults = {people[key].full_name for key in family.parents}
    for other in pupils:
        name = f"{other.legal_forename} {other.legal_surname}"
        if other.id != child.id and other.id not in shown and name not in own | adults:
            yield name
    yield from (f"{entry.note}" for entry in entries if entry.restricted and entry.note)
    if court:
        kept = {one.value for one in channels if one.person == parent}
        theirs = [people[key] for key in family.parents if key != parent]
        yield from (one.value for one in channels if one.person in {p.id for p in theirs} and one.value not in kept)
        home = people[parent].address if parent else None
        yield from (p.address.postcode for p in theirs if p.address and home and p.address != home)
