"""`forecast` and `patterns`: what a child's year can still come to, and the patterns in what it has been."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from fractions import Fraction

from desktop_app.actions.forecast import forecast
from desktop_app.actions.habits import habits
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import AS_AT, PUPIL, Adder, day, end_of_moment, whole
from desktop_app.context import Context, as_aware
from desktop_app.domain.clock import school_time
from desktop_app.domain.errors import Refused
from desktop_app.domain.forecast import Forecast, Improvement, MayMiss, Rate, Reach
from desktop_app.domain.people import Pupil
from desktop_app.rules.forecast import persistent_if
from desktop_app.rules.forecast_words import forecast_words, what_if


def add(command: Adder) -> None:
    """Add `forecast`."""
    asked = command("forecast", "what a child’s school year can still come to")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    asked.add_argument("--on", type=day, help="the day to look ahead from, YYYY-MM-DD; today if left out")
    asked.add_argument("--by", type=day, help="look no further than that day; the end of the year if left out")
    asked.add_argument("--as-at", type=end_of_moment, help=AS_AT)
    asked.add_argument("--misses", type=whole, help="so many more sessions are missed: what would it come to?")


def add_patterns(command: Adder) -> None:
    """Add `patterns`."""
    asked = command("patterns", "the patterns in a child’s attendance, each with its sessions")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    asked.add_argument("--on", type=day, help="the last day looked at, YYYY-MM-DD; today if left out")
    asked.add_argument("--as-at", type=end_of_moment, help=AS_AT)


def run(context: Context, asked: Namespace) -> Answer:
    """Look ahead."""
    pupil = find_pupil(context, asked.pupil)
    found = forecast(context, pupil.id, asked.on or _day_of(context, asked), asked.by, _as_at(asked))
    value = _named(pupil) | _forecast(found)
    if asked.misses is not None:
        if asked.misses < 0:
            raise Refused("Say how many more sessions are missed: 0 or more.")
        value["what_if"] = {
            "sessions": asked.misses,
            "attendance_pct": _float(found.if_misses(asked.misses)) if asked.misses <= found.may_come else None,
            "persistent": persistent_if(found, asked.misses) if asked.misses <= found.may_come else None,
            "says": what_if(found, asked.misses),
        }
    return Answer(value)


def run_patterns(context: Context, asked: Namespace) -> Answer:
    """List the patterns."""
    pupil = find_pupil(context, asked.pupil)
    on: date = asked.on or _day_of(context, asked)
    found = habits(context, pupil.id, on, _as_at(asked))
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


def _as_at(asked: Namespace) -> datetime | None:
    return as_aware(asked.as_at) if asked.as_at else None


def _day_of(context: Context, asked: Namespace) -> date:
    """The day that is looked at where none was given: that of the moment that is turned back to, or today."""
    as_at = _as_at(asked)
    return min(context.today(), school_time(as_at).date()) if as_at else context.today()


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
        "too_early": found.too_early,
        "may_miss_and_leave_pa": found.leave_pa,
        "leaves_pa_on": _day(found.left_by),
        "aims": [_may_miss(one) for one in found.aims],
        "rate": _rate(found.rate) if found.rate else None,
        "reaches": [_reach(one) for one in found.reaches],
        "improvement": [_improvement(one) for one in found.improvements],
        "says": [{"about": one.about, "says": one.says} for one in forecast_words(found)],
    }


def _may_miss(one: MayMiss) -> dict[str, object]:
    value: dict[str, object] = {"percent": float(one.aim.percent), "above": one.aim.above, "may_miss": one.sessions}
    if one.aim.first is not None:
        value |= {"target_from": _day(one.aim.first), "target_until": _day(one.aim.until)}
        value |= {"attended": one.attended, "possible": one.possible, "met": one.met, "planned": one.planned}
    return value


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
    return {
        "kind": one.kind.value,
        "met": one.met,
        "on": _day(one.on),
        "number": one.number,
        "of": one.of,
        "provisional": [{"date": each.day.isoformat(), "half": each.half.value} for each in one.provisional],
    }


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
