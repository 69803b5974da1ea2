"""The analysis rhythms as reports: who may make them, that they can be made again, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.holds import put_hold
from desktop_app.actions.log import log
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.reports.making import REPORTS, available, make_report, write_report
from desktop_app.actions.reports.rhythms import RHYTHMS
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.rewards import choose_reward_rule
from desktop_app.cli.answers import finish
from desktop_app.context import Context, as_aware
from desktop_app.documents.report_pdf import report_pdf
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Flag, FlagKind, Hold, Tie
from desktop_app.domain.report import ChartBlock, Report, TableBlock, TextBlock
from desktop_app.domain.sessions import Half, Session, school_year_start
from desktop_app.domain.staff import Role
from desktop_app.rules.display import tenth
from desktop_app.rules.rewards import RewardRule
from tests.support.clock import StillClock
from tests.support.demo_school import NOW, demo_school, pupils_of
from tests.support.report_text import check_workbook, pdf_words, tables_of
from tests.support.schools import SmallSchool

ON = NOW.date()
SINCE = school_year_start(ON)
PAPERS = ("agenda", "minutes")
"""Made for one meeting: `test_meeting_papers.py`."""
KEYS = ["league", *(one.key for one in RHYTHMS if one.key not in PAPERS)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook) -> Iterator[Context]:
    context, _ = demo_school(house, tmp_path_factory.mktemp("demo"), rulebook)
    yield context
    context.store.close()


def asked(context: Context, key: str, **more: object) -> Asked:
    """What a report of that kind is asked, of the first child or class where it is about one."""
    spec = next(one for one in REPORTS if one.key == key)
    child = next(one for one in pupils_of(context) if one.on_roll(ON) and one.starting_day <= SINCE)
    if "pupil" in spec.asks:
        more.setdefault("pupil", child.id)
    if "class_name" in spec.asks:
        more.setdefault("class_name", figures(context, ON, ON)[0].class_name)
    return Asked(**{"on": ON, **more})  # type: ignore[arg-type]


def table(report: Report, title: str) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and one.title.startswith(title))


def by_name(block: TableBlock) -> dict[object, tuple[object, ...]]:
    return {row[0]: row for row in block.rows}


@pytest.mark.parametrize("key", KEYS)
def test_each_is_written_as_pdf_and_workbook(demo: Context, key: str, tmp_path: Path) -> None:
    report = make_report(demo, key, asked(demo, key))
    assert report.blocks
    assert report.counts.endswith(".")
    pdf = finish(write_report(demo, report, tmp_path / "one.pdf"))
    said = pdf_words(pdf.path.read_bytes())
    assert report.title in said
    for block in report.blocks:
        if isinstance(block, TableBlock) and not block.rows:
            assert block.empty.endswith(".")
            assert block.empty in said
    check_workbook(report, finish(write_report(demo, report, tmp_path / "one.xlsx")).path.read_bytes())


def test_made_again_as_at_that_moment_they_are_the_same_though_all_was_amended_since(
    tmp_path: Path, house, rulebook
) -> None:
    context, clock = demo_school(house, tmp_path, rulebook, pupils=35)
    moment = as_aware(NOW)
    wanted = {key: asked(context, key) for key in KEYS}
    shown = {key: make_report(context, key, wanted[key]) for key in KEYS}
    clock.set(2027, 1, 11, 10, 0)
    with context.store.reading() as reading:
        marks = [one for one in reading.marks.between(date(2026, 11, 2), ON) if one.code in ("/", "I", "O", "N")]
    write(context, [Edit(one.pupil, Session(one.day, Half(one.half)), "M") for one in marks[::3]], "looked at again")
    children = [one.id for one in pupils_of(context) if one.on_roll(ON)]
    with context.store.writing(context.deed("flags")) as writing:
        kinds = (FlagKind.PUPIL_PREMIUM, FlagKind.EHCP, FlagKind.MEDICAL, FlagKind.CHILD_PROTECTION)
        writing.book.put_many(Flag(0, child, kind, "said", SINCE) for child in children[::2] for kind in kinds)
        writing.book.put(Hold(0, children[1], SINCE))
    log(context, NewEntry(EntryKind.LETTER, datetime(2026, 11, 16, 9, 0), tuple(children[:20]), "sent"))
    choose_reward_rule(context, RewardRule.ILLNESS_COUNTS)
    for key in KEYS:
        assert make_report(context, key, replace(wanted[key], as_at=moment)) == shown[key], key
        if key != "below-national":  # last year’s marks stand as they stood
            assert make_report(context, key, wanted[key]).blocks != shown[key].blocks, key
    context.store.close()


def test_each_role_sees_its_own_reports(demo: Context) -> None:
    def keys(role: Role) -> set[str]:
        context = replace(demo, staff=replace(demo.staff, role=role, classes=("4B",)), alone=False)
        return {one.key for one in available(context)} & set(KEYS)

    assert keys(Role.GOVERNOR) == {"governors"}
    assert keys(Role.TEACHER) == {
        *(
            "league",
            "three-weekly",
            "letters",
            "class-sheet",
            "pupil-summary",
            "governors",
            "year-end",
            "below-national",
        )
    }
    assert keys(Role.OFFICE) == set(KEYS) - {"dsl"}
    assert {"dsl", "senco", "targeted-support"} <= keys(Role.DSL)
    assert keys(Role.ATTENDANCE_LEAD) == set(KEYS)


@pytest.mark.parametrize("key", [one for one in KEYS if one not in ("governors", "pupil-summary")])
def test_a_teacher_reads_the_names_of_no_other_class(demo: Context, key: str) -> None:
    rows = figures(demo, ON, ON)
    own = rows[0].class_name
    teacher = replace(demo, staff=replace(demo.staff, role=Role.TEACHER, classes=(own,)), alone=False)
    spec = next(one for one in REPORTS if one.key == key)
    if not teacher.may(spec.needs):
        with pytest.raises(NotAllowed):
            make_report(teacher, key, asked(demo, key))
        return
    report = make_report(teacher, key, asked(demo, key))
    said = repr(report)
    assert not [one.pupil for one in rows if one.class_name != own and one.pupil and one.pupil.list_name in said]


def test_a_teacher_gets_no_sheet_of_another_class_and_no_summary_of_another_child(demo: Context) -> None:
    rows = figures(demo, ON, ON)
    own = rows[0].class_name
    other = next(one for one in rows if one.class_name != own)
    assert other.pupil is not None
    teacher = replace(demo, staff=replace(demo.staff, role=Role.TEACHER, classes=(own,)), alone=False)
    assert make_report(teacher, "class-sheet", Asked(ON)).title.endswith(own)
    with pytest.raises(Refused, match="not among the classes"):
        make_report(teacher, "class-sheet", Asked(ON, class_name=other.class_name))
    with pytest.raises(Refused, match="sees only the children"):
        make_report(teacher, "pupil-summary", Asked(ON, pupil=other.pupil.id))
    every = make_report(demo, "class-sheet", Asked(ON))
    names = {one.class_name for one in rows}
    assert {block.title for block in every.blocks if isinstance(block, TableBlock) and "pupils" in block.title} == {
        f"{name}: pupils" for name in names
    }
    both = replace(teacher, staff=replace(teacher.staff, classes=(own, other.class_name)))
    assert len([one for one in make_report(both, "class-sheet", Asked(ON)).blocks if isinstance(one, TableBlock)]) == 4
    with pytest.raises(Refused, match="no class 9Z"):
        make_report(demo, "class-sheet", Asked(ON, class_name="9Z"))
    with pytest.raises(Refused, match="Say which child"):
        make_report(demo, "pupil-summary", Asked(ON))


def test_a_class_sheet_bears_no_flag(demo: Context) -> None:
    for name in {one.class_name for one in figures(demo, ON, ON)}:
        said = repr(make_report(demo, "class-sheet", Asked(ON, class_name=name)))
        assert not [
            word for word in ("EHCP", "SEN", "Pupil premium", "Medical", "Child in need", "Early Help") if word in said
        ]


def test_the_sheets_and_the_letters_have_the_figures_of_the_pupils(demo: Context) -> None:
    year = {one.pupil.list_name: one for one in figures(demo, SINCE, ON) if one.pupil}
    half = {one.pupil.list_name: one for one in figures(demo, date(2026, 11, 2), ON) if one.pupil}
    letters = make_report(demo, "letters", asked(demo, "letters"))
    rows = by_name(table(letters, "Letters"))
    left = by_name(table(letters, "Left out"))
    here = [one for one in year.values() if one.pupil and one.pupil.on_roll(ON)]
    assert len(rows) + len(left) == len(here)
    for name, row in rows.items():
        of, now = year[name].figures, half[name].figures
        assert row[2:6] == (of.attendance, of.absent, of.possible, of.late)
        assert row[6:11] == (now.attendance, now.authorised, now.unauthorised, now.possible, now.late)
    upright = [page.mediabox for page in PdfReader(BytesIO(report_pdf(letters))).pages]
    assert all(page.height > page.width for page in upright)  # across, half as many children stand on a page
    for key, title in (("pupil-premium", "Pupils"), ("senco", "SEN support")):
        listed = by_name(table(make_report(demo, key, asked(demo, key)), title))
        assert listed
        for name, row in listed.items():
            of = year[name].figures
            assert row[4:7] == (of.attendance, of.absent, of.unauthorised)


def test_the_three_weekly_analysis_lists_who_missed_a_tenth_and_came_less(demo: Context) -> None:
    weeks = [(date(2026, 11, 2), ON), (date(2026, 10, 5), date(2026, 10, 23))]
    now, before = ({one.pupil.list_name: one for one in figures(demo, *days) if one.pupil} for days in weeks)
    report = make_report(demo, "three-weekly", asked(demo, "three-weekly"))
    worse, better = (by_name(table(report, title)) for title in ("Worse", "Better"))

    def rate(rows: dict, name: str) -> Fraction | None:
        return rows[name].figures.attendance if name in rows else None

    both = [name for name in now if rate(now, name) is not None and rate(before, name) is not None]
    assert set(worse) == {
        name
        for name in both
        if rate(now, name) < rate(before, name) and 10 * now[name].figures.absent >= now[name].figures.possible
    }
    assert set(better) == {
        name
        for name in both
        if rate(now, name) > rate(before, name) and 10 * before[name].figures.absent >= before[name].figures.possible
    }
    assert worse
    assert better
    reasons = by_name(table(report, "Reasons"))
    counted = sum(one.figures.codes.get("I", 0) for one in now.values())
    assert reasons["I"][2] == counted


def test_the_targeting_pack_has_each_severely_absent_child_once(demo: Context) -> None:
    report = make_report(demo, "targeted-support", asked(demo, "targeted-support"))
    rows = [one for one in figures(demo, SINCE, ON) if one.pupil and one.pupil.on_roll(ON)]
    severe = {one.pupil.list_name for one in rows if one.severe and one.pupil}
    assert set(by_name(table(report, "Severely absent"))) == severe
    barred = set(by_name(table(report, "Persistently, not severely")))
    assert barred <= {one.pupil.list_name for one in rows if one.persistent and not one.severe and one.pupil}
    assert not barred & set(by_name(table(report, "Others by exception")))


def test_the_year_end_sums_the_whole_school(demo: Context) -> None:
    report = make_report(demo, "year-end", asked(demo, "year-end"))
    (school,) = figures(demo, SINCE, ON, Grouping.SCHOOL)
    row = by_name(table(report, "School and years"))["School"]
    assert row[2] == school.figures.attendance
    classes = by_name(table(report, "Classes"))
    for one in figures(demo, SINCE, ON, Grouping.CLASS):
        assert classes[one.key][2] == one.figures.attendance
    for one in figures(demo, SINCE, ON, Grouping.YEAR):
        words = "Reception" if one.key == "R" else f"Year {one.key}"
        assert by_name(table(report, "School and years"))[words][2] == one.figures.attendance
    bands = table(report, "Bands")
    assert sum(row[1] for row in bands.rows) == sum(row.figures.possible > 0 for row in figures(demo, SINCE, ON))


def test_the_year_end_as_the_dfe_counts_says_so_and_counts_them(demo: Context) -> None:
    report = make_report(demo, "year-end", asked(demo, "year-end", comparable=True))
    assert report.counts.startswith("As the DfE counts")
    (school,) = figures(demo, SINCE, ON, Grouping.SCHOOL, comparable=True)
    assert by_name(table(report, "School and years"))["School"][2] == school.figures.attendance


def test_the_list_for_targets_has_last_years_figures(demo: Context) -> None:
    report = make_report(demo, "below-national", asked(demo, "below-national"))
    rows = by_name(table(report, "Pupils"))
    last = {one.pupil.list_name: one for one in figures(demo, date(2025, 9, 1), date(2026, 8, 31)) if one.pupil}
    average = next(one.value for block in report.blocks[:1] for one in block.figures)
    assert rows
    for name, row in rows.items():
        assert row[2] == last[name].figures.attendance
        assert row[2] < average
        assert row[3] == tenth(row[2]) - tenth(average)


# In a school of six


DAYS = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]


def marked(school: SmallSchool, clock: StillClock, **codes: str) -> Context:
    """Two weeks of presence; the surnames named have another code all through the second."""
    clock.set(2026, 11, 20, 16, 0)
    edits = [
        Edit(one, Session(day, half), codes.get(surname, "") if day >= DAYS[5] and surname in codes else mark)
        for surname, one in school.pupils.items()
        for day in DAYS
        for half, mark in ((Half.AM, "/"), (Half.PM, "\\"))
    ]
    write(school.context, edits, "kept on paper")
    return school.context


def flag(school: SmallSchool, surname: str, kind: FlagKind, value: str = "") -> None:
    with school.context.store.writing(school.context.deed("flag")) as writing:
        writing.book.put(Flag(0, school.pupils[surname], kind, value, SINCE))


def test_no_reward_is_lost_by_what_nobody_can_help(school: SmallSchool, clock: StillClock) -> None:
    flag(school, "Chaudhry", FlagKind.MEDICAL, "asthma, agreed with the nurse")
    context = marked(school, clock, Abara="M", Bielak="R", Chaudhry="I", Doyle="O", Kaya="I")
    report = make_report(context, "league", Asked(ON))
    got = set(by_name(table(report, "Certificates: nothing missed")))
    assert {name.split(",")[0] for name in got if isinstance(name, str)} == {"Abara", "Bielak", "Chaudhry", "Đặng"}
    (line,) = table(report, "Classes").rows
    assert line[2] == Fraction(100 * 10, 10 + 10), "only Doyle’s ten sessions of O count"
    tables = [one for one in report.blocks if isinstance(one, TableBlock)]
    assert len(tables) == 3
    assert all(one.note.endswith(RewardRule.ILLNESS_SPARED.words) for one in tables), "printed under each list"
    choose_reward_rule(context, RewardRule.ILLNESS_COUNTS)
    report = make_report(context, "league", Asked(ON))
    (line,) = table(report, "Classes").rows
    assert line[2] == Fraction(100 * 10, 10 + 20)
    assert table(report, "Classes").note.endswith(RewardRule.ILLNESS_COUNTS.words)


def test_who_waits_for_a_mark_is_counted_and_not_dropped(school: SmallSchool, clock: StillClock) -> None:
    context = marked(school, clock)
    write(context, [Edit(school.pupils["Kaya"], Session(ON, Half.PM), "N")], "not known")
    block = table(make_report(context, "league", Asked(ON)), "Certificates: nothing missed")
    assert len(block.rows) == 5
    assert "1 more pupil waits for a mark" in block.note


def test_the_batch_leaves_out_the_held_the_bereaved_the_ill_as_agreed_and_the_late_joiner(
    school: SmallSchool, clock: StillClock
) -> None:
    context = marked(school, clock)
    put_hold(context, school.pupils["Abara"], ON, None, "an injunction")
    flag(school, "Bielak", FlagKind.OTHER, "Bereaved, October 2026")
    flag(school, "Chaudhry", FlagKind.MEDICAL, "leukaemia")
    flag(school, "Kaya", FlagKind.MEDICAL)
    with context.store.writing(context.deed("start")) as writing:
        doyle = next(one for one in pupils_of(context) if one.id == school.pupils["Doyle"])
        writing.book.put(replace(doyle, starting_day=date(2026, 11, 9)))
    report = make_report(context, "letters", Asked(ON))
    why = {row[0]: row[2] for row in table(report, "Left out").rows}
    assert why == {
        "Abara, Tobi": "See the safeguarding lead",
        "Bielak, Łucja": "Bereaved",
        "Chaudhry, Hamza": "Ill as agreed",
        "Doyle, Ryan": "Joined late, on Mon 9 Nov 2026",
    }
    assert set(by_name(table(report, "Letters"))) == {"Đặng, Minh", "Kaya, Çağla"}
    assert "leukaemia" not in repr(report)
    assert "injunction" not in repr(report)


def test_a_hold_stands_on_the_safeguarding_sheet_of_those_who_may_hold(school: SmallSchool, clock: StillClock) -> None:
    context = marked(school, clock)
    put_hold(context, school.pupils["Abara"], ON, None, "an injunction")
    report = make_report(context, "dsl", Asked(ON))
    assert set(by_name(table(report, "Held families"))) == {"Abara, Tobi"}
    assert "injunction" not in repr(report)
    lead = replace(context, staff=replace(context.staff, role=Role.ATTENDANCE_LEAD), alone=False)
    assert "Held families" not in repr(make_report(lead, "dsl", Asked(ON)))


def test_a_summary_says_nothing_of_a_brother(school: SmallSchool, clock: StillClock) -> None:
    context = marked(school, clock, Doyle="O", Kaya="O")
    doyle, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    with context.store.writing(context.deed("siblings")) as writing:
        tie = next(one for one in writing.book.all(Tie) if one.pupil == doyle)
        writing.book.put(replace(tie, id=0, pupil=kaya))
    log(context, NewEntry(EntryKind.PHONE_CALL, datetime(2026, 11, 17, 9, 0), (doyle,), "Çağla has the same bug"))
    log(
        context,
        NewEntry(EntryKind.MEETING, datetime(2026, 11, 18, 9, 0), (doyle, kaya), "Agreed to walk with a friend"),
    )
    log(
        context,
        NewEntry(EntryKind.LETTER, datetime(2026, 11, 18, 9, 0), (doyle,), "Sealed matter", restricted=True),
    )
    report = make_report(context, "pupil-summary", Asked(ON, pupil=doyle))
    said = repr(report)
    assert report.pupil == doyle
    assert not [word for word in ("Kaya", "Çağla", "Sealed matter") if word in said]
    outcomes = [row[2] for row in table(report, "What was done").rows]
    assert outcomes == ["(wording kept back: it names another child)", "Agreed to walk with a friend"]
    assert sum(isinstance(one, ChartBlock) for one in report.blocks) == 1
    (own,) = [one for one in figures(context, SINCE, ON) if one.pupil and one.pupil.id == doyle]
    assert table(report, "By half term").rows[-1][1:5] == (
        own.figures.attendance,
        own.figures.possible,
        own.figures.authorised,
        own.figures.unauthorised,
    )
    teacher = replace(context, staff=replace(context.staff, role=Role.TEACHER, classes=("4B",)), alone=False)
    assert "What was done" not in repr(make_report(teacher, "pupil-summary", Asked(ON, pupil=doyle)))


@pytest.mark.parametrize("key", [one for one in KEYS if one != "pupil-summary"])
def test_a_school_with_nobody_in_it_is_told_so_in_words(empty_school: SmallSchool, key: str) -> None:
    report = make_report(empty_school.context, key, Asked(ON))
    words = [one.empty for one in tables_of(report) if not one.rows]
    words += [one.text for one in report.blocks if isinstance(one, TextBlock)]
    assert words
    assert all(one.endswith(".") for one in words)
