"""The commands of the door. Each reads its arguments, calls one action, and says what to print."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from desktop_app.actions.demo import make_demo
from desktop_app.actions.import_calendar import calendar_warnings
from desktop_app.actions.importing import bring_in, preview
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.school import NewSchool, new_school
from desktop_app.actions.settle import settle, settling_due
from desktop_app.cli import evidence, notice, returns
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.rooms import ROOMS, Run
from desktop_app.context import SCHOOL_ZONE, Context, signed_in
from desktop_app.domain.errors import Locked, Refused
from desktop_app.domain.imports import ImportKind, ImportReport
from desktop_app.domain.marks import CLEARED
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Session
from desktop_app.domain.staff import Role
from desktop_app.exchange.calendar_file import read_periods
from desktop_app.ports import Clock, StoreHouse


@dataclass(frozen=True, slots=True)
class Door:
    """What every command is handed."""

    house: StoreHouse
    rulebook: Rulebook
    clock: Clock


def demo(door: Door, asked: Namespace) -> Answer:
    """Make a demo school."""
    out: Path = asked.out
    today: date = asked.today or door.clock().astimezone(SCHOOL_ZONE).date()
    made = finish(
        make_demo(
            door.house,
            out,
            door.rulebook,
            pupils=asked.pupils,
            years=asked.years,
            seed=asked.seed,
            today=today,
            clock=door.clock,
        )
    )
    made.store.close()
    return Answer(
        {
            "store": str(out),
            "pupils": made.pupils,
            "marks": made.marks,
            "from": made.first.isoformat(),
            "to": made.last.isoformat(),
            "cases": [{"upn": upn, "referral": referral} for upn, referral in made.cases],
        }
    )


def new(door: Door, asked: Namespace, path: Path, user: str | None, password: str) -> Answer:
    """Make a school."""
    name = user or "office"
    role: Role = asked.role
    wanted = NewSchool(
        name=asked.name,
        la=asked.la,
        type=asked.type,
        phase=asked.phase,
        am=asked.am,
        pm=asked.pm,
        periods=read_periods(asked.calendar),
        user=name,
        staff_name=name,
        position=asked.position or role.value.replace("-", " ").capitalize(),
        role=role,
        password=password,
    )
    made = new_school(door.house, path, door.rulebook, door.clock, wanted)
    made.store.close()
    value = {"store": str(path), "user": made.user, "recovery_key": made.recovery_key}
    return Answer(value, words=calendar_warnings(wanted.periods))


def with_store(door: Door, asked: Namespace, path: Path, user: str | None, password: Callable[[], str]) -> Answer:
    """Open the school, for writing where the command writes, and run the command in it. What stands by itself becomes
    a mark first, so that no figure or document is without it; a window that has the lock does so itself."""
    users = tuple(door.house.users(path))
    if user is None and len(users) == 1:
        (user,) = users
    action, writes = COMMANDS[asked.command]
    reads = getattr(asked, "dry_run", False) or getattr(asked, "lists", False)
    reads = reads or any(room.only_reads(asked) for room in (notice, returns, evidence))
    secret = password()
    store = door.house.open(path, user, secret, write=writes and not reads)
    try:
        context = signed_in(store, door.rulebook, door.clock)
        if settling_due(context):
            store.close()
            with suppress(Locked), closing(door.house.open(path, user, secret, write=True)) as writer:
                settle(signed_in(writer, door.rulebook, door.clock))
            store = door.house.open(path, user, secret, write=writes and not reads)
            context = signed_in(store, door.rulebook, door.clock)
        return action(context, asked)
    finally:
        store.close()


def _import(context: Context, asked: Namespace) -> Answer:
    if asked.first and asked.subject is not ImportKind.PUPILS:
        raise Refused("--from goes with pupils: it is the day from which new classes and years hold.")
    first = asked.first or context.today()
    if asked.dry_run:
        return _report(finish(preview(context, asked.subject, asked.file, first)))
    report, _ = finish(bring_in(context, asked.subject, asked.file, first))
    return _report(report)


def _report(report: ImportReport) -> Answer:
    words = tuple(report.warnings)
    if not report.clean:
        words += (f"{report.rejected_total} of {report.rows} rows cannot be taken; nothing was changed.",)
    return Answer(asdict(report), 0 if report.clean else 2, words)


def _mark(context: Context, asked: Namespace) -> Answer:
    pupil = find_pupil(context, asked.pupil)
    code = CLEARED if asked.clear else str(asked.code).strip().upper()
    if not code and not asked.clear:
        raise Refused("There is no code; to make a session blank again say --clear.")
    if asked.clear and (asked.minutes is not None or asked.note):
        raise Refused("--minutes and --note go with --code: a blank session has neither.")
    edit = Edit(pupil.id, Session(asked.date, asked.half), code, asked.minutes, asked.note)
    (written,), _ = write(context, [edit], asked.reason)
    return Answer(
        {
            "upn": pupil.upn or None,
            "date": asked.date.isoformat(),
            "half": asked.half.value,
            "code": code or None,
            "was": written.was.code if written.was else None,
            "amended": written.amended,
        },
        words=(f"{written.asked}.",) if written.asked else (),
    )


def _check(context: Context, asked: Namespace) -> Answer:
    found = context.store.check(asked.head)
    value: dict[str, object] = {"ok": found.ok, **asdict(found)}
    words = found.faults
    if found.head_known is False:
        words += ("That head is not in the chain: the record was cut short or written anew since.",)
    return Answer(value, 0 if found.ok else 2, words)


def _backup(context: Context, asked: Namespace) -> Answer:
    for _ in context.store.backup(asked.out):
        pass
    with context.store.reading() as reading:
        counts = reading.marks.counts(date.min, date.max)
        head = reading.chain_head
    marks = sum(sum(codes.values()) for codes in counts.values())
    return Answer({"path": str(asked.out), "marks": marks, "chain_head": head})


COMMANDS: Mapping[str, tuple[Run, bool]] = {
    "import": (_import, True),
    "mark": (_mark, True),
    "check": (_check, False),
    "backup": (_backup, False),
    **{name: run for room in ROOMS for name, run in room.runs.items()},
}
"""Each command that opens a school, and whether it writes."""
