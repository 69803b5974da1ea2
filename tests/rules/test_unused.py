"""The schedule of what is not used: date, kind, one neutral line; always what may help the parent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import Attachment, Entry, EntryKind
from desktop_app.domain.evidence import UnusedItem
from desktop_app.domain.referrals import Disclosure, PartSpec
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bundle import plan
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.unused import SENSITIVE, unused
from tests.support.long_case import HALE, long_case

ON = date(2026, 11, 20)
AT = datetime(2026, 11, 3, 9, 0)


def entry(number: int, kind: EntryKind, outcome: str, **more: object) -> Entry:
    made = Entry(
        number, kind, AT.replace(minute=number), AT.replace(tzinfo=UTC), HALE, (1,), (1,), outcome, "", {}, False, None,
        None,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    file = long_case(rulebook, 3)[0]
    request = BundleRequest(1, "statutory-referral", ON, date(2026, 9, 1), ON)
    return replace(file, request=request, marks=(), entries=())


def listed(file: CaseFile, *entries: Entry, files: tuple[Attachment, ...] = ()) -> tuple[UnusedItem, ...]:
    return unused(replace(file, entries=entries, files=files))


@pytest.mark.parametrize(
    ("kind", "outcome", "helps"),
    [
        (EntryKind.PHONE_CALL, "Mother says he is ill again", "illness"),
        (EntryKind.LETTER, "A letter from the GP", "medical evidence"),
        (EntryKind.MEDICAL_EVIDENCE, "seen", "medical evidence"),
        (EntryKind.MEETING, "She says he is bullied at break", "bullying"),
        (EntryKind.PHONE_CALL, "The taxi did not come", "transport"),
        (EntryKind.NOTE, "His grandfather’s funeral", "unavoidable cause"),
        (EntryKind.BARRIER, "named", "a barrier named"),
        (EntryKind.SUPPORT, "offered", "support with no record that it was given"),
        (EntryKind.EARLY_HELP, "consent given", "support with no record that it was given"),
    ],
)
def test_what_may_help_the_parent_is_always_listed(
    base: CaseFile, kind: EntryKind, outcome: str, helps: str
) -> None:  # fmt: skip
    (item,) = listed(base, entry(1, kind, outcome))
    assert (item.day, item.kind, item.helps) == (AT.date(), kind.label, helps)
    # The line says what it is and never what it holds.
    assert outcome not in item.says


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (EntryKind.PHONE_CALL, "No answer"),
        (EntryKind.LETTER, "Letter 1, first class post"),
        (EntryKind.SUPPORT, "ended"),
        (EntryKind.MEETING, "He said still nothing had changed, and the business went on"),
    ],
)
def test_what_is_used_and_helps_nobody_is_not_listed(base: CaseFile, kind: EntryKind, outcome: str) -> None:
    assert listed(base, entry(1, kind, outcome)) == ()


def test_support_that_was_followed_up_is_no_broken_promise(base: CaseFile) -> None:
    promise, kept = entry(1, EntryKind.SUPPORT, "offered"), entry(2, EntryKind.SUPPORT, "ended", adds_to=1)
    assert listed(base, promise, kept) == ()
    assert len(listed(base, promise)) == 1


def test_an_earlier_notice_is_listed_without_what_it_says(base: CaseFile) -> None:
    notice = entry(1, EntryKind.PENALTY_NOTICE, "CANARY", details={"state": "paid", "sessions": "2026-11-02 AM"})
    (item,) = listed(base, notice)
    assert (item.says, item.used) == ("Record of an earlier disposal", False)


def test_restricted_notes_are_one_line_however_many(base: CaseFile) -> None:
    one = entry(1, EntryKind.NOTE, "CANARY of bullying", restricted=True)
    more = entry(2, EntryKind.NOTE, "CANARY too", adds_to=1)
    assert listed(base, one) == (SENSITIVE,)
    assert listed(base, one, more, entry(3, EntryKind.NOTE, "CANARY", restricted=True)) == (SENSITIVE,)
    assert "One sensitive item" in SENSITIVE.says
    assert listed(base) == ()


def test_a_file_that_is_no_exhibit_is_listed_and_one_that_is_is_not(base: CaseFile) -> None:
    word = Attachment(1, 1, "CANARY.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                      "", 9)  # fmt: skip
    pdf = Attachment(2, 1, "letter.pdf", "application/pdf", "", 9)
    (item,) = listed(base, entry(1, EntryKind.LETTER, "sent"), files=(word, pdf))
    assert (item.kind, item.says) == ("File: Letter", "Document kept with the record")


def test_a_pack_for_the_court_never_has_it_and_the_authoritys_has(base: CaseFile) -> None:
    file = replace(base, entries=(entry(1, EntryKind.PHONE_CALL, "He is ill"),))
    for disclosure, drawn in ((Disclosure.COURT, False), (Disclosure.AUTHORITY, True)):
        referral = replace(
            base.referral, disclosure=disclosure, parts=(PartSpec("unused", "Material not used"),), requirements=()
        )
        request = replace(base.request, parent=1)
        made = plan(replace(file, referral=referral, request=request), HALE)
        assert made.parts[0].drawn is drawn
        assert len(made.unused) == 1
