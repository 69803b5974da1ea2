"""Which entries a bundle tells of: of what was done for the child; nothing of the office’s own books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.bundle import LeftOut
from desktop_app.domain.entries import Attachment, EntryKind
from desktop_app.domain.exhibits import TakenAs
from desktop_app.domain.referrals import Disclosure, PartSpec
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bundle import plan
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import chronology
from desktop_app.rules.disclosed import disclose
from desktop_app.rules.triggers.facts import EXPECTED_DAYS
from desktop_app.rules.unused import unused
from tests.support.long_case import HALE
from tests.support.parts_case import bare_case, entry, with_parts

DAY = date(2027, 3, 1)
NEVER = {"bundle", "signed", "template", "pack", "school", "week-closed", "paper-register", "case-led", "seen-to"}
NOT_IN_COURT = {"considered", "decision", "target", "told", "la-referral", "la-question"}
EARLIER = {"penalty-notice", "prosecution", "order"}


def told(rulebook: Rulebook, disclosure: Disclosure, *entries: object) -> set[str]:
    """The kinds that the chronology of such a bundle tells of."""
    file = replace(case(rulebook, disclosure), entries=entries)  # type: ignore[arg-type]
    return {line.entry.kind.value for line in chronology(disclose(file))}


def case(rulebook: Rulebook, disclosure: Disclosure) -> CaseFile:
    bare = bare_case(rulebook)
    return with_parts(replace(bare, request=replace(bare.request, parent=1)), PartSpec("chronology", "Chronology"),
                      PartSpec("exhibits", "Exhibits"), disclosure=disclosure)  # fmt: skip


def test_the_authority_reads_all_but_the_offices_own_books(rulebook: Rulebook) -> None:
    every = [entry(number, kind, DAY, "x") for number, kind in enumerate(EntryKind, start=1)]
    assert told(rulebook, Disclosure.AUTHORITY, *every) == {kind.value for kind in EntryKind} - NEVER


def test_the_court_reads_no_reasoning_and_nothing_between_school_and_authority(rulebook: Rulebook) -> None:
    every = [entry(number, kind, DAY, "x") for number, kind in enumerate(EntryKind, start=1)]
    kinds = {kind.value for kind in EntryKind} - NEVER - NOT_IN_COURT - EARLIER
    assert told(rulebook, Disclosure.COURT, *every) == kinds


@pytest.mark.parametrize(
    ("kind", "details", "is_told"),
    [
        (EntryKind.SEEN_TO, {"step": "serious/nurse"}, True),
        (EntryKind.SEEN_TO, {"case": "4", "case-ask": "nurse"}, True),
        (EntryKind.SEEN_TO, {"case": "4"}, True),
        (EntryKind.SEEN_TO, {"by_mark": "2027-03-01 AM"}, False),
        (EntryKind.ARRIVAL, {"arrival": "arrived"}, False),
        (EntryKind.ARRIVAL, {"arrival": "not-arrived"}, True),
        (EntryKind.ARRIVAL, {"arrival": "no-reply"}, True),
    ],
)
def test_what_was_done_is_told_and_what_was_ticked_off_is_not(
    rulebook: Rulebook, kind: EntryKind, details: dict[str, str], is_told: bool
) -> None:
    one = entry(1, kind, DAY, "x", details=details)
    assert bool(told(rulebook, Disclosure.AUTHORITY, one)) is is_told


def test_a_long_illness_that_was_announced_is_told_to_a_court(rulebook: Rulebook) -> None:
    announced = entry(1, EntryKind.DECISION, DAY, "Surgery, six weeks", details={EXPECTED_DAYS: "30"})
    assert told(rulebook, Disclosure.COURT, announced) == {"decision"}


def test_the_maker_is_told_what_the_chronology_leaves_out_but_not_of_bundles(rulebook: Rulebook) -> None:
    entries = (
        entry(1, EntryKind.CASE_LED, DAY, "Mrs Hale leads"),
        entry(2, EntryKind.CASE_LED, DAY, "Mr Okoro leads"),
        entry(3, EntryKind.BUNDLE, DAY, "RB-2027-0001"),
        entry(4, EntryKind.TOLD, DAY, "RESTRICTED", restricted=True),
        entry(5, EntryKind.PHONE_CALL, DAY, "Spoke"),
    )
    left_out = plan(replace(case(rulebook, Disclosure.AUTHORITY), entries=entries)).left_out
    why = "it is of the office’s own books, not of what was done for the child"
    assert left_out == (LeftOut("Case led by (2 entries)", why),)


def test_a_file_of_an_entry_that_is_not_told_is_no_exhibit(rulebook: Rulebook) -> None:
    entries = (entry(1, EntryKind.LA_REFERRAL, DAY, "sent"), entry(2, EntryKind.LETTER, DAY, "posted"))
    files = tuple(Attachment(n, n, f"{n}.pdf", "application/pdf", "0" * 64, 9) for n in (1, 2))
    for disclosure, attachments in ((Disclosure.COURT, [2]), (Disclosure.AUTHORITY, [1, 2])):
        exhibits = plan(replace(case(rulebook, disclosure), entries=entries, files=files), HALE).exhibits
        assert [one.attachment.id for one in exhibits] == attachments
        assert all(one.taken_as is TakenAs.PAGES for one in exhibits)


def test_what_a_court_is_not_told_is_on_the_schedule_of_material_not_used(rulebook: Rulebook) -> None:
    entries = (
        entry(1, EntryKind.LA_QUESTION, DAY, "no reason not to proceed"),
        entry(2, EntryKind.CASE_LED, DAY, "Mrs Hale leads"),
        entry(3, EntryKind.PHONE_CALL, DAY, "Spoke", persons=(1,)),
    )
    items = unused(replace(case(rulebook, Disclosure.COURT), entries=entries))
    kinds = [item.kind for item in items]
    assert EntryKind.LA_QUESTION.label in kinds
    assert EntryKind.CASE_LED.label not in kinds
    assert EntryKind.PHONE_CALL.label not in kinds
