"""What the watch list gives the morning, as lines of “To see to”."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from desktop_app.actions.backups import BackupState
from desktop_app.domain.returns import ReturnDue, ReturnKind
from desktop_app.domain.triggers import TriggerKind
from tests.support.triggers import a_list, watched
from ui.today.watching import watch_lines

RETURN = {"kind": TriggerKind.SICKNESS_RETURN, "title": "Sickness return", "due": date(2026, 11, 30)}


def test_returns_come_first_with_their_day_then_what_is_new() -> None:
    found = a_list(watched("Doyle", 2), watched("Kaya", 1), watched("Abara", 3, new=False, **RETURN))
    lines = watch_lines(found, backs_up=True)
    assert [(one.when, one.what, one.more) for one in lines] == [
        ("Return", "Sickness return", "Çağla Abara · by Mon 30 Nov"),
        ("New", "10 unauthorised in 10 school weeks", "Çağla Doyle and Çağla Kaya"),
    ]
    assert [(one.place, one.where["title"]) for one in lines] == [
        ("watch", "Sickness return"),
        ("watch", "10 unauthorised in 10 school weeks"),
    ]


def test_irregular_attendance_is_a_return_with_its_day() -> None:
    irregular = {"kind": TriggerKind.IRREGULAR_ATTENDANCE, "title": "Fails to attend regularly?"}
    (line,) = watch_lines(a_list(watched(new=False, due=date(2026, 11, 30), **irregular)), backs_up=True)
    assert (line.when, line.more) == ("Return", "Çağla Kaya · by Mon 30 Nov")


def test_more_than_two_names_are_counted() -> None:
    (line,) = watch_lines(a_list(*(watched("Kaya", n) for n in range(1, 6))), backs_up=True)
    assert line.more == "Çağla Kaya, Çağla Kaya and 3 others"


def test_what_is_not_new_or_stands_on_today_already_has_no_line() -> None:
    old = watched(new=False)
    called = watched("Doyle", 2, kind=TriggerKind.REASON_NOT_ESTABLISHED, title="Reason not established")
    assert watch_lines(a_list(old, called), backs_up=True) == ()


def test_a_copy_too_old_or_missing_is_said_to_those_who_make_one() -> None:
    none = a_list(backup=BackupState(None, None, stale=True))
    (line,) = watch_lines(none, backs_up=True)
    assert (line.what, line.place) == ("No folder for backups is chosen", "")
    assert watch_lines(none, backs_up=False) == ()
    old = a_list(backup=BackupState(Path("copies"), datetime(2026, 11, 17, 15, 40), stale=True))
    (line,) = watch_lines(old, backs_up=True)
    assert line.more.startswith("the newest is of Tue 17 Nov 2026, 15:40.")


def test_an_overdue_return_says_so() -> None:
    (line,) = watch_lines(a_list(watched(new=False, overdue=True, **RETURN)), backs_up=True)
    assert line.when == "Overdue"


def test_a_return_leads_to_its_list_for_those_who_make_one() -> None:
    unsent = ReturnDue(ReturnKind.SICKNESS, "Sickness return", date(2026, 10, 31), date(2026, 11, 2), True, made=7,
                       authority="Sefton")  # fmt: skip
    owed = ReturnDue(
        ReturnKind.SUSPENSION, "Suspensions and exclusions", date(2026, 11, 30), None, overdue=False,
        owed=("Ryan Doyle", "Minh Đặng", "Tobi Abara"),
    )  # fmt: skip
    found = replace(a_list(watched("Abara", 3, new=False, **RETURN)), returns=(unsent, owed))
    lines = watch_lines(found, backs_up=True, reports=True)
    assert [(one.when, one.more) for one in lines] == [
        ("Return", "Çağla Abara · by Mon 30 Nov"),
        ("Overdue", "made for Sefton, not sent · by Mon 2 Nov"),
        ("Return", "Ryan Doyle, Minh Đặng and 1 other"),
    ]
    assert {one.place for one in lines} == {"returns"}
    assert [one.where["kind"] for one in lines] == ["sickness", "sickness", "suspension"]
    assert all(one.where["month"] <= found.on for one in lines)
    assert [one.place for one in watch_lines(found, backs_up=True)] == ["watch"], "who may make none is told as before"
