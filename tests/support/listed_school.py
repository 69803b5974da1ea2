"""A small school in which every list of the screens has a line, much of it typed by somebody who likes formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from desktop_app.actions.cases import open_case
from desktop_app.actions.contracts import NewContract, make_contract
from desktop_app.actions.court import OrderStep, record_order
from desktop_app.actions.early_calls import put_on_list
from desktop_app.actions.group_members import add_to_group
from desktop_app.actions.importing import bring_in
from desktop_app.actions.leave import ask_leave
from desktop_app.actions.log import log
from desktop_app.actions.notices import ask_notice
from desktop_app.actions.plans import plan
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.school_log import log_school
from desktop_app.actions.targets import set_group_target, set_target
from desktop_app.actions.timetables import set_timetable
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.leave import NewLeave, Span
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Channel, ChannelKind, Pattern, Person, Pupil
from desktop_app.domain.school import Plan
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.targets import SCHOOL, Target
from tests.support.clock import StillClock
from tests.support.files import csv_file, upn
from tests.support.formal import family
from tests.support.referrals import calendar_of
from tests.support.running import finish
from tests.support.schools import SmallSchool
from tests.support.weeks import amended_week

FRIDAY = date(2026, 11, 20)
SUM, NUMBER, AT_X, MINUS = "=1+1", "+44 7700 900123", "@x", "-5"
"""What somebody typed, and no spreadsheet may take for an order."""
CANARY = "a canary that only some may read"


def listed_school(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Friday 20 November 2026, four o'clock. Kaya has an amended mark, a contact called `=1+1`, a restricted note, a
    timetable, a target; Doyle everything formal; Minh an N of Friday; Bielak a worse band
    since Wednesday; Chaudhry is absent on Mondays."""
    amended_week(school, clock)
    context, kaya, doyle = school.context, school.pupils["Kaya"], school.pupils["Doyle"]
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one for one in writing.book.all(Person) if one.full_name == "Ms K Kaya")
        writing.book.put(replace(mother, full_name=SUM, title=""))
        writing.book.put(Channel(0, mother.id, ChannelKind.PHONE, NUMBER, priority=0))
        child = writing.book.get(Pupil, school.pupils["Abara"])
        assert child is not None
        writing.book.put(replace(child, upn=upn(1)))
    at = datetime(2026, 11, 19, 9, 0)
    log(context, NewEntry(EntryKind.LETTER, at, (kaya,), MINUS, (mother.id,), note=AT_X))
    log(context, NewEntry(EntryKind.PHONE_CALL, at, (kaya,), "spoke", (mother.id,), note=SUM))
    log(context, NewEntry(EntryKind.NOTE, at, (kaya,), CANARY, note=CANARY, restricted=True))
    log(context, NewEntry(EntryKind.LETTER, at, (kaya,), CANARY, (mother.id,), note=CANARY, restricted=True))
    with context.store.reading() as reading:
        referral = context.pack(reading.book.school()).referrals[0].key
    open_case(context, kaya, referral)
    _formal(school)
    ask_leave(context, [kaya], NewLeave(Span(date(2026, 12, 1), date(2026, 12, 2)), SUM, FRIDAY, (mother.id,)))
    put_on_list(context, doyle, FRIDAY, date(2026, 12, 11), "late on most mornings")
    add_to_group(context, "Breakfast club", [kaya, doyle], FRIDAY)
    set_target(context, kaya, Target(Fraction(95), date(2026, 11, 9)))
    set_group_target(context, SCHOOL, Target(Fraction(193, 2), date(2026, 9, 2)))
    timetable = {
        "agreed_with": "Ms K Kaya", "agreed_on": date(2026, 11, 16), "purpose": "=after an operation",
        "reviews": ("2026-12-04",), "hours": "15", "told": "the social worker, by telephone",
    }  # fmt: skip
    part_time = Pattern(0, kaya, "part-time", "1010101010", date(2026, 11, 23), date(2026, 12, 18), **timetable)  # type: ignore[arg-type]
    set_timetable(context, part_time)
    at_oak = Plan(
        0, doyle, "B", FRIDAY, Half.AM, date(2026, 11, 23), Half.PM, note="a taster day", provider="Oak School"
    )
    plan(context, at_oak, [doyle])
    log_school(context, SchoolLine(SchoolKind.TRAINING, date(2026, 9, 2), SUM, AT_X))
    write(context, [Edit(school.pupils["Đặng"], Session(FRIDAY, Half.PM), "N")], "not known any more")
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(
            NewMark(school.pupils["Bielak"], one.day, one.half, "I" if one.day > date(2026, 11, 17) else "/")
            for one in calendar_of(context).sessions(date(2026, 9, 3), FRIDAY)
        )
        writing.marks.add(
            NewMark(school.pupils["Chaudhry"], one.day, one.half, "I" if one.day.weekday() == 0 else "/")
            for one in calendar_of(context).sessions(date(2026, 9, 3), FRIDAY)
        )
    rows = [["UPN", "Date", "Session", "Code"], [upn(1), "2026-11-16", "AM", "I"], [upn(1), "2026-09-08", "PM", "C"]]
    finish(bring_in(context, ImportKind.MARKS, csv_file(school.path.with_name("marks.csv"), rows), FRIDAY))
    return school


def _formal(school: SmallSchool) -> None:
    """A notice, a contract and an order for Doyle."""
    doyles = family(school)
    ask_notice(doyles.context, doyles.asking())
    parts = tuple(f"part {n}" for n, _ in enumerate(doyles.context.rulebook.formalities.contract_parts))
    others = {doyles.father: "He is at sea."}
    make_contract(doyles.context, NewContract(doyles.pupil, (doyles.mother,), parts, FRIDAY, why_not=others))
    record_order(doyles.context, OrderStep(doyles.pupil, "made", "Made today."))
