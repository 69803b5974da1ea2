"""The returns that were made, read from their entries with the files of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.returns import MadeReturn, ReturnFile, ReturnForm, ReturnKind
from desktop_app.ports import EntriesReading
from desktop_app.rules.returns.keeping import made_returns


def read_made(entries: EntriesReading) -> tuple[MadeReturn, ...]:
    """Every return that was made, the newest first, with its files."""
    made = made_returns(entries.all(kinds=(EntryKind.RETURN,)))
    files: dict[int, list[ReturnFile]] = {}
    for one in entries.attachments_of([one.id for one in made]):
        form = ReturnForm(one.shown_name.rpartition(".")[2])
        files.setdefault(one.entry, []).append(ReturnFile(one.id, one.shown_name, form, one.sha256))
    return tuple(replace(one, files=tuple(files.get(one.id, ()))) for one in made)


def waiting(made: Sequence[MadeReturn]) -> list[MadeReturn]:
    """Those that did not go yet."""
    return [one for one in made if one.sent is None and not one.withdrawn]


def on_file(made: Sequence[MadeReturn]) -> Mapping[tuple[ReturnKind, int, str], int]:
    """Which lines, by kind, child and key, are on a return that did not go yet, or left out of it; and its number."""
    found: dict[tuple[ReturnKind, int, str], int] = {}
    for one in waiting(made):
        lines = [*one.lines, *(line for line, _ in one.left_out)]
        found.update({(one.kind, line.pupil, line.key): one.id for line in lines})
    return found
