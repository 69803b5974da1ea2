"""The files that were brought in: an entry about no pupil for each, written in the transaction of the import itself."""

from __future__ import annotations

import json

from desktop_app.actions.import_report import Tally
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.imports import ImportKind, ImportRun
from desktop_app.domain.rights import Right
from desktop_app.exchange.tables import Table
from desktop_app.ports import Writing
from desktop_app.rules.session_lists import count_words

KIND, FILE, SHA256, ROWS, ADDED, CHANGED, UNCHANGED = "kind", "file", "sha256", "rows", "added", "changed", "unchanged"
LEFT_OUT, SAID = "left-out", "said"
MOST_SAID = 100
"""How many of the things worth a second look are kept; the rest are counted."""
WHY_LEFT = {
    ImportKind.MARKS: "no code, or one that the calendar gives and nobody marks",
    ImportKind.BENCHMARKS: "of another area than England and the school’s authority",
}
"""Why rows of a file may be left out, by what is brought in; of the others none is."""


def keep_run(context: Context, writing: Writing, kind: ImportKind, table: Table, tally: Tally) -> None:
    """Put down, inside the import’s own transaction, that a file was brought in; nothing where it changed nothing."""
    taken = tally.added + tally.changed
    if not taken:
        return
    found = tally.report(table)
    said, more = found.warnings[:MOST_SAID], len(found.warnings) - MOST_SAID
    said = (*said, f"And {more:,} more.") if more > 0 else said
    numbers = {ROWS: found.rows, ADDED: found.added, CHANGED: found.changed, UNCHANGED: found.unchanged}
    details = {
        KIND: kind.value,
        FILE: table.name,
        SHA256: table.sha256,
        SAID: json.dumps(said),
        **{key: str(number) for key, number in {**numbers, LEFT_OUT: found.skipped}.items()},
    }
    words = f"{kind.label} from {table.name}: {count_words(taken, 'row', 'rows')} taken"
    writing.entries.add(NewEntry(EntryKind.IMPORT, context.now(), (), words, details=details))


@needs(Right.IMPORT)
def import_runs(context: Context) -> tuple[ImportRun, ...]:
    """Every file that was brought in, the newest first."""
    with context.store.reading() as reading:
        found = reading.entries.all(kinds=(EntryKind.IMPORT,))
    return tuple(_run(one) for one in sorted(found, key=lambda one: one.id, reverse=True))


def _run(entry: Entry) -> ImportRun:
    details = entry.details
    kind, left = ImportKind(details[KIND]), int(details[LEFT_OUT])
    return ImportRun(
        at=entry.happened_at,
        author=entry.author,
        kind=kind,
        file=details[FILE],
        sha256=details[SHA256],
        rows=int(details[ROWS]),
        added=int(details[ADDED]),
        changed=int(details[CHANGED]),
        unchanged=int(details[UNCHANGED]),
        left_out=left,
        why_left=WHY_LEFT.get(kind, "") if left else "",
        said=tuple(json.loads(details[SAID])),
    )
