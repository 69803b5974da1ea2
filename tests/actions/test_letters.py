"""Letters: to whom, what is said, what stops one, and that each is logged to each parent with the exact file."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from db.house import House
from desktop_app.actions.letter_book import letter_kinds, typed_fields, why_no_power
from desktop_app.actions.letter_making import FOR_ALL, joint, make_letters, preview, save_letters
from desktop_app.actions.letters import letter_plan
from desktop_app.cli.answers import finish
from desktop_app.context import Context, signed_in
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.letters import LetterOptions, PlannedLetter
from desktop_app.domain.school import School, SchoolType
from desktop_app.domain.staff import Role
from tests.support.letters import AWAY, HOME, SAFE, change, lettered, mother_of, parent
from tests.support.people import in_role
from tests.support.schools import PASSWORD, SmallSchool

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def lettered_school(school: SmallSchool) -> SmallSchool:
    return lettered(school)


def plan(school: SmallSchool, kind: str, *surnames: str, **more: object) -> tuple[PlannedLetter, ...]:
    pupils = [school.pupils[one] for one in surnames]
    return letter_plan(school.context, kind, pupils, LetterOptions(**more))  # type: ignore[arg-type]


def entries(context: Context, pupil: int) -> list[Entry]:
    with context.store.reading() as reading:
        return reading.entries.of(pupil)


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_friendly_letter_goes_once_to_a_household_and_a_formal_one_to_each(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    change(context, mother_of(context, kaya), address=HOME)
    father = parent(context, kaya, "Mr E Kaya", address=replace(HOME, lines=("3 mill row", "Exampleton")))
    (one,) = plan(lettered_school, "concern-1", "Kaya")
    assert one.to == ("Ms K Kaya", "Mr E Kaya")
    assert one.letter.address == HOME
    assert "Dear Ms K Kaya and Mr E Kaya," in one.body
    each = plan(lettered_school, "half-term", "Kaya")
    assert [two.to for two in each] == [("Ms K Kaya",), ("Mr E Kaya",)]
    assert each[1].letter.persons == (father,)


def test_two_homes_get_a_letter_each_and_two_languages_do_too(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    change(context, mother_of(context, kaya), address=HOME)
    parent(context, kaya, "Mr E Kaya", address=AWAY)
    parent(context, kaya, "Pan J Nowak", "stepfather", address=HOME, language="Polish")
    found = plan(lettered_school, "concern-1", "Kaya")
    assert [(one.to, one.letter.language) for one in found] == [
        (("Ms K Kaya",), "en"),
        (("Mr E Kaya",), "en"),
        (("Pan J Nowak",), "pl"),
    ]
    assert "Opuszczone dni: 3" in found[2].body
    assert "3 days of school" in found[0].body


def test_the_figures_are_those_of_the_record_with_their_dates(lettered_school: SmallSchool) -> None:
    (one,) = plan(lettered_school, "half-term", "Kaya", last=date(2026, 9, 16))
    assert "from 1 September 2026 to 16 September 2026" in one.body
    assert "Attendance: 70.0%" in one.body
    assert "3 days (6 sessions, a session being" in one.body
    assert "not authorised: 4 sessions" in one.body
    assert "Times late: 2" in one.body


def test_the_unauthorised_days_are_listed_one_by_one(lettered_school: SmallSchool) -> None:
    values = {"support so far": "We rang.", "support offered": "Breakfast club."}
    (one,) = plan(lettered_school, "warning", "Kaya", values=values)
    assert "- 3 September 2026\n- 4 September 2026\n\n# What we have done so far\n\nWe rang." in one.body
    assert "£160, or £80 if it is paid within 21 days" in one.body
    assert not one.faults


def test_who_is_kept_away_by_a_court_is_nowhere(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    parent(context, kaya, "Mr N Contact", tie={"no_contact": True})
    for kind in ("concern-1", "half-term"):
        assert "Contact" not in repr(plan(lettered_school, kind, "Kaya"))


def test_who_may_not_be_contacted_stops_a_letter_to_each_and_is_left_out_of_the_household(
    lettered_school: SmallSchool,
) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    parent(context, kaya, "Mr Q Kaya", tie={"may_contact": False})
    assert [one.to for one in plan(lettered_school, "concern-1", "Kaya")] == [("Ms K Kaya",)]
    found = plan(lettered_school, "half-term", "Kaya")
    assert [one.stopped for one in found] == [False, True]
    with pytest.raises(Refused, match="not to be contacted"):
        make_letters(context, found)
    assert entries(context, kaya) == []


def test_a_protected_address_is_on_no_letter_at_all(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    change(context, mother_of(context, kaya), address=SAFE, protected_address=True)
    parent(context, kaya, "Mr E Kaya", address=SAFE, tie={})
    for kind in ("concern-1", "half-term"):
        found = plan(lettered_school, kind, "Kaya")
        assert [one.to for one in found] == [("Ms K Kaya",), ("Mr E Kaya",)]
        assert "Hidden" not in repr(found)
        assert all("Hidden" not in words_of(preview(context, one)) for one in found)
        assert found[0].held
        assert any(finding.key == "protected" for finding in found[0].findings)


def test_each_parent_is_logged_by_itself_with_the_exact_file(lettered_school: SmallSchool, tmp_path: Path) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    parent(context, kaya, "Mr E Kaya")
    planned = plan(lettered_school, "concern-1", "Kaya")
    seen: list[str] = []
    made = finish(make_letters(context, planned, done=lambda one: seen.append(one.reference)))
    (one,) = made.made
    logged = entries(context, kaya)
    assert len(logged) == len(one.entries) == 2
    assert [entry.persons for entry in logged] == [(person,) for person in one.persons]
    assert seen == ["L/2026/0001"] == [one.reference]
    with context.store.reading() as reading:
        for entry in logged:
            (file,) = reading.entries.attachments(entry.id)
            assert reading.entries.attachment_bytes(file.id) == one.content
            assert file.sha256 == entry.details["sha256"] == sha256(one.content).hexdigest()
            assert file.shown_name == "letter-2026-0001-concern-1.pdf"
            assert entry.kind is EntryKind.LETTER
            assert entry.details["letter"] == "concern-1"
    said = words_of(one.content)
    assert "Our reference: L/2026/0001" in said
    assert "Ms K Kaya" in said
    assert "20 November 2026" in said
    (path,) = save_letters(made.made, tmp_path)
    assert path.read_bytes() == one.content
    assert "Kaya" not in path.name
    (again,) = save_letters(made.made, tmp_path)
    assert again != path
    second = finish(make_letters(context, plan(lettered_school, "concern-1", "Doyle")))
    assert second.made[0].reference == "L/2026/0002"


def test_a_warning_is_logged_as_one(lettered_school: SmallSchool) -> None:
    options = LetterOptions(
        values={"absent dates": "3 and 4 September", "doubt": "Seen in town.", "answer by": "2026-11-27"}
    )
    planned = letter_plan(lettered_school.context, "unauthorised-warning", [lettered_school.pupils["Kaya"]], options)
    assert "by 27 November 2026" in planned[0].body
    finish(make_letters(lettered_school.context, planned, options))
    (entry,) = entries(lettered_school.context, lettered_school.pupils["Kaya"])
    assert entry.kind is EntryKind.WARNING
    assert entry.details["what"] == "unauthorised absence"


def test_a_batch_is_printed_as_one_and_can_be_stopped(lettered_school: SmallSchool) -> None:
    context = lettered_school.context
    planned = plan(lettered_school, "concern-1", *lettered_school.pupils)
    job = make_letters(context, planned)
    seen = [next(job).done for _ in range(3)]
    job.close()
    assert seen == [0, 1, 2]
    logged = [pupil for pupil in lettered_school.pupils.values() if entries(context, pupil)]
    assert len(logged) == 2
    again = plan(lettered_school, "concern-1", *lettered_school.pupils)
    made = finish(make_letters(context, again, reasons={FOR_ALL: "The printer stopped; begun again."}))
    assert len(PdfReader(BytesIO(joint(made.made))).pages) == 6
    with pytest.raises(Refused, match="None of these"):
        joint(())


def test_no_two_letters_bear_one_reference_whoever_writes_while_a_batch_runs(lettered_school: SmallSchool) -> None:
    context = lettered_school.context
    first, *others = lettered_school.pupils
    batch = make_letters(context, plan(lettered_school, "concern-1", *others))
    assert [next(batch).done for _ in range(2)] == [0, 1]
    finish(make_letters(context, plan(lettered_school, "concern-1", first)))
    finish(batch)
    with context.store.reading() as reading:
        made = reading.entries.all(kinds=(EntryKind.LETTER,))
    numbers = [entry.details["reference"] for entry in sorted(made, key=lambda entry: entry.id)]
    assert numbers == [f"L/2026/{number:04d}" for number in range(1, len(numbers) + 1)]


def test_what_is_empty_for_a_child_is_refused_before_anything_is_made(lettered_school: SmallSchool) -> None:
    context = lettered_school.context
    planned = plan(lettered_school, "invitation", "Kaya", "Doyle", values={"meeting date": "2026-12-01"})
    assert planned[0].faults[0] == "[meeting time] is empty for this child: fill it in."
    with pytest.raises(Refused, match=r"\[meeting time\] is empty"):
        make_letters(context, planned)
    assert not entries(context, lettered_school.pupils["Kaya"])
    assert [one.key for one in typed_fields(context, "invitation")] == [
        "meeting date", "meeting time", "meeting place", "meeting with",
    ]  # fmt: skip
    with pytest.raises(Refused, match=r"no field \[praise\]"):
        plan(lettered_school, "invitation", "Kaya", values={"praise": "x"})


def test_no_session_possible_leaves_nothing_to_say(school: SmallSchool) -> None:
    lettered(school)
    (one,) = plan(school, "concern-1", "Kaya", first=date(2026, 9, 1), last=date(2026, 9, 1))
    assert any("[attendance] is empty" in fault for fault in one.faults)


def test_a_formal_letter_asks_for_more_than_the_log(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    office = in_role(context, Role.OFFICE)
    assert letter_plan(office, "concern-1", [kaya])
    with pytest.raises(NotAllowed):
        letter_plan(office, "notice-to-improve", [kaya])
    with pytest.raises(NotAllowed):
        letter_plan(in_role(context, Role.READ_ONLY), "concern-1", [kaya])


def test_a_school_without_the_power_is_told_what_else_it_can_do(lettered_school: SmallSchool) -> None:
    context = lettered_school.context
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.all(School)[0], type=SchoolType.INDEPENDENT))
    assert len(letter_kinds(context)) == 19
    assert "the law does not give it" in why_no_power(context, "notice-to-improve")
    assert why_no_power(context, "concern-1") == ""
    with pytest.raises(Refused, match="the law does not give it"):
        plan(lettered_school, "notice-to-improve", "Kaya")


def test_a_parent_s_language_and_needs_are_in_view(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    change(context, mother_of(context, kaya), language="Welsh", interpreter=True, reading_needs="large print")
    (one,) = plan(lettered_school, "concern-1", "Kaya")
    assert one.interpreter
    assert one.reading_needs == "large print"
    assert {"language", "reading-needs"} <= {finding.key for finding in one.findings}
    assert not one.stopped
    assert not one.asks
    change(context, mother_of(context, kaya), language="Urdu")
    (one,) = plan(lettered_school, "concern-1", "Kaya")
    assert one.letter.language == "ur"
    assert one.template.right_to_left
    (one,) = plan(lettered_school, "concern-1", "Kaya", language="en")
    assert one.letter.language == "en"
    assert "language" in {finding.key for finding in one.findings}


def test_a_child_without_a_parent_to_write_to_says_so(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    from desktop_app.domain.people import Tie

    with context.store.writing(context.deed("set up")) as writing:
        for tie in writing.book.all(Tie):
            if tie.pupil == kaya:
                writing.book.remove(tie)
    (one,) = plan(lettered_school, "concern-1", "Kaya")
    assert one.stopped
    assert "no parent" in one.faults[0]


def test_a_school_that_is_only_read_makes_no_letter(lettered_school: SmallSchool, house: House) -> None:
    context = lettered_school.context
    with closing(house.open(lettered_school.path, "head", PASSWORD, write=False)) as store:
        reader = signed_in(store, context.rulebook, context.clock)
        planned = letter_plan(reader, "concern-1", [lettered_school.pupils["Kaya"]])
        assert preview(reader, planned[0]).startswith(b"%PDF")
        with pytest.raises(Refused, match="read only"):
            make_letters(reader, planned)


def test_bad_wishes_are_refused_in_words(lettered_school: SmallSchool) -> None:
    context, kaya = lettered_school.context, lettered_school.pupils["Kaya"]
    for kind, pupils, options, says in (
        ("shouting", [kaya], LetterOptions(), "no letter “shouting”"),
        ("concern-1", [], LetterOptions(), "Choose the children"),
        ("concern-1", [9999], LetterOptions(), "not on the admission register"),
        ("concern-1", [kaya], LetterOptions(language="xx"), "No letters are written in “xx”"),
        ("concern-1", [kaya], LetterOptions(last=date(2027, 1, 1)), "in the future"),
        ("concern-1", [kaya], LetterOptions(FRIDAY, date(2026, 11, 1)), "before they begin"),
    ):
        with pytest.raises(Refused, match=says):
            letter_plan(context, kind, pupils, options)
    planned = letter_plan(context, "concern-1", [kaya])
    with pytest.raises(Refused, match="Say why the letter is not sent"):
        make_letters(context, planned, dropped={planned[0].key: " "})
    with pytest.raises(Refused, match="no letter nobody"):
        make_letters(context, planned, dropped={"nobody": "x"})
    with pytest.raises(Refused, match="no letter to make"):
        make_letters(context, ())
