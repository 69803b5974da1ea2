"""Every report there is, making one, and putting it into a PDF or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop_app.actions.child_record import check_day
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.census import census
from desktop_app.actions.reports.class_rewards import league
from desktop_app.actions.reports.codes import codes
from desktop_app.actions.reports.lists import persistent_list, severe_list
from desktop_app.actions.reports.pictures import school_pictures
from desktop_app.actions.reports.rhythms import RHYTHMS
from desktop_app.actions.reports.spec import Asked, ReportSpec
from desktop_app.actions.reports.weekly import weekly
from desktop_app.actions.saving import save
from desktop_app.context import Context, turned_back
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.progress import Progress
from desktop_app.domain.report import Report
from desktop_app.domain.rights import Right

REPORTS: tuple[ReportSpec, ...] = (
    ReportSpec(
        "weekly",
        "Weekly figures for the head",
        "School, years and classes: this week against last week and the year to date, and what is still open",
        weekly,
        Right.READ_REGISTER,
    ),
    ReportSpec(
        "persistent",
        "Persistently absent",
        "Everyone who missed 10% or more, the lowest attendance first",
        persistent_list,
        Right.READ_PUPIL,
        frozenset({"first", "class_name", "group"}),
    ),
    ReportSpec(
        "severe",
        "Severely absent",
        "Everyone who missed 50% or more, the lowest attendance first",
        severe_list,
        Right.READ_PUPIL,
        frozenset({"first", "class_name", "group"}),
    ),
    ReportSpec(
        "league",
        "Class league and rewards",
        "The best class, the most improved, and certificates, under the school’s rule: illness is held against nobody",
        league,
        Right.READ_REGISTER,
    ),
    ReportSpec(
        "codes",
        "Codes and reasons",
        "How often each code was used, and why children were absent",
        codes,
        Right.READ_REGISTER,
        frozenset({"first", "class_name"}),
    ),
    ReportSpec(
        "calendar",
        "The school year in pictures",
        "Absence day by day, by day of the week, by reason, and against last year",
        school_pictures,
        Right.READ_REGISTER,
        frozenset({"class_name"}),
    ),
    ReportSpec(
        "census",
        "Absence for the school census",
        "Possible, authorised and unauthorised sessions of a term, by reason and child by child",
        census,
        Right.READ_PUPIL,
        frozenset({"first"}),
    ),
    *RHYTHMS,
)
"""Every report, in the order in which they are listed. A new one is one entry here."""

PDF, WORKBOOK = ".pdf", ".xlsx"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report put on the disk: where, and the SHA-256 (hexadecimal) of its bytes."""

    path: Path
    sha256: str


@needs(Right.READ_REPORTS)
def available(context: Context) -> tuple[ReportSpec, ...]:
    """The reports that the present user may see. Whoever reads no register sees those made for the public alone."""
    reads = context.may(Right.READ_REGISTER)
    return tuple(one for one in REPORTS if context.may(one.needs) and (one.public or reads))


@needs(Right.READ_REPORTS)
def make_report(context: Context, key: str, asked: Asked) -> Report:
    """Make a report from the record, exact. Refused where there is none of that key, or it is not for the present
    user, where it is asked for days that end before they begin, and for a day still to come: no report is of days of
    which nothing was marked."""
    spec = _spec(context, key)
    check_day(asked.on, context.now())
    if asked.first is not None and asked.first > asked.on:
        raise Refused("The last day is before the first.")
    return spec.make(turned_back(context, asked.as_at), asked)


@needs(Right.READ_REPORTS)
def write_report(context: Context, report: Report, path: Path) -> Generator[Progress, None, ReportFile]:
    """Put a report on the disk as `.pdf` or `.xlsx`, by the ending of the name: whole, or not at all. What stood there
    is replaced: whoever chose the name was asked. Refused, before anything is drawn, for another ending, and where the
    report is not for the present user. A generator: closing it early leaves nothing behind."""
    _spec(context, report.key)
    return _written(report, path, _drawer(path))


def _written(report: Report, path: Path, draw: Callable[[Report], bytes]) -> Generator[Progress, None, ReportFile]:
    yield Progress(0, 2, f"Drawing {report.title}")
    content = draw(report)
    yield Progress(1, 2, f"Writing {path.name}")
    save(content, path)
    return ReportFile(path, sha256(content).hexdigest())


def _drawer(path: Path) -> Callable[[Report], bytes]:
    """What draws a file of that ending. The libraries are loaded when something is drawn: no start waits for them."""
    ending = path.suffix.lower()
    if ending == PDF:
        from desktop_app.documents.report_pdf import report_pdf  # noqa: PLC0415

        return report_pdf
    if ending == WORKBOOK:
        from desktop_app.documents.report_xlsx import report_workbook  # noqa: PLC0415

        return report_workbook
    raise Refused(f"A report is put into a {PDF} or a {WORKBOOK} file: “{path.name}” is neither.")


def _spec(context: Context, key: str) -> ReportSpec:
    spec = next((one for one in REPORTS if one.key == key), None)
    if spec is None:
        raise Refused(f"There is no report “{key}”. There are: {', '.join(one.key for one in REPORTS)}.")
    context.require(spec.needs)
    if not spec.public and not context.may(Right.READ_REGISTER):
        raise NotAllowed(context.staff.name, Right.READ_REGISTER.words)
    return spec
