"""One mark for many cells: what fill down, fill right, Ctrl+Enter and Delete would write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.actions.register_checks import Edit
from desktop_app.domain.codes import Counts
from desktop_app.domain.marks import CLEARED, Mark
from desktop_app.rules.codes import present_mark
from desktop_app.rules.display import session_words
from ui.register.model import RegisterModel
from ui.register.words import plural

Place = tuple[int, int]
NOTHING_ABOVE = "There is no mark above to fill down with."
NOTHING_LEFT = "There is no mark at the left to fill right with."
NOTHING_HERE = "There is no mark here to fill the others with."
SHIFT_TOO = "Shift as well writes over"
NO_MARKS = "There is no mark here to take away."


@dataclass(frozen=True, slots=True)
class Fill:
    """The edits, the deed's name for undo and what is said once it is done; or `words`, why there is nothing to do."""

    edits: tuple[Edit, ...] = ()
    text: str = ""
    told: str = ""
    words: str = ""


def down(model: RegisterModel, cells: Sequence[Place], *, over: bool = False) -> Fill:
    """Each column of the selection takes its top mark; one row alone takes the marks above it."""
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        columns[column].append(row)
    pairs: list[tuple[Place, Place]] = []
    for column, rows in columns.items():
        top = rows[0] if len(rows) > 1 else rows[0] - 1
        pairs += [((top, column), (row, column)) for row in rows if row != top and top >= 0]
    return _fill(model, pairs, NOTHING_ABOVE, over=over)


def right(model: RegisterModel, cells: Sequence[Place], *, over: bool = False) -> Fill:
    """Each row of the selection takes its leftmost mark; one column alone takes the marks at its left."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        rows[row].append(column)
    pairs: list[tuple[Place, Place]] = []
    for row, columns in rows.items():
        first = columns[0] if len(columns) > 1 else columns[0] - 1
        pairs += [((row, first), (row, column)) for column in columns if column != first and first >= 0]
    return _fill(model, pairs, NOTHING_LEFT, over=over)


def selected(model: RegisterModel, cells: Sequence[Place], source: Place, *, over: bool = False) -> Fill:
    """Every selected cell takes the mark the cursor is on."""
    return _fill(model, [(source, cell) for cell in cells if cell != source], NOTHING_HERE, over=over)


def clearing(model: RegisterModel, cells: Sequence[Place]) -> Fill:
    """Every selected cell that has a mark becomes blank."""
    marked = [(row, column) for row, column in cells if model.cell_at(row, column).mark is not None]
    edits = tuple(
        Edit(model.row_at(row).pupil.id, model.columns[column].session, CLEARED, seen=model.seen_at(row, column))
        for row, column in marked
    )
    if not edits:
        return Fill(words=NO_MARKS)
    text = f"{_whose(model, marked)} made blank"
    return Fill(edits, text, f"{text}. Ctrl+Z to undo")


def _fill(model: RegisterModel, pairs: Sequence[tuple[Place, Place]], none: str, *, over: bool) -> Fill:
    """Cells that cannot be marked are passed over, and said. Marks that stand, and what is planned, are kept unless
    the fill goes `over` them."""
    edits: list[Edit] = []
    filled: list[Place] = []
    passed = kept = 0
    for source, (row, column) in pairs:
        mark, cell = model.cell_at(*source).mark, model.cell_at(row, column)
        if mark is None:
            continue
        if cell.why:
            passed += 1
            continue
        edit = _copy(model, mark, row, column)
        if not over and (cell.planned or (cell.mark is not None and cell.mark.code != edit.code)):
            kept += 1
            continue
        edits.append(edit)
        filled.append((row, column))
    also = [f"{plural(kept, 'cell')} kept as {'it is' if kept == 1 else 'they are'}, {SHIFT_TOO}"] if kept else []
    also += [f"{plural(passed, 'cell')} could not be marked"] if passed else []
    if not edits:
        return Fill(words=f"{'; '.join(also)}." if also else none)
    codes = sorted({edit.code for edit in edits})
    text = f"{_whose(model, filled)} filled with {' '.join(codes)}"
    return Fill(tuple(edits), text, f"{'; '.join([text, *also])}. Ctrl+Z to undo")


def _copy(model: RegisterModel, mark: Mark, row: int, column: int) -> Edit:
    session = model.columns[column].session
    known = model.codes.get(mark.code)
    plain = known is not None and known.counts is Counts.PRESENT and known.half is not None
    code = present_mark(session.half, model.codes) if plain else mark.code
    return Edit(model.row_at(row).pupil.id, session, code, mark.minutes, mark.note, model.seen_at(row, column))


def _whose(model: RegisterModel, cells: Sequence[Place]) -> str:
    if len(cells) > 1:
        return f"{len(cells)} marks"
    row, column = cells[0]
    return f"{model.row_at(row).pupil.name}, {session_words(model.columns[column].session)}:"
