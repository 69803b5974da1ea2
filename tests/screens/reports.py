"""The scenes of Reports: the weekly figures, a list of children, the year in pictures, and one as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.screens.hands import pause, until
from ui.reports.page import ReportsPage

if TYPE_CHECKING:
    from tests.screens.scenes import Gallery


def play_reports(gallery: Gallery) -> None:
    """Show one report after another, each once its pictures are drawn for the width there is."""
    window = gallery.desk.window
    assert window is not None
    page = window.page("reports")
    assert isinstance(page, ReportsPage)
    for key in ("weekly", "persistent", "calendar", "codes"):
        window.go("reports", report=key)
        until(lambda key=key: page.shown is not None and page.shown.report.key == key)
        pause(0.4)
        until(lambda: not window.runner.busy)
        gallery.take(f"report-{key}", window)
    page.view.pictures[0].turn.click()
    gallery.take("report-numbers", window)
