"""Reading one pupil's case: everything a bundle is decided and drawn from, of one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_app.actions.families import read_families
from desktop_app.actions.figures import count
from desktop_app.actions.let_out import let_out
from desktop_app.actions.protected import read_protected
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Channel, Flag, Person, Pupil, Tie
from desktop_app.domain.referrals import Referral
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.school import Period, School
from desktop_app.domain.sessions import school_year_start
from desktop_app.ports import BookReading, Reading
from desktop_app.rules.casefile import CaseFile, Others, Sibling
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date
from desktop_app.rules.earlier_years import earliest_day
from desktop_app.rules.register import not_begun
from desktop_app.rules.scrub import address_parts


def read_case(context: Context, reading: Reading, request: BundleRequest) -> CaseFile:
    """Read the case, without protected addresses: a document says that the school holds them. Raises `Refused` for an
    unknown pupil or referral, for days that make no sense, and for a bundle or a period of before the pupil was on
    roll."""
    today = context.today()
    _check_days(request, today)
    roll = read_roll(reading.book)
    pack = context.pack(roll.school)
    referral = referral_of(pack, request.referral)
    _check_school(referral, roll.school)
    pupil = roll.pupils.get(request.pupil)
    if pupil is None:
        raise Refused("That pupil is not in this school’s book.")
    _check_on_roll(request, pupil)
    families, held = read_families(reading.book, request.on), read_protected(reading.book, request.on)
    siblings = _siblings(context, reading, roll, families.siblings(pupil.id), request.on)
    entries = tuple(reading.entries.of(pupil.id))
    earliest = min(earliest_day(request.on), request.first)
    file = CaseFile(
        request=request,
        today=today,
        rulebook=context.rulebook,
        pack=pack,
        referral=referral,
        school=roll.school,
        calendar=roll.calendar,
        pupil=held.of_child(pupil),
        memberships=roll.memberships.get(pupil.id, ()),
        patterns=roll.patterns.get(pupil.id, ()),
        flags=tuple(flag for flag in reading.book.all(Flag) if flag.pupil == pupil.id),
        relatives=tuple(map(held.of_card, families.of(pupil.id))),
        siblings=tuple(replace(one, pupil=held.of_child(one.pupil)) for one in siblings),
        names=_names(reading.book, pupil.id, entries),
        marks=tuple(reading.marks.between(earliest, request.on, [pupil.id])),
        changes=tuple(reading.marks.history(pupil.id, request.first, min(request.last, request.on))),
        entries=entries,
        not_begun=not_begun(roll.school, context.now()),
        files=tuple(reading.entries.attachments_of([entry.id for entry in entries])),
        tasks=tuple(task for task in reading.book.all(Task) if task.pupil == pupil.id),
        school_log=tuple(reading.entries.all(kinds=[EntryKind.SCHOOL])),
        others=_others(reading.book, roll, pupil.id, families.siblings(pupil.id)),
        let_out=let_out(context, request, referral, entries),
        periods=tuple(reading.book.all(Period)),
    )
    return _of_parent(file)


def _of_parent(file: CaseFile) -> CaseFile:
    """The file with the parent whose bundle it is, where the referral is made per parent: the only one, or the one
    asked for. Raises `Refused` where that is not plain."""
    asked, names = file.request.parent, " or ".join(one.person.formal_name for one in file.parents)
    if asked is not None and file.parent is None:
        raise Refused(f"That person is no parent of this child on that day. Choose {names or 'nobody'}.")
    if not file.referral.per_parent or asked is not None:
        return file
    if len(file.parents) > 1:
        raise Refused(f"{file.referral.title} is made for one parent at a time. Choose {names}.")
    only = file.parents[0].person.id if file.parents else None
    return replace(file, request=replace(file.request, parent=only))


def _others(book: BookReading, roll: Roll, pupil: int, siblings: frozenset[int]) -> Others:
    """Whom the bundle may not give away: every other child ever in the book, everybody ever tied to this one."""
    people = {person.id: person for person in book.all(Person)}
    ties = {tie.person: tie for tie in book.all(Tie) if tie.pupil == pupil}
    channels: defaultdict[int, list[Channel]] = defaultdict(list)
    for channel in book.all(Channel):
        if channel.person in ties:
            channels[channel.person].append(channel)
    return Others(
        children=tuple(child for child in roll.pupils.values() if child.id != pupil),
        siblings=siblings,
        cards=tuple(ContactCard(people[key], tie, tuple(channels[key])) for key, tie in ties.items()),
        held=frozenset[str]().union(
            *(
                address_parts(person.address.lines, person.address.postcode)
                for person in people.values()
                if person.protected_address
            )
        ),
    )


def _check_school(referral: Referral, school: School) -> None:
    if not referral.is_for(school.type):
        raise Refused(f"{referral.title} is not for this type of school ({school.type.value.replace('-', ' ')}).")


def referral_of(pack: Pack, key: str) -> Referral:
    """The pack's referral of that key. Raises `Refused`, naming those there are."""
    found = pack.referral(key)
    if found is None:
        known = ", ".join(referral.key for referral in pack.referrals)
        raise Refused(f"The {pack.title} pack has no referral “{key}”; it has {known}.")
    return found


def _check_days(request: BundleRequest, today: date) -> None:
    if request.on > today:
        raise Refused(f"{long_date(request.on)} is still to come: a bundle is made as on today or an earlier day.")
    if request.first > request.last:
        raise Refused(f"The period ends on {long_date(request.last)}, before it begins on {long_date(request.first)}.")
    if request.last > request.on:
        raise Refused(
            f"The period ends on {long_date(request.last)}, after the day of the bundle, {long_date(request.on)}."
        )


def _check_on_roll(request: BundleRequest, pupil: Pupil) -> None:
    """Of the time before a child came the school knows nothing that it could refer."""
    since = f"{pupil.name} is on roll from {long_date(pupil.starting_day)}"
    if request.on < pupil.starting_day:
        raise Refused(f"{since}, after the day of the bundle, {long_date(request.on)}. Choose a later day.")
    if request.last < pupil.starting_day:
        raise Refused(f"{since}, after the period, which ends on {long_date(request.last)}. Choose a later period.")


def _siblings(context: Context, reading: Reading, roll: Roll, keys: frozenset[int], on: date) -> tuple[Sibling, ...]:
    """The brothers and sisters on roll that day, with their figures."""
    on_roll = in_order(roll.pupils[key] for key in keys if roll.pupils[key].on_roll(on))
    if not on_roll:
        return ()
    counted = count(context, reading, roll, school_year_start(on), on, {one.id for one in on_roll})
    siblings: list[Sibling] = []
    for one in on_roll:
        place = roll.place(one.id, on)
        class_name, year = (place.class_name, place.year) if place else ("", "")
        siblings.append(Sibling(one, class_name, year, counted[one.id]))
    return tuple(siblings)


def _names(book: BookReading, pupil: int, entries: tuple[Entry, ...]) -> Mapping[int, str]:
    """Those whom the entries name, without anybody a court has ever kept from the child."""
    named = {person for entry in entries for person in entry.persons}
    kept_away = {tie.person for tie in book.all(Tie) if tie.pupil == pupil and tie.no_contact}
    people = (book.get(Person, key) for key in sorted(named - kept_away))
    return {person.id: person.formal_name for person in people if person is not None}
