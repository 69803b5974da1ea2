"""The sickness return: fifteen days of illness reached or expected, once for each spell.

Source: SI 2024/208 regulation 13: a pupil of compulsory school age recorded as ill (I) who the school has reason to
believe will miss fifteen days, in a row or in all, in the school year; one return for a continuous spell. An
appointment (M) is not illness. Half days are summed: two sessions are a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from desktop_app.domain.codes import ILLNESS
from desktop_app.domain.entries import Entry
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import school_year_end
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rules.display import date_year
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.triggers.facts import EXPECTED_DAYS, EXPECTED_FROM, Met, Watched, seen
from desktop_app.rules.triggers.runs import spells

A_DAY = 2
ONE_DAY = timedelta(days=1)
LAST_MONTHS = (6, 7, 8)
"""In which the terms of a school year end."""
SEND = "Send the sickness return."


class Expected(NamedTuple):
    """Illness that somebody said was to come: so many school days from a day, written down on a day."""

    days: int
    first: date
    written: date


def may_be_ill(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the marks or a note could make so many days: a cheap test."""
    return bool(_notes(child)) or _ill_sessions(child) >= A_DAY * int(spec.params["days"])


def illness(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The first spell of which nothing was decided yet: the one in which the days of the year came to the number,
    reached or expected, and then each that comes to it by itself."""
    found = _found(child, spec)
    decided = [met for met in found if child.decided(spec.key, met.decided_from or met.since)]
    begun = max((met.since for met in decided), default=date.min)
    yield from [met for met in found if met not in decided and met.since >= begun][:1]


def each_illness(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Each spell once, whatever was decided: what was expected and then reached is one."""
    told: list[date] = []
    for met in _found(child, spec):
        if not any(day >= (met.decided_from or met.since) for day in told):
            told.append(met.since)
            yield met


def _found(child: Watched, spec: TriggerSpec) -> list[Met]:
    needed = A_DAY * int(spec.params["days"])
    ill = [mark for mark in child.marks if mark.code == ILLNESS and _counts(child, mark)]
    return sorted((*_expected(child, ill, needed), *_reached(child, ill, needed)), key=lambda met: met.since)


def _ill_sessions(child: Watched) -> int:
    year = child.watch.year_start
    return sum(mark.code == ILLNESS and mark.day >= year for mark in child.marks)


def _counts(child: Watched, mark: Mark) -> bool:
    return mark.day >= child.watch.year_start and child.compulsory(mark.day)


def _reached(child: Watched, ill: Sequence[Mark], needed: int) -> Iterator[Met]:
    """The spell in which the whole year’s sessions came to the number, and each later one long enough by itself."""
    if len(ill) < needed:
        return
    full = ill[needed - 1]
    for whole in spells(child, {ILLNESS}):
        spell = [mark for mark in whole if _counts(child, mark)]
        if not spell:
            continue
        inside = spell[0].day <= full.day <= spell[-1].day
        if inside and full in spell:
            before = ill[: ill.index(full) + 1]
            rest = [mark for mark in spell if mark not in before]
            reached = f"{needed // A_DAY} were reached on {date_year(full.day)}"
            states = f"{_days(len(ill))} of illness this school year; {reached}."
            sessions, begun = seen([*before, *rest]), _from(child, spell)
            yield Met(full.day, f"{states} {SEND}", sessions, decided_from=begun, states=states)
        elif spell[0].day > full.day and len(spell) >= needed:
            since = spell[needed - 1].day
            states = f"Another {_days(len(spell))} of illness in a row, from {date_year(spell[0].day)}."
            yield Met(since, f"{states} {SEND}", seen(spell), decided_from=_from(child, spell), states=states)


def _expected(child: Watched, ill: Sequence[Mark], needed: int) -> Iterator[Met]:
    """A note that makes the number, with the sessions already missed before it. Once an expected session was attended
    the child is back, and what was missed is told from the marks alone."""
    for note in _notes(child):
        before = [mark for mark in ill if mark.day < note.first]
        here = _days_here(child, note)
        if len(before) + A_DAY * here < needed or not child.compulsory(max(note.first, note.written)):
            continue
        if _is_back(child, note):
            continue
        since = [mark for mark in ill if mark.day >= note.first]
        already = f" besides {_days(len(before))} already missed" if before else ""
        states = f"{count_words(note.days, 'day', 'days')} of illness expected from {date_year(note.first)}{already}."
        begun = min(note.written, note.first)
        yield Met(note.written, f"{states} {SEND}", seen([*before, *since]), decided_from=begun, states=states)


def _days_here(child: Watched, note: Expected) -> int:
    """How many of the days expected lie in the school year of the day. Where the terms are not known to its end, those
    days that have no date yet are taken to lie in it."""
    watch = child.watch
    ends = school_year_end(watch.on)
    if note.first > ends:
        return 0
    until = watch.calendar.school_days(note.first, watch.year_start - ONE_DAY)
    inside = watch.calendar.school_days(max(note.first, watch.year_start), ends)
    left = note.days - min(note.days, len(until))
    known = bool(inside) and inside[-1].month in LAST_MONTHS
    return min(left, len(inside)) if known else left


def _is_back(child: Watched, note: Expected) -> bool:
    """Whether a session since the first of those expected days, and since it was written down, was attended."""
    codes = child.watch.rulebook.codes
    return any(
        codes[mark.code].counts.attended for mark in child.every if mark.day >= note.first and mark.day > note.written
    )


def _from(child: Watched, spell: Sequence[Mark]) -> date:
    """The day from which a decision is about a spell: its first, or that on which it was expected."""
    written = [note.written for note in _notes(child) if _foretold(child, note, spell)]
    return min([spell[0].day, *written])


def _foretold(child: Watched, note: Expected, spell: Sequence[Mark]) -> bool:
    days = child.watch.calendar.school_days(note.first, spell[-1].day)
    return bool(days) and spell[0].day <= days[min(note.days, len(days)) - 1]


def _notes(child: Watched) -> list[Expected]:
    """The notes of illness, of which some expected day lies in the school year of the day."""
    found = (_note(entry) for entry in child.entries if EXPECTED_DAYS in entry.details and entry.withdrawn is None)
    return [note for note in found if note.written <= child.watch.on and _days_here(child, note) > 0]


def _note(entry: Entry) -> Expected:
    days, first = entry.details[EXPECTED_DAYS], entry.details[EXPECTED_FROM]
    return Expected(int(days), date.fromisoformat(first), entry.happened_at.date())


def _days(sessions: int) -> str:
    whole, half = divmod(sessions, A_DAY)
    if not half:
        return count_words(whole, "day", "days")
    return f"{whole}½ days" if whole else "½ day"
