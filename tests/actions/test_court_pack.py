"""The pack for the court and the sheet beside it, of one real case: what each holds, and what neither may."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.bundle import make, plan
from desktop_app.domain.bundle import Bundle, BundleRequest
from desktop_app.domain.entries import EntryKind, NewEntry
from tests.support.clock import StillClock
from tests.support.referrals import Story, tell_story
from tests.support.running import finish
from tests.support.schools import SmallSchool

NOT_FOR_THE_COURT = (
    *("Seán", "07700 900777", "sean.doyle@example.org", "88 Mill Lane", "L34 1AA", "Niamh"),
    *("Grimsby", "Hidden Road", "SEALED", "EARLIER-NOTICE", "FATHER-ALONE"),
)


def letter(words: str) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    canvas.drawString(60, 400, words)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def story(school: SmallSchool, clock: StillClock) -> Story:
    clock.set(2026, 11, 20, 16, 5)
    story = tell_story(school)

    def log(kind: EntryKind, day: int, outcome: str, *persons: int, **details: str) -> int:
        entry = NewEntry(kind, datetime(2026, 11, day, 9, 30), (story.pupil,), outcome, persons, details=details)
        return writing.entries.add(entry)

    with school.context.store.writing(school.context.deed("log")) as writing:
        sent = log(EntryKind.WARNING, 6, "sent", story.mother, what="prosecution")
        writing.entries.attach(sent, "warning.pdf", "application/pdf", letter("THE WARNING ITSELF"))
        father = log(EntryKind.LETTER, 7, "FATHER-ALONE", story.father)
        writing.entries.attach(father, "father.pdf", "application/pdf", letter("FATHER-ALONE"))
        log(EntryKind.PENALTY_NOTICE, 8, "EARLIER-NOTICE", story.mother, state="issued", sessions="2026-10-05 AM")
        log(EntryKind.SUPPORT, 9, "offered", story.mother, what="a taxi to school")
    return story


def request_of(story: Story, key: str) -> BundleRequest:
    return replace(story.request, referral=key, parent=story.mother, laying=date(2027, 3, 20), witness="Mrs K Hale")


def text_of(bundle: Bundle) -> str:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(bundle.content)).pages]
    return "\n".join(pages)


def test_the_courts_pack_holds_its_core_and_nothing_it_may_not(school: SmallSchool, story: Story) -> None:
    bundle = finish(make(school.context, request_of(story, "prosecution")))
    said = text_of(bundle)
    for part in ("Certificate of attendance", "Witness statement", "THE WARNING ITSELF", "Exhibit KH/1"):
        assert part in said
    assert "Produced by Mrs K Hale" in said
    # The statement refers to the exhibit by the label that stands on its slip.
    assert re.search(r"gave a warning to [^.]*Karen Doyle\. .*I produce it as exhibit KH/1\.", said)
    # Older than six months on the day of laying: the first weeks of September.
    assert "before 20 September 2026, older than six months on 20 March 2027" in said
    assert "14 September 2026 (" not in said
    for canary in NOT_FOR_THE_COURT:
        assert canary not in said, canary
        assert canary.encode() not in bundle.content
    assert "material not used" not in said.casefold()


def test_the_authoritys_sheet_has_the_schedule_by_kind_and_not_by_content(school: SmallSchool, story: Story) -> None:
    bundle = finish(make(school.context, request_of(story, "prosecution-sheet")))
    schedule = text_of(bundle).rpartition("Schedule of material not used")[2]
    assert "Record of an earlier disposal" in schedule
    assert "Record of dealings with somebody else than this parent" in schedule
    assert "File: Letter" in schedule
    assert "transport" in schedule
    assert "One sensitive item" in schedule
    assert schedule.count("Sensitive") == 1
    for canary in ("SEALED", "EARLIER-NOTICE", "FATHER-ALONE", "Grimsby"):
        assert canary not in schedule
    listed = plan(school.context, request_of(story, "prosecution-sheet")).unused
    assert [one for one in listed if one.helps == "illness" and one.kind == "Register"]


def test_of_the_father_it_is_another_pack(school: SmallSchool, story: Story) -> None:
    request = replace(request_of(story, "prosecution"), parent=story.father)
    said = text_of(finish(make(school.context, request)))
    assert "FATHER-ALONE" in said
    assert "Karen" not in said
    assert "THE WARNING ITSELF" not in said
    assert "Quayside" not in said
