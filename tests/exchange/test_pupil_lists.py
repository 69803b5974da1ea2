"""Lists of pupils: headings in their usual spellings, contacts in any number, and each fault with row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.people import Address, Answer, FlagKind
from desktop_app.exchange.contact_columns import phone_key
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.pupils_file import PupilLine, PupilsFile
from tests.support.files import csv_file, upn, xlsx_file

TODAY = date(2026, 11, 20)
NEEDED = {
    "Surname": "Doyle",
    "Forename": "Ryan",
    "Date of Birth": "14/02/2018",
    "Admission Date": "05/09/2022",
    "Year Group": "4",
    "Class": "4B",
}


def _read(
    tmp_path: Path, *rows: dict[str, Any], xlsx: bool = False
) -> tuple[list[PupilLine | None], Faults, PupilsFile]:
    """Each row's pupil; a row is what it says beyond what is needed."""
    full = [{**NEEDED, **row} for row in rows]
    head = list(dict.fromkeys(name for row in full for name in row))
    lines = [head, *([row.get(name, "") for name in head] for row in full)]
    path = xlsx_file(tmp_path / "pupils.xlsx", lines) if xlsx else csv_file(tmp_path / "pupils.csv", lines)
    file = PupilsFile(path, TODAY)
    faults = Faults()
    return [line for _, line in file.lines(faults)], faults, file


def _one(tmp_path: Path, **more: Any) -> PupilLine:
    (line,), faults, _ = _read(tmp_path, more)
    assert not faults.rejected, faults.rejected
    assert line is not None
    return line


def test_what_is_needed_is_enough(tmp_path: Path) -> None:
    assert _one(tmp_path) == PupilLine("Doyle", "Ryan", date(2018, 2, 14), date(2022, 9, 5), "4", "4B")


def test_every_particular(tmp_path: Path) -> None:
    line = _one(
        tmp_path,
        **{
            "UPN": upn(1).lower(),
            "Adm No": "00123",
            "Preferred Name": "Ry",
            "Middle Name(s)": "James",
            "Gender": "Male",
            "Address": "7 Marsh Lane, Bootle, L20 4AB",
            "Home LA": "Sefton",
            "Leaving Date": "2027-07-21",
            "Reason for leaving": "moved",
            "Previous School": "Nursery",
            "Destination School": "High School",
            "Boarder": "No",
        },
    )
    assert (line.upn, line.admission_number, line.used_forename, line.middle_names) == (upn(1), "00123", "Ry", "James")
    assert (line.sex, line.address) == ("M", Address(("7 Marsh Lane", "Bootle"), "L20 4AB"))
    assert (line.home_la, line.leaving_day, line.leaving_ground) == ("Sefton", date(2027, 7, 21), "moved")
    assert (line.last_school, line.next_school, line.boarder) == ("Nursery", "High School", False)


def test_a_plain_surname_beside_a_legal_one_is_the_one_in_daily_use(tmp_path: Path) -> None:
    line = _one(tmp_path, **{"Legal Surname": "O’Neill", "Legal Forename": "Ryan"})
    assert (line.legal_surname, line.used_surname, line.used_forename) == ("O’Neill", "Doyle", "")


def test_an_address_in_columns_of_its_own(tmp_path: Path) -> None:
    line = _one(
        tmp_path,
        **{"Address Line 1": "Flat 2", "Address Line 2": "7 Marsh Lane", "Town": "Bootle", "Postcode": "l20 4ab"},
    )
    assert line.address == Address(("Flat 2", "7 Marsh Lane", "Bootle"), "L20 4AB")


def test_an_address_of_several_lines_in_one_cell(tmp_path: Path) -> None:
    assert _one(tmp_path, Address="7 Marsh Lane\nBootle L20 4AB").address == Address(
        ("7 Marsh Lane", "Bootle"), "L20 4AB"
    )


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("FSM", "Yes", ((FlagKind.FSM, ""),)),
        ("Free School Meals", "F", ((FlagKind.FSM, None),)),
        ("Pupil Premium", "Y", ((FlagKind.PUPIL_PREMIUM, ""),)),
        ("EAL", "No", ((FlagKind.EAL, None),)),
        ("Looked After", "TRUE", ((FlagKind.LOOKED_AFTER, ""),)),
        ("In Care", "", ()),
        ("Social Worker", "Yes", ((FlagKind.SOCIAL_WORKER, ""),)),
        ("Social Worker", "J Okoro", ((FlagKind.SOCIAL_WORKER, "J Okoro"),)),
        ("Social Worker", "No", ((FlagKind.SOCIAL_WORKER, None),)),
        ("SEN Status", "N - No SEN", ((FlagKind.SEN_SUPPORT, None), (FlagKind.EHCP, None))),
        ("SEN Status", "K - SEN Support", ((FlagKind.SEN_SUPPORT, ""), (FlagKind.EHCP, None))),
        ("SEN Status", "K", ((FlagKind.SEN_SUPPORT, ""), (FlagKind.EHCP, None))),
        ("SEN", "E - EHCP", ((FlagKind.SEN_SUPPORT, None), (FlagKind.EHCP, ""))),
        ("SEN", "Education, Health and Care Plan", ((FlagKind.SEN_SUPPORT, None), (FlagKind.EHCP, ""))),
        ("EHCP", "Yes", ((FlagKind.EHCP, ""), (FlagKind.SEN_SUPPORT, None))),
        ("EHCP", "No", ((FlagKind.EHCP, None),)),
        ("SEN", "perhaps", None),
        ("SEN", "", ()),
    ],
)
def test_flags(tmp_path: Path, heading: str, text: str, said: object) -> None:
    (line,), faults, _ = _read(tmp_path, {heading: text})
    if said is None:
        assert faults.rejected[0].column == heading
    else:
        assert line is not None
        assert line.flags == said


def test_contacts_with_everything(tmp_path: Path) -> None:
    line = _one(
        tmp_path,
        **{
            "Contact 1 Title": "Ms",
            "Contact 1 Name": "Kim Doyle",
            "Contact 1 Relationship": "mother",
            "Contact 1 Parental Responsibility": "Yes",
            "Contact 1 Lives With": "Y",
            "Contact 1 Mobile": "07700 900123; 0151 496 0000",
            "Contact 1 Work Phone": "7700900124",
            "Contact 1 Phone 3": "+44 7700 900123",
            "Contact 1 Email": "kim@example.org; k.doyle@example.com",
            "Contact 1 Address": "7 Marsh Lane, L20 4AB",
            "Contact 1 Language": "Polish",
            "Contact 1 Interpreter": "Yes",
            "Parent/Carer 2 Forename": "Pat",
            "Parent/Carer 2 Surname": "Roe",
            "Parent/Carer 2 Relationship": "father",
            "Parent/Carer 2 PR": "unknown",
            "Parent/Carer 2 Lives With": "No",
            "Parent/Carer 2 Priority": "3",
            "Parent/Carer 2 No Contact": "Yes",
            "Contact3Name": "",
            "Contact3Relationship": "aunt",
        },
    )
    kim, pat = line.contacts
    assert (kim.name, kim.title, kim.relationship, kim.language) == ("Kim Doyle", "Ms", "mother", "Polish")
    assert (kim.responsibility, kim.lives_with, kim.interpreter, kim.priority) == (Answer.YES, Answer.YES, True, 1)
    assert kim.phones == (("07700 900123", "mobile"), ("0151 496 0000", "mobile"), ("07700900124", "work"))
    assert kim.emails == ("kim@example.org", "k.doyle@example.com")
    assert kim.address == Address(("7 Marsh Lane",), "L20 4AB")
    assert (pat.name, pat.responsibility, pat.lives_with) == ("Pat Roe", Answer.UNKNOWN, Answer.NO)
    assert (pat.priority, pat.no_contact, pat.phones) == (3, True, ())


def test_a_zero_lost_from_a_phone_is_put_back_and_said(tmp_path: Path) -> None:
    (line,), faults, _ = _read(tmp_path, {"Contact 1 Name": "Kim", "Contact 1 Phone": 7700900124}, xlsx=True)
    assert line is not None
    assert line.contacts[0].phones == (("07700900124", ""),)
    assert "lost their first 0" in faults.warnings[0]


@pytest.mark.parametrize(
    ("more", "column", "words"),
    [
        ({"Surname": " "}, "Surname", "blank"),
        ({"Forename": "=cmd|x"}, "Forename", "cannot begin"),
        ({"Forename": "\tRyan"}, "Forename", "cannot begin"),
        ({"Forename": "Ry\x00an"}, "Forename", "cannot be printed"),
        ({"Class": "\x00"}, "Class", "cannot be printed"),
        ({"Date of Birth": ""}, "Date of Birth", "blank"),
        ({"Date of Birth": "02/14/2018"}, "Date of Birth", "no such month"),
        ({"Date of Birth": "21/11/2026", "Admission Date": "01/09/2027"}, "Date of Birth", "in the future"),
        ({"Date of Birth": "05/09/2022"}, "Date of Birth", "not before the starting day"),
        ({"Date of Birth": "06/09/2020"}, "Date of Birth", "before the age of 2"),
        ({"Date of Birth": "04/09/2002"}, "Date of Birth", "after the age of 20"),
        ({"Leaving Date": "04/09/2022"}, "Leaving Date", "before the starting day"),
        ({"Year Group": "15"}, "Year Group", "year group"),
        ({"UPN": "A" + upn(1)[1:]}, "UPN", "first letter does not agree"),
        ({"UPN": upn(1)[:-1]}, "UPN", "13 characters"),
        ({"UPN": "8.02340E+11"}, "UPN", "made a number"),
        ({"Admission Number": "1.23E+15"}, "Admission Number", "cut this number short"),
        ({"Sex": "?"}, "Sex", "M or F"),
        ({"FSM": "perhaps"}, "FSM", "neither Yes nor No"),
        ({"Contact 1 Name": "@Kim"}, "Contact 1 Name", "cannot begin"),
        ({"Contact 1 Name": "", "Contact 1 Phone": "0151 496 0000"}, "Contact 1 Name", "has no name"),
        ({"Contact 1 Name": "Kim", "Contact 1 Phone": "ring"}, "Contact 1 Phone", "not a phone number"),
        ({"Contact 1 Name": "Kim", "Contact 1 Phone": "7.7009E+09"}, "Contact 1 Phone", "cut this number short"),
        ({"Contact 1 Name": "Kim", "Contact 1 Email": "kim at home"}, "Contact 1 Email", "not an e-mail"),
        ({"Contact 1 Name": "Kim", "Contact 1 Priority": "first"}, "Contact 1 Priority", "1 to 99"),
        ({"Home LA": "x" * 40_000}, "Home LA", "32,767"),
    ],
)
def test_each_fault_names_its_row_and_column(tmp_path: Path, more: dict[str, str], column: str, words: str) -> None:
    (good, bad), faults, _ = _read(tmp_path, {}, more)
    assert good is not None
    assert bad is None
    assert [(one.row, one.column) for one in faults.rejected] == [(3, column)]
    assert words in faults.rejected[0].why
    assert faults.rows == 1


@pytest.mark.parametrize("born", ["05/09/2020", "05/09/2002", "29/02/2020"])
def test_two_and_twenty_are_still_possible(tmp_path: Path, born: str) -> None:
    assert _one(tmp_path, **{"Date of Birth": born, "Admission Date": "05/09/2022"}).date_of_birth.year in (2020, 2002)


def test_several_faults_of_a_row_are_all_told_and_counted_once(tmp_path: Path) -> None:
    _, faults, _ = _read(tmp_path, {"Surname": "=1", "Year Group": "x", "UPN": "12"})
    assert ({one.column for one in faults.rejected}, faults.rows) == ({"Surname", "Year Group", "UPN"}, 1)


def test_a_column_that_disagrees_with_itself_is_named(tmp_path: Path) -> None:
    _, faults, _ = _read(tmp_path, {"Date of Birth": "14/02/2018"}, {"Date of Birth": "02/15/2018"})
    assert "The column “Date of Birth” disagrees with itself: row 2 has the day first" in faults.warnings[0]
    _, faults, _ = _read(tmp_path, {"Admission Date": "2022-05-09"}, {"Admission Date": "25/09/2022"})
    assert "The column “Admission Date” disagrees with itself" in faults.warnings[0]


def test_dates_of_one_manner_raise_no_doubt(tmp_path: Path) -> None:
    _, faults, _ = _read(tmp_path, {}, {"Date of Birth": "03/04/2018"})
    assert faults.warnings == ()


def test_the_headings_of_another_system(tmp_path: Path) -> None:
    head = [
        *("Admission No", "UPN", "Legal Surname", "Legal Forename", "Preferred Name", "Date of Birth", "Gender"),
        *("Year Group", "Reg Group", "Enrolment Status", "SEN Status", "Pupil Premium", "EAL", "Looked After"),
        "Date of Admission",
    ]
    row = [
        "7",
        upn(7),
        "Abara",
        "Tobi",
        "",
        "2014-03-12",
        "M",
        "7",
        "7A",
        "C",
        "N - No SEN",
        "No",
        "No",
        "No",
        "01/09/2025",
    ]
    file = PupilsFile(csv_file(tmp_path / "other.csv", [head, row]), TODAY)
    ((number, line),) = list(file.lines(Faults()))
    assert number == 2
    assert line is not None
    assert (line.legal_surname, line.class_name, line.year, line.admission_number) == ("Abara", "7A", "7", "7")
    assert [note for note in file.table.notes if "Enrolment Status" in note] == list(file.table.notes)


@pytest.mark.parametrize("number", ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "00447700900123"])
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    assert phone_key(number) == "07700900123"
