"""Ryan Doyle’s case with all that a bundle must show or must not: files, a sister, sealed notes, an earlier notice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest, Choice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.referrals import Disclosure, Referral
from desktop_app.domain.school import School, SchoolType
from desktop_app.ports import EntriesWriting
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool

LAYING = date(2026, 12, 11)
FATHERS = ("07700 900777", "07700900777", "sean.doyle@example.org", "88 Mill Lane", "L34 1AA")
MOTHERS = ("07700 900005", "07700900005")
AT_HOME = ("12 Quayside Court", "L36 9XX")
NOBODY_READS = ("SEALED", "Wayne Grimsby", "1 Hidden Road", "LEFT-OUT", "left-out-minutes", "Hamza Chaudhry")
"""Sealed notes, the man a court keeps away, the exhibit left out, another child: for no reader whatever."""
LET_OUT = "LET-OUT by the safeguarding lead"
EARLIER = "EARLIER notice of spring"
SISTER = "Niamh"
BROTHER = "Oliver Doyle"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Told:
    """The case: what is asked for, the exhibits by what is on their page, and those with the father alone."""

    context: Context
    story: Story
    left_out: int
    let_out: int

    def asking(self, referral: Referral, parent: int | None) -> BundleRequest:
        """The bundle of that referral, everything chosen that can be."""
        court = referral.disclosure is Disclosure.COURT
        safeguarding = referral.disclosure is Disclosure.SAFEGUARDING
        return replace(
            self.story.request,
            referral=referral.key,
            parent=parent if referral.per_parent else None,
            laying=LAYING if court else None,
            left_out=(Choice(f"exhibit:{self.left_out}", "told in the minutes of November"),),
            let_out=(Choice(f"entry:{self.let_out}", "the hub asks for it"),) if safeguarding else (),
            witness="Mrs K Hale",
            duplex=court,
        )

    def parents(self, referral: Referral) -> tuple[int | None, ...]:
        """Of whom a bundle is made: of each where it is per parent, else once."""
        return (self.story.mother, self.story.father) if referral.per_parent else (None,)

    def canaries(self, referral: Referral, parent: int | None) -> tuple[str, ...]:
        """What may stand nowhere in the bundle."""
        hidden = [*NOBODY_READS, *(() if referral.disclosure is Disclosure.SAFEGUARDING else (LET_OUT,))]
        if referral.disclosure is Disclosure.COURT:
            fathers = parent == self.story.father
            hidden += [SISTER, BROTHER, EARLIER, *(MOTHERS if fathers else FATHERS), *(AT_HOME if fathers else ())]
            hidden += ["SEEN-by-mother"] if fathers else ["SEEN-by-father"]
        return tuple(hidden)

    def exhibits(self, referral: Referral, parent: int | None) -> tuple[str, ...]:
        """What is on the pages of the exhibits that must be there, in order of date."""
        shown = ["SEEN-by-mother one", "SEEN-by-father two", "SEEN-of-both three"]
        if referral.disclosure is Disclosure.COURT:
            shown.pop(0 if parent == self.story.father else 1)
        return tuple(shown)

    def be(self, type_: SchoolType) -> None:
        """Make the school one of that type."""
        with self.context.store.reading() as reading:
            school: School = reading.book.school()
        if school.type is not type_:
            with self.context.store.writing(self.context.deed("settings")) as writing:
                writing.book.put(replace(school, type=type_))


def tell_all(school: SmallSchool, referral: str) -> Told:
    """The story, and what is kept with it."""
    story = tell_story(school, referral)
    with school.context.store.writing(school.context.deed("log")) as writing:
        log = _Log(writing.entries, story)
        _formal(log)
        _support(log)
        _notes(log, school.pupils["Chaudhry"])
        left_out = _files(log)
        return Told(school.context, story, left_out, log.add(EntryKind.NOTE, _on(11, 10), LET_OUT, restricted=True))


@dataclass(frozen=True)
class _Log:
    entries: EntriesWriting
    story: Story

    def add(self, kind: EntryKind, when: datetime, outcome: str, *persons: int, **more: object) -> int:
        facts: dict[str, object] = {"pupils": (self.story.pupil,), **more}
        return self.entries.add(NewEntry(kind, when, outcome=outcome, persons=persons, **facts))  # type: ignore[arg-type]

    def keep(self, entry: int, name: str, *pages: str) -> int:
        return self.entries.attach(entry, name, "application/pdf", _pdf(*pages))


def _on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 11, 0)


def _formal(log: _Log) -> None:
    """An earlier notice, a warning and a Notice to Improve that was not met; the policy of the school."""
    mother = log.story.mother
    paid = {"state": "paid", "issued": "2026-03-02"}
    log.add(EntryKind.PENALTY_NOTICE, datetime(2026, 3, 2, 9, 0), EARLIER, mother, details=paid)
    log.add(EntryKind.WARNING, _on(9, 18), "Sent", mother, details={"what": "penalty notice"})
    notice = {"first": "2026-10-05", "last": "2026-11-06", "allowed": "3", "weeks": "4", "sufficient": "At most 3."}
    notice |= {f"content.{number}": "As the letter says." for number in range(1, 9)}
    served = log.add(EntryKind.NOTICE_TO_IMPROVE, _on(10, 2), "issued", mother, details=notice)
    log.add(
        EntryKind.IMPROVEMENT, _on(11, 9), "not improved", mother, adds_to=served, details={"state": "not-improved"}
    )
    log.add(
        EntryKind.CONSIDERED, _on(11, 10), "decided against", note="No letter was shown.", details={"what": "illness"}
    )
    policy = {"what": "policy", "said": "Published on the school’s website; says when a penalty notice may be issued"}
    policy |= {"who": "the governing body", "version": "2026.1", "approved": "2026-07-06", "review": "2027-07-05"}
    log.add(EntryKind.SCHOOL, datetime(2026, 7, 8, 10, 0), "Attendance policy", pupils=(), details=policy)


def _support(log: _Log) -> None:
    """Support, another agency, Early Help, and what other schools told."""
    mother = log.story.mother
    log.add(EntryKind.SUPPORT, _on(10, 5), "Offered", mother, details={"what": "Breakfast club", "by": "Mr Okoro"})
    log.add(EntryKind.AGENCY_REFERRAL, _on(10, 7), "Sent", details={"agency": "School nurse"})
    log.add(EntryKind.EARLY_HELP, _on(10, 20), "Consent given", mother, details={"lead": "Ms Brook"})
    log.add(EntryKind.ASSESSMENT, _on(10, 21), "Done", details={"tool": "Graded Care Profile"})
    brother = {"school": "Hill Top High", "who": "brother or sister", "child": BROTHER}
    log.add(EntryKind.OTHER_SCHOOL, _on(9, 21), "told us", details=brother)
    before = {"school": "Ropewalk Infants", "who": "this child, before", "attendance": "84.2%"}
    log.add(EntryKind.OTHER_SCHOOL, _on(9, 22), "told us", details=before)


def _notes(log: _Log, other: int) -> None:
    """What people type without thinking of who may read it."""
    log.add(EntryKind.NOTE, _on(11, 9), "Came in with Niamh Doyle and Hamza Chaudhry", note="Niamh had been ill.")
    numbers = (
        "Ring the father on 07700 900 777 or sean.doyle@example.org, of 88 Mill Lane, L34 1AA; the mother on "
        "07700 900 005, of 12 Quayside Court. Wayne Grimsby of 1 Hidden Road was at the gate."
    )
    log.add(EntryKind.PHONE_CALL, _on(11, 11), "Asked for the numbers", note=numbers)
    log.add(EntryKind.HOME_VISIT, _on(11, 12), "Nobody in; Niamh looked out", note=numbers)
    log.add(EntryKind.NOTE, _on(11, 13), "Played together at break", pupils=(log.story.pupil, other))


def _files(log: _Log) -> int:
    """An exhibit of each parent and one of both; one sealed, one that nobody can take in, and the one left out."""
    mother, father = log.story.mother, log.story.father
    log.keep(log.add(EntryKind.LETTER, _on(9, 30), "Letter of concern", mother), "concern.pdf", "SEEN-by-mother one")
    log.keep(log.add(EntryKind.LETTER, _on(10, 1), "Letter of concern", father), "concern.pdf", "SEEN-by-father two")
    met = log.add(EntryKind.MEETING, _on(11, 6), "held", mother, father)
    log.keep(met, "minutes-november.pdf", "SEEN-of-both three", "its second page")
    log.entries.attach(met, "notes.docx", WORD, b"PK\x03\x04")
    sealed = log.add(EntryKind.NOTE, _on(11, 10), "SEALED for good", restricted=True)
    log.keep(sealed, "SEALED-drawing.pdf", "SEALED drawing")
    return log.keep(met, "left-out-minutes.pdf", "LEFT-OUT minutes")


def _pdf(*pages: str) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
