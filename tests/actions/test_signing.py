"""Signed pages scanned back in, on a real store: in the place of the draft, and fallen with change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.bundle import make, plan
from desktop_app.actions.frozen import verify
from desktop_app.actions.log import withdraw
from desktop_app.actions.signing import NewSigned, keep_signed, signed_pages
from desktop_app.actions.statements import draft, save_statement, statements
from desktop_app.domain.bundle import Bundle, BundlePlan, BundleRequest, Choice, Finding, Readiness
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.evidence import SignedOf
from desktop_app.domain.frozen import Ours
from desktop_app.domain.marks import NewMark
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import Story, tell_story
from tests.support.running import finish
from tests.support.schools import SmallSchool

DRAFT, SCANNED = "Draft, not signed", "SIGNED-BY-HAND"


@pytest.fixture
def story(school: SmallSchool, clock: StillClock) -> Story:
    clock.set(2026, 11, 20, 16, 5)
    return tell_story(school)


def request_of(school: SmallSchool, story: Story, *kinds: str) -> BundleRequest:
    """A referral of the school's pack that has these parts, asked for of the mother where it is made per parent."""
    with school.context.store.reading() as reading:
        pack = school.context.pack(reading.book.school())
    found = next(one for one in pack.referrals if set(kinds) <= {part.kind for part in one.parts})
    parent = story.mother if found.per_parent else None
    return replace(story.request, referral=found.key, parent=parent)


def scan(folder: Path, name: str = "signed.pdf", words: str = SCANNED, pages: int = 1) -> Path:
    stream = BytesIO()
    if name.endswith("pdf"):
        canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
        for number in range(pages):
            canvas.drawString(60, 400, f"{words} {number + 1}")
            canvas.showPage()
        canvas.save()
    else:
        kind = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF"}[name.rpartition(".")[2]]
        Image.new("L", (850, 1200), 200).save(stream, kind)
    path = folder / name
    path.write_bytes(stream.getvalue())
    return path


def text_of(bundle: Bundle) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(bundle.content)).pages)


def keep(school: SmallSchool, request: BundleRequest, path: Path, of: SignedOf = SignedOf.CERTIFICATE) -> int:
    return keep_signed(school.context, NewSigned(of, request, path))[0]


def amend(school: SmallSchool, story: Story, day: date) -> None:
    with school.context.store.writing(school.context.deed("register", "found out")) as writing:
        writing.marks.add([NewMark(story.pupil, day, Half.AM, "I", reason="found out", amends=True)])


def test_the_scan_takes_the_place_of_the_draft_and_both_versions_verify(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = request_of(school, story, "certificate")
    before = finish(make(school.context, request))
    assert DRAFT in text_of(before)
    keep(school, request, scan(tmp_path, pages=2))
    after = finish(make(school.context, request))
    said = text_of(after)
    assert f"{SCANNED} 1" in said
    assert f"{SCANNED} 2" in said
    assert "I, the headteacher of" not in said
    for bundle in (before, after):
        assert verify(school.context, bundle.content).state is Ours.UNCHANGED


@pytest.mark.parametrize("name", ["signed.jpg", "signed.png", "signed.tif"])
def test_a_picture_is_a_page(school: SmallSchool, story: Story, tmp_path: Path, name: str) -> None:
    request = request_of(school, story, "certificate")
    keep(school, request, scan(tmp_path, name))
    said = text_of(finish(make(school.context, request)))
    assert DRAFT not in said.split("Witness statement")[0]


def test_a_certificate_whose_figures_changed_since_is_said_and_the_draft_is_back(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = request_of(school, story, "certificate")
    keep(school, request, scan(tmp_path))
    assert [one.why_not for one in signed_pages(school.context, request)] == [""]
    amend(school, story, date(2026, 9, 14))
    (one,) = signed_pages(school.context, request)
    assert one.why_not.startswith("What the certificate states has changed since it was signed on 20 November 2026.")
    said = text_of(finish(make(school.context, request)))
    assert DRAFT in said
    assert SCANNED not in said


def test_a_change_that_alters_no_particular_leaves_it_standing(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = request_of(school, story, "certificate")
    keep(school, request, scan(tmp_path))
    amend(school, story, date(2026, 10, 14))  # illness already: the same code again
    assert [one.why_not for one in signed_pages(school.context, request)] == [""]


def test_readiness_is_amber_until_it_is_signed_and_again_when_it_has_changed(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    with school.context.store.reading() as reading:
        pack = school.context.pack(reading.book.school())
    having = [one for one in pack.referrals if any(need.rule == "certificate-signed" for need in one.requirements)]
    assert having, "no referral of this pack asks for it"
    per_parent = having[0].per_parent
    request = replace(story.request, referral=having[0].key, parent=story.mother if per_parent else None)

    def state(planned: BundlePlan) -> str:
        key = next(need.key for need in having[0].requirements if need.rule == "certificate-signed")
        return next(one.state.value for one in planned.findings if one.key == key)

    assert state(plan(school.context, request)) == "check"
    keep(school, request, scan(tmp_path))
    assert state(plan(school.context, request)) == "met"
    amend(school, story, date(2026, 9, 14))
    assert state(plan(school.context, request)) == "check"


def test_it_is_taken_back_by_withdrawal_and_a_later_one_stands_before_it(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = request_of(school, story, "certificate")
    first = keep(school, request, scan(tmp_path, words="FIRST-SCAN"))
    (tmp_path / "b").mkdir()
    second = keep(school, request, scan(tmp_path / "b", words="SECOND-SCAN"))
    assert {one.entry: one.why_not for one in signed_pages(school.context, request)} == {
        first: "A later one was signed.",
        second: "",
    }
    withdraw(school.context, second, "the wrong way round")
    assert "FIRST-SCAN" in text_of(finish(make(school.context, request)))
    withdraw(school.context, first, "not his signature")
    assert DRAFT in text_of(finish(make(school.context, request)))


def test_of_another_period_it_does_not_stand(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    request = request_of(school, story, "certificate")
    keep(school, request, scan(tmp_path))
    shorter = replace(request, first=date(2026, 10, 1))
    (one,) = signed_pages(school.context, shorter)
    assert one.why_not == "The certificate signed on 20 November 2026 is of another period."


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("signed.txt", b"I sign this", "is no scan of a signed page"),
        ("signed.pdf", b"%PDF-1.4 cut", "is not whole"),
        ("signed.pdf", b"%PDF-1.4\nnothing in it\n%%EOF", "cannot be read as pages"),
        ("signed.pdf", b"", "is empty"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_kept(
    school: SmallSchool, story: Story, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    request = request_of(school, story, "certificate")
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=why):
        keep(school, request, path)
    assert signed_pages(school.context, request) == ()


def test_a_certificate_that_cannot_be_made_now_is_not_kept(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    request = request_of(school, story, "certificate")
    with school.context.store.writing(school.context.deed("register", "asked")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 17), Half.AM, "N", reason="asked", amends=True)])
    with pytest.raises(Refused, match="Still N: Tue 17 Nov 2026 AM"):
        keep(school, request, scan(tmp_path))
    early = NewSigned(SignedOf.CERTIFICATE, request, scan(tmp_path), date(2026, 11, 1))
    with pytest.raises(Refused, match="before its period ended"):
        keep_signed(school.context, early)
    later = NewSigned(SignedOf.CERTIFICATE, request, scan(tmp_path), date(2026, 11, 21))
    with pytest.raises(Refused, match="still to come"):
        keep_signed(school.context, later)


def test_who_may_not_sign_keeps_no_certificate_and_may_keep_a_statement(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = replace(request_of(school, story, "certificate"), witness="Mrs K Hale")
    staff = replace(school.context.staff, role=Role.ATTENDANCE_LEAD, rights=())
    lead = replace(school.context, staff=staff, alone=False)
    with pytest.raises(NotAllowed):
        keep_signed(lead, NewSigned(SignedOf.CERTIFICATE, request, scan(tmp_path)))
    statement, _ = keep_signed(lead, NewSigned(SignedOf.STATEMENT, request, scan(tmp_path)))
    given = replace(lead, staff=replace(staff, rights=(Right.SIGN_CERTIFICATE.value,)))
    certificate, _ = keep_signed(given, NewSigned(SignedOf.CERTIFICATE, request, scan(tmp_path)))
    with pytest.raises(NotAllowed):
        withdraw(lead, certificate, "Signed on the wrong day.")
    with pytest.raises(NotAllowed):
        withdraw(in_role(lead, Role.OFFICE), statement, "The wrong page.")
    withdraw(lead, statement, "The wrong page.")
    withdraw(given, certificate, "Signed on the wrong day.")


def test_a_signed_statement_is_of_one_witness_and_one_parent(school: SmallSchool, story: Story, tmp_path: Path) -> None:
    request = replace(story.request, parent=story.mother, witness="Mrs K Hale")
    with pytest.raises(Refused, match="whose statement"):
        keep(school, replace(request, witness=""), scan(tmp_path), SignedOf.STATEMENT)
    keep(school, request, scan(tmp_path), SignedOf.STATEMENT)
    assert [one.why_not for one in signed_pages(school.context, request)] == [""]
    (other,) = signed_pages(school.context, replace(request, parent=story.father))
    assert "other parent" in other.why_not


def test_who_signed_the_statement_is_its_witness_and_another_witness_has_not_signed(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = request_of(school, story, "statement", "certificate")
    keep(school, replace(request, witness="Mrs K Hale"), scan(tmp_path), SignedOf.STATEMENT)
    planned = plan(school.context, request)
    assert planned.statement is not None
    assert (planned.statement.witness.name, planned.request.witness) == ("Mrs K Hale", "Mrs K Hale")
    assert [one.state for one in planned.findings if one.part == "statement"] == [Readiness.MET]
    words = text_of(finish(make(school.context, request)))
    assert SCANNED in words
    assert "Who I am" not in words
    other = plan(school.context, replace(request, witness="Mr J Dean"))
    (line,) = (one for one in other.findings if one.part == "statement")
    assert line.state is Readiness.CHECK
    assert "Mrs K Hale signed; the statement of Mr J Dean is a draft" in line.says


def test_a_file_that_would_move_the_labels_of_a_signed_statement_is_said(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = replace(request_of(school, story, "statement", "exhibits"), witness="Mrs K Hale")

    def attach(day: int, name: str) -> int:
        with school.context.store.writing(school.context.deed("log")) as writing:
            at = datetime(2026, 11, day, 9, 0)
            entry = writing.entries.add(NewEntry(EntryKind.LETTER, at, (story.pupil,), "posted", (story.mother,)))
            return writing.entries.attach(entry, name, "text/plain", b"a letter")

    def line() -> Finding:
        return next(one for one in plan(school.context, request).findings if one.part == "statement")

    attach(12, "second.txt")
    keep(school, request, scan(tmp_path), SignedOf.STATEMENT)
    assert line().state is Readiness.MET
    attach(13, "third.txt")
    assert line().state is Readiness.MET
    early = attach(10, "first.txt")
    assert line().state is Readiness.CHECK
    assert "in another order" in line().says
    request = replace(request, left_out=(Choice(f"exhibit:{early}", "came after the statement"),))
    assert line().state is Readiness.MET


def test_a_paid_notice_leaves_its_sessions_out_of_the_courts_certificate(school: SmallSchool, story: Story) -> None:
    """The notice is not in the pack; what it settled is still left out of the certificate."""
    request = request_of(school, story, "certificate")
    before = plan(school.context, request).certificate
    details = {"state": "paid", "sessions": "2026-09-14 AM; 2026-09-14 PM", "issued": "2026-10-01"}
    with school.context.store.writing(school.context.deed("notice")) as writing:
        writing.entries.add(
            NewEntry(
                EntryKind.PENALTY_NOTICE,
                datetime(2026, 10, 1, 9, 0),
                (story.pupil,),
                "paid",
                (story.mother,),
                details=details,
            )
        )
    after = plan(school.context, request).certificate
    assert before is not None
    assert after is not None
    assert after.unauthorised == before.unauthorised - 2
    assert "penalty" not in after.left_out.casefold()


def test_who_could_give_a_statement_and_the_draft_as_a_word_file(
    school: SmallSchool, story: Story, tmp_path: Path
) -> None:
    request = replace(story.request, parent=story.mother)
    found = statements(school.context, request)
    assert found
    name = found[0].witness.name
    made = draft(school.context, replace(request, witness=name))
    said = "\n".join(text for passage in made.passages for text in passage.paragraphs)
    assert "SEALED" not in said
    assert "Grimsby" not in said
    assert "07700 900777" not in said
    assert "Seán" not in said
    target = tmp_path / "statement.docx"
    save_statement(school.context, replace(request, witness=name), target)
    assert target.read_bytes().startswith(b"PK")
    with pytest.raises(Refused, match="is there already"):
        save_statement(school.context, replace(request, witness=name), target)
    with pytest.raises(Refused, match=r"\.docx"):
        save_statement(school.context, replace(request, witness=name), tmp_path / "statement.pdf")
    with pytest.raises(Refused, match="did nothing that is recorded here"):
        draft(school.context, replace(request, witness="Mr N Obody"))
