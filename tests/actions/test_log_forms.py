"""Logging by kind: forms, answers and what they close, files in the same deed, and words that are sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.actions.attachments import attachments_of, checked_file, open_attachment
from desktop_app.actions.log import add_to, log, withdraw
from desktop_app.actions.pupils import pupil_page
from desktop_app.actions.restricted import restricted_notes
from desktop_app.actions.sealed_files import open_restricted_file, restricted_files
from desktop_app.actions.staff import add_staff
from desktop_app.context import handed_over
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.staff import Role, Staff
from tests.support.schools import SmallSchool

AT = datetime(2026, 11, 19, 9, 0)
CANARY = "she is afraid of him"


def entry(school: SmallSchool, kind: EntryKind, outcome: str, **more: object) -> NewEntry:
    facts: dict[str, object] = {
        "kind": kind,
        "happened_at": AT,
        "pupils": (school.pupils["Doyle"],),
        "outcome": outcome,
    }
    return NewEntry(**{**facts, **more})  # type: ignore[arg-type]


def tasks(school: SmallSchool) -> list[Task]:
    with school.context.store.reading() as reading:
        return [one for one in reading.book.all(Task) if one.kind.startswith("follow:")]


def entries(school: SmallSchool) -> int:
    with school.context.store.reading() as reading:
        return len(reading.entries.all())


def refer(school: SmallSchool, **more: str) -> int:
    details = {"agency": "CAMHS", "answer_due": "2026-12-04", **more}
    return log(school.context, entry(school, EntryKind.AGENCY_REFERRAL, "sent", details=details))[0]


def test_a_referral_makes_a_task_for_its_answer_and_the_answer_closes_it(school: SmallSchool) -> None:
    sent = refer(school)
    (task,) = tasks(school)
    assert (task.due, task.text, task.closed_by) == (date(2026, 12, 4), "Ask CAMHS for an answer", None)
    answer = entry(school, EntryKind.AGENCY_REFERRAL, "accepted", details={"agency": "CAMHS"}, adds_to=sent)
    recorded, _ = log(school.context, answer)
    assert [one.closed_by for one in tasks(school)] == [recorded]


def test_an_answer_closes_what_any_of_its_thread_left_open(school: SmallSchool) -> None:
    sent = refer(school)
    again = {"agency": "CAMHS", "answer_due": "2026-12-11"}
    chased, _ = log(school.context, entry(school, EntryKind.AGENCY_REFERRAL, "chased", details=again, adds_to=sent))
    assert [(one.due.day, one.closed_by) for one in tasks(school)] == [(4, chased), (11, None)]
    answer = entry(school, EntryKind.AGENCY_REFERRAL, "answered", details={"agency": "CAMHS"}, adds_to=sent)
    answered, _ = log(school.context, answer)
    assert [one.closed_by for one in tasks(school)] == [chased, answered]


def test_an_answer_leaves_the_tasks_of_another_thread(school: SmallSchool) -> None:
    first, second = refer(school), refer(school, agency="School nurse")
    answer = entry(school, EntryKind.AGENCY_REFERRAL, "answered", details={"agency": "CAMHS"}, adds_to=first)
    answered, _ = log(school.context, answer)
    assert {one.kind: one.closed_by for one in tasks(school)} == {f"follow:{first}": answered, f"follow:{second}": None}


def test_a_note_answers_nothing(school: SmallSchool) -> None:
    sent = refer(school)
    log(school.context, entry(school, EntryKind.NOTE, "they are short of staff", adds_to=sent))
    add_to(school.context, sent, "and moving house")
    assert [one.closed_by for one in tasks(school)] == [None]


def test_what_is_withdrawn_leaves_nothing_to_do(school: SmallSchool) -> None:
    sent, kept = refer(school), refer(school, agency="School nurse")
    withdraw(school.context, sent, "sent for the wrong child")
    assert [one.kind for one in tasks(school)] == [f"follow:{kept}"]


def test_an_answer_of_another_kind_is_refused(school: SmallSchool) -> None:
    sent = refer(school)
    with pytest.raises(Refused, match="does not answer"):
        log(school.context, entry(school, EntryKind.PHONE_CALL, "spoke", adds_to=sent))
    assert tasks(school)[0].closed_by is None


def test_what_the_form_lacks_is_refused_and_nothing_is_kept(school: SmallSchool) -> None:
    before = entries(school)
    with pytest.raises(Refused, match="What support is missing"):
        log(school.context, entry(school, EntryKind.SUPPORT, "offered"))
    with pytest.raises(Refused, match="not by hand"):
        log(school.context, entry(school, EntryKind.PENALTY_NOTICE, "issued"))
    with pytest.raises(Refused, match="never interprets"):
        log(school.context, entry(school, EntryKind.PHONE_CALL, "spoke", details={"interpreter": "Ryan"}))
    assert entries(school) == before
    assert tasks(school) == []


def test_files_are_kept_in_the_same_deed(school: SmallSchool) -> None:
    files = [checked_file("card.pdf", b"%PDF-1.7 appointment %%EOF")]
    what = {"what": "appointment card"}
    seen, _ = log(school.context, entry(school, EntryKind.MEDICAL_EVIDENCE, "seen", details=what), files)
    assert [one.shown_name for one in attachments_of(school.context, school.pupils["Doyle"])[seen]] == ["card.pdf"]


def test_one_entry_may_be_about_brothers_and_with_both_parents(school: SmallSchool) -> None:
    both = (school.pupils["Doyle"], school.pupils["Kaya"])
    recorded, changes = log(school.context, entry(school, EntryKind.MEETING, "held", pupils=both))
    assert changes.pupils == frozenset(both)
    for child in both:
        assert recorded in [line.entry.id for line in pupil_page(school.context, child).chronology]


def test_restricted_words_are_sealed_and_read_by_those_alone_who_have_the_key(school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    note, _ = log(school.context, entry(school, EntryKind.NOTE, CANARY, note="said in the yard", restricted=True))
    with school.context.store.reading() as reading:
        kept = reading.entries.get(note)
    assert kept is not None
    assert CANARY not in repr(kept)
    assert "yard" not in repr(kept)
    (read,) = restricted_notes(school.context, ryan)
    assert (read.readable, read.entry.outcome, read.entry.note) == (True, CANARY, "said in the yard")
    assert pupil_page(school.context, ryan).chronology == ()


def test_what_is_added_to_a_restricted_note_is_sealed_too(school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    note, _ = log(school.context, entry(school, EntryKind.NOTE, "first", restricted=True))
    add_to(school.context, note, CANARY)
    assert [one.entry.outcome for one in restricted_notes(school.context, ryan)] == ["first", CANARY]
    with school.context.store.reading() as reading:
        assert CANARY not in repr(reading.entries.of(ryan))


def test_the_reason_why_a_restricted_note_is_withdrawn_is_sealed_too(school: SmallSchool) -> None:
    ryan = school.pupils["Doyle"]
    note, _ = log(school.context, entry(school, EntryKind.NOTE, "first", restricted=True))
    withdraw(school.context, note, CANARY)
    with school.context.store.reading() as reading:
        assert CANARY not in repr(reading.entries.of(ryan))
    (read,) = restricted_notes(school.context, ryan)
    assert read.entry.withdrawn is not None
    assert read.entry.withdrawn.reason == CANARY


def test_a_restricted_entry_puts_nothing_on_anybodys_list(school: SmallSchool) -> None:
    before = entries(school)
    details = {"agency": "MASH", "answer_due": "2026-12-04"}
    with pytest.raises(Refused, match="nothing on Today"):
        log(
            school.context,
            entry(school, EntryKind.AGENCY_REFERRAL, "sent", details=details, restricted=True),
        )
    assert (entries(school), tasks(school)) == (before, [])
    quiet = entry(school, EntryKind.AGENCY_REFERRAL, "sent", details={"agency": "MASH"}, restricted=True)
    log(school.context, quiet)
    assert tasks(school) == []
    with school.context.store.reading() as reading:
        assert "MASH" not in repr(reading.entries.all())


def test_a_day_that_is_none_is_refused_in_words_in_a_restricted_entry(school: SmallSchool) -> None:
    details = {"agency": "MASH", "answer_due": "soon"}
    with pytest.raises(Refused, match="is no day"):
        log(school.context, entry(school, EntryKind.AGENCY_REFERRAL, "sent", details=details, restricted=True))


def test_a_file_of_a_restricted_note_is_sealed_with_its_name_and_opens_as_it_was(school: SmallSchool) -> None:
    content = b"%PDF-1.7 " + CANARY.encode() + b" %%EOF"
    files = [checked_file(f"{CANARY}.pdf", content)]
    recorded, _ = log(school.context, entry(school, EntryKind.NOTE, CANARY, restricted=True), files)
    child = school.pupils["Doyle"]
    with school.context.store.reading() as reading:
        (raw,) = reading.entries.attachments(recorded)
        assert CANARY.encode() not in reading.entries.attachment_bytes(raw.id)
    assert (CANARY in raw.shown_name, raw.media_type) == (False, "application/octet-stream")
    (file,) = restricted_files(school.context, child)[recorded]
    assert (file.shown_name, file.media_type, file.size) == (f"{CANARY}.pdf", "application/pdf", len(content))
    assert open_restricted_file(school.context, file.id).content == content
    assert attachments_of(school.context, child) == {}
    with pytest.raises(Refused, match="not in the chronology"):
        open_attachment(school.context, file.id)
    school.context.store.drop_second_key()
    for deed in (
        lambda: restricted_files(school.context, child),
        lambda: restricted_files(school.context, school.pupils["Kaya"]),
        lambda: open_restricted_file(school.context, file.id),
        lambda: open_restricted_file(school.context, file.id + 1),
    ):
        with pytest.raises(Refused, match="Only the headteacher and the safeguarding lead"):
            deed()


def test_an_entry_of_the_schools_own_is_not_withdrawn_here(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        kept = writing.entries.add(NewEntry(EntryKind.TEMPLATE, AT, (), "a template"))
    with pytest.raises(Refused, match="not in the chronology"):
        withdraw(school.context, kept, "because")


def test_without_the_second_key_a_restricted_note_can_be_neither_written_nor_found(office: SmallSchool) -> None:
    ryan = office.pupils["Doyle"]
    assert not office.context.store.opens_sealed
    with pytest.raises(Refused, match="safeguarding lead"):
        log(office.context, entry(office, EntryKind.NOTE, CANARY, restricted=True))
    with pytest.raises(Refused, match="safeguarding lead"):
        restricted_notes(office.context, ryan)
    hidden = NewEntry(EntryKind.NOTE, AT, (ryan,), "x", restricted=True)
    with office.context.store.writing(office.context.deed("set up")) as writing:
        note = writing.entries.add(hidden)
    for deed in (lambda: add_to(office.context, note, "more"), lambda: withdraw(office.context, note, "why")):
        with pytest.raises(Refused, match="not in the chronology"):
            deed()


@pytest.fixture
def office(school: SmallSchool) -> SmallSchool:
    """The same school with somebody of the office at the desk, whose password opens no restricted note."""
    password = "harbour-velvet-crane-ninety"
    add_staff(school.context, Staff(0, "Ms P Lowe", "Office", Role.OFFICE, "office"), password)
    return replace(school, context=handed_over(school.context, "office", password))
