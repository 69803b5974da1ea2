"""What is otherwise in the record now than when a bundle was made, line by line: never what its reader may not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from desktop_app.domain.bundle import BundlePlan, Readiness
from desktop_app.domain.entries import Entry
from desktop_app.domain.figures import Figures
from desktop_app.domain.frozen import Since
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.casefile import CaseFile, Sibling
from desktop_app.rules.chronology import UNPRINTED
from desktop_app.rules.display import date_year, long_date, percent

BLANK = "no mark"
WORDS = {Readiness.MET: "met", Readiness.CHECK: "to be looked at", Readiness.MISSING: "missing"}


def marks_since(then: CaseFile, now: CaseFile, by: Mapping[Session, MarkChange]) -> Iterator[Since]:
    """Each session whose mark is another one now. `by` is the newest change of a session, where one is known."""
    was, is_ = _marks(then), _marks(now)
    for place in sorted(was.keys() | is_.keys(), key=lambda one: (one[0], one[1].ordinal)):
        before, after = was.get(place), is_.get(place)
        if _said(before) != _said(after):
            session = Session(*place)
            change = by.get(session)
            who = f", by {change.author.name}" if change else ""
            why = f": {change.reason}" if change and change.reason else ""
            yield Since(
                f"{date_year(session.day)} {session.half.value} was {_said(before)}, is {_said(after)}{who}{why}"
            )


def amendments_since(then: CaseFile, now: CaseFile) -> Iterator[Since]:
    """Each session of the period that was changed since and bears the same mark again: the report of changes has it."""
    before = {change.seq for change in then.changes}
    was, is_ = _marks(then), _marks(now)
    places = {(one.day, one.half) for one in now.changes if one.seq not in before}
    for day, half in sorted(places, key=lambda one: (one[0], one[1].ordinal)):
        if _said(was.get((day, half))) == _said(is_.get((day, half))):
            mark = _said(is_.get((day, half)))
            yield Since(f"{date_year(day)} {half.value} was changed meanwhile, and is {mark} again: see its changes")


def _marks(file: CaseFile) -> dict[tuple[date, Half], Mark]:
    return {(mark.day, mark.half): mark for mark in file.marks}


def _said(mark: Mark | None) -> str:
    if mark is None:
        return BLANK
    return f"{mark.code} ({mark.minutes} minutes)" if mark.minutes else mark.code


def entries_since(then: CaseFile, now: CaseFile) -> Iterator[Since]:
    """Each entry of before the day of the bundle that was recorded or withdrawn since. Both files are as their reader
    may see them, so nothing restricted is told."""
    before = {entry.id: entry for entry in then.entries}
    for entry in now.entries:
        if entry.kind in UNPRINTED or entry.happened_at.date() > now.request.on:
            continue
        was = before.get(entry.id)
        if was is None:
            yield Since(f"New: {_named(entry)}, recorded by {entry.author.name}")
        elif entry.withdrawn is not None and was.withdrawn is None:
            yield Since(f"Withdrawn: {_named(entry)}, by {entry.withdrawn.author.name}: {entry.withdrawn.reason}")


def files_since(then: CaseFile, now: CaseFile) -> Iterator[Since]:
    """Each file that was kept since with an entry that was on record then."""
    entries, before = {entry.id: entry for entry in then.entries}, {one.id for one in then.files}
    for one in now.files:
        entry = entries.get(one.entry)
        if entry is not None and one.id not in before and entry.happened_at.date() <= now.request.on:
            yield Since(f"New file: “{one.shown_name}”, with {_named(entry)}")


def _named(entry: Entry) -> str:
    what = f"{entry.kind.label}, {entry.outcome}" if entry.outcome else entry.kind.label
    return f"{what}, of {long_date(entry.happened_at.date())}"


def book_since(then: CaseFile, now: CaseFile) -> Iterator[Since]:
    """What is known of the child, its family, where it stands in the school, and the school itself."""
    if then.pupil != now.pupil:
        yield Since("The child’s particulars are otherwise")
    if then.memberships != now.memberships:
        yield Since("The child’s class or year group is otherwise")
    was = {card.person.id: card for card in then.relatives}
    is_ = {card.person.id: card for card in now.relatives}
    for key, card in is_.items():
        if key not in was:
            yield Since(f"{card.person.formal_name} is a contact now")
        elif was[key] != card:
            yield Since(f"What is known of {card.person.formal_name} is otherwise")
    for key in was.keys() - is_.keys():
        yield Since(f"{was[key].person.formal_name} is no contact any more")
    if then.flags != now.flags:
        yield Since("The groups and needs of the child are otherwise")
    if _shown(then) != _shown(now):
        yield Since("What is shown of brothers and sisters is otherwise")
    if then.school != now.school:
        yield Since("The school’s own particulars are otherwise")


def _shown(file: CaseFile) -> list[Sibling]:
    """The brothers and sisters. A session that was still to come then is no difference."""
    return [replace(one, figures=replace(one.figures, unmarked=0)) for one in file.siblings]


def figures_since(then: CaseFile, now: CaseFile) -> Iterator[Since]:
    """The figures of the period, where they are others."""
    first, last = now.request.first, now.request.last
    was, is_ = then.figures(first, last), now.figures(first, last)
    if was != is_:
        yield Since(f"Figures of the period: {_counted(was)}; now {_counted(is_)}")


def _counted(figures: Figures) -> str:
    found = f"attendance {percent(figures.attendance)}, {figures.unauthorised} unauthorised of {figures.possible}"
    return f"{found}, {figures.unmarked} without a mark" if figures.unmarked else found


def plan_since(then: BundlePlan, now: BundlePlan) -> Iterator[Since]:
    """The lines of readiness and the parts that are otherwise, and the pack where it is another."""
    if (then.pack.key, then.pack.version) != (now.pack.key, now.pack.version):
        yield Since(f"The pack was {then.pack.title} {then.pack.version}, is {now.pack.title} {now.pack.version}")
    states = {found.key: found.state for found in then.findings}
    for found in now.findings:
        was = states.pop(found.key, None)
        if was is not found.state:
            before = f"was {WORDS[was]}" if was else "was not asked for"
            yield Since(f"“{found.title}” {before}, is {WORDS[found.state]}")
    titles = {found.key: found.title for found in then.findings}
    for key in states:
        yield Since(f"“{titles[key]}” is not asked for any more")
    drawn = {part.kind: part.drawn for part in then.parts}
    for part in now.parts:
        if drawn.get(part.kind, part.drawn) is not part.drawn:
            yield Since(f"The part “{part.title}” {'can be drawn now' if part.drawn else 'cannot be drawn any more'}")
