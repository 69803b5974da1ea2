"""`crossings`, `compare`, `target` and `target-list`: who crossed a band, us beside others, and what was agreed."""

from __future__ import annotations

from argparse import Namespace
from fractions import Fraction

from desktop_app.actions.comparison import comparisons
from desktop_app.actions.crossings import crossings, since_last_week
from desktop_app.actions.target_list import target_list
from desktop_app.actions.targets import group_targets, set_group_target, set_target, target_state, wanted
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import AS_AT, PUPIL, Adder, day, end_of_moment
from desktop_app.context import Context, as_aware
from desktop_app.domain.comparison import Compared, Published
from desktop_app.domain.crossings import Crossing
from desktop_app.domain.errors import Refused
from desktop_app.domain.targets import SCHOOL, GroupTarget, Part, Target, TargetState, Whose
from desktop_app.rules.targets import MISREAD, last_day, read_percent


def add_crossings(command: Adder) -> None:
    """Add `crossings`."""
    asked = command("crossings", "who crossed a band of attendance between two days")
    asked.add_argument(
        "--from", dest="first", type=day, help="the end of this day; the Friday of last week if left out"
    )
    asked.add_argument("--to", dest="last", type=day, help="and the end of this one; today if left out")
    asked.add_argument("--as-at", type=end_of_moment, help=AS_AT)


def add_compare(command: Adder) -> None:
    """Add `compare`."""
    asked = command("compare", "the school beside its authority and England")
    asked.add_argument("--on", type=day, required=True, help="the day on which it is told, YYYY-MM-DD")
    asked.add_argument("--everyone", action="store_true", help="count all on roll, not only those the DfE counts")
    asked.add_argument("--as-at", type=end_of_moment, help=AS_AT)


def add_target(command: Adder) -> None:
    """Add `target`."""
    asked = command(
        "target", "set the target of a pupil, the school or a part of it, and say how it stands; or list them"
    )
    whose = asked.add_mutually_exclusive_group()
    whose.add_argument("--pupil", help=PUPIL)
    whose.add_argument("--class", dest="class_name", help="a class of today")
    whose.add_argument("--year", help="a year group of today, such as 4 or R")
    whose.add_argument("--phase", help="a phase of the school, such as Primary")
    whose.add_argument("--school", action="store_true", help="the whole school")
    asked.add_argument("--list", dest="lists", action="store_true", help="say how the targets stand, and set none")
    asked.add_argument("--percent", default="", help="attendance of at least this, such as 95 or 96.5")
    asked.add_argument("--from", dest="first", type=day, help="the first day; today if left out")
    asked.add_argument("--until", type=day, help="the last day; that of the school year if left out")
    asked.add_argument("--agreed-with", default="", help="with whom it was agreed")


def add_target_list(command: Adder) -> None:
    """Add `target-list`."""
    asked = command("target-list", "who was below the national average last school year")
    asked.add_argument("--on", type=day, required=True, help="the day on which they are on roll, YYYY-MM-DD")


def run_crossings(context: Context, asked: Namespace) -> Answer:
    """Tell them."""
    usual = since_last_week(asked.last or context.today())
    first, last = asked.first or usual[0], asked.last or usual[1]
    if last <= first:
        raise Refused(f"The second day ({last}) must be after the first ({first}).")
    as_at = as_aware(asked.as_at) if asked.as_at else None
    return Answer([_crossing(one) for one in crossings(context, first, last, as_at)])


def run_compare(context: Context, asked: Namespace) -> Answer:
    """Compare."""
    as_at = as_aware(asked.as_at) if asked.as_at else None
    found = comparisons(context, asked.on, as_at, not asked.everyone)
    return Answer([_compared(one) for one in found])


def run_target(context: Context, asked: Namespace) -> Answer:
    """Set it, or list how those that are set stand."""
    if asked.lists:
        return _targets(context, asked)
    if not asked.pupil and _whose(asked) is None:
        raise Refused("Say whose target it is: --pupil, --class, --year, --phase or --school; or --list.")
    percent = read_percent(asked.percent)
    if percent is None:
        raise Refused(f"“{asked.percent}”: {MISREAD}")
    first = asked.first or context.today()
    if not asked.pupil:
        return _set_of_group(context, asked, wanted(percent, first, asked.until, asked.agreed_with))
    pupil = find_pupil(context, asked.pupil)
    entry, _ = set_target(context, pupil.id, wanted(percent, first, asked.until, asked.agreed_with))
    state = target_state(context, pupil.id, max(first, context.today()))
    return Answer({"id": entry, "upn": pupil.upn or None, **(_state(state) if state else {})})


def _set_of_group(context: Context, asked: Namespace, target: Target) -> Answer:
    """Set that of the school or a part of it; with whom it was agreed is kept of a pupil’s alone."""
    if target.agreed_with:
        raise Refused("--agreed-with goes with --pupil: with whom a target was agreed is kept of a pupil’s alone.")
    whose = _whose(asked) or SCHOOL
    set_group_target(context, whose, target)
    found = [one for one in group_targets(context, context.today()) if one.whose == whose]
    return Answer(_of_group(found[0]) if found else _named(whose))


def _whose(asked: Namespace) -> Whose | None:
    """The school or the part of it that was named; None where none was."""
    for part, name in ((Part.CLASS, asked.class_name), (Part.YEAR, asked.year), (Part.PHASE, asked.phase)):
        if name:
            return Whose(part, name)
    return SCHOOL if asked.school else None


def _named(whose: Whose) -> dict[str, object]:
    """Whose it is: `class` is null of any other, and a year or phase is named besides."""
    named: dict[str, object] = {"class": whose.name if whose.part is Part.CLASS else None}
    return named | ({whose.part.value: whose.name} if whose.part in (Part.YEAR, Part.PHASE) else {})


def _targets(context: Context, asked: Namespace) -> Answer:
    if asked.percent or asked.first or asked.until or asked.agreed_with:
        raise Refused("--list says how targets stand and sets none.")
    if asked.pupil:
        pupil = find_pupil(context, asked.pupil)
        state = target_state(context, pupil.id, context.today())
        return Answer([{"upn": pupil.upn or None, **_state(state)}] if state else [])
    found = group_targets(context, context.today())
    if (whose := _whose(asked)) is not None:
        found = tuple(one for one in found if one.whose == whose)
    return Answer([_of_group(one) for one in found if one.target])


def _of_group(one: GroupTarget) -> dict[str, object]:
    """Whose it is and how it stands; a target that has not begun is said by its percentage and days."""
    value = _named(one.whose) | {"pupils": one.pupils}
    if one.state:
        return {**value, **_state(one.state)}
    if one.target:
        value |= {
            "percent": _number(one.target.percent),
            "from": one.target.first.isoformat(),
            "until": last_day(one.target).isoformat(),
        }
    return value


def run_target_list(context: Context, asked: Namespace) -> Answer:
    """List them."""
    found = target_list(context, asked.on)
    return Answer(
        {
            "from": found.first.isoformat(),
            "to": found.last.isoformat(),
            "average_pct": _number(found.average),
            "says": found.says,
            "pupils": [
                {
                    "name": one.name,
                    "class": one.class_name,
                    "possible": one.figures.possible,
                    "attended": one.figures.attended,
                    "attendance_pct": _number(one.figures.attendance),
                    "one_day_pct": _number(one.one_day),
                    "has_target": one.has_target,
                }
                for one in found.pupils
            ],
        }
    )


def _crossing(one: Crossing) -> dict[str, object]:
    return {
        "upn": one.pupil.upn or None,
        "admission_number": one.pupil.admission_number or None,
        "name": one.pupil.name,
        "class": one.class_name,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "was": one.was.key,
        "now": one.now.key,
        "better": one.better,
        "before_pct": _number(one.before.attendance),
        "after_pct": _number(one.after.attendance),
        "sessions": [{"date": day.isoformat(), "half": half.value, "code": code} for day, half, code in one.sessions],
    }


def _compared(one: Compared) -> dict[str, object]:
    return {
        "period": one.period.value,
        "school_year": one.school_year,
        "absence_pct": _number(one.absence),
        "persistent_pct": _number(one.persistent),
        "severe_pct": _number(one.severe),
        "published": [_published(row) for row in one.published],
        "says": list(one.says),
    }


def _published(row: Published) -> dict[str, object]:
    return {
        "area": row.area,
        "school_year": row.school_year,
        "phase": row.phase,
        "kind": row.collection.value,
        "absence_pct": _number(row.absence),
        "persistent_pct": _number(row.persistent),
        "severe_pct": _number(row.severe),
        "source": row.source,
    }


def _state(state: TargetState) -> dict[str, object]:
    return {
        "percent": _number(state.target.percent),
        "from": state.target.first.isoformat(),
        "until": last_day(state.target).isoformat(),
        "attended": state.since.attended,
        "possible": state.since.possible,
        "met": state.met,
        "too_early": state.too_early,
        "sessions_needed": state.least,
        "points": _number(state.points),
        "sessions_gained": _number(state.gained),
        "may_miss": state.may_miss,
        "to_come": state.to_come,
        "one_day_pct": _number(state.one_day),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
