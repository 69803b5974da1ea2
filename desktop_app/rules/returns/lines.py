"""Who is on a return, from the triggers that are met: nothing is reckoned here that a trigger reckons.

Sources: SI 2024/208 regulation 13; practice, point 23: a sickness return once for each spell, the attendance return on
every month’s list while it lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.entries import Entry
from desktop_app.domain.returns import Answered, ReturnLine, ReturnSpec
from desktop_app.domain.triggers import Seen, TriggerSpec
from desktop_app.rules.triggers.facts import Met, Watched, decisions_about
from desktop_app.rules.triggers.table import each_of
from desktop_app.rules.triggers.windows import month_ends

LINE, RETURN = "return-line", "return"
"""The details of the entry that says a child was reported: which line of which kind, and the return that was made."""
ONE_DAY = timedelta(days=1)


def lines_of_triggers(spec: ReturnSpec, child: Watched, triggers: Iterable[TriggerSpec]) -> Iterator[ReturnLine]:
    """The lines of a child that rest on triggers, of every month and spell there was."""
    for trigger in triggers:
        for met in each_of(child, trigger):
            yield _line(spec, child, trigger, met)


def _line(spec: ReturnSpec, child: Watched, trigger: TriggerSpec, met: Met) -> ReturnLine:
    settles = trigger.kind in spec.settles
    days = [one.day for one in met.sessions]
    about: dict[str, str | date] = {"from": min(days, default=met.since), "to": max(days, default=met.since)}
    due = due_day(spec, met.month) if met.month else met.due or met.since
    return ReturnLine(
        key=f"{trigger.key}:{(met.month or met.since).isoformat()}",
        pupil=child.pupil.id,
        why=met.states or met.says,
        source=trigger.source,
        since=met.since,
        due=due,
        sessions=met.sessions,
        answers=(Answered(trigger.key, met.decided_from or met.since, met.month),) if settles else (),
        about=about,
        provisional=met.provisional,
    )


def due_day(spec: ReturnSpec, month: date) -> date:
    """The day by which the return of a month is sent: its last day, or that day of the next month on which the
    authority wants it."""
    return month if not spec.day else (month + ONE_DAY).replace(day=spec.day)


def of_month(spec: ReturnSpec, lines: Iterable[ReturnLine], month: date) -> list[ReturnLine]:
    """The lines that belong to a month’s list: a monthly return those of that month, each child once; any other those
    that came about in it, and what of earlier is still not told."""
    if spec.monthly:
        mine = [one for one in lines if any(answer.month == month for answer in one.answers)]
        return _each_child_once(mine)
    first = month.replace(day=1)
    return [one for one in lines if one.since <= month and (one.since >= first or one.told is None)]


def _each_child_once(lines: Sequence[ReturnLine]) -> list[ReturnLine]:
    """One line a child: two reasons stand in one."""
    found: dict[int, ReturnLine] = {}
    for one in lines:
        before = found.get(one.pupil)
        found[one.pupil] = one if before is None else _joined(before, one)
    return list(found.values())


def _joined(one: ReturnLine, other: ReturnLine) -> ReturnLine:
    sessions = tuple(sorted({*one.sessions, *other.sessions}, key=lambda seen: (seen.day, seen.half.ordinal)))
    days = [seen.day for seen in sessions]
    told = min(one.told, other.told) if one.told and other.told else None
    return replace(
        one,
        why=f"{one.why} {other.why}",
        source=one.source if one.source == other.source else f"{one.source}; {other.source}",
        since=min(one.since, other.since),
        sessions=sessions,
        answers=(*one.answers, *other.answers),
        about={"from": min(days, default=one.since), "to": max(days, default=one.since)},
        provisional=one.provisional and other.provisional,
        told=told,
        told_words=one.told_words if told else "",
    )


def with_told(spec: ReturnSpec, line: ReturnLine, decisions: Iterable[Entry]) -> ReturnLine:
    """The line, with what was recorded of it since: that it was reported, left out, or decided otherwise. Where it
    answers triggers, a decision about each of them is asked for."""
    known = [one for one in decisions if one.withdrawn is None]
    named = [one for one in known if one.details.get(LINE) == line_key(spec, line)]
    if not named and line.answers:
        answered = [_about(known, answer) for answer in line.answers]
        named = [one for one in answered if one is not None] if all(answered) else []
    if not named:
        return line
    last = max(named, key=lambda one: (one.happened_at, one.id))
    return replace(line, told=last.happened_at.date(), told_words=last.outcome)


def _about(decisions: Sequence[Entry], answer: Answered) -> Entry | None:
    """What was decided about a trigger from the day on which it could be: as the watch list has it."""
    about = decisions_about(decisions, answer.key, answer.month)
    return next((one for one in about if one.happened_at.date() >= answer.since), None)


def line_key(spec: ReturnSpec, line: ReturnLine) -> str:
    """What tells a line from all others of a child."""
    return f"{spec.kind}/{line.key}"


def by_hand(spec: ReturnSpec, pupil: int, reason: str, on: date, month: date) -> ReturnLine:
    """A line that a person adds, with the reason: it answers the return’s trigger as a line worked out does, so that
    the same spell is not asked for again."""
    answers = tuple(Answered(key, on, month if spec.monthly else None) for key in spec.settles[:1])
    due = due_day(spec, month) if spec.monthly else on
    day = (month if spec.monthly else on).isoformat()
    return ReturnLine(
        f"by-hand:{day}", pupil, reason, "added by hand", on, due, answers=answers, about={"from": on}, by_hand=True
    )


def counted_codes(sessions: Iterable[Seen]) -> str:
    """Which codes the sessions have and how often: `O 14, U 2`."""
    counts: dict[str, int] = {}
    for one in sessions:
        counts[one.code or "no mark"] = counts.get(one.code or "no mark", 0) + 1
    return ", ".join(f"{code} {number}" for code, number in sorted(counts.items()))


__all__ = [
    "LINE", "RETURN", "by_hand", "counted_codes", "due_day", "line_key", "lines_of_triggers", "month_ends", "of_month",
    "with_told",
]  # fmt: skip
