"""A list in a file shows nobody more than their screen does, and less where it may leave the school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from db.house import House
from desktop_app.actions.calling import SEE_DSL
from desktop_app.actions.exports.making import EXPORTS, exports, make_export, write_export
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.holds import end_hold, put_hold
from desktop_app.context import Context
from desktop_app.documents.report_xlsx import list_workbook
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Address, Membership, Person, Tie
from desktop_app.domain.report import TableBlock
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.staff import Role
from desktop_app.rules.rights import ROLES
from tests.support.clock import StillClock
from tests.support.listed_school import FRIDAY, listed_school
from tests.support.people import in_role
from tests.support.schools import SmallSchool, fill_school, make_school, pupil

HOME = Address(("9 Hidden Row",), "L33 9ZZ")


@pytest.fixture(scope="module")
def full(house: House, rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSchool]:
    """Every list has a line; Doyle’s father is kept away by a court, Kaya’s mother has a protected address, and a child
    called Yıldız is in another class."""
    path, clock = tmp_path_factory.mktemp("guarded") / "guarded.rollbook", StillClock(datetime(2026, 11, 20, 8, 50))
    context = make_school(house, path, rulebook, clock)
    school = listed_school(SmallSchool(context, fill_school(context), path), clock)
    with context.store.writing(context.deed("set up")) as writing:
        ties = writing.book.all(Tie)
        father = next(one for one in writing.book.all(Person) if one.full_name == "Mr P Doyle")
        writing.book.put(replace(next(one for one in ties if one.person == father.id), no_contact=True))
        tie = next(one for one in ties if one.pupil == school.pupils["Kaya"])
        mother = writing.book.get(Person, tie.person)
        assert mother is not None
        writing.book.put(replace(mother, address=HOME, protected_address=True))
        other = writing.book.put(pupil("Yıldız", "Emre", 9))
        writing.book.put(Membership(0, other, "5C", "5", date(2026, 9, 1)))
    yield school
    context.store.close()


def asked_for(school: SmallSchool, key: str, surname: str = "Kaya") -> ListAsked:
    spec = next(one for one in EXPORTS if one.key == key)
    return ListAsked(pupil=school.pupils[surname] if spec.must else 0)


def words(context: Context, key: str, asked: ListAsked) -> str:
    """All that is in the file, text and metadata."""
    with ZipFile(BytesIO(list_workbook(make_export(context, key, asked)))) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def rows(context: Context, key: str, asked: ListAsked | None = None) -> list[dict[str, object]]:
    table = make_export(context, key, asked or ListAsked()).blocks[0]
    assert isinstance(table, TableBlock)
    heads = [one.heading for one in table.columns]
    return [dict(zip(heads, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_the_lists_of_its_screens_and_is_refused_the_others_in_words(
    role: Role, full: SmallSchool, tmp_path
) -> None:
    context = in_role(full.context, role, "4B")
    assert {one.key for one in exports(context)} == {one.key for one in EXPORTS if one.needs in ROLES[role]}
    for spec in EXPORTS:
        asked = asked_for(full, spec.key)
        if spec.needs in ROLES[role]:
            if spec.key in {"pupils", "chronology"} and Right.READ_PUPIL in ROLES[role]:
                assert make_export(context, spec.key, asked).blocks
            continue
        with pytest.raises(NotAllowed, match="may not"):
            make_export(context, spec.key, asked)
        with pytest.raises(NotAllowed, match="may not"):
            spec.make(context, asked)
        with pytest.raises(NotAllowed, match="may not"):
            write_export(context, spec.key, asked, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", [one.key for one in EXPORTS if one.needs in ROLES[Role.TEACHER]])
def test_a_class_teacher_gets_the_own_classes_alone(key: str, full: SmallSchool) -> None:
    context = in_role(full.context, Role.TEACHER, "5C")
    if not next(one for one in EXPORTS if one.key == key).must:
        every = words(context, key, ListAsked())
        assert not any(surname in every for surname in full.pupils)
    with pytest.raises(Refused, match=r"sees only the children of 5C|does not take"):
        make_export(context, key, ListAsked(pupil=full.pupils["Kaya"]))
    with pytest.raises(Refused, match=r"not among the classes given|does not take"):
        make_export(context, key, ListAsked(class_name="4B"))


@pytest.mark.parametrize("key", [one.key for one in EXPORTS])
def test_nobody_whom_a_court_keeps_away_is_named_and_no_protected_address_is_there(key: str, full: SmallSchool) -> None:
    assert full.context.may(Right.NO_CONTACT)  # whoever asks could see both on the screen
    assert full.context.may(Right.SEE_PROTECTED)
    for surname in ("Kaya", "Doyle"):
        every = words(full.context, key, asked_for(full, key, surname))
        assert "Mr P Doyle" not in every
        assert "Hidden Row" not in every


def test_the_contacts_say_that_a_protected_address_is_held(full: SmallSchool) -> None:
    (row,) = rows(full.context, "contacts", ListAsked(pupil=full.pupils["Kaya"]))
    assert row["Address"] == "held by the school"


def test_of_a_family_on_hold_a_list_says_whom_to_see_and_nothing_more(full: SmallSchool) -> None:
    context, minh, doyle = full.context, full.pupils["Đặng"], full.pupils["Doyle"]
    assert {row["Whom to call"] for row in rows(context, "calling")} == {"Ms K Đặng (mother)"}
    holds = [put_hold(context, key, FRIDAY, None, "for a reason")[0] for key in (minh, doyle)]
    try:
        (call,) = rows(context, "calling")
        assert (call["Whom to call"], call["Number"], call["Last done"]) == (SEE_DSL, "", "")
        (early,) = rows(context, "early-calls")
        assert (early["Whom to ring"], early["Number"]) == (SEE_DSL, "")
        (card,) = rows(context, "contacts", ListAsked(pupil=minh))
        assert (card["Contact"], card["Telephone"], card["Address"]) == (SEE_DSL, "", "")
        for key in ("contacts", "calling", "early-calls"):
            every = words(context, key, ListAsked())
            assert "Ms K Đặng" not in every
            assert "Ms K Doyle" not in every
            assert "for a reason" not in every
    finally:
        for one in holds:
            end_hold(context, one, FRIDAY)


def test_who_was_told_is_said_to_those_who_read_what_social_care_does(full: SmallSchool) -> None:
    (line,) = rows(full.context, "timetables")
    assert line["Who was told"] == "the social worker, by telephone"
    (line,) = rows(in_role(full.context, Role.TEACHER, "4B"), "timetables")
    assert line["Who was told"] == ""
