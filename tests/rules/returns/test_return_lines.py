"""Who is on the attendance, sickness, new-pupil and EHCP returns: both sides of each edge, and a second reckoning."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from datetime import date, datetime

import pytest

from desktop_app.actions.returns.book import national_returns
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.returns import ReturnKind, ReturnLine
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Session
from desktop_app.rules.returns.lines import by_hand, due_day, lines_of_triggers, of_month, with_told
from desktop_app.rules.triggers.table import RULES, may_be
from tests.support.watching import calendar_of, coded, entry, look, sessions

MONDAY = date(2026, 9, 7)
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)
TRIES = int(os.environ.get("ROLLBOOK_SCHOOLS", "150"))
Marks = Mapping[Session, str]


def listed(
    rulebook: Rulebook,
    kind: ReturnKind,
    marks: Marks,
    on: date,
    month: date,
    told: tuple[Entry, ...] = (),
    **more: object,
) -> list[ReturnLine]:
    """The lines of a month’s list."""
    spec, child = national_returns()[kind], look(rulebook, marks, on, **more)  # type: ignore[arg-type]
    triggers = [
        one for one in rulebook.triggers_of(child.watch.pack) if one.kind in spec.triggers and one.rule in RULES
    ]
    lines = lines_of_triggers(spec, child, may_be(child, triggers))
    return of_month(spec, [with_told(spec, one, told) for one in lines], month)


def decided(key: str, at: datetime, due: date | None = None, **details: str) -> Entry:
    month = {"due": due.isoformat()} if due else {}
    return entry(EntryKind.DECISION, at, "sent", details={"trigger": key, **month, **details})


@pytest.mark.parametrize(("number", "on_it"), [(18, 0), (19, 0), (20, 1), (26, 1)])
def test_nine_days_and_ten(rulebook: Rulebook, number: int, on_it: int) -> None:
    marks = coded(sessions(date(2026, 11, 2), number), "O")
    assert len(listed(rulebook, ReturnKind.ATTENDANCE, marks, NOVEMBER, NOVEMBER)) == on_it


def test_it_is_on_every_months_list_while_it_lasts(rulebook: Rulebook) -> None:
    """From Thursday 1 October; half term is no break; back on 10 November, so December does not have it."""
    away = coded([one for one in sessions(date(2026, 10, 1), 60) if one.day < date(2026, 11, 10)], "N")
    for on in (date(2026, 11, 27), date(2027, 1, 8)):
        october = listed(rulebook, ReturnKind.ATTENDANCE, away, OCTOBER, OCTOBER)
        november = listed(rulebook, ReturnKind.ATTENDANCE, away, min(on, NOVEMBER), NOVEMBER)
        assert (len(october), len(november)) == (1, 1)
        assert (october[0].due, november[0].due) == (OCTOBER, NOVEMBER)
    over = listed(rulebook, ReturnKind.ATTENDANCE, away, date(2026, 12, 18), date(2026, 12, 31))
    assert not [one for one in over if "in a row" in one.why], "only the window of ten weeks still holds it"


def test_a_month_in_which_the_tenth_day_had_not_come(rulebook: Rulebook) -> None:
    away = coded(sessions(date(2026, 10, 19), 20), "O")
    assert not listed(rulebook, ReturnKind.ATTENDANCE, away, OCTOBER, OCTOBER)
    (line,) = listed(rulebook, ReturnKind.ATTENDANCE, away, NOVEMBER, NOVEMBER)
    assert line.since == date(2026, 11, 6)


def test_a_day_in_school_breaks_it_and_two_reasons_are_one_line(rulebook: Rulebook) -> None:
    away = coded(sessions(date(2026, 10, 5), 22), "O")
    broken = {**away, sessions(date(2026, 10, 5), 22)[10]: "/"}
    (line,) = listed(rulebook, ReturnKind.ATTENDANCE, away, OCTOBER, OCTOBER)
    assert [one.key for one in line.answers] == ["attendance-return", "irregular-attendance"]
    assert "in a row" in line.why
    assert "in the 10 school weeks" in line.why
    assert "Name the child" not in line.why, "what the office is to do is not the authority’s business"
    (line,) = listed(rulebook, ReturnKind.ATTENDANCE, broken, OCTOBER, OCTOBER)
    assert [one.key for one in line.answers] == ["irregular-attendance"]


@pytest.mark.parametrize(("born", "on_it"), [(date(2021, 8, 31), 1), (date(2021, 9, 1), 0)])
@pytest.mark.parametrize(("kind", "code"), [(ReturnKind.ATTENDANCE, "O"), (ReturnKind.SICKNESS, "I")])
def test_never_below_compulsory_age(rulebook: Rulebook, born: date, on_it: int, kind: ReturnKind, code: str) -> None:
    marks = coded(sessions(MONDAY, 40), code)
    assert len(listed(rulebook, kind, marks, OCTOBER, date(2026, 9, 30), born=born, starts=date(2025, 9, 2))) == on_it


def test_a_leaver_is_on_the_list_of_the_last_month(rulebook: Rulebook) -> None:
    away, left = coded(sessions(date(2026, 10, 5), 30), "O"), date(2026, 10, 23)
    gone = {one: code for one, code in away.items() if one.day <= left}
    assert listed(rulebook, ReturnKind.ATTENDANCE, gone, OCTOBER, OCTOBER, leaves=left)
    assert not listed(rulebook, ReturnKind.ATTENDANCE, gone, NOVEMBER, NOVEMBER, leaves=left)


@pytest.mark.parametrize(("number", "on_it"), [(29, 0), (30, 1)])
def test_fourteen_days_and_a_half_and_fifteen(rulebook: Rulebook, number: int, on_it: int) -> None:
    lines = listed(rulebook, ReturnKind.SICKNESS, coded(sessions(MONDAY, number), "I"), OCTOBER, date(2026, 9, 30))
    assert len(lines) == on_it
    assert not on_it or "15 days of illness this school year" in lines[0].why
    assert not on_it or "Send" not in lines[0].why


def test_a_spell_split_by_one_day_back_is_two_and_each_is_told_once(rulebook: Rulebook) -> None:
    """Thirty sessions, a day in school, thirty more: the second spell is long enough by itself."""
    row = sessions(MONDAY, 62)
    marks = coded(row[:30], "I") | coded(row[32:], "I")
    on, september = row[-1].day, date(2026, 9, 30)
    lines = listed(rulebook, ReturnKind.SICKNESS, marks, on, september)
    assert [one.since for one in lines] == [row[29].day]
    both = listed(rulebook, ReturnKind.SICKNESS, marks, on, OCTOBER)
    assert [one.since for one in both] == [row[29].day, row[61].day], "the first is still owed"
    told = (decided("sickness-return", datetime(2026, 9, 28, 9)),)
    after = listed(rulebook, ReturnKind.SICKNESS, marks, on, OCTOBER, told)
    assert [one.since for one in after if one.told is None] == [row[61].day]
    whole = coded(row, "I")
    assert len(listed(rulebook, ReturnKind.SICKNESS, whole, on, OCTOBER)) == 1, "without the day back it is one spell"


def test_expected_and_then_reached_is_one_return(rulebook: Rulebook) -> None:
    details = {"expected-sick-days": "30", "expected-from": "2026-09-14"}
    note = entry(EntryKind.NOTE, datetime(2026, 9, 10, 9), "surgery", details=details)
    september = date(2026, 9, 30)
    ahead = listed(rulebook, ReturnKind.SICKNESS, {}, date(2026, 9, 10), september, entries=[note])
    assert [(one.since, one.due) for one in ahead] == [(date(2026, 9, 10), date(2026, 9, 10))]
    ill = coded(sessions(date(2026, 9, 14), 36), "I")
    assert len(listed(rulebook, ReturnKind.SICKNESS, ill, date(2026, 10, 7), OCTOBER, entries=[note])) == 1


def test_an_appointment_never_counts(rulebook: Rulebook) -> None:
    marks = coded(sessions(MONDAY, 29), "I") | coded(sessions(MONDAY, 40)[29:], "M")
    assert not listed(rulebook, ReturnKind.SICKNESS, marks, OCTOBER, OCTOBER)


def test_what_was_decided_for_one_month_leaves_the_next(rulebook: Rulebook) -> None:
    away = coded(sessions(date(2026, 10, 1), 34), "O")
    sent = (
        decided("attendance-return", datetime(2026, 11, 3, 9), OCTOBER),
        decided("irregular-attendance", datetime(2026, 11, 3, 9), OCTOBER),
    )
    (october,) = listed(rulebook, ReturnKind.ATTENDANCE, away, OCTOBER, OCTOBER, sent)
    assert (october.told, october.told_words) == (date(2026, 11, 3), "sent")
    (november,) = listed(rulebook, ReturnKind.ATTENDANCE, away, NOVEMBER, NOVEMBER, sent)
    assert november.told is None
    (one,) = listed(rulebook, ReturnKind.ATTENDANCE, away, OCTOBER, OCTOBER, sent[:1])
    assert one.told is None, "of two reasons both are answered"


def test_the_new_pupil_is_due_on_the_fifth_day(rulebook: Rulebook) -> None:
    lines = listed(rulebook, ReturnKind.NEW_PUPIL, {}, NOVEMBER, NOVEMBER, starts=date(2026, 11, 9))
    assert [(one.since, one.due) for one in lines] == [(date(2026, 11, 9), date(2026, 11, 14))]


def test_by_hand_and_the_day_an_authority_names() -> None:
    spec = national_returns()[ReturnKind.ATTENDANCE]
    assert due_day(spec, NOVEMBER) == NOVEMBER
    line = by_hand(spec, 7, "Agreed with the officer", date(2026, 11, 20), NOVEMBER)
    assert (line.pupil, line.by_hand, line.due) == (7, True, NOVEMBER)
    assert [(one.key, one.month) for one in line.answers] == [("attendance-return", NOVEMBER)]


def test_the_months_of_a_run_reckoned_again(rulebook: Rulebook) -> None:
    """Random codes day by day: a child is on a month’s list where a run of ten days or more has, from its tenth day
    on, a day in that month."""
    dice = random.Random(20261126)
    days = calendar_of().school_days(date(2026, 9, 3), date(2026, 12, 18))
    for _ in range(TRIES):
        codes, now = [], dice.choice("O/NI")
        for _day in days:
            now = dice.choice("OOOON/I") if dice.random() < 0.12 else now
            codes.append(now)
        marks: dict[Session, str] = {}
        for day, code in zip(days, codes, strict=True):
            for one in calendar_of().sessions(day, day):
                marks[one] = code if code != "/" else ("/" if one.half == "AM" else "\\")
        run, wanted = 0, set[int]()
        for day, code in zip(days, codes, strict=True):
            run = run + 1 if code in "ON" else 0
            if run >= 10:
                wanted.add(day.month)
        found = {
            month
            for month, last in ((9, 30), (10, 31), (11, 30), (12, 18))
            for line in listed(
                rulebook,
                ReturnKind.ATTENDANCE,
                marks,
                date(2026, month, last),
                date(2026, month, max(last, 30)) if month != 12 else date(2026, 12, 31),
            )
            if "in a row" in line.why
        }
        assert found == wanted, "".join(codes)
