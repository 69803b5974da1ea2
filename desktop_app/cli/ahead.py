"""`forecast` and `patterns`: what a child's year can still come to, and the patterns in what it has been."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from fractions import Fraction

from desktop_app.actions.forecast import forecast
from desktop_app.actions.habits import habits
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, day, whole
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.forecast import Forecast, Improvement, MayMiss, Rate, Reach
from desktop_app.domain.people import Pupil
from desktop_app.rules.forecast_words import forecast_words, what_if


def add(command: Adder) -> None:
    """Add `forecast`."""
    asked = command("forecast", "what a child’s school year can still come to")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    asked.add_argument("--on", type=day, help="the day to look ahead from, YYYY-MM-DD; today if left out")
    asked.add_argument("--by", type=day, help="look no further than that day; the end of the year if left out")
    asked.add_argument("--misses", type=whole, help="so many more sessions are missed: what would it come to?")


def add_patterns(command: Adder) -> None:
    """Add `patterns`."""
    asked = command("patterns", "the patterns in a child’s attendance, each with its sessions")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    asked.add_argument("--on", type=day, help="the last day looked at, YYYY-MM-DD; today if left out")


def run(context: Context, asked: Namespace) -> Answer:
    """Look ahead."""
    pupil = find_pupil(context, asked.pupil)
    found = forecast(context, pupil.id, asked.on or context.today(), asked.by)
    value = _named(pupil) | _forecast(found)
    if asked.misses is not None:
        if asked.misses < 0:
            raise Refused("Say how many more sessions are missed: 0 or more.")
        value["what_if"] = {
            "sessions": asked.misses,
            "attendance_pct": _float(found.if_misses(asked.misses)) if asked.misses <= found.may_come else None,
            "persistent": found.persistent_if(asked.misses) if asked.misses <= found.may_come else None,
            "says": what_if(found, asked.misses),
        }
    return Answer(value)


def run_patterns(context: Context, asked: Namespace) -> Answer:
    """List the patterns."""
    pupil = find_pupil(context, asked.pupil)
    on: date = asked.on or context.today()
    found = habits(context, pupil.id, on)
    rows = [
        {
            "kind": habit.kind.value,
            "says": habit.says,
            "sessions": [
                {"date": one.day.isoformat(), "half": one.half.value, "code": one.code} for one in habit.sessions
            ],
        }
        for habit in found
    ]
    return Answer({**_named(pupil), "on": on.isoformat(), "patterns": rows})


def _named(pupil: Pupil) -> dict[str, object]:
    return {"upn": pupil.upn or None, "admission_number": pupil.admission_number or None, "name": pupil.name}


def _forecast(found: Forecast) -> dict[str, object]:
    return {
        "on": found.on.isoformat(),
        "end": found.end.isoformat(),
        "end_is": found.end_is,
        "possible": found.possible,
        "absent": found.absent,
        "unmarked": found.unmarked,
        "remaining": found.remaining,
        "planned": found.planned,
        "attendance_pct": _float(found.now),
        "at_best_pct": _float(found.at_best),
        "one_day_pct": _float(found.one_day),
        "persistent": found.persistent,
        "may_miss_and_leave_pa": found.leave_pa,
        "leaves_pa_on": _day(found.left_by),
        "aims": [_may_miss(one) for one in found.aims],
        "rate": _rate(found.rate) if found.rate else None,
        "reaches": [_reach(one) for one in found.reaches],
        "improvement": [_improvement(one) for one in found.improvements],
        "says": [{"about": one.about, "says": one.says} for one in forecast_words(found)],
    }


def _may_miss(one: MayMiss) -> dict[str, object]:
    return {"percent": float(one.aim.percent), "above": one.aim.above, "may_miss": one.sessions}


def _rate(rate: Rate) -> dict[str, object]:
    return {
        "weeks": rate.weeks,
        "from": rate.first.isoformat(),
        "possible": rate.possible,
        "absent": rate.absent,
        "unauthorised": rate.unauthorised,
        "ill": rate.ill,
    }


def _reach(one: Reach) -> dict[str, object]:
    return {"kind": one.kind.value, "met": one.met, "on": _day(one.on), "number": one.number, "of": one.of}


def _improvement(one: Improvement) -> dict[str, object]:
    return {
        "weeks": one.weeks,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "sessions": one.sessions,
        "planned": one.planned,
        "may_miss": [_may_miss(each) for each in one.may_miss],
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
