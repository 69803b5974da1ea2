"""Making a report off the window’s thread: the facts first, then its pictures for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import Chart
from desktop_app.domain.progress import Progress
from desktop_app.domain.report import ChartBlock, Report
from ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Generator

    from desktop_app.documents.ink import Ink

LETTER, SMALLEST = 12.0, 7.0
"""The smallest letters of the window, in device-independent pixels, and of a picture, in its own points."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as it is shown: its facts, and the picture of each of its charts as SVG, in their order."""

    report: Report
    pictures: tuple[bytes, ...]


def scale_of(theme: Theme) -> float:
    """Device-independent pixels for a point of a picture, so that its smallest letters are those of the window."""
    return LETTER / SMALLEST * theme.row_height / 27


def making(context: Context, key: str, asked: Asked, width: float, theme: Theme) -> Generator[Progress, None, Shown]:
    """Make a report with its pictures, `width` points wide."""
    return _made(context, key, asked, width, ink_of(theme))


def _made(context: Context, key: str, asked: Asked, width: float, ink: Ink) -> Generator[Progress, None, Shown]:
    yield Progress(0, 0, "Reading the marks")
    report = make_report(context, key, asked)
    pictures = yield from drawing(report, width, ink)
    return Shown(report, pictures)


def drawing(report: Report, width: float, ink: Ink) -> Generator[Progress, None, tuple[bytes, ...]]:
    """Draw the pictures of a report, `width` points wide."""
    charts = charts_of(report)
    pictures: list[bytes] = []
    for chart in charts:
        from desktop_app.documents.charts import chart_svg  # noqa: PLC0415 - loaded with the first picture

        yield Progress(len(pictures), len(charts), f"Drawing {chart.title}")
        pictures.append(chart_svg(chart, width, ink))
    return tuple(pictures)


def charts_of(report: Report) -> Sequence[Chart]:
    """The pictures of a report, in their order."""
    return [block.chart for block in report.blocks if isinstance(block, ChartBlock)]


def ink_of(theme: Theme) -> Ink:
    """The colours of the present scheme, as pictures take them."""
    from desktop_app.documents.ink import Ink  # noqa: PLC0415 - loaded with the first report

    palette = theme.palette
    strong = palette.ink if theme.contrast else palette.accent
    return Ink(
        *(theme.colour(one).name() for one in (palette.surface, palette.ink, palette.second, palette.line, strong))
    )
