"""Every list there is, making one, and putting it into a workbook."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop_app.actions.exports import children, office, planned, records, registers, steps, watched
from desktop_app.actions.exports.spec import ExportSpec, ListAsked
from desktop_app.actions.needs import needs
from desktop_app.actions.saving import save
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from desktop_app.domain.report import Report
from desktop_app.domain.rights import Right

ON, FIRST, PUPIL, CLASS = "on", "first", "pupil", "class_name"
WHOSE = frozenset({PUPIL, CLASS})
WORKBOOK = ".xlsx"
WORDS = {ON: "--on", FIRST: "--from", PUPIL: "--pupil", CLASS: "--class"}
"""What a list may be asked for, as the door has it."""

EXPORTS: tuple[ExportSpec, ...] = (
    ExportSpec(
        "pupils",
        "Pupils on roll",
        "Everyone on roll, with the figures since 1 September",
        children.pupils,
        Right.READ_PUPIL,
        WHOSE | {ON},
    ),
    ExportSpec(
        "contacts",
        "Contacts",
        "Whom to call for each child; a family on hold and a protected address are not in it",
        children.contacts,
        Right.READ_PUPIL,
        WHOSE,
    ),
    ExportSpec(
        "register",
        "Register of a week",
        "A row for each child, a column for each session, codes as text",
        registers.register,
        Right.READ_REGISTER,
        WHOSE | {ON},
    ),
    ExportSpec(
        "changes",
        "History of changes",
        "Every mark that was changed after its register had closed",
        registers.changes,
        Right.READ_HISTORY,
        WHOSE | {ON, FIRST},
    ),
    ExportSpec(
        "week",
        "Close the week",
        "What a week lacks before it can be signed off",
        registers.week_lacks,
        Right.READ_REGISTER,
        WHOSE | {ON},
    ),
    ExportSpec(
        "watch",
        "Watch list",
        "Who meets a threshold, a return that is due, a review",
        watched.watch,
        Right.READ_PUPIL,
        WHOSE | {ON},
    ),
    ExportSpec(
        "calling",
        "Calling list",
        "Whom to call today about an absence without a reason",
        watched.calling,
        Right.READ_LOG,
        WHOSE,
    ),
    ExportSpec(
        "early-calls",
        "Early calls",
        "Whom to ring before school, and whether it helped",
        watched.early,
        Right.READ_LOG,
        WHOSE | {ON},
    ),
    ExportSpec(
        "tasks",
        "Tasks and agenda",
        "What is owed, by whom and by when; up to a day where one is named",
        watched.tasks,
        Right.READ_LOG,
        WHOSE | {ON},
    ),
    ExportSpec("cases", "Cases", "Every child with an open case", records.cases, Right.READ_CASE, WHOSE),
    ExportSpec(
        "chronology",
        "Chronology",
        "Everything recorded about one child, without restricted notes",
        records.chronology,
        Right.READ_LOG,
        frozenset({PUPIL}),
        frozenset({PUPIL}),
    ),
    ExportSpec(
        "ledger",
        "Parents’ ledger",
        "What was said, sent, offered and asked, each parent of one child apart",
        records.ledger,
        Right.READ_LOG,
        frozenset({PUPIL}),
        frozenset({PUPIL}),
    ),
    ExportSpec("letters", "Letters", "Every letter that was written", records.letters, Right.READ_LOG, WHOSE),
    ExportSpec("leave", "Leave of absence", "What was asked and decided", steps.leave, Right.READ_LOG, WHOSE),
    ExportSpec("notices", "Penalty notices", "Every notice that is known", steps.notices, Right.READ_CASE, WHOSE),
    ExportSpec(
        "formal",
        "Formal steps",
        "Attendance contracts, Notices to Improve, supervision orders",
        steps.formal,
        Right.READ_CASE,
        WHOSE,
    ),
    ExportSpec(
        "groups",
        "Groups",
        "Every group with its figures, and who is in it",
        children.groups,
        Right.READ_PUPIL,
        WHOSE | {ON, FIRST},
    ),
    ExportSpec(
        "targets",
        "Targets",
        "Those of the school and its parts, and of children",
        office.targets,
        Right.READ_FIGURES,
        WHOSE | {ON},
    ),
    ExportSpec(
        "crossings",
        "Band crossings",
        "Who went from one band to another between two days",
        watched.crossings,
        Right.READ_PUPIL,
        WHOSE | {ON, FIRST},
    ),
    ExportSpec(
        "timetables",
        "Timetables",
        "Who is expected for fewer than all sessions, and why",
        children.timetables,
        Right.READ_PUPIL,
        WHOSE | {ON},
    ),
    ExportSpec(
        "plans",
        "Planned days",
        "Absences and attendance elsewhere that were planned",
        planned.plans,
        Right.READ_PUPIL,
        WHOSE,
    ),
    ExportSpec(
        "arrivals",
        "Who arrived elsewhere",
        "Of whom nobody has said yet whether they arrived",
        planned.arrivals,
        Right.READ_REGISTER,
        WHOSE,
    ),
    ExportSpec(
        "flags",
        "Groups child by child",
        "Every group a child is, was or will be in, with its days",
        planned.flags,
        Right.READ_PUPIL,
        WHOSE,
    ),
    ExportSpec(
        "patterns",
        "Patterns",
        "The patterns in one child’s attendance, with their sessions",
        planned.patterns,
        Right.READ_PUPIL,
        frozenset({PUPIL, ON}),
        frozenset({PUPIL}),
    ),
    ExportSpec(
        "school-year",
        "The school year",
        "Terms, holidays, INSET days and closures",
        planned.school_year,
        Right.READ_REGISTER,
        frozenset({ON}),
    ),
    ExportSpec("staff", "People and roles", "Who works here, and what they may do", office.staff, Right.STAFF),
    ExportSpec(
        "school-log",
        "The school’s own log",
        "Training, assemblies, versions of the policy",
        office.school_log,
        Right.READ_FIGURES,
    ),
    ExportSpec(
        "imports",
        "Imports",
        "Which files were brought in, when and by whom, and what became of their rows",
        office.imports,
        Right.IMPORT,
    ),
)
"""Every list, in the order in which they are listed. A new one is one entry here."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list put on the disk: where, the SHA-256 (hexadecimal) of its bytes, and what was put there."""

    path: Path
    sha256: str
    report: Report


@needs(Right.OPEN)
def exports(context: Context) -> tuple[ExportSpec, ...]:
    """The lists that the present user may have."""
    return tuple(one for one in EXPORTS if context.may(one.needs))


@needs(Right.OPEN)
def make_export(context: Context, key: str, asked: ListAsked) -> Report:
    """Read a list as it stands now. Refused where there is none of that key, where it is not for the present user, and
    where it is asked for something it does not heed: a whole school must not be taken for the class that was meant."""
    spec = find_export(context, key)
    unheeded = [words for field, words in WORDS.items() if getattr(asked, field) and field not in spec.asks]
    if unheeded:
        heeds = ", ".join(words for field, words in WORDS.items() if field in spec.asks) or "nothing besides"
        raise Refused(f"{spec.title} does not take {', '.join(unheeded)}. It takes: {heeds}.")
    if any(not getattr(asked, field) for field in spec.must):
        raise Refused(f"{spec.title}: say which child.")
    if asked.first is not None and asked.first > (asked.on or context.today()):
        raise Refused("The last day is before the first.")
    return spec.make(context, asked)


@needs(Right.OPEN)
def write_export(context: Context, key: str, asked: ListAsked, path: Path) -> Generator[Progress, None, ListFile]:
    """Put a list on the disk as a workbook: whole, or not at all. What stood there is replaced: whoever chose the name
    was asked. Refused before anything is read for another ending, and for a list that is not for the present user. A
    generator: closing it early leaves nothing behind."""
    spec = find_export(context, key)
    if path.suffix.lower() != WORKBOOK:
        raise Refused(f"A list is put into a {WORKBOOK} file: “{path.name}” is none.")
    return _written(context, spec, asked, path)


def _written(context: Context, spec: ExportSpec, asked: ListAsked, path: Path) -> Generator[Progress, None, ListFile]:
    # The library is loaded when something is drawn: no start of the window waits for it.
    from desktop_app.documents.report_xlsx import list_workbook  # noqa: PLC0415

    yield Progress(0, 3, f"Reading {spec.title}")
    report = make_export(context, spec.key, asked)
    yield Progress(1, 3, f"Making {spec.title}")
    content = list_workbook(report)
    yield Progress(2, 3, f"Writing {path.name}")
    save(content, path)
    return ListFile(path, sha256(content).hexdigest(), report)


@needs(Right.OPEN)
def find_export(context: Context, key: str) -> ExportSpec:
    """One of them. Refused where there is none of that key, and where it is not for the present user."""
    spec = next((one for one in EXPORTS if one.key == key), None)
    if spec is None:
        raise Refused(f"There is no list “{key}”. There are: {', '.join(one.key for one in EXPORTS)}.")
    context.require(spec.needs)
    return spec
