"""Making a return of what a person checked: for each authority a workbook and a PDF, kept byte for byte."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from desktop_app.actions.needs import needs
from desktop_app.actions.returns.book import check_whole_school, month_of, spec_in
from desktop_app.actions.returns.drawing import MEDIA, check_addresses, draw, name_of, report_of
from desktop_app.actions.returns.kept import read_made
from desktop_app.actions.returns.reading import Desk, authorities_of_list, desk_of, list_within
from desktop_app.actions.saving import save
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.returns import (
    Checked,
    MadeReturn,
    ReturnFile,
    ReturnForm,
    ReturnKind,
    ReturnLine,
    ReturnList,
)
from desktop_app.domain.rights import Right
from desktop_app.ports import EntriesReading
from desktop_app.rules.display import long_month
from desktop_app.rules.returns.authorities import to_whom
from desktop_app.rules.returns.checking import added_fault, checked_fault, line_id
from desktop_app.rules.returns.keeping import EMPTY, details_of_made
from desktop_app.rules.returns.lines import by_hand, due_day
from desktop_app.rules.session_lists import count_words


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A return to one authority, drawn and not yet kept."""

    authority: str
    lines: tuple[ReturnLine, ...]
    files: tuple[tuple[ReturnForm, str, bytes], ...]


@needs(Right.LOG)
def make_return(
    context: Context, kind: ReturnKind, day: date, checked: Checked
) -> Generator[Progress, None, tuple[tuple[MadeReturn, ...], Changes]]:
    """Make the return of the month of a day: one for each authority that its children belong to. What was checked is
    held against the list as it is now. All of it is kept, or nothing. Refused, before anything is drawn, where a line
    was not checked, a reason is missing, or an address is protected from the present user."""
    check_whole_school(context)
    for right in (Right.READ_LOG, Right.ALL_CLASSES):
        context.require(right)
    if context.store.read_only:
        raise Refused("This school is open to read only: a return that is not kept is not made.")
    yield Progress(0, 2, "Working the list out")
    with context.store.reading() as reading:
        desk = desk_of(context, reading)
        spec = spec_in(context.pack(desk.roll.school), kind)
        found = list_within(desk, spec, month_of(day))
        lines = kept_lines(desk, found, checked)
        check_addresses(desk, spec, sorted({one.pupil for one in lines}))
        drawn = [_drawn(desk, found, name, lines) for name in authorities_of_list(found, lines)]
    yield Progress(1, 2, f"Keeping {spec.title}")
    left = [(one.line, checked.left_out[line_id(one.line)]) for one in found.lines if _left(checked, one.line)]
    due = _due(found, lines)
    with context.store.writing(context.deed(f"make {kind} return")) as writing:
        made: list[int] = []
        for one in drawn:
            words = f"{spec.title}, {long_month(found.month)}, to {one.authority}: "
            words += count_words(len(one.lines), "line", "lines") if one.lines else EMPTY
            details = details_of_made(kind, found.month, one.authority, one.lines, left, due)
            entry = writing.entries.add(NewEntry(EntryKind.RETURN, context.now(), (), words, details=details))
            for form, name, content in one.files:
                writing.entries.attach(entry, name, MEDIA[form], content)
            made.append(entry)
    with context.store.reading() as reading:
        kept = [one for one in read_made(reading.entries) if one.id in made]
    return tuple(sorted(kept, key=lambda one: one.id)), Changes(entries=True)


def kept_lines(desk: Desk, found: ReturnList, checked: Checked) -> tuple[ReturnLine, ...]:
    """The lines that go on the return: those kept, and those added by hand. Raises `Refused`."""
    wrong = checked_fault(found.spec, found.lines, checked)
    if wrong:
        raise Refused(wrong)
    lines = [one.line for one in found.lines if line_id(one.line) in checked.kept]
    listed, kept = {one.pupil.id for one in found.lines}, {one.pupil for one in lines}
    on = min(found.month, desk.context.today())
    for key, reason in checked.added.items():
        child = desk.roll.pupils.get(key)
        if child is None:
            raise Refused("That pupil is not on the admission register.")
        wrong = added_fault(found.spec, child, reason, on, listed, kept)
        if wrong:
            raise Refused(wrong)
        line = by_hand(found.spec, key, " ".join(reason.split()), on, found.month)
        whom = to_whom(found.spec.to, desk.authorities(child, on), desk.number)
        lines.append(replace(line, authorities=whom))
    return tuple(lines)


def _left(checked: Checked, line: ReturnLine) -> bool:
    return line_id(line) in checked.left_out


def _drawn(desk: Desk, found: ReturnList, authority: str, lines: Sequence[ReturnLine]) -> _Drawn:
    mine = tuple(one for one in lines if authority in one.authorities)
    report = report_of(desk, found, authority, mine)
    files = tuple((form, name_of(found, authority, form), draw(report, form)) for form in ReturnForm)
    return _Drawn(authority, mine, files)


def _due(found: ReturnList, lines: Iterable[ReturnLine]) -> date | None:
    """When it is due to be sent: the return’s own day, or that of the line that is due first."""
    if found.spec.monthly:
        return due_day(found.spec, found.month)
    return min((one.due for one in lines if one.due), default=None)


@needs(Right.READ_LOG)
def made_of(context: Context, kind: ReturnKind | None = None) -> tuple[MadeReturn, ...]:
    """The returns that were made, the newest first; of one kind alone, where one is given."""
    check_whole_school(context)
    with context.store.reading() as reading:
        return tuple(one for one in read_made(reading.entries) if kind in (None, one.kind))


@needs(Right.READ_LOG)
def return_bytes(context: Context, file: ReturnFile) -> bytes:
    """A file as it was kept. Raises `Damaged` where its bytes are not those that were kept."""
    check_whole_school(context)
    with context.store.reading() as reading:
        content = _bytes(reading.entries, file)
    if sha256(content).hexdigest() != file.sha256:
        raise Damaged(f"“{file.name}” is not as it was kept. Restore the school from a backup, or ask for help.")
    return content


def _bytes(entries: EntriesReading, file: ReturnFile) -> bytes:
    found = entries.attachment(file.attachment)
    entry = entries.get(found.entry) if found else None
    if found is None or entry is None or entry.kind is not EntryKind.RETURN:
        raise Refused("That is no file of a return.")
    return entries.attachment_bytes(file.attachment)


@needs(Right.READ_LOG)
def save_return(context: Context, file: ReturnFile, target: Path) -> None:
    """Put a file that was kept on the disk, byte for byte: whole, or not at all."""
    save(return_bytes(context, file), target)
