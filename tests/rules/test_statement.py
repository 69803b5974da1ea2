"""The draft of a witness statement: in the order courts expect, and only what the witness did or the records show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import Attachment, Entry, EntryKind, Withdrawal
from desktop_app.domain.evidence import Statement
from desktop_app.domain.exhibits import Exhibit, TakenAs
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.staff import Author
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate
from desktop_app.rules.statement import declaration_words, statement, witness_named, witnesses
from tests.support.long_case import HALE, long_case

ROY = Author(5, "Mr T Roy", "family worker")
LAST = date(2026, 11, 20)
AT = datetime(2026, 11, 3, 9, 5)


def entry(number: int, kind: EntryKind, outcome: str, author: Author = HALE, **more: object) -> Entry:
    made = Entry(
        number, kind, AT.replace(minute=number), AT.replace(tzinfo=UTC), author, (1,), (1,), outcome, "", {}, False,
        None, None,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    request = BundleRequest(1, "statutory-referral", LAST, date(2026, 9, 1), LAST)
    return replace(long_case(rulebook, 3)[0], request=request)


def drafted(file: CaseFile, witness: Author = HALE, exhibits: tuple[Exhibit, ...] = ()) -> Statement:
    return statement(file, witness, exhibits, certificate(file))


def words(made: Statement) -> str:
    return "\n".join(text for passage in made.passages for text in passage.paragraphs)


def test_it_has_its_passages_in_the_order_courts_expect(base: CaseFile) -> None:
    assert [one.heading for one in drafted(base).passages] == [
        "Who I am",
        "The child and the parent",
        "How the school’s registers are kept",
        "Attendance",
        "What was done",
        "Support and response",
        "Warnings",
        "Why this is brought",
    ]


@pytest.mark.parametrize(
    ("kind", "details", "persons", "mine", "others"),
    [
        (EntryKind.PHONE_CALL, {}, (1,), "I telephoned Ms Karolina", "the school telephoned Ms Karolina"),
        (EntryKind.PHONE_CALL, {}, (), "I made a telephone call", "the school made a telephone call"),
        (EntryKind.PHONE_CALL, {"direction": "they rang"}, (1,), "I was telephoned by", "the school was telephoned by"),
        (EntryKind.LETTER, {}, (1,), "I sent a letter to Ms", "the school sent a letter to Ms"),
        (EntryKind.EMAIL, {"direction": "they wrote"}, (1,), "I received an e-mail", "the school received an e-mail"),
        (EntryKind.HOME_VISIT, {}, (), "I visited the home", "the school visited the home"),
        (EntryKind.SUPPORT, {"what": "breakfast club"}, (1,), "I recorded support", "the school recorded support"),
        (EntryKind.WARNING, {"what": "prosecution"}, (1,), "I gave a warning", "the school gave a warning"),
        (EntryKind.CONTRACT, {}, (1,), "I recorded “Attendance contract”", "the school recorded “Attendance contract”"),
    ],
)
def test_only_the_witness_says_i_and_of_others_it_is_the_school(
    base: CaseFile, kind: EntryKind, details: dict[str, str], persons: tuple[int, ...], mine: str, others: str
) -> None:
    file = replace(base, entries=(entry(7, kind, "as it was", details=details, persons=persons),))
    own = words(drafted(file))
    assert f"On 3 November 2026 at 09:07 {mine}" in own
    assert "I recorded: “as it was”." in own
    anothers = words(drafted(file, ROY))
    assert f"The school’s records show that on 3 November 2026 {others}" in anothers
    assert "The record says: “as it was”." in anothers
    # “The school sent a letter”, not who: a name would ask for a statement more.
    assert "Hale" not in anothers
    for value in details.values():
        if value not in ("they rang", "they wrote"):
            assert value in own


def test_an_earlier_notice_a_note_and_what_was_withdrawn_are_in_no_statement(base: CaseFile) -> None:
    back = Withdrawal(3, "wrong child", HALE, AT.replace(tzinfo=UTC))
    file = replace(
        base,
        entries=(
            entry(1, EntryKind.PENALTY_NOTICE, "NOTICE-CANARY", details={"state": "issued"}),
            entry(2, EntryKind.NOTE, "NOTE-CANARY"),
            entry(3, EntryKind.LETTER, "WITHDRAWN-CANARY", withdrawn=back),
            entry(4, EntryKind.LETTER, "SEALED-CANARY", restricted=True),
            entry(5, EntryKind.LETTER, "told", details={"opinion": "OPINION-CANARY"}),
            entry(6, EntryKind.LETTER, "LATER-CANARY", happened_at=datetime(2026, 11, 21, 9, 0)),
        ),
    )
    said = words(drafted(file))
    assert "CANARY" not in said
    assert "told" in said


def test_exhibits_are_referred_to_by_their_labels(base: CaseFile) -> None:
    def exhibit(label: str, number: int, of: int) -> Exhibit:
        file = Attachment(number, of, f"{number}.pdf", "application/pdf", "", 1)
        return Exhibit(label, file, of, LAST, "Letter", TakenAs.PAGES)

    file = replace(base, entries=(entry(1, EntryKind.LETTER, "first"), entry(2, EntryKind.LETTER, "second")))
    said = words(drafted(file, HALE, (exhibit("KH/1", 1, 1), exhibit("KH/2", 2, 2), exhibit("KH/3", 3, 2))))
    assert "“first”. I produce it as exhibit KH/1." in said
    assert "“second”. I produce what belongs to it as exhibits KH/2 and KH/3." in said


def test_what_was_added_says_when_and_whether_the_witness_added_it(base: CaseFile) -> None:
    file = replace(
        base,
        entries=(
            entry(1, EntryKind.LETTER, "sent"),
            entry(2, EntryKind.NOTE, "came back", adds_to=1),
            entry(3, EntryKind.NOTE, "sent again", ROY, adds_to=1),
        ),
    )
    said = words(drafted(file))
    assert "I added on 3 November 2026: “came back”." in said
    assert "It was added on 3 November 2026: “sent again”." in said


def test_the_registers_are_those_of_the_school_and_the_figures_those_of_the_certificate(base: CaseFile) -> None:
    said, stated = words(drafted(base)), certificate(base)
    assert "taken from 08:45 and closes at 08:55" in said
    assert "taken from 13:00 and closes at 13:15" in said
    assert f"could have attended {stated.possible} sessions and attended {stated.attended}." in said
    assert f"The sessions missed without authority are {stated.unauthorised}:" in said
    elsewhere = words(drafted(replace(base, school=replace(base.school, is_register=False))))
    assert "kept in another system" in elsewhere
    assert "kept in another system" not in said


def test_what_must_be_settled_before_it_is_signed_is_said_in_brackets(base: CaseFile) -> None:
    made = statement(base, HALE, (), certificate(base), "Still N: Thu 12 Nov 2026 AM.")
    assert "[Before this is signed: Still N: Thu 12 Nov 2026 AM.]" in words(made)


def test_who_could_give_a_statement(base: CaseFile) -> None:
    file = replace(
        base,
        entries=(
            entry(1, EntryKind.LETTER, "a"),
            entry(2, EntryKind.HOME_VISIT, "b", ROY),
            entry(3, EntryKind.SUPPORT, "c", ROY),
            entry(4, EntryKind.NOTE, "d", Author(9, "Miss N Note", "clerk")),
            entry(5, EntryKind.PENALTY_NOTICE, "e", Author(9, "Miss P Fine", "clerk"), details={"state": "issued"}),
        ),
    )
    found = witnesses(file)
    assert [(one.witness.name, one.entries) for one in found] == [("Mr T Roy", 2), ("Mrs K Hale", 1)]
    assert witness_named(file, "mr t roy", HALE) == ROY
    assert witness_named(file, "", HALE) == HALE


@pytest.mark.parametrize(("pages", "said"), [(1, "(consisting of 1 page each"), (4, "(consisting of 4 pages each")])
def test_the_declaration_is_that_of_the_act(rulebook: Rulebook, pages: int, said: str) -> None:
    words_ = declaration_words(rulebook.statement.declaration, pages)
    assert said in words_
    assert "I shall be liable to prosecution if I have wilfully stated in it anything which I know" in words_
    assert "Criminal Justice Act 1967" in rulebook.statement.source
