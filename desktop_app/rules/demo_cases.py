"""The open cases of the demo school: whose they are, what was missed, and which registers are not settled yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Answer
from desktop_app.rules.demo_attendance import Row, Sheet
from desktop_app.rules.demo_people import Adult, Child, Family, Roster
from desktop_app.rules.demo_words import Script, Spell, Words

BLANK = "-"
"""Stands in a row where no mark was made."""
CASES_FROM = 3
"""Below four children for each case there are only as many cases as this many children allow."""
OLD_ENOUGH = "12345"
UNSETTLED = (0.6, 0.22, 0.1, 0.05)
"""How likely an absence has no reason yet, so many school days ago."""
BLANKS_TODAY = 3
FORGOTTEN = 9
"""So many school days ago somebody forgot to mark a child in a case."""


@dataclass(frozen=True, slots=True)
class Case:
    """A script, and the child it is told of."""

    script: Script
    child: Child


def choose(random: Random, words: Words, roster: Roster, year: int, told_from: int) -> tuple[Case, ...]:
    """A child for each script: of compulsory school age all year, here for all the years that are told, two parents
    who may be written to; a child with brothers or sisters first. Fewer cases where the school is small."""
    open_to = [child for child in roster.children if child.departure is None and child.year_group(year) in OLD_ENOUGH]
    families = Counter(child.family for child in open_to)
    order = sorted(open_to, key=lambda child: (random.random(), child.key))
    order.sort(
        key=lambda child: (not _fit(child, roster.families[child.family], told_from), families[child.family] < 2)
    )
    found: dict[int, Child] = {}
    for child in order:
        found.setdefault(child.family, child)
    scripts = words.scripts[: max(2, len(open_to) // CASES_FROM)]
    return tuple(Case(script, child) for script, child in zip(scripts, found.values(), strict=False))


def _fit(child: Child, family: Family, told_from: int) -> bool:
    here = child.pupil.starting_day < date(max(child.cohort, told_from), 9, 30)
    return here and len(parents(family)) == 2


def parents(family: Family) -> tuple[Adult, ...]:
    """The adults who are parents in law or in fact (responsible for the children, or living with them), but for those
    whom a court keeps away."""
    return tuple(
        adult
        for adult in family.adults
        if Answer.YES in (adult.tie.responsibility, adult.tie.lives_with) and not adult.tie.no_contact
    )


def play(random: Random, sheet: Sheet, case: Case, taken: int) -> None:
    """Write what the case's child missed on the year's sheet, of which `taken` days have been."""
    row = sheet.rows[case.child.key]
    for spell in case.script.spells:
        called = _away_when_called(row, sheet.days, case.script, taken) if spell.code == "O" else 0
        _spell(random, row, sheet.days, replace(spell, sessions=max(0, spell.sessions - called)), taken)
    row.due = case.script.rest * max(0, row.length - 2 * max(one.over for one in case.script.spells))


def _away_when_called(row: Row, days: Sequence[date], script: Script, taken: int) -> int:
    """Let the child be away on the Monday or Friday nearest to each call and visit; returns the sessions missed."""
    asked = (step.days_before for step in script.steps if step.kind in (EntryKind.PHONE_CALL, EntryKind.HOME_VISIT))
    done = 0
    for day in (taken - 1 - before for before in asked):
        nearby = [one for one in (day, day - 1, day + 1, day - 2, day + 2) if 0 <= one < taken - 1]
        ends = [one for one in nearby if days[one].weekday() in (0, 4)]
        for one in (ends or nearby)[:1]:
            done += row.put(2 * one, "O") + row.put(2 * one + 1, "O")
    return done


def _spell(random: Random, row: Row, days: Sequence[date], spell: Spell, taken: int) -> None:
    window = range(max(0, taken - spell.over), max(0, taken - spell.but))
    if spell.code == "G":
        if window:
            row.place(2 * window[0], min(spell.sessions, 2 * len(window)), spell.code)
        return
    # Mondays and Fridays first, as a pattern to be seen; the rest by chance.
    order = sorted(window, key=lambda day: random.random() + 0.6 * (days[day].weekday() in (1, 2, 3)))
    left = spell.sessions
    for day in order:
        for place in (2 * day, 2 * day + 1):
            if left > 0 and (spell.half != "AM" or place % 2 == 0):
                minutes = 35 + random.randrange(40) if spell.code == "U" else None
                left -= row.put(place, spell.code, minutes)


def unsettle(random: Random, sheet: Sheet, cases: Sequence[Case], taken: int) -> None:
    """Leave the newest absences without a reason (N), most of them of the last day; and one session unmarked."""
    scripts = {case.child.key: case.script for case in cases}
    _brothers_and_sisters(random, sheet, scripts, taken)
    for key, row in sheet.rows.items():
        script = scripts.get(key)
        if script is None:
            for ago, chance in enumerate(UNSETTLED):
                for place in _day(taken - 1 - ago, row):
                    if row.codes[place] in ("I", "O", "M") and random.random() < chance:
                        row.codes[place] = "N"
        elif script.unsettled:
            for place in range(max(row.first, 2 * taken - script.unsettled), min(row.last, 2 * taken)):
                row.codes[place] = "N"
                row.details.pop(place, None)
            for place in _day(taken - FORGOTTEN, row)[1:]:
                row.codes[place] = BLANK


def _brothers_and_sisters(random: Random, sheet: Sheet, told: Iterable[int], taken: int) -> None:
    """One family whose children are all away on the last day, and nobody has said why: one call for all of them."""
    members: dict[int, list[Row]] = {}
    for row in sheet.rows.values():
        if row.first < 2 * (taken - 1) and row.last >= 2 * taken:
            members.setdefault(row.child.family, []).append(row)
    apart = {sheet.rows[key].child.family for key in told}
    large = [rows for family, rows in sorted(members.items()) if len(rows) > 1 and family not in apart]
    for row in random.choice(large) if large else ():
        for place in _day(taken - 1, row):
            row.codes[place] = "N"
            row.details.pop(place, None)


def _day(day: int, row: Row) -> tuple[int, ...]:
    return tuple(place for place in (2 * day, 2 * day + 1) if max(0, row.first) <= place < row.last)


def leave_open(sheet: Sheet, today: int, classes: Mapping[str, Sequence[int]], cases: Sequence[Case]) -> None:
    """Today's registers are taken in part: no afternoon yet, one class not taken, one with a few children unmarked.

    The class of the first case is out for the day, marked in the morning, so that the case lacks nothing today either.
    """
    first = {case.child.key for case in cases[:1]}
    out = [name for name, keys in classes.items() if first & set(keys)]
    names = sorted(set(classes) - set(out))
    for key in (key for name in out for key in classes[name]):
        row = sheet.rows[key]
        for place in (2 * today, 2 * today + 1):
            row.put(place, "V")
    for name in names:
        for place, key in enumerate(classes[name]):
            row = sheet.rows[key]
            if name == names[-1] or (name == names[len(names) // 2] and place % 10 == BLANKS_TODAY):
                row.codes[2 * today] = BLANK
            row.codes[2 * today + 1] = BLANK


@dataclass(frozen=True, slots=True)
class Amendment:
    """A mark that was put right after its register closed. `place` is its session; `ago` so many school days later."""

    child: int
    place: int
    was: str
    code: str
    later: int


def amendments(random: Random, sheet: Sheet, cases: Sequence[Case], taken: int) -> Iterator[Amendment]:
    """Marks that were another first: an N until somebody rang back, a present mark for one who came in late."""
    watched = {case.child.key for case in cases}
    for key, row in sheet.rows.items():
        for place in range(row.first, min(row.last, 2 * (taken - 1))):
            code = row.codes[place]
            if not code or (place > row.first and row.codes[place - 1] == code):
                continue
            later = random.randint(1, 4)
            if place // 2 + later >= taken:
                continue
            if code in ("I", "M", "O", "C") and random.random() < (0.2 if key in watched else 0.015):
                yield Amendment(key, place, "N", code, later)
            elif code == "L" and place % 2 == 0 and random.random() < 0.012:
                yield Amendment(key, place, "/", code, later)
