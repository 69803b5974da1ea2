"""A return as a report, and the report as its two files: the workbook and the PDF show the same lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from desktop_app.actions.families import read_families
from desktop_app.actions.figures import count
from desktop_app.actions.protected import held_from
from desktop_app.actions.returns.book import month_key
from desktop_app.actions.returns.reading import Desk
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import NO_FIGURES
from desktop_app.domain.report import Block, Report, ReportColumn, TableBlock, TextBlock, Unit
from desktop_app.domain.returns import ReturnForm, ReturnLine, ReturnList, ReturnSpec
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.display import long_month
from desktop_app.rules.returns.columns import Reported, living_with, row_of
from desktop_app.rules.session_lists import count_words

WIDE = frozenset({"address", "parents", "parents-address", "why", "phone"})
MEDIA = {
    ReturnForm.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReturnForm.PDF: "application/pdf",
}


def report_of(desk: Desk, found: ReturnList, authority: str, lines: Sequence[ReturnLine]) -> Report:
    """A return to one authority as a report, in the columns that the authority wants."""
    spec, moment = found.spec, desk.context.now()
    columns = tuple(ReportColumn(one.heading, one.unit, share=2.0 if one.key in WIDE else 1.0) for one in spec.columns)
    rows = tuple(row_of(spec.columns, one) for one in _reported(desk, found, lines))
    where = f" · {spec.address}" if spec.address else ""
    table = TableBlock(
        "Children", columns, rows, empty=f"Nobody is reported for {long_month(found.month)}.",
        pupils=tuple(one.pupil for one in lines),
    )  # fmt: skip
    school = desk.roll.school
    number = f", DfE number {school.dfe_number}" if school.dfe_number else ""
    made = TextBlock(f"{desk.context.user.name}, {desk.context.user.position}, of {school.name}{number}.", "Made by")
    blocks: tuple[Block, ...] = (table, made)
    subtitle = f"{long_month(found.month)} · to {authority}{where}"
    counts = f"{count_words(len(lines), 'line', 'lines')}. Source: {spec.source}."
    return Report("return", spec.title, subtitle, school.name, moment, counts, blocks, handed_on=True)


def draw(report: Report, form: ReturnForm) -> bytes:
    """The file of that form. The libraries are loaded when something is drawn."""
    if form is ReturnForm.PDF:
        from desktop_app.documents.report_pdf import report_pdf  # noqa: PLC0415

        return report_pdf(report)
    from desktop_app.documents.report_xlsx import report_workbook  # noqa: PLC0415

    return report_workbook(report)


def file_name(spec: ReturnSpec, month: str, authority: str, form: ReturnForm) -> str:
    """The name of a file: it holds no child’s name, and nothing that a disk refuses."""
    bare = "".join(letter for letter in authority if letter.isalnum() or letter in " -").strip()
    return f"{spec.title} {month} {' '.join(bare.split())}.{form}"


def name_of(found: ReturnList, authority: str, form: ReturnForm) -> str:
    """As `file_name`, of a list."""
    return file_name(found.spec, month_key(found.month), authority, form)


def held_addresses(desk: Desk, pupils: Collection[int]) -> tuple[str, ...]:
    """The children on a return whose address is held from whoever makes it: somebody who may see it makes it instead,
    since the authority must have it."""
    held = held_from(desk.context, desk.reading.book)
    return tuple(desk.roll.pupils[key].name for key in pupils if held.holds_child(desk.roll.pupils[key]))


def check_addresses(desk: Desk, spec: ReturnSpec, pupils: Collection[int]) -> None:
    """Raise `Refused` where the return asks for addresses that the present user may not see."""
    if not any(one.unit is Unit.TEXT and one.key in ("address", "parents-address") for one in spec.columns):
        return
    if names := held_addresses(desk, pupils):
        raise Refused(
            f"The address of {names[0]} is protected, and the authority must have it: the headteacher or the "
            "safeguarding lead makes this return."
        )


def _reported(desk: Desk, found: ReturnList, lines: Iterable[ReturnLine]) -> list[Reported]:
    context, roll, book = desk.context, desk.roll, desk.reading.book
    every = list(lines)
    keys = {one.pupil for one in every}
    on = min(found.month, context.today())
    families, held = read_families(book, context.today(), keys), held_from(context, book)
    figures = count(context, desk.reading, roll, school_year_start(on), on, keys) if keys else {}
    reported: list[Reported] = []
    for line in every:
        child, place = roll.pupils[line.pupil], roll.place(line.pupil, on)
        parents = tuple(held.of_card(one) for one in living_with(families.of(child.id)))
        reported.append(
            Reported(
                line,
                held.of_child(child),
                desk.authorities(child, on),
                place.class_name if place else "",
                place.year if place else "",
                parents,
                figures.get(child.id, NO_FIGURES),
            )
        )
    return reported
