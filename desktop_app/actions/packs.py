"""The school's own copy of its authority's pack: copied, changed as text, checked, and adopted with a new version.

It is kept as an entry about no pupil, with the file attached; a case goes on under the version it was opened with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.context import Context, kept_pack
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack, Rulebook
from desktop_app.domain.school import School
from desktop_app.ports import EntriesReading, Reading
from desktop_app.rules.display import date_year
from desktop_app.rules.pack_check import differences, faults

MEDIA_TYPE = "application/toml"
LONGEST = 500_000
"""Characters: ten times the longest pack that is shipped."""


@dataclass(frozen=True, slots=True)
class PackCheck:
    """A pack that can be used, and what it changes against the one in force."""

    pack: Pack
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack the school uses or used. `entry` 0: as shipped. `fault`: why what was kept cannot be read any more."""

    entry: int
    title: str
    version: str
    since: date | None
    by: str
    reason: str
    in_force: bool
    fault: str = ""


@needs(Right.READ_FIGURES)
def pack_lines(context: Context) -> tuple[PackLine, ...]:
    """The pack in force and those before it, the newest first; the shipped one last."""
    with context.store.reading() as reading:
        school = reading.book.school()
        shipped = context.rulebook.packs[school.la]
        kept = _kept(reading.entries, school.la)
        own = context.own if context.own is not None and context.own.key == school.la else None
        newest = max((one.id for one in kept if one.withdrawn is None), default=0)
        lines = [_line(context, reading, entry, entry.id == newest and own is not None) for entry in kept]
    last = PackLine(0, shipped.title, shipped.version, None, "", "As it came with the program.", own is None)
    return (*reversed(lines), last)


@needs(Right.READ_FIGURES)
def pack_text(context: Context, entry: int = 0) -> str:
    """The text of the pack of an entry, or of the one in force, to be read or changed. Raises `Refused`."""
    with context.store.reading() as reading:
        school = reading.book.school()
        kept = _kept(reading.entries, school.la)
        wanted = next((one for one in kept if one.id == entry), None) if entry else None
        if entry and wanted is None:
            raise Refused("That pack is not among those the school has kept.")
        if not entry and context.own is not None:
            wanted = max((one for one in kept if one.withdrawn is None), key=lambda one: one.id, default=None)
        if wanted is None:
            return context.rulebook.texts.text(school.la)
        return reading.entries.attachment_bytes(reading.entries.attachments(wanted.id)[0].id).decode("utf-8")


def read_checked(rulebook: Rulebook, text: str) -> Pack:
    """The pack that a text is, whole and with its worked examples coming out. Raises `Refused`, with place and reason
    of the first fault that keeps it from being read, or of all examples that fail."""
    if len(text) > LONGEST:
        raise Refused(f"This is {len(text):,} characters long: a pack has {LONGEST:,} at most.")
    try:
        pack = rulebook.texts.read(text)
    except Damaged as damaged:
        raise Refused(str(damaged)) from damaged
    if wrong := faults(pack, rulebook.kinds.rules):
        raise Refused(" ".join(wrong))
    return pack


@needs(Right.TEMPLATES)
def check_pack(context: Context, text: str) -> PackCheck:
    """Check a changed pack against the one in force; nothing is kept. Raises `Refused` in words that name the place."""
    with context.store.reading() as reading:
        return _check(context, reading.entries, reading.book.school(), text)


@needs(Right.TEMPLATES)
def adopt_pack(context: Context, text: str, reason: str) -> Changes:
    """Use a changed pack from now on: checked, with a version of its own, and why. Open cases go on under theirs."""
    said = " ".join(reason.split())
    if not said:
        raise Refused("Say why the pack changes: it is kept with it.")
    with context.store.writing(context.deed("adopt pack", said)) as writing:
        checked = _check(context, writing.entries, writing.book.school(), text)
        pack = checked.pack
        new = NewEntry(
            kind=EntryKind.PACK,
            happened_at=context.now(),
            pupils=(),
            outcome=f"{pack.title}, version {pack.version}",
            note=said,
            details={"pack": pack.key, "version": pack.version},
        )
        entry = writing.entries.add(new)
        writing.entries.attach(entry, f"{pack.key}.toml", MEDIA_TYPE, text.encode("utf-8"))
    return Changes(entries=True, book=True)


@needs(Right.TEMPLATES)
def drop_packs(context: Context, reason: str) -> Changes:
    """Go back to the pack as shipped. What the school had stays readable, and the cases run under it too."""
    said = " ".join(reason.split())
    if not said:
        raise Refused("Say why the school goes back to the pack as shipped.")
    with context.store.writing(context.deed("drop pack", said)) as writing:
        standing = [one for one in _kept(writing.entries, writing.book.school().la) if one.withdrawn is None]
        if not standing:
            raise Refused("The school uses the pack as shipped already.")
        for one in standing:
            writing.entries.withdraw(one.id, said)
    return Changes(entries=True, book=True)


def pack_of(context: Context, reading: Reading, key: str, version: str) -> Pack | None:
    """The pack of a key and version, among the one in force, the shipped and all the school ever kept; None where it is
    none of them, as a version that came with an earlier program."""
    return pack_among(context, reading.entries, key, version)


def pack_among(context: Context, entries: EntriesReading, key: str, version: str) -> Pack | None:
    """As `pack_of`, inside a reading or a deed."""
    for known in (context.own, context.rulebook.packs.get(key)):
        if known is not None and (known.key, known.version) == (key, version):
            return known
    for entry in reversed(_kept(entries, key)):
        if entry.details.get("version") == version:
            try:
                return kept_pack(entries, context.rulebook, entry)
            except Damaged:
                return None
    return None


def _kept(entries: EntriesReading, key: str) -> list[Entry]:
    """Every pack of that key the school adopted, oldest first."""
    kept = (one for one in entries.all(kinds=(EntryKind.PACK,)) if one.details.get("pack") == key)
    return sorted(kept, key=lambda one: one.id)


def _check(context: Context, entries: EntriesReading, school: School, text: str) -> PackCheck:
    pack = read_checked(context.rulebook, text)
    if pack.key != school.la:
        raise Refused(f"This is the pack “{pack.key}”; the school’s is “{school.la}”. The key stays as it is.")
    used = {one.details.get("version", "") for one in _kept(entries, school.la)}
    if pack.version in {*used, context.rulebook.packs[school.la].version}:
        raise Refused(f"The version {pack.version} was used already. Give this one a version of its own.")
    return PackCheck(pack, differences(context.pack(school), pack))


def _line(context: Context, reading: Reading, entry: Entry, in_force: bool) -> PackLine:
    fault = ""
    try:
        title = kept_pack(reading.entries, context.rulebook, entry).title
    except Damaged as damaged:
        title, fault = entry.outcome, str(damaged)
    gone = entry.withdrawn
    reason = (
        entry.note if gone is None else f"{entry.note} Given up on {date_year(gone.recorded_at.date())}: {gone.reason}"
    )
    version = entry.details.get("version", "")
    return PackLine(entry.id, title, version, entry.happened_at.date(), entry.author.name, reason, in_force, fault)
