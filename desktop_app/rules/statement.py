"""The draft of a witness statement under section 9 of the Criminal Justice Act 1967, in the order courts expect.

Who the witness is; the child and the parent; how the registers are kept; the attendance of the period; what was done,
with the exhibits; what support was offered and what came of it; the warnings; and why this is brought. One statement
for each witness. Sources: practice 27 and 28; Criminal Procedure Rules, rules 16.2 and 16.3. It is a draft: the witness
reads it, changes it and signs it, and the authority’s own form takes its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.evidence import Absence, Certificate, Passage, PossibleWitness, Statement
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.people import Answer
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.staff import Author
from desktop_app.rules.age import compulsory_from, compulsory_until
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import ChronologyLine, chronology
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.disclosed import EARLIER_DISPOSALS
from desktop_app.rules.display import clock_time, half_words, long_date, percent
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.statement_words import deed_words

DONE = frozenset({
    EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT,
    EntryKind.LEAVE_REQUEST, EntryKind.LEAVE_DECISION, EntryKind.MEDICAL_EVIDENCE,
})  # fmt: skip
SUPPORT = frozenset({
    EntryKind.SUPPORT, EntryKind.AGENCY_REFERRAL, EntryKind.EARLY_HELP, EntryKind.ASSESSMENT, EntryKind.SUPPORT_PLAN,
    EntryKind.HEALTH_PLAN, EntryKind.RETURN_PLAN, EntryKind.VIEWS, EntryKind.BARRIER, EntryKind.REVIEW,
    EntryKind.CONTRACT, EntryKind.CONTRACT_CHECK, EntryKind.CONTRACT_BROKEN,
})  # fmt: skip
WARNED = frozenset({
    EntryKind.WARNING, EntryKind.NOTICE_TO_IMPROVE, EntryKind.IMPROVEMENT, EntryKind.ILLNESS_DOUBTED,
})  # fmt: skip
RELIED_ON = DONE | SUPPORT | WARNED
"""The kinds a statement tells of. Notes, and what the office did about the case, are no evidence of what was done."""
OVER_18 = "Over 18"


def statement(
    file: CaseFile, witness: Author, exhibits: Sequence[Exhibit], particulars: Certificate, lacking: str = ""
) -> Statement:
    """The draft for one witness, of the file as its reader may see it. `particulars` are those of the certificate,
    which are read from the whole file, and `lacking` is why it cannot be drawn yet."""
    lines = _lines(file)
    labels: dict[int, list[str]] = {}
    for one in exhibits:
        if one.label:
            labels.setdefault(one.entry, []).append(one.label)

    def told(kinds: Iterable[EntryKind], none: str) -> tuple[str, ...]:
        said = tuple(
            deed_words(file, line.entry, line.additions, labels.get(line.entry.id, ()), witness.name)
            for line in lines
            if line.entry.kind in kinds
        )
        return said or (none,)

    passages = (
        Passage("Who I am", _who(file, witness)),
        Passage("The child and the parent", tuple(_child(file))),
        Passage("How the school’s registers are kept", tuple(_registers(file))),
        Passage("Attendance", tuple(_attendance(file, particulars, lacking))),
        Passage("What was done", told(DONE, "The school’s records show no call, letter, meeting or visit.")),
        Passage("Support and response", told(SUPPORT, "The school’s records show no support that was offered.")),
        Passage("Warnings", told(WARNED, "The school’s records show no warning.")),
        Passage("Why this is brought", tuple(_why(file, particulars))),
    )
    child = _full_name(file)
    return Statement(witness, child, passages, file.rulebook.statement.declaration)


def witnesses(file: CaseFile) -> tuple[PossibleWitness, ...]:
    """Who could give a statement: whoever did what is relied on, who did the most first."""
    found = Counter(line.entry.author for line in _lines(file) if line.entry.kind in RELIED_ON)
    merged: dict[str, PossibleWitness] = {}
    for author, number in found.items():
        # The same name in another position is the same person: the latest position is the one to sign in.
        before = merged.get(author.name)
        merged[author.name] = PossibleWitness(author, number + (before.entries if before else 0))
    return tuple(sorted(merged.values(), key=lambda one: (-one.entries, one.witness.name)))


def witness_named(file: CaseFile, name: str, maker: Author) -> Author:
    """The witness of that name, with the position in which something was last recorded; the maker where none is."""
    wanted = name.strip()
    if not wanted or wanted.casefold() == maker.name.casefold():
        return maker
    known = (entry.author for entry in reversed(file.entries) if entry.author.name.casefold() == wanted.casefold())
    return next(known, Author(0, wanted, ""))


def declaration_words(declaration: str, pages: int) -> str:
    """The declaration with the number of pages in it."""
    return declaration.replace("{pages}", count_words(pages, "page", "pages"))


def _lines(file: CaseFile) -> list[ChronologyLine]:
    """What stands, without any earlier notice: it is not raised before a finding of guilt, whoever reads the bundle."""
    lines: list[ChronologyLine] = []
    for line in chronology(file):
        if line.entry.withdrawn is None and line.entry.kind not in EARLIER_DISPOSALS:
            additions = tuple(
                one for one in line.additions if one.withdrawn is None and one.kind not in EARLIER_DISPOSALS
            )
            lines += [replace(line, additions=tuple(one for one in additions if not _stands_alone(one)))]
            lines += [ChronologyLine(one, "", ()) for one in additions if _stands_alone(one)]
    return lines


def _stands_alone(addition: Entry) -> bool:
    """Whether what was added is a deed of its own, as the outcome of a Notice to Improve is."""
    return addition.kind in RELIED_ON


def _full_name(file: CaseFile) -> str:
    pupil = file.pupil
    return " ".join(filter(None, (pupil.legal_forename, pupil.middle_names, pupil.legal_surname)))


def _who(file: CaseFile, witness: Author) -> tuple[str, ...]:
    position = witness.position.strip()
    role = f"I am {position[:1].lower()}{position[1:]} at" if position else "I work at"
    records = (
        "I make this statement from my own knowledge of what I say I did, and from the attendance register and the "
        "other records of the school, which I have read. The school keeps these records in the ordinary course of its "
        "work; they are made by members of staff at the time, or soon after, from what they did or were told."
    )
    return (f"{role} {file.school.name}. I am over 18.", records)


def _child(file: CaseFile) -> Iterator[str]:
    pupil, member = file.pupil, file.member
    name, last = _full_name(file), min(file.request.last, file.request.on)
    since = f"has been a registered pupil of {file.school.name} since {long_date(pupil.starting_day)}"
    until = f", and left on {long_date(pupil.leaving_day)}" if pupil.leaving_day and pupil.leaving_day <= last else ""
    place = f", now in class {member.class_name}" if member is not None and member.class_name else ""
    yield f"{name}, born on {long_date(pupil.date_of_birth)}, {since}{place}{until}."
    begins, ends = compulsory_from(pupil.date_of_birth), compulsory_until(pupil.date_of_birth)
    yield (
        f"{pupil.name} is of compulsory school age from {long_date(begins)} to {long_date(ends)}. I speak of no "
        "session outside those days."
    )
    if not file.parents:
        yield "The school’s records name no parent. [Say who the parent is, and how you know.]"
    for card in (file.parent,) if file.parent is not None else file.parents:
        yield _parent(card)


def _parent(card: ContactCard) -> str:
    words = [f"The school’s records show {card.person.formal_name} as the child’s {card.tie.relationship or 'parent'}"]
    if card.tie.responsibility is Answer.YES:
        words.append("with parental responsibility")
    if card.tie.lives_with is Answer.YES:
        words.append(f"{'and ' if len(words) > 1 else ''}living with the child")
    return f"{' '.join(words)}."


def _registers(file: CaseFile) -> Iterator[str]:
    school = file.school
    am, pm = school.am, school.pm
    yield (
        "The school takes its attendance register twice on every school day. The morning register is taken from "
        f"{clock_time(am.opens)} and closes at {clock_time(am.closes)}; the afternoon register is taken from "
        f"{clock_time(pm.opens)} and closes at {clock_time(pm.closes)}. The morning session ends at "
        f"{clock_time(school.ends(Half.AM))}, the afternoon session at {clock_time(school.ends(Half.PM))}."
    )
    yield (
        "The register is taken by the member of staff who has the class. For each session every child is recorded as "
        "present, absent, attending elsewhere or unable to attend, by the codes of the School Attendance (Pupil "
        "Registration) (England) Regulations 2024. Where no reason for an absence is known it is recorded as N until "
        "one is established, and as O where none is."
    )
    if not school.is_register:
        yield "The register is kept in another system; its marks are brought from there unchanged."
    yield (
        "An entry is changed only by an amendment that shows the original entry, the amended entry, the reason, the "
        "date, and the name and position of the person who made it."
    )


def _attendance(file: CaseFile, found: Certificate, lacking: str) -> Iterator[str]:
    yield (
        f"Between {long_date(found.first)} and {long_date(found.last)} {file.pupil.name} could have attended "
        f"{count_words(found.possible, 'session', 'sessions')} and attended {found.attended}. "
        f"{found.authorised} were missed with leave or for another authorised reason, and {found.unauthorised} without "
        f"authority.{_rate(found)}"
    )
    if found.left_out:
        yield found.left_out
    if found.absences:
        codes = Counter({absence.code: 0 for absence in found.absences})
        for absence in found.absences:
            codes[absence.code] += len(absence.halves)
        by_code = "; ".join(
            f"{number} recorded as {code} ({file.rulebook.codes[code].title})" for code, number in sorted(codes.items())
        )
        relied = "The sessions relied on" if found.chosen else "The sessions missed without authority"
        yield f"{relied} are {found.relied}: {by_code}. They lie on {_days(found)}."
    changed = _amended(file, found)
    if changed:
        yield (
            f"{count_words(changed, 'entry of this period was', 'entries of this period were')} amended after the "
            "register had closed. The report of changes shows each of them."
        )
    if lacking:
        yield f"[Before this is signed: {lacking}]"


def _rate(found: Certificate) -> str:
    if not found.possible:
        return ""
    return f" That is an attendance of {percent(Fraction(100 * found.attended, found.possible))}."


def _days(found: Certificate) -> str:
    """Every day relied on, each named: a court is told of each."""
    said = [f"{long_date(one.day)} ({_halves(one)})" for one in found.absences]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _halves(absence: Absence) -> str:
    return "all day" if absence.halves == HALVES else " and ".join(half_words(half) for half in absence.halves)


def _amended(file: CaseFile, found: Certificate) -> int:
    days = {(change.day, change.half) for change in file.changes if change.amends}
    return sum(found.first <= day <= found.last for day, _ in days)


def _why(file: CaseFile, found: Certificate) -> Iterator[str]:
    authority = file.pack.authority or "the local authority"
    for line in _lines(file):
        if line.entry.kind is EntryKind.LA_REFERRAL:
            yield (
                f"The school’s records show that on {long_date(line.entry.happened_at.date())} the school referred the "
                f"matter to {authority}."
            )
    yield (
        f"After what is set out above {file.pupil.name} was still recorded as absent without authority for "
        f"{count_words(found.relied if found.chosen else found.unauthorised, 'session', 'sessions')} of this period. "
        f"The school asks {authority} to consider what it will do."
    )
