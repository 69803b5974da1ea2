"""Writes at least one row to every table there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from db.store import SqlStore
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import EntryKind, Issue, NewEntry, Task
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import (
    Address,
    Answer,
    Channel,
    ChannelKind,
    Flag,
    FlagKind,
    Hold,
    Membership,
    Pattern,
    Person,
    Pupil,
    Tie,
)
from desktop_app.domain.school import (
    ClosedWeek,
    Period,
    PeriodKind,
    Phase,
    Plan,
    RegisterTimes,
    School,
    SchoolType,
    Setting,
)
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role, Staff

DAY = date(2026, 9, 7)

FACTS = (
    Period(0, PeriodKind.CLOSURE, "boiler", DAY, DAY, Half.PM, ("3", "4"), ("4B",)),
    Pupil(
        *(
            0,
            "Łęcki",
            "Çağla",
            date(2018, 1, 8),
            date(2022, 9, 5),
            "H801200001001",
            "00012",
            "Lecki",
            "Cagla",
            "Zoë",
            "F",
        ),
        address=Address(("1 High Street", "Flat 2, rear"), "L36 9XX"),
        home_la="sefton",
        leaving_day=date(2027, 7, 21),
        leaving_ground="moved",
        last_school="St A",
        next_school="St B",
        boarder=True,
        since=DAY,
    ),
    Membership(0, 1, "4B", "4", date(2026, 9, 1), date(2027, 8, 31)),
    Flag(0, 1, FlagKind.SOCIAL_WORKER, "Ms K", date(2026, 9, 1), date(2026, 12, 1)),
    Pattern(
        *(0, 1, "part-time", "1010101010", date(2026, 9, 1), date(2026, 10, 1), "agreed with both parents"),
        *("K", "The Bridge", "Ms K", DAY, "anxiety", ("2026-09-21",), "Ms Worker, LA", "12.5"),
    ),
    Person(
        *(0, "Seán O'Doyle", "Mr", Address(("Flat 3",), "L34 1AA"), date(1985, 5, 6), "Polish", True, "large print"),
        since=DAY,
        protected_address=True,
    ),
    Channel(0, 1, ChannelKind.EMAIL, "sean@example.org", "work", 2, date(2026, 2, 4), DAY),
    Tie(0, 1, 1, "father", Answer.YES, Answer.NO, 2, False, False, False, False, True, date(2020, 1, 1), DAY),
    Plan(0, 1, "C", DAY, Half.PM, date(2026, 9, 9), Half.AM, "wedding", 4, "Ms K", DAY, "Dr A", DAY, "abroad"),
    Staff(0, "Mr B Office", "office manager", Role.OFFICE, "office", False, DAY, ("teacher",), ("4B",), ("leave",)),
    Hold(0, 1, DAY, DAY, "sealed"),
    ClosedWeek(0, DAY, "all settled"),
    Setting("register.closing-minute", "late"),
    Task(0, 1, "call", DAY, 1, "Ring the father", None),
)
"""One fact of each kind but the school, with every field unlike its default."""

SCHOOL = School(
    *("Marsh Lane", "sefton", SchoolType.SPECIAL, Phase.ALL_THROUGH),
    RegisterTimes(datetime(2026, 1, 1, 8, 45).time(), datetime(2026, 1, 1, 9, 15).time()),
    RegisterTimes(datetime(2026, 1, 1, 13, 0).time(), datetime(2026, 1, 1, 13, 15).time()),
    is_register=False,
    dfe_number="340/2001",
    headteacher="Mrs A Head",
    weekdays="1111000",
    address="Marsh Lane, Bootle",
    phone="0151 496 0000",
    email="office@example.org",
    first=date(2026, 1, 1),
    demo=True,
    am_ends=time(11, 50),
    pm_ends=time(15, 10),
)


def fill_every_table(store: SqlStore, deed: Callable[..., Deed]) -> int:
    """Write a row to every table; returns the entry."""
    with store.writing(deed("book")) as writing:
        writing.book.put_many(FACTS)
    with store.writing(deed("marks", "list.csv")) as writing:
        writing.marks.add([NewMark(1, DAY, half, "/" if half is Half.AM else "\\") for half in Half])
        writing.marks.add([NewMark(2, DAY, Half.AM, "L", 12, "bus", "came late", amends=True)])
    with store.writing(deed("log")) as writing:
        entry = writing.entries.add(
            NewEntry(
                EntryKind.PHONE_CALL, datetime(2026, 9, 7, 9, 30), (1, 2), "spoke", (1,), "will ring", {"at": "gate"}
            )
        )
        writing.entries.attach(entry, "note.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
    with store.writing(deed("withdraw")) as writing:
        writing.entries.withdraw(entry, "wrong child")
        writing.issues.add(
            Issue(
                0,
                "REG-2026-0001",
                "bundle",
                1,
                datetime(2026, 9, 8, tzinfo=UTC),
                "ab" * 32,
                12,
                "sefton",
                "1",
                "cd" * 32,
            )
        )
    store.drafts.keep("log 1", "half typed", datetime(2026, 9, 8, tzinfo=UTC))
    return entry
