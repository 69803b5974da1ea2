"""What the demo school did about absence: calls, letters, meetings and visits, in the words of `resources/demo/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from random import Random

from desktop_app.domain.entries import EntryKind
from desktop_app.rules.demo_attendance import Row, Sheet
from desktop_app.rules.demo_cases import BLANK, Case, parents
from desktop_app.rules.demo_people import Adult, Child, Family, Roster
from desktop_app.rules.demo_words import Routine, Words

LOOKED_AT = (35, 80, 125, 165)
"""The school days on which the year so far is looked at."""
NOT_AWAY = frozenset(["", BLANK, "L", "V", "B", "P", "X", "C2", "N"])


@dataclass(frozen=True, slots=True)
class Said:
    """An entry to be recorded: `at` in school local time, `author` a key of the staff, children and adults by key."""

    at: datetime
    author: str
    kind: EntryKind
    children: tuple[int, ...]
    adults: tuple[int, ...]
    outcome: str
    note: str
    what: str = ""


def everyday(
    random: Random, words: Words, roster: Roster, sheet: Sheet, taken: int, *, now: bool, but: Sequence[Case]
) -> Iterator[Said]:
    """What was done about each absence of the days taken so far: of this school year (`now`) more is told than of
    an earlier one. Children with a case (`but`) have their own story."""
    routines = {code: routine for routine in words.routines for code in routine.codes}
    told = {case.child.key for case in but}
    for (family, place, code), children in _spells(sheet, taken, told).items():
        routine = routines.get(code)
        if routine and random.random() < (routine.now if now else routine.before):
            yield _about(random, routine, roster.families[family], children, sheet, place)


def milestones(
    random: Random, words: Words, roster: Roster, sheet: Sheet, taken: int, but: Sequence[Case]
) -> Iterator[Said]:
    """What was done about the children who had missed much of the year when it was looked at."""
    told = {case.child.key for case in but}
    for day in LOOKED_AT:
        for row in sheet.rows.values():
            if row.child.key in told or day >= taken - 6 or 2 * day >= row.last:
                continue
            for later, step in enumerate(words.milestones):
                if _missed(row, 2 * day) >= step.share:
                    family = roster.families[row.child.family]
                    at = datetime.combine(sheet.days[day + 2 * later], _moment(random, time(10, 0), 240))
                    adults = _whom(family, step.whom)
                    outcome = _filled(random.choice(step.outcomes), (row.child,), adults)
                    note = _filled(random.choice(step.notes), (row.child,), adults)
                    keys = tuple(adult.key for adult in adults)
                    yield Said(at, step.author, step.kind, (row.child.key,), keys, outcome, note)


def of_case(sheet: Sheet, roster: Roster, case: Case, taken: int) -> Iterator[Said]:
    """The steps of a case, those that fall within the year so far."""
    family = roster.families[case.child.family]
    for step in case.script.steps:
        day = taken - 1 - step.days_before
        if step.kind in (EntryKind.PHONE_CALL, EntryKind.HOME_VISIT):
            day = _away(sheet.rows[case.child.key], day, taken)
        if day >= 0:
            adults = _whom(family, step.whom)
            at = datetime.combine(sheet.days[day], step.time)
            texts = [_filled(text, (case.child,), adults) for text in (step.outcome, step.note)]
            keys = tuple(adult.key for adult in adults)
            yield Said(at, step.author, step.kind, (case.child.key,), keys, texts[0], texts[1], step.what)


def _away(row: Row, day: int, taken: int) -> int:
    """The nearest day, two before or after at most, on which the child was away without leave; else the day itself."""
    nearby = (one for one in (day, day - 1, day + 1, day - 2, day + 2) if 0 <= one < taken)
    return next((one for one in nearby if row.codes[2 * one] in ("O", "U")), day)


def _spells(sheet: Sheet, taken: int, told: set[int]) -> dict[tuple[int, int, str], list[Child]]:
    """The first session of each absence with the children of one family who share it."""
    found: dict[tuple[int, int, str], list[Child]] = {}
    for row in sheet.rows.values():
        before = ""
        for place in range(row.first, min(row.last, 2 * taken)):
            code = row.codes[place]
            if code != before and code not in NOT_AWAY and row.child.key not in told:
                found.setdefault((row.child.family, place, code), []).append(row.child)
            before = code
    return found


def _about(
    random: Random, routine: Routine, family: Family, children: Sequence[Child], sheet: Sheet, place: int
) -> Said:
    start = time(8, 50) if place % 2 == 0 else time(13, 20)
    at = datetime.combine(sheet.days[place // 2], _moment(random, start, 90))
    kind = random.choice(routine.kinds)
    keys = tuple(child.key for child in children)
    if random.random() >= routine.reached:
        return Said(at, "office", routine.kinds[0], keys, (), routine.missed, "")
    adults = _whom(family, "both" if kind is EntryKind.LETTER else "second" if random.random() < 0.2 else "first")
    author = "head" if kind in (EntryKind.LETTER, EntryKind.MEETING) else "office"
    texts = [_filled(random.choice(words), children, adults) for words in (routine.outcomes, routine.notes)]
    return Said(at, author, kind, keys, tuple(adult.key for adult in adults), texts[0], texts[1])


def _whom(family: Family, whom: str) -> tuple[Adult, ...]:
    """The adults of a family who are meant; the first parent where there is no second."""
    known = parents(family)
    if whom == "nobody":
        return ()
    return known if whom == "both" else (known[min(whom == "second", len(known) - 1)],)


def _missed(row: Row, until: int) -> float:
    codes = row.codes[row.first : until]
    away = sum(code not in NOT_AWAY or code == "N" for code in codes)
    return away / len(codes) if len(codes) > 20 else 0.0


def _filled(text: str, children: Sequence[Child], adults: Sequence[Adult]) -> str:
    child = " and ".join(child.pupil.forename for child in children)
    return text.replace("{child}", child).replace("{parent}", adults[0].person.formal_name if adults else "the parent")


def _moment(random: Random, start: time, minutes: int) -> time:
    at = start.hour * 60 + start.minute + random.randrange(minutes)
    return time(at // 60, at % 60)
