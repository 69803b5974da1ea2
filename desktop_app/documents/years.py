"""Earlier school years, and brothers and sisters: figures in rows."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, Column, Row, Table
from desktop_app.documents.words import short_day
from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Band
from desktop_app.rules.bands import band_of
from desktop_app.rules.casefile import Sibling
from desktop_app.rules.display import percent
from desktop_app.rules.earlier_years import YEARS, EarlierYear
from desktop_app.rules.parts.other_schools import OtherSchool

FIGURE_COLUMNS = (
    Column("Possible", 10, right=True),
    Column("Attended", 10, right=True),
    Column("Authorised", 12, right=True),
    Column("Unauthorised", 15, right=True),
    Column("Attendance", 13, right=True),
)
YEAR_COLUMNS = (Column("School year", 14), *FIGURE_COLUMNS, Column("Band", 16))
SIBLING_COLUMNS = (Column("Name", 24), Column("Born", 16), Column("Class", 8), *FIGURE_COLUMNS, Column("Band", 15))
ELSEWHERE_COLUMNS = (
    Column("Name and date of birth", 32),
    Column("School", 28),
    Column("Attendance", 18),
    Column("Whom we speak to there", 22),
)


def draw_earlier_years(flow: Flow, years: Sequence[EarlierYear], title: str, name: str) -> None:
    """The totals of up to three earlier school years."""
    flow.title(title, name)
    if not years:
        flow.paragraph(
            f"This school’s register holds no mark of this pupil in the {YEARS} school years before this one."
        )
        return
    Table(flow, YEAR_COLUMNS).draw(map(year_row, years))
    partly = [year for year in years if year.first.month != 9 or year.last.month != 8]
    for year in partly:
        flow.space(4.0)
        flow.paragraph(f"{year.name}: on roll here from {short_day(year.first)} to {short_day(year.last)}.", 9.0)


def draw_siblings(
    flow: Flow,
    siblings: Sequence[Sibling],
    elsewhere: Sequence[OtherSchool],
    bands: Sequence[Band],
    title: str,
    name: str,
) -> None:
    """Brothers and sisters who share a parent: those at this school with their figures of this school year, and what
    is known of those at others."""
    flow.title(title, f"of {name}")
    if siblings:
        Table(flow, SIBLING_COLUMNS, DENSE).draw(
            (_sibling(sibling, bands) for sibling in siblings), "At this school, this school year"
        )
    else:
        flow.paragraph("No brother or sister at this school is recorded.")
    if elsewhere:
        rows = (Row((one.child or "not recorded", one.school, one.attendance or "–", one.contact)) for one in elsewhere)
        Table(flow, ELSEWHERE_COLUMNS, DENSE).draw(rows, "At other schools, as they or the family told us")


def year_row(year: EarlierYear) -> Row:
    """One earlier year in `YEAR_COLUMNS`."""
    return Row((year.name, *figure_cells(year.figures), year.band.title if year.band else ""))


def _sibling(sibling: Sibling, bands: Sequence[Band]) -> Row:
    band = band_of(sibling.figures, bands)
    pupil = sibling.pupil
    born = short_day(pupil.date_of_birth)
    return Row((pupil.legal_name, born, sibling.class_name, *figure_cells(sibling.figures), band.title if band else ""))


def figure_cells(figures: Figures) -> tuple[str, str, str, str, str]:
    """Figures in `FIGURE_COLUMNS`."""
    return (
        str(figures.possible),
        str(figures.attended),
        str(figures.authorised),
        str(figures.unauthorised),
        percent(figures.attendance),
    )
