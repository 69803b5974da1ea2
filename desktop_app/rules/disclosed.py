"""What the reader of a bundle may know of a case: everything else is taken out before anything is drawn.

So no part can show what is not for its reader. Readiness is judged on the whole file; what is printed is disclosed.
Sources: practice, points 5, 8, 28 and 29; Sefton’s chapter on prosecution (no earlier disposal is raised before a
finding of guilt).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop_app.domain.bundle import LeftOut
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Answer, Pupil
from desktop_app.domain.referrals import Disclosure
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import head_of, sealed
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date
from desktop_app.rules.names import plain
from desktop_app.rules.protected import HELD
from desktop_app.rules.scrub import Hidden, Scrubber, address_parts
from desktop_app.rules.session_lists import count_words

EARLIER_DISPOSALS = frozenset({EntryKind.PENALTY_NOTICE, EntryKind.PROSECUTION, EntryKind.ORDER})
"""What a court may not hear of before it has found somebody guilty."""
OTHER_PARENT = "the other parent"
BROTHERS = "brother or sister"
"""In the details of another school: whose it is."""
NAME = re.compile(r"[^\W\d_][^,;\d(]*")


def disclose(file: CaseFile) -> CaseFile:
    """The file as the referral’s reader may see it. `left_out` of it says what was taken out, for the maker alone;
    what is restricted is never counted there."""
    shown = _without_sealed(file)
    if file.referral.disclosure is Disclosure.COURT:
        return _scrubbed(_for_court(shown), frozenset(_brothers_elsewhere(shown)))
    return _scrubbed(shown)


def disclose_to_court(file: CaseFile) -> CaseFile:
    """The file as a pack for the court would hold it, whatever this referral’s reader may know: of the parent it is
    made for, of the only one where none was asked for, and where that is not plain of nobody’s earlier disposals."""
    request = file.request
    if request.parent is None and len(file.parents) == 1:
        request = replace(request, parent=file.parents[0].person.id)
    if request.parent is not None:
        return disclose(replace(file, request=request, referral=replace(file.referral, disclosure=Disclosure.COURT)))
    shown = disclose(file)
    kept = [entry for entry in shown.entries if entry.kind not in EARLIER_DISPOSALS]
    return _with_entries(shown, kept, [])


def _without_sealed(file: CaseFile) -> CaseFile:
    """Nothing restricted, and nothing of what was added to it; what the maker leaves out is out."""
    by_id = {entry.id: entry for entry in file.entries}
    kept = [entry for entry in file.entries if not sealed(entry, by_id)]
    chosen = [entry for entry in kept if file.request.without(f"entry:{entry.id}")]
    gone = {entry.id for entry in chosen}
    said = [LeftOut(_named(entry), file.request.without(f"entry:{entry.id}")) for entry in chosen]
    return _with_entries(file, [entry for entry in kept if head_of(entry, by_id).id not in gone], said)


def _for_court(file: CaseFile) -> CaseFile:
    """For one parent: no sibling, no other parent’s details or dealings, no earlier disposal."""
    parent = file.request.parent
    others = frozenset(one.person.id for one in file.parents if one.person.id != parent)
    kept: list[Entry] = []
    said: list[LeftOut] = []
    dropped: set[int] = set()
    by_id = {entry.id: entry for entry in file.entries}
    for entry in file.entries:
        why = _why_not_for_court(entry, others)
        if why or (entry.adds_to is not None and head_of(entry, by_id).id in dropped):
            dropped.add(entry.id)
            said += [LeftOut(_named(entry), why)] if why else []
        else:
            kept.append(entry)
    if file.siblings:
        said.append(LeftOut("Brothers and sisters", "a bundle for the court names no other child"))
    return replace(
        _with_entries(file, kept, said),
        siblings=(),
        pupil=_child(file.pupil, file.parent),
        relatives=tuple(one for one in file.relatives if one.person.id == parent),
        names={key: OTHER_PARENT if key in others else name for key, name in file.names.items()},
    )


def _why_not_for_court(entry: Entry, others: frozenset[int]) -> str:
    if _of_brother(entry):
        return "a bundle for the court names no other child"
    if entry.kind in EARLIER_DISPOSALS:
        return "an earlier notice, fine or prosecution is not raised before a finding of guilt"
    if entry.persons and others.issuperset(entry.persons):
        return "it was with the other parent alone, and the bundle is of this one"
    return ""


def _of_brother(entry: Entry) -> bool:
    return entry.kind is EntryKind.OTHER_SCHOOL and entry.details.get("who") == BROTHERS


def _brothers_elsewhere(file: CaseFile) -> Iterator[str]:
    """The names of brothers and sisters at other schools, as they stand before the date of birth."""
    for entry in file.entries:
        if _of_brother(entry) and (found := NAME.match(entry.details.get("child", ""))):
            yield found[0].strip()


def _child(pupil: Pupil, parent: ContactCard | None) -> Pupil:
    """The child; the address only where it is this parent’s too."""
    own = parent is not None and parent.tie.lives_with is Answer.YES
    return pupil if own else replace(pupil, address=HELD)


def _with_entries(file: CaseFile, entries: list[Entry], said: list[LeftOut]) -> CaseFile:
    ids = {entry.id for entry in entries}
    return replace(
        file,
        entries=tuple(entries),
        files=tuple(one for one in file.files if one.entry in ids),
        left_out=(*file.left_out, *said),
    )


def _scrubbed(file: CaseFile, elsewhere: frozenset[str] = frozenset()) -> CaseFile:
    """Every text somebody typed, without the names of other children and the details of those not shown. `elsewhere`
    are the names of brothers and sisters at other schools, where they are not for the reader."""
    hidden = _hidden(file)
    fores = frozenset(name.split()[0] for name in elsewhere) - _forenames(file.pupil)
    names = elsewhere - _names(file.pupil)
    hidden = replace(hidden, children=hidden.children | names, siblings=hidden.siblings | fores)
    scrubber = Scrubber(hidden)
    entries = list(_clean_entries(file, hidden, scrubber))
    changed = [new for old, new in zip(file.entries, entries, strict=True) if old != new]
    said = list(_taken_out(changed))
    return replace(
        file,
        entries=tuple(entries),
        marks=tuple(mark._replace(note=scrubber.clean(mark.note)) if mark.note else mark for mark in file.marks),
        changes=tuple(
            replace(one, note=scrubber.clean(one.note), reason=scrubber.clean(one.reason)) for one in file.changes
        ),
        files=tuple(replace(one, shown_name=scrubber.clean(one.shown_name)) for one in file.files),
        flags=tuple(replace(one, value=scrubber.clean(one.value)) for one in file.flags),
        patterns=tuple(replace(one, purpose=scrubber.clean(one.purpose)) for one in file.patterns),
        school_log=tuple(_clean_entry(entry, scrubber) for entry in file.school_log),
        let_out=tuple(_clean_entry(entry, scrubber) for entry in file.let_out),
        left_out=(*file.left_out, *said),
    )


def _clean_entries(file: CaseFile, hidden: Hidden, scrubber: Scrubber) -> Iterator[Entry]:
    """The entries, cleaned. One that is about other children too calls them by their forenames alone."""
    by_id = {entry.id: entry for entry in file.entries}
    shown = {file.pupil.id, *(sibling.pupil.id for sibling in file.siblings)}
    children = {child.id: child for child in file.others.children}
    of_some: dict[frozenset[int], Scrubber] = {frozenset(): scrubber}
    for entry in file.entries:
        about = frozenset({*entry.pupils, *head_of(entry, by_id).pupils} - shown).intersection(children)
        if about not in of_some:
            called = frozenset(name for key in about for name in _called(children[key])) - _forenames(file.pupil)
            of_some[about] = Scrubber(replace(hidden, siblings=hidden.siblings | called))
        yield _clean_entry(entry, of_some[about])


def _hidden(file: CaseFile) -> Hidden:
    """What may not be read: other children but for siblings whom the referral shows, and the details of everybody who
    is not among those shown."""
    shown = {sibling.pupil.id for sibling in file.siblings}
    children = [child for child in file.others.children if child.id not in shown]
    brothers = [child for child in children if child.id in file.others.siblings]
    people = {card.person.id for card in file.relatives}
    cards = [card for card in file.others.cards if card.person.id not in people]
    away = [card for card in cards if card.tie.no_contact]
    parents = [card for card in cards if card.is_parent and not card.tie.no_contact]
    own = {name for card in file.relatives for name in _own_places(card)} | address_parts(
        file.pupil.address.lines, file.pupil.address.postcode
    )
    court = file.referral.disclosure is Disclosure.COURT
    return Hidden(
        people=frozenset(name for card in away for name in _formal(card)),
        parents=frozenset(name for card in parents for name in _formal(card)) if court else frozenset(),
        children=frozenset(name for child in children for name in _names(child)),
        siblings=frozenset(name for child in brothers for name in _called(child)) - _forenames(file.pupil),
        phones=frozenset(channel.value for card in cards for channel in card.channels)
        - {channel.value for card in file.relatives for channel in card.channels},
        addresses=frozenset(
            place
            for place in (frozenset(name for card in cards for name in _own_places(card)) - own) | file.others.held
            if not _is_town_of_school(file, place)
        ),
        shown=_may_be_read(file),
    )


def _may_be_read(file: CaseFile) -> frozenset[str]:
    """The names of whom and what the reader may know, which others may share: of the child, the family that is shown,
    the staff, the school and the authority."""
    return frozenset({
        *_names(file.pupil),
        *(name for sibling in file.siblings for name in _names(sibling.pupil)),
        *(name for card in file.relatives for name in _formal(card)),
        *(entry.author.name for entry in file.entries),
        *(change.author.name for change in file.changes),
        file.school.headteacher,
        file.school.name,
        file.pack.authority,
    }) - {""}  # fmt: skip


def _is_town_of_school(file: CaseFile, place: str) -> bool:
    """Whether a line of an address is but the town or district of the school, which everybody knows."""
    around = f" {plain(f'{file.school.name}, {file.school.address}, {file.pack.authority}')},"
    return (
        not any(sign.isdigit() for sign in place) and re.search(rf"\b{re.escape(plain(place))}\b", around) is not None
    )


def _formal(card: ContactCard) -> Iterator[str]:
    """How an adult is named in full, and with title and surname."""
    name = card.person.full_name
    yield name
    if card.person.title and name.split():
        yield f"{card.person.title} {name.split()[-1]}"


def _own_places(card: ContactCard) -> Iterator[str]:
    if card.person.address != HELD:
        yield from address_parts(card.person.address.lines, card.person.address.postcode)
    yield from (channel.value for channel in card.channels if "@" in channel.value)


def _names(pupil: Pupil) -> frozenset[str]:
    """Every full name a child goes by, in either order."""
    fores = {*_forenames(pupil), f"{pupil.legal_forename} {pupil.middle_names}".strip()} - {""}
    surnames = {name for name in (pupil.legal_surname, pupil.used_surname) if name}
    return frozenset(f"{fore} {surname}" for fore in fores for surname in surnames) | frozenset(
        f"{surname}, {fore}" for fore in fores for surname in surnames
    )


def _called(pupil: Pupil) -> frozenset[str]:
    """What a child is called by where one knows who is meant: the forename, or its first letter with the surname."""
    fores = _forenames(pupil)
    surnames = {name for name in (pupil.legal_surname, pupil.used_surname) if name}
    return fores | {f"{fore[0]} {surname}" for fore in fores for surname in surnames}


def _forenames(pupil: Pupil) -> frozenset[str]:
    return frozenset(name for name in (pupil.legal_forename, pupil.used_forename) if name)


def _clean_entry(entry: Entry, scrubber: Scrubber) -> Entry:
    details: Mapping[str, str] = {key: scrubber.clean(value) for key, value in entry.details.items()}
    return replace(entry, outcome=scrubber.clean(entry.outcome), note=scrubber.clean(entry.note), details=details)


def _taken_out(changed: list[Entry]) -> Iterator[LeftOut]:
    if changed:
        days = ", ".join(dict.fromkeys(long_date(entry.happened_at.date()) for entry in changed))
        number = count_words(len(changed), "entry", "entries")
        yield LeftOut(f"Names or details in {number} ({days})", "they are another child’s, or of somebody not shown")


def _named(entry: Entry) -> str:
    return f"{entry.kind.label}, {long_date(entry.happened_at.date())}"
