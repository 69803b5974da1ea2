"""The main job, end to end, through the real program: a new school, its lists, its figures, its calls, its bundle."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.journeys import naive
from tests.journeys.conftest import CALLS, REASON, Journey
from tests.journeys.lists import CASE, ON, iso
from tests.journeys.program import done, inside
from tests.support.reading_pdf import ReadBack, certified_sessions, read_pdf

YEAR = ("2025-09-01", "2026-08-31")
PARTS = [
    "Referral", "Parents and carers", "Certificate of attendance", "Attendance register",
    "Register of the year to date, for information", "Corrections to the register", "Chronology",
    "Calls", "Home visits", "Early Help", "Attendance in earlier years",
]  # fmt: skip


@pytest.fixture(scope="session")
def bundle(journey: Journey) -> ReadBack:
    return read_pdf((journey.folder / "bundle.pdf").read_bytes())


def _figures(journey: Journey, first: str, last: str, *more: object) -> list[dict[str, Any]]:
    ask = journey.ask if (first, last) == YEAR else journey.look
    found: list[dict[str, Any]] = ask("figures", "--from", first, "--to", last, *more)
    return found


def _same(printed: list[dict[str, Any]], reckoned: list[dict[str, Any]], key: str) -> None:
    """Every value of every row is the same; a rate to the last figures that a float has."""
    assert sorted(str(row[key]) for row in printed) == sorted(str(row[key]) for row in reckoned)
    ours = {row[key]: row for row in reckoned}
    for row in printed:
        expected = ours[row[key]]
        rate, reckoned_rate = row["attendance_pct"], expected["attendance_pct"]
        assert (rate is None) == (reckoned_rate is None)
        assert rate is None or math.isclose(rate, reckoned_rate, rel_tol=1e-14)
        assert {**row, "attendance_pct": None} == {**expected, "attendance_pct": None}


def test_a_new_school_gets_its_recovery_key_and_a_word_about_the_bank_holiday(journey: Journey) -> None:
    new = journey.answers["new"]
    assert new.value["store"] == str(journey.store)
    assert new.value["user"] == "k.hale"
    assert re.fullmatch(r"(?:[A-Z2-7]{5}-){5}[A-Z2-7]{5}", new.value["recovery_key"])
    assert "Early May bank holiday, Mon 6 May 2019" in new.errors
    assert new.errors.count("\n") == 1
    assert journey.answers["calendar"]["warnings"] == []
    assert (journey.answers["calendar"]["rows"], journey.answers["calendar"]["added"]) == (11, 11)


def test_the_recovery_key_opens_the_school(journey: Journey) -> None:
    key = journey.answers["new"].value["recovery_key"].lower().replace("-", " ")
    assert done("check", "--store", journey.store, password=key)["ok"] is True


def test_lists_come_in_whole_and_the_same_list_from_excel_changes_nothing(journey: Journey) -> None:
    answers, lists = journey.answers, journey.lists
    nothing = {"changed": 0, "rejected": [], "rejected_total": 0, "warnings": []}
    for subject, rows, again in (("pupils", lists.pupils, lists.pupils), ("marks", lists.marks, lists.seniors)):
        blank = sum(row.get("Code", "/") in naive.NO_MARK for row in rows)
        brought = {"rows": len(rows), "added": len(rows) - blank, "unchanged": 0, "skipped": blank, **nothing}
        assert answers[subject] == brought
        assert answers[f"{subject} dry"] == brought
        blank = sum(row.get("Code", "/") in naive.NO_MARK for row in again)
        same = {"rows": len(again), "added": 0, "unchanged": len(again) - blank, "skipped": blank, **nothing}
        assert answers[f"{subject} again"] == same


def test_calls_and_the_visit_are_logged_as_they_were_told(journey: Journey) -> None:
    upn = next(row["UPN"] for row in journey.lists.pupils if row["Admission Number"] == CASE)
    logged = [journey.answers[f"log {number}"] for number in range(4)]
    assert [one["kind"] for one in logged] == ["phone-call", "phone-call", "phone-call", "home-visit"]
    assert [one["at"] for one in logged] == [f"{at}:00" for _, at, *_ in CALLS]
    assert {one["upn"] for one in logged} == {upn}
    assert len({one["id"] for one in logged}) == 4


@pytest.mark.parametrize(
    ("first", "last"),
    [YEAR, ("2018-09-01", "2019-08-31"), ("2026-01-10", "2026-06-03"), ("2026-05-04", "2026-05-05")],
)
def test_figures_of_each_pupil_are_those_of_the_file(journey: Journey, first: str, last: str) -> None:
    reckoned = naive.of_all(journey.lists, journey.marks, first, last)
    _same(_figures(journey, first, last), reckoned, "admission_number")
    assert {row["band"] for row in reckoned} > {"excellent", "watch"} or first == "2026-05-04"


@pytest.mark.parametrize(("by", "key"), [("class", "class"), ("year", "year"), ("school", "name")])
def test_figures_of_groups_are_sums_over_sums(journey: Journey, by: str, key: str) -> None:
    members = naive.of_all(journey.lists, journey.marks, *YEAR)
    keys = sorted({member[key] for member in members}) if by != "school" else [None]
    groups = [
        naive.of_group(
            [member for member in members if one is None or member[key] == one], **({by: one} if one else {})
        )
        for one in keys
    ]
    _same(_figures(journey, *YEAR, "--by", by), groups, key)
    assert sum(group["pupils"] for group in groups) == 60


def test_withdrawn_codes_count_as_the_law_did_then(journey: Journey) -> None:
    rows = naive.of_all(journey.lists, journey.marks, "2018-09-01", "2019-08-31")
    assert len(rows) == 15
    (school,) = _figures(journey, "2018-09-01", "2019-08-31", "--by", "school")
    codes = school["codes"]
    assert min(codes["H"], codes["J"], codes["Y"]) > 0
    counted = sum(number for code, number in codes.items() if code != "Y")
    assert school["possible"] == counted
    assert school["attended"] == sum(codes.get(code, 0) for code in "/\\LJV")
    assert school["authorised"] == sum(codes.get(code, 0) for code in "IMHCE")


def test_figures_as_at_an_earlier_moment_still_hold_the_n(journey: Journey) -> None:
    words = ("figures", "--from", "2026-06-02", "--to", "2026-06-02")
    then = {row["admission_number"]: row for row in journey.look(*words, "--as-at", journey.answers["before"])}
    now = {row["admission_number"]: row for row in journey.look(*words)}
    assert then[CASE]["codes"] == {"N": 2}
    assert now[CASE]["codes"] == {"O": 2}
    assert {key: row for key, row in then.items() if key != CASE} == {k: r for k, r in now.items() if k != CASE}
    assert journey.look(*words, "--as-at", "2020-01-01") == []


def test_a_bundle_with_an_n_goes_without_its_certificate_and_says_so(journey: Journey) -> None:
    answer = journey.answers["first bundle"]
    (missing,) = [one["why"] for one in answer["missing"] if one["part"] == "certificate"]
    assert "Still N: Tue 2 Jun 2026 AM and PM." in missing
    read = read_pdf((journey.folder / "first.pdf").read_bytes())
    assert [title for title, _ in read.index] == [part for part in PARTS if part != "Certificate of attendance"]
    assert "section 566" not in read.text


def test_settling_an_n_is_an_amendment_on_record(journey: Journey, bundle: ReadBack) -> None:
    for half in ("AM", "PM"):
        answer = journey.answers[f"amend {half}"]
        assert (answer["half"], answer["code"], answer["was"], answer["amended"]) == (half, "O", "N", True)
    (page,) = bundle.part("Corrections to the register")
    assert re.findall(r"Tue 2 Jun 2026 (AM|PM) N O", page) == ["AM", "PM"]
    assert "k.hale, Attendance" in " ".join(page.split())
    assert " ".join(page.split()).count(REASON.split(" and ")[0]) == 2


def test_the_answer_describes_the_file(journey: Journey, bundle: ReadBack) -> None:
    answer = journey.answers["bundle"]
    content = (journey.folder / "bundle.pdf").read_bytes()
    assert answer["path"] == str(journey.folder / "bundle.pdf")
    assert answer["sha256"] == sha256(content).hexdigest()
    assert answer["pages"] == len(bundle.pages)
    assert re.fullmatch(rf"RB-{date.today().year}-0002", answer["reference"])
    lacking = {"chronology", "early-help", "exhibits", "parents", "support"}
    assert {one["part"] for one in answer["missing"]} == lacking


def test_index_bookmarks_and_pages_agree(bundle: ReadBack) -> None:
    assert [title for title, _ in bundle.index] == PARTS
    assert bundle.bookmarks == (("Cover and index", 1), *bundle.index)
    for number, (title, page) in enumerate(bundle.index, start=1):
        headed = [at for at, text in enumerate(bundle.pages, start=1) if f"Part {number} · {title}\n" in text]
        assert headed[0] == page
        following = bundle.index[number][1] if number < len(bundle.index) else len(bundle.pages) + 1
        assert headed == list(range(page, following))


def test_every_page_says_its_number_and_the_reference(journey: Journey, bundle: ReadBack) -> None:
    reference = journey.answers["bundle"]["reference"]
    for number, text in enumerate(bundle.pages, start=1):
        assert text.rstrip().endswith(f"page {number} of {len(bundle.pages)}")
        assert f"Reference {reference} ·" in text


def test_names_print_right(bundle: ReadBack) -> None:
    assert "Ștefan Wiśniewski-Ağaoğlu" in bundle.pages[0]
    mother, father = bundle.part("Parents and carers")
    assert "Małgorzata Wiśniewska" in mother
    assert "Gökçe Ağaoğlu" in father
    assert "\ufffd" not in bundle.text


def test_every_unauthorised_session_of_the_file_is_in_the_certificate_and_no_other(
    journey: Journey, bundle: ReadBack
) -> None:
    expected = [
        (_printed(day), half, code)
        for (day, half), code in sorted(journey.marks[CASE].items())
        if YEAR[0] <= day <= ON and code in naive.UNAUTHORISED
    ]
    in_file = {
        (_printed(row["Date"]), row["Session"])
        for row in journey.lists.marks
        if row["Admission Number"] == CASE and YEAR[0] <= row["Date"] <= ON and row["Code"] in naive.UNAUTHORISED
    }
    certified = certified_sessions(bundle)
    assert certified == expected
    assert {(day, half) for day, half, _ in certified} == in_file
    assert len(certified) >= 16


def test_the_certificate_gives_the_figures_of_the_file(journey: Journey, bundle: ReadBack) -> None:
    child = next(row for row in journey.lists.pupils if row["Admission Number"] == CASE)
    figures = naive.of_pupil(journey.lists, journey.marks, child, YEAR[0], ON)
    assert figures["unmarked"] == 0
    page = bundle.part("Certificate of attendance")[0]
    for said, value in (
        ("Sessions possible", figures["possible"]),
        ("Attended", figures["attended"]),
        ("Authorised absence", figures["authorised"]),
        ("Unauthorised absence", figures["unauthorised"]),
    ):
        assert f"{said}\n{value}" in page
    assert "born 14 March 2014" in page
    assert "Marsh Lane School" in page


def test_the_register_prints_every_session_of_the_period(journey: Journey, bundle: ReadBack) -> None:
    lines = [" ".join(line.split()) for page in bundle.part("Attendance register") for line in page.split("\n")]
    monday = date.fromisoformat(YEAR[0])
    weeks = 0
    while monday <= date.fromisoformat(ON):
        cells = [
            _cell(journey, (monday + timedelta(days=day)).isoformat(), half)
            for day in range(5)
            for half in ("AM", "PM")
        ]
        label = f"{monday.day} {monday:%b} {monday:%y}"
        if any(line.startswith(f"{label} ") for line in lines):
            assert any(line.startswith(f"{label} {' '.join(cells)}") for line in lines), (label, cells)
            weeks += 1
        else:
            assert set(cells) == {"#"}, label
        monday += timedelta(days=7)
    assert weeks >= 38


def test_the_log_is_in_the_bundle_in_order(bundle: ReadBack) -> None:
    visits = [one for one in CALLS if one[0] == "home-visit"]
    assert visits
    for title, logged in (
        ("Chronology", CALLS), ("Calls", [one for one in CALLS if one not in visits]), ("Home visits", visits),
    ):  # fmt: skip
        text = " ".join(" ".join(bundle.part(title)).split())
        places = [text.index(words) for _, _, _, outcome, _ in logged for words in (outcome.split(";")[0],)]
        assert places == sorted(places)
    said = " ".join(" ".join(bundle.part("Chronology")).split())
    for _, at, _, _, note in CALLS:
        assert at[11:] in said
        assert note in said


def test_marks_of_long_ago_are_not_said_to_be_none(journey: Journey, bundle: ReadBack) -> None:
    assert any(day < "2019-08-31" for day, _ in journey.marks[CASE])
    (page,) = bundle.part("Attendance in earlier years")
    said = "This school’s register holds no mark of this pupil in the 3 school years before this one."
    assert said in " ".join(page.split())


def test_the_whole_record_checks_and_knows_its_earlier_head(journey: Journey) -> None:
    marks = sum(len(of_pupil) for of_pupil in journey.marks.values())
    found = journey.ask("check", "--head", journey.answers["head"])
    assert (found["ok"], found["head_known"], found["faults"]) == (True, True, [])
    assert (found["marks"], found["history"]) == (marks, marks + 2)
    # the school, its calendar, three imports, four entries, two amendments, two bundles
    assert found["links"] == 2 + 3 + 4 + 2 + 2
    assert found["chain_head"] != journey.answers["head"]


def test_a_backup_is_the_school_again(journey: Journey) -> None:
    copy = journey.folder / "copy.rollbook"
    marks = sum(len(of_pupil) for of_pupil in journey.marks.values())
    answer = journey.ask("backup", "--out", copy)
    assert (answer["path"], answer["marks"]) == (str(copy), marks)
    figures = ("figures", "--from", YEAR[0], "--to", YEAR[1])
    assert done("--store", copy, *figures) == journey.look(*figures)
    checked = inside("check", "--store", copy).value
    assert (checked["ok"], checked["chain_head"]) == (True, answer["chain_head"])
    assert inside("check", "--store", copy, password="not the password").code == 3


def _printed(day: str) -> str:
    """`2026-06-02` as the bundle prints it."""
    found = date.fromisoformat(day)
    return f"{found:%a} {found.day} {found:%b %Y}"


def _cell(journey: Journey, day: str, half: str) -> str:
    """What the register print must show for a session of the case."""
    if (day, half) not in journey.lists.sessions or iso("03/09/2018") > day:
        return "#"
    return journey.marks[CASE][day, half] if day <= ON else ""
