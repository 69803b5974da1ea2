"""What the demo school lacks and a scene needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop_app.actions.arrivals import set_phone
from desktop_app.actions.plans import in_class, plan
from desktop_app.actions.timetables import set_timetable
from desktop_app.actions.today import today as morning
from desktop_app.context import Context
from desktop_app.domain.people import Pattern
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half

PUPILS_WITH_FAULTS = (
    "Surname,Forename,Date of Birth,Admission Date,Year Group,Class,Shoe size\n"
    "Nowak,Zofia,30/02/2018,05/09/2022,4,4B,31\n"
    "Hughes,Carys,14/02/2018,05/09/2022,4,4B,32\n"
    "=cmd,Jo,14/02/2018,05/09/2022,4,4B,33\n"
)
PUPILS_TO_TAKE = (
    "Surname,Forename,Date of Birth,Admission Date,Year Group,Class,Shoe size\n"
    "Nowak,Zofia,12/02/2018,05/09/2022,4,4B,31\n"
    "Hughes,Carys,14/02/2018,05/09/2022,4,4B,32\n"
)


def plan_for(context: Context, pupil: int) -> None:
    """A suspension to come, and leave that was given."""
    day = context.today()
    first, half, last = day + timedelta(days=10), Half.PM, day + timedelta(days=12)
    plan(context, Plan(0, 0, "E", first, half, last, Half.PM, note="letter of 18 November"), [pupil])
    day -= timedelta(days=14)
    plan(context, Plan(0, 0, "M", day, Half.AM, day, Half.AM, note="orthodontist"), [pupil])


def send_elsewhere(context: Context) -> None:
    """A trip of a class, a child at a farm, one at another school."""
    today = context.today()
    untaken = max(morning(context).registers, key=lambda state: state.blank)
    children = [one.id for one in in_class(context, untaken.class_name, today)]
    plan(context, Plan(0, 0, "V", today, Half.AM, today, Half.PM, note="World Museum"), children[6:14])
    farm = Pattern(0, children[0], "alternative", "1111111100", today, code="K", provider="Hope Farm")
    set_timetable(context, replace(farm, note="animal care"))
    set_timetable(context, Pattern(0, children[1], "dual", "1111111100", today, provider="Oak School"))
    set_phone(context, "Hope Farm", "0151 496 0123")
