"""Every referral of every pack is driven from red to ready by doing what its lines say, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from db.house import House
from desktop_app import paths, rulebook as rulebooks
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest, Readiness
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import Answer, Channel, ChannelKind, Person, Tie
from desktop_app.domain.referrals import Referral
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half
from tests.support.clock import StillClock
from tests.support.readying import Worker
from tests.support.referrals import calendar_of
from tests.support.schools import fill_school, make_school

PACKS = rulebooks.load(paths.resources()).packs
FIRST, ON = date(2026, 9, 1), date(2026, 11, 20)
SINCE, HOLIDAY, OPEN = date(2026, 10, 1), date(2026, 11, 16), date(2026, 11, 5)
EVERY = [(pack.key, referral) for pack in PACKS.values() for referral in pack.referrals]


def bare_child(context: Context, referral: Referral) -> int:
    """A child who has hardly come since October, with two parents of whom little is known, and nothing recorded."""
    (pupil,) = fill_school(context, (("Doyle", "Ryan"),)).values()
    with context.store.writing(context.deed("set up")) as writing:
        if referral.schools:
            writing.book.put(replace(writing.book.school(), type=referral.schools[0]))
        father = writing.book.put(Person(0, "Seán Doyle", "Mr"))
        writing.book.put(Tie(0, pupil, father, "father", Answer.UNKNOWN, Answer.NO, 2))
        writing.book.put(Channel(0, father, ChannelKind.PHONE, "07700 900777", "mobile", checked=date(2026, 2, 4)))
        marks = [
            NewMark(pupil, one.day, one.half, code_of(one.day, one.half), source=Source.IMPORT)
            for one in calendar_of(context).sessions(FIRST, ON)
        ]
        writing.marks.add(marks)
    return pupil


def code_of(day: date, half: Half) -> str:
    """Present till October, then away, on one day for no reason that is known, and in the last week on holiday."""
    if day < SINCE:
        return "/" if half is Half.AM else "\\"
    return "N" if day == OPEN else "G" if day >= HOLIDAY else "O"


@pytest.mark.parametrize(("key", "referral"), EVERY, ids=[f"{key}-{one.key}" for key, one in EVERY])
def test_every_line_is_met_by_doing_what_it_says(
    tmp_path: Path, house: House, rulebook: Rulebook, clock: StillClock, key: str, referral: Referral
) -> None:
    context = make_school(house, tmp_path / "marsh-lane.rollbook", rulebook, clock, key)
    try:
        pupil = bare_child(context, referral)
        scan = tmp_path / "signed.png"
        Image.new("L", (850, 1200), 200).save(scan)
        worker = Worker(context, BundleRequest(pupil, referral.key, ON, FIRST, ON), scan)
        if referral.per_parent:
            worker = replace(worker, request=replace(worker.request, parent=worker.parents[0]))
        before = worker.plan().findings
        assert any(one.state is Readiness.MISSING for one in before)
        assert all(one.do is not None for one in before if one.state is not Readiness.MET)
        done = worker.until_ready()
        after = worker.plan().findings
        assert {one.key for one in after} == {one.key for one in before} - {"chronology-empty"}
        assert {one.state for one in after} == {Readiness.MET}
        assert done
    finally:
        context.store.close()
