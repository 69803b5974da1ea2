"""Each amendment as a line: who, which session, what stood and what stands, why, when and by whom."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject

from desktop_app.domain.paper import Amendment
from desktop_app.rules.display import clock_time, date_year, short_date
from ui.parts.lines import LinesModel

Line = tuple[str, Amendment]
HEADINGS = ("Child", "Session", "Original and amended", "Reason", "When and by whom")


class Column(IntEnum):
    """The columns, left to right."""

    CHILD = 0
    SESSION = 1
    CODES = 2
    REASON = 3
    BY = 4


class ChangesModel(LinesModel[Line]):
    """The lines of a report. It only looks up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def text(self, line: Line, column: int) -> str:
        class_name, one = line
        by = f"{one.by}, {one.position}" if one.position else one.by
        shown = {
            Column.CHILD: f"{one.name} {class_name}",
            Column.SESSION: f"{short_date(one.session.day)} {one.session.half.value}",
            Column.CODES: f"{one.was or 'blank'} → {one.now or 'blank'}",
            Column.REASON: f"{one.reason} ({one.details})" if one.details else one.reason,
            Column.BY: f"{date_year(one.at.date())}, {clock_time(one.at)}\n{by}",
        }
        return shown[Column(column)]

    def spoken(self, line: Line) -> str:
        _, one = line
        said = [self.text(line, column) for column in (Column.CHILD, Column.SESSION)]
        said.append(f"{one.was or 'blank'} was amended to {one.now or 'blank'}")
        return ", ".join([*said, self.text(line, Column.REASON), self.text(line, Column.BY).replace("\n", ", ")])
