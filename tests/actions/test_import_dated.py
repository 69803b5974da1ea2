"""From when what a list changes holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.actions.import_pupils import import_pupils
from desktop_app.domain.people import Channel, Flag, FlagKind, Person, Pupil
from tests.support.files import csv_file
from tests.support.pupil_rows import KIM, RYAN
from tests.support.running import finish
from tests.support.schools import SmallSchool


def _import(school: SmallSchool, row: dict[str, Any], first: date) -> None:
    path = csv_file(school.path.with_name("pupils.csv"), [list(row), list(row.values())])
    assert finish(import_pupils(school.context, path, dry_run=False, first=first)).clean


def _all(school: SmallSchool, kind: type[Any]) -> list[Any]:
    with school.context.store.reading() as reading:
        return list(reading.book.all(kind))


def test_what_a_list_changes_of_a_child_or_a_parent_holds_from_the_day_named(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, **KIM}, date(2026, 9, 1))
    assert {one.since for kind in (Pupil, Person, Channel) for one in _all(empty_school, kind)} == {None}
    first = date(2026, 9, 14)
    new = {"Address": "9 New Street", "Contact 1 Language": "Welsh", "Contact 1 Email": "k@x.example"}
    _import(empty_school, {**RYAN, **KIM, **new}, first)
    (child,), (mother,) = _all(empty_school, Pupil), _all(empty_school, Person)
    assert (child.address.lines, child.since) == (("9 New Street",), first)
    assert (mother.language, mother.since) == ("Welsh", first)
    assert [one.since for one in _all(empty_school, Channel)] == [None, first]


def test_an_ethnic_background_is_read_by_code_or_words_and_changes_from_a_day(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, "Ethnicity": "any other white  background"}, date(2026, 9, 1))
    (flag,) = _all(empty_school, Flag)
    assert (flag.kind, flag.value, flag.last) == (FlagKind.ETHNICITY, "WOTH", None)
    _import(empty_school, {**RYAN, "Ethnicity": "wirt"}, date(2026, 11, 20))
    assert {(flag.value, flag.last) for flag in _all(empty_school, Flag)} == {
        ("WOTH", date(2026, 11, 19)),
        ("WIRT", None),
    }
    path = csv_file(empty_school.path.with_name("yes.csv"), [["Ethnicity", *RYAN], ["Yes", *RYAN.values()]])
    report = finish(import_pupils(empty_school.context, path, dry_run=False, first=date(2026, 11, 20)))
    assert report.rejected[0].why == "Write the code of the ethnic background, such as WBRI, or its words."
