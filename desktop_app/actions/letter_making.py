"""Making planned letters: each is drawn, logged to each parent by itself with the exact file kept, and only then given
out. One transaction a letter: whoever stops a batch keeps those that were made, whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from desktop_app.actions.holds import held as held_pupils
from desktop_app.actions.letter_book import LANGUAGE, LETTER, Picture, letter_book, read_own, rule_of
from desktop_app.actions.letter_cover import cover_details, cover_sheets, cover_words
from desktop_app.actions.letter_guard import Guard, the_guard
from desktop_app.actions.letter_tasks import close_waiting
from desktop_app.actions.letter_values import letter_date
from desktop_app.actions.letters import BATCH, plan_within, require_kind
from desktop_app.actions.needs import needs
from desktop_app.actions.saving import check_target, save
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import (
    LetterOptions,
    LetterRule,
    LetterSheet,
    LettersMade,
    MadeLetter,
    PlannedLetter,
    Weight,
)
from desktop_app.domain.people import Tie
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.ports import Reading, Writing

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOR_ALL = ""
"""Among the reasons: what is said of every letter that asks for one, but those of whom a batch never writes."""


@needs(Right.LOG)
def preview(context: Context, planned: PlannedLetter) -> bytes:
    """The letter as it would be, without a reference: a PDF, or the filled Word file where the template is one."""
    with context.store.reading() as reading:
        desk = _desk(context, reading)
        word = reading.entries.attachment_bytes(planned.template.word) if planned.template.word else b""
    return _draw(desk, planned, word, "")[0]


@needs(Right.LOG)
def make_letters(
    context: Context,
    planned: Sequence[PlannedLetter],
    options: LetterOptions | None = None,
    *,
    reasons: Mapping[str, str] | None = None,
    dropped: Mapping[str, str] | None = None,
    guard: Guard | None = None,
    done: Callable[[MadeLetter], None] | None = None,
) -> Generator[Progress, None, LettersMade]:
    """Make and log what was planned, of one kind, with the same `options` and `guard`.

    `reasons`, by the letter's key, say why one is sent against the guard's doubts; that of the empty key holds for all
    but those to whom a batch never writes. `dropped` says why one is not sent: that is kept too. What was planned is
    looked at again first: a letter of which the record says something else by now is left, with why. `done` is called
    for each letter once it is kept. Refused before anything is made: a letter that is stopped and not dropped, a doubt
    without a reason, a reason by somebody who may not give one, and a school that is only read.
    """
    options, reasons, dropped = options or LetterOptions(), dict(reasons or {}), dict(dropped or {})
    _check_batch(context, planned, reasons, dropped)
    return _make(context, tuple(planned), options, reasons, dropped, guard or the_guard, done)


def _check_batch(
    context: Context, planned: Sequence[PlannedLetter], reasons: Mapping[str, str], dropped: Mapping[str, str]
) -> None:
    if context.store.read_only:
        raise Refused(
            "This school is open to read only: a letter that is not logged is not made. Open it for writing first."
        )
    if not planned:
        raise Refused("There is no letter to make.")
    if len({one.letter.kind for one in planned}) > 1:
        raise Refused("These are letters of several kinds: make one kind at a time.")
    require_kind(context, rule_of(planned[0].letter.kind))
    if unknown := (dropped.keys() | reasons.keys()) - {one.key for one in planned} - {FOR_ALL}:
        raise Refused(f"There is no letter {sorted(unknown)[0]} among those planned.")
    if any(not why.strip() for why in dropped.values()):
        raise Refused("Say why the letter is not sent: it is kept beside the child’s record.")
    for one in planned:
        if one.key not in dropped:
            _check_letter(context, one, reasons)


def _check_letter(context: Context, one: PlannedLetter, reasons: Mapping[str, str]) -> None:
    if one.stopped:
        why = " ".join([*one.faults, *(found.words for found in one.findings if found.weight is Weight.STOP)])
        raise Refused(f"{one.child}: {why} Mend it, or leave this letter out and say why.")
    if not one.asks:
        return
    context.require(Right.OVERRIDE_GUARD)
    if not reason_for(one, reasons):
        words = next(found.words for found in one.findings if found.weight is Weight.ASK)
        raise Refused(f"{one.child}: {words} Say why this letter is sent all the same, or leave it out.")


def reason_for(one: PlannedLetter, reasons: Mapping[str, str]) -> str:
    """Why a letter is sent against the guard's doubts: what was said of it alone, or of all where that is enough."""
    own = reasons.get(one.key, "").strip()
    if own or any(found.key == BATCH for found in one.findings):
        return own
    return reasons.get(FOR_ALL, "").strip()


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every letter of a batch is drawn with."""

    school: School
    logo: bytes
    signature: bytes
    signed: tuple[str, ...]
    at: datetime


def _desk(context: Context, reading: Reading) -> _Desk:
    own = read_own(reading)
    school = reading.book.school()
    return _Desk(
        school=school,
        logo=own.picture(reading, Picture.LOGO),
        signature=own.picture(reading, Picture.SIGNATURE),
        signed=own.signed(context.staff),
        at=context.now(),
    )


def _make(
    context: Context,
    planned: tuple[PlannedLetter, ...],
    options: LetterOptions,
    reasons: Mapping[str, str],
    dropped: Mapping[str, str],
    guard: Guard,
    done: Callable[[MadeLetter], None] | None,
) -> Generator[Progress, None, LettersMade]:
    rule = rule_of(planned[0].letter.kind)
    made: list[MadeLetter] = []
    left: list[tuple[str, str]] = []
    yield Progress(0, len(planned), "Looking at the record again")
    with context.store.reading() as reading:
        desk = _desk(context, reading)
        words = {
            one.template.word: reading.entries.attachment_bytes(one.template.word)
            for one in planned
            if one.template.word and one.key not in dropped
        }
        pupils = tuple(dict.fromkeys(one.letter.pupil for one in planned))
        again = {one.key: one for one in plan_within(context, reading, rule, pupils, options, guard)}
        counted = _highest(reading, desk.at.year, datetime(desk.at.year, 1, 1))  # noqa: DTZ001 - school local time
    since = desk.at
    for count, one in enumerate(planned, start=1):
        if one.key in dropped:
            _keep_dropped(context, one, rule, dropped[one.key].strip())
            left.append((one.key, dropped[one.key].strip()))
        elif changed := _changed(one, again.get(one.key), planned):
            left.append((one.key, changed))
        else:
            began, last = context.now(), (counted, since)
            letter = _keep(context, one, rule, desk, words.get(one.template.word, b""), last, options, reasons)
            if letter is None:
                left.append((one.key, STOPPED))
            else:
                counted, since = _number(letter.reference), began
                made.append(letter)
                if done is not None:
                    done(letter)
        yield Progress(count, len(planned), f"Letter {count} of {len(planned)}")
    return LettersMade(tuple(made), tuple(left))


STOPPED = "While the letters were made somebody stopped this one. See the safeguarding lead."


def _changed(one: PlannedLetter, now: PlannedLetter | None, planned: Collection[PlannedLetter]) -> str:
    """Why a letter that was looked at is not made as it was: the record says something else by now."""
    if now is None:
        return "The contacts changed since this letter was looked at. Look at it again."
    alone = len({other.letter.pupil for other in planned}) == 1
    before, after = (
        {(found.key, found.words) for found in which.findings if not (alone and found.key == BATCH)}
        for which in (one, now)
    )
    if now.stopped or after - before:
        return "Something stands against this letter that was not there before. Look at it again."
    if (one.subject, one.body, one.letter.address) != (now.subject, now.body, now.letter.address):
        return "The record changed since this letter was looked at. Look at it again."
    return ""


def _highest(reading: Reading | Writing, year: int, since: datetime) -> int:
    """The highest number that a letter of that year bears, among those made since a moment."""
    found = reading.entries.all(since, kinds={rule.logged for rule in letter_book().rules.values()})
    references = (entry.details.get("reference", "") for entry in found)
    return max((_number(one) for one in references if one.startswith(f"L/{year}/")), default=0)


def _number(reference: str) -> int:
    """The number that a reference ends with; 0 where it ends with none."""
    last = reference.rpartition("/")[2]
    return int(last) if last.isdigit() else 0


def _keep(
    context: Context,
    one: PlannedLetter,
    rule: LetterRule,
    desk: _Desk,
    word: bytes,
    last: tuple[int, datetime],
    options: LetterOptions,
    reasons: Mapping[str, str],
) -> MadeLetter | None:
    """Number a letter, draw it and record it, an entry for each person, in one transaction: whatever else wrote letters
    since the `last` one (its number, and a moment before it), no two bear the same reference. None where meanwhile the
    family is held, or one of them may not be written to any more."""
    why = reason_for(one, reasons) if one.asks else ""
    if _stopped_since(context, one):
        return None
    with context.store.writing(context.deed(f"letter {rule.key}", why)) as writing:
        year, now = desk.at.year, context.now()
        number = max(last[0], _highest(writing, year, min(last[1], now))) + 1
        reference = f"L/{year}/{number:04d}"
        content, media_type = _draw(desk, one, word, reference)
        name = f"letter-{year}-{number:04d}-{rule.key}.{'docx' if media_type == WORD else 'pdf'}"
        digest = sha256(content).hexdigest()
        details = {**_details(one, rule, options), "reference": reference, "sha256": digest}
        if why:
            asked = dict.fromkeys(found.key for found in one.findings if found.weight is Weight.ASK)
            details |= {"overridden": ", ".join(asked), "why": why}
        bare = NewEntry(
            kind=rule.logged,
            happened_at=now,
            pupils=(one.letter.pupil,),
            outcome="sent" if rule.logged is EntryKind.WARNING else "posted",
            note=f"{rule.title}, {reference}{cover_words(one)}" + (f". Sent all the same: {why}" if why else ""),
            details=details,
            adds_to=options.adds_to,
        )
        entries = tuple(
            _record(writing, replace(bare, persons=(person,)), name, media_type, content)
            for person in one.letter.persons
        )
        close_waiting(writing, options.adds_to, one.letter.persons, entries)
    return MadeLetter(
        one.key, entries, one.letter.pupil, one.letter.persons, name, media_type, content, digest, reference
    )


def _stopped_since(context: Context, one: PlannedLetter) -> bool:
    """Whether a hold or a court’s order came while the batch ran. The writer’s lock is this window’s alone: what is
    read here still stands when the letter is recorded."""
    today = context.today()
    with context.store.reading() as reading:
        if one.letter.pupil in held_pupils(reading.book, today):
            return True
        ties = [tie for tie in reading.book.all(Tie) if tie.pupil == one.letter.pupil and tie.holds(today)]
    may = {tie.person for tie in ties if not tie.no_contact}
    return not set(one.letter.persons) <= may


def _record(writing: Writing, entry: NewEntry, name: str, media_type: str, content: bytes) -> int:
    recorded = writing.entries.add(entry)
    writing.entries.attach(recorded, name, media_type, content)
    return recorded


def _details(one: PlannedLetter, rule: LetterRule, options: LetterOptions) -> dict[str, str]:
    details = {
        "direction": "we wrote",
        "about": rule.title,
        LETTER: rule.key,
        LANGUAGE: one.letter.language,
        "template": str(one.template.entry) if one.template.own else "shipped",
        **cover_details(one),
    }
    if rule.logged is EntryKind.WARNING:
        details |= {"what": "unauthorised absence" if rule.key == "unauthorised-warning" else "penalty notice"}
        details |= {"method": "by post"}
    if options.first:
        details["first"] = options.first.isoformat()
    if options.last:
        details["last"] = options.last.isoformat()
    return details


def _keep_dropped(context: Context, one: PlannedLetter, rule: LetterRule, why: str) -> None:
    """That a letter was looked at and not sent, and why: a note, since nothing went out."""
    entry = NewEntry(
        kind=EntryKind.NOTE,
        happened_at=context.now(),
        pupils=(one.letter.pupil,),
        outcome=f"Letter not sent: {rule.title}. {why}",
        details={LETTER: rule.key, "dropped": "yes", "why": why},
    )
    with context.store.writing(context.deed(f"letter {rule.key} not sent", why)) as writing:
        writing.entries.add(entry)


def _draw(desk: _Desk, one: PlannedLetter, word: bytes, reference: str) -> tuple[bytes, str]:
    """The file that is sent, and its media type. What draws is loaded when something is drawn."""
    if word:
        from desktop_app.documents.letter_docx import fill_word  # noqa: PLC0415

        address = "\n".join([*one.letter.address.lines, one.letter.address.postcode]).strip()
        values = {**one.letter.values, "reference": reference, "address": address}
        return fill_word(word, values), WORD
    from desktop_app.documents.letter import letter_pdf  # noqa: PLC0415

    sheet = sheet_of(desk, one, reference)
    pages = [letter_pdf(sheet, desk.at)[0]]
    pages += [
        letter_pdf(behind, desk.at)[0]
        for behind in cover_sheets(one, sheet, lambda tongue: letter_date(desk.at.date(), tongue))
    ]
    if len(pages) == 1:
        return pages[0], PDF
    from desktop_app.documents.joining import join_pdfs  # noqa: PLC0415

    return join_pdfs(pages), PDF


def sheet_of(desk: _Desk, one: PlannedLetter, reference: str) -> LetterSheet:
    """The letter with everything around its words."""
    school, letter = desk.school, one.letter
    tongue = letter_book().languages[letter.language]
    reach = " · ".join(filter(None, (school.phone, school.email)))
    return LetterSheet(
        school=school.name,
        school_lines=tuple(filter(None, (school.address.replace("\n", ", "), reach))),
        to_lines=(*one.to, *letter.address.lines, *filter(None, (letter.address.postcode,))),
        date=letter_date(desk.at.date(), tongue),
        reference=reference,
        subject=one.subject,
        body=one.body,
        signed=desk.signed,
        language=tongue,
        logo=desk.logo,
        signature=desk.signature,
    )


def joint(made: Iterable[MadeLetter]) -> bytes:
    """One PDF of all that are one, in order, to be printed at once. Refused where there is none: a Word file is printed
    from Word."""
    pages = [one.content for one in made if one.media_type == PDF]
    if not pages:
        raise Refused("None of these letters is a PDF: print the Word files from Word.")
    from desktop_app.documents.joining import join_pdfs  # noqa: PLC0415 - loaded when something is printed

    return join_pdfs(pages)


def save_letters(made: Iterable[MadeLetter], folder: Path) -> tuple[Path, ...]:
    """Put made letters into a folder, a file each, named by their references: no file name tells of a child. A name
    that is taken gets a number; nothing is written over."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Make it first, or choose another.")
    saved: list[Path] = []
    for one in made:
        target = _free(folder, one.name)
        check_target(target)
        save(one.content, target)
        saved.append(target)
    return tuple(saved)


def _free(folder: Path, name: str) -> Path:
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return target
