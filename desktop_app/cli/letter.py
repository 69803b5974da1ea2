"""`letter`: letters of one kind to the parents of a child or of a list, as files; each is logged before it is there."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from desktop_app.actions.figures import figures
from desktop_app.actions.letter_book import letter_book, typed_fields
from desktop_app.actions.letter_making import FOR_ALL, make_letters, save_letters
from desktop_app.actions.letters import letter_plan
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import in_order, read_roll
from desktop_app.actions.watching import due
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.kinds import PUPIL, Adder, day, file
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterOptions, MadeLetter, PlannedLetter, Weight
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.session_lists import count_words

LARGEST = 1_000_000
EVERYBODY = "all"
LIST = (
    "a file with a UPN or admission number a line, the key of a group (see figures --by group), or that of what is due"
)


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("letter", "make letters of one kind, log each to each parent, and put the files into a folder")
    asked.add_argument("--kind", required=True, help="which letter: an unknown one names them all")
    who = asked.add_mutually_exclusive_group(required=True)
    who.add_argument("--pupil", help=PUPIL)
    who.add_argument("--from-list", metavar="FILE|LIST", help=LIST)
    asked.add_argument("--out", type=file, required=True, help="the folder to put them into; it is there already")
    asked.add_argument("--from", dest="first", type=day, help="the first day of the figures; else of the school year")
    asked.add_argument("--to", dest="last", type=day, help="the last day of the figures; else today")
    asked.add_argument("--language", default="", help="en, pl, ur: for all of them; else each parent’s own")
    asked.add_argument(
        "--field", action="append", default=[], metavar="NAME=TEXT", help="what is typed for a field; may be repeated"
    )
    asked.add_argument("--reason", default="", help="why they are sent where the guard has doubts; see --leave-out")
    asked.add_argument("--leave-out", action="store_true", help="leave out those that cannot be sent as they stand")
    asked.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")


def run(context: Context, asked: Namespace) -> Answer:
    """Plan them; unless it is a dry run, make and save them. Refused, with nothing made, where one is stopped or asks
    for a reason, unless those are to be left out."""
    check_folder(asked.out)
    pupils = (
        [find_pupil(context, asked.pupil).id]
        if asked.pupil
        else listed(context, asked.from_list, asked.first, asked.last)
    )
    options = LetterOptions(asked.first, asked.last, _fields(asked.field), asked.language)
    planned = letter_plan(context, asked.kind, pupils, options)
    reason = asked.reason.strip()
    reasons = {FOR_ALL: reason, planned[0].key: reason} if reason and asked.pupil and len(planned) == 1 else {}
    reasons = reasons or ({FOR_ALL: reason} if reason else {})
    kept = [one for one in planned if not asked.leave_out or _goes(one, reason)]
    stopped = [one for one in kept if not _goes(one, reason)]
    if asked.dry_run or stopped or not kept:
        code = 2 if stopped or not kept else 0
        words = _words(context, asked.kind, stopped) if stopped else ()
        if not kept:
            words = ("None of these letters can be sent as it stands.",)
        return Answer(_value(context, planned, (), {}), code, words)
    paths: dict[str, tuple[str, Path]] = {}

    def put(one: MadeLetter) -> None:
        (path,) = save_letters((one,), asked.out)
        paths[one.key] = (one.reference, path)

    made = finish(make_letters(context, kept, options, reasons=reasons, done=put))
    return Answer(_value(context, planned, made.left, paths))


def check_folder(folder: Path) -> None:
    """Raise `Refused` where a folder to put letters into is not there."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Make it first, or choose another.")


def write_letters(
    context: Context, planned: Sequence[PlannedLetter], options: LetterOptions, reason: str, folder: Path
) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Make those letters about one child that can go as they stand, and say what became of each; one that cannot is
    left, and said to be."""
    kept = [one for one in planned if _goes(one, reason)]
    paths: dict[str, tuple[str, Path]] = {}

    def put(one: MadeLetter) -> None:
        (path,) = save_letters((one,), folder)
        paths[one.key] = (one.reference, path)

    reasons = {FOR_ALL: reason} if reason else {}
    left = finish(make_letters(context, kept, options, reasons=reasons, done=put)).left if kept else ()
    waits = len(planned) - len(paths)
    words = (f"{count_words(waits, 'letter', 'letters')} not made: the task to write stays.",) if waits else ()
    return _value(context, planned, left, paths), words


def _goes(one: PlannedLetter, reason: str) -> bool:
    """Whether a letter can be made: who a batch never writes to needs a reason of their own, from the window."""
    alone = any(found.key == "batch" for found in one.findings)
    return not one.stopped and (not one.asks or (bool(reason) and not alone))


def _words(context: Context, kind: str, stopped: Sequence[PlannedLetter]) -> tuple[str, ...]:
    empty = any("fill it in" in fault for one in stopped for fault in one.faults)
    hint = ", ".join(f'--field "{one.key}=…"' for one in typed_fields(context, kind)) if empty else ""
    said = (f"{len(stopped)} of these letters cannot be sent as they stand; nothing was made.",)
    return (*said, f"Fill in what is typed: {hint}.") if hint else said


def _fields(given: Iterable[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in given:
        key, sign, text = one.partition("=")
        if not sign or not text.strip():
            raise Refused(f'“{one}” fills in nothing: write it as --field "NAME=TEXT".')
        found[" ".join(key.split()).casefold()] = text.replace("\\n", "\n").strip()
    return found


def listed(context: Context, named: str, first: date | None = None, until: date | None = None) -> list[int]:
    """The children of a list that is named as `--from-list` has it. Refused where there is none of that name."""
    path = Path(named)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if is_file:
        return _from_file(context, path)
    last = until or context.today()
    if named == EVERYBODY or named.startswith(("class:", "year:")):
        return _some(_of_class(context, named), named)
    if ":" in named or named in ("fsm", "ehcp", "send", "pupil-premium"):
        rows = figures(context, first or school_year_start(last), last, group=named)
        return _some([row.pupil.id for row in rows if row.pupil], named)
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for one in due(context, last):
        keys[one.key].append(one.pupil)
    return _some([pupil for pupil in keys.get(named, ()) if pupil], named)


def _of_class(context: Context, named: str) -> list[int]:
    """Everybody on roll today whom the present user sees, or those of one class or year."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    found: list[int] = []
    for child in in_order(one for one in roll.pupils.values() if one.on_roll(today)):
        place = roll.place(child.id, today)
        known = (EVERYBODY, f"class:{place.class_name}", f"year:{place.year}") if place else (EVERYBODY,)
        if named in known and sees_child(context, roll, child.id):
            found.append(child.id)
    return found


def _some(found: list[int], named: str) -> list[int]:
    if not found:
        raise Refused(f"There is no file “{named}”, and nobody is on a list of that name.")
    return list(dict.fromkeys(found))


def _from_file(context: Context, path: Path) -> list[int]:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"{path.name} is no list of children: it is larger than {LARGEST:,} bytes.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise Refused(f"{path.name} cannot be read as a list: save it as UTF-8 text or CSV.") from error
    found: list[int] = []
    for number, row in enumerate(csv.reader(text.splitlines()), start=1):
        named = row[0].strip() if row else ""
        if not named or (number == 1 and named.casefold() in ("upn", "admission number", "pupil", "id")):
            continue
        try:
            found.append(find_pupil(context, named).id)
        except Refused as error:
            raise Refused(f"{path.name}, row {number}: {error}") from error
    return _some(found, path.name)


def _value(
    context: Context,
    planned: Sequence[PlannedLetter],
    left: Iterable[tuple[str, str]],
    made: Mapping[str, tuple[str, Path]],
) -> list[dict[str, object]]:
    with context.store.reading() as reading:
        pupils = {one.id: one for one in reading.book.all(Pupil)}
    why = dict(left)
    return [_row(one, pupils[one.letter.pupil], why.get(one.key, ""), made.get(one.key)) for one in planned]


def _row(one: PlannedLetter, pupil: Pupil, left: str, made: tuple[str, Path] | None) -> dict[str, object]:
    return {
        "upn": pupil.upn or None,
        "admission_number": pupil.admission_number or None,
        "kind": one.letter.kind,
        "to": list(one.to),
        "language": one.letter.language,
        "logged_as": letter_book().rules[one.letter.kind].logged.value,
        "reference": made[0] if made else None,
        "path": str(made[1]) if made else None,
        "left_out": left or None,
        "stopped": one.stopped,
        "faults": list(one.faults),
        "findings": [
            {"key": found.key, "weight": found.weight.value, "says": found.words, "source": found.source or None}
            for found in sorted(one.findings, key=lambda found: list(Weight).index(found.weight))
        ],
    }
