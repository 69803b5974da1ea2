"""A part's pages, filled from top to bottom: titles, paragraphs, facts in two columns, and big figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.documents.page import LEFT, PORTRAIT, SECOND, STRONG, TOP, Page, Size
from desktop_app.documents.type import Face, Type, clean

BODY = 10.0
BODY_LEAD = 15.0
ROW_PAD = 3.4
LABEL_WIDTH = 142.5
HEADING_ROOM = 60.0
"""A heading moves to the next page with what it heads where less than this would stand under it."""

BOX_LEAD, BOX_SPACE = 13.2, 14.0
BLANK_PAGE = "This page is left blank"


class Flow:
    """Pages of one part and where the next thing goes. `y` is the top of what comes next, from the top of the page.
    `air` is how much of the space around headings and rows is left, of 1."""

    def __init__(self, type_: Type, size: Size = PORTRAIT, air: float = 1.0) -> None:
        self.type = type_
        self.size = size
        self.air = air
        self.pages: list[Page] = [Page(size)]
        self.y = TOP

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """How much is left on this page."""
        return self.size.bottom - self.y

    @property
    def at_top(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y <= TOP

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append(Page(self.size))
        self.y = TOP

    def fill_sheet(self) -> int:
        """Leave the back of the last sheet blank where there is nothing on it, so that what follows begins on a new
        sheet; how many pages were left blank."""
        if len(self.pages) % 2 == 0:
            return 0
        page = Page()
        page.text_centre(page.size.width / 2, page.size.height / 2, BLANK_PAGE, self.type.regular, 10.0, SECOND)
        self.pages.append(page)
        return 1

    def need(self, height: float) -> None:
        """Go on to a new page where less than `height` is left."""
        if self.room < height and not self.at_top:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave a space; none at the top of a page."""
        if not self.at_top:
            self.y += height

    def title(self, text: str, under: str = "") -> None:
        """The title of a part, with a line under it that says whose or which."""
        for line in self.type.bold.wrap(clean(text), 19.0, self.size.measure):
            self.page.text(LEFT, self.y + 17.5, line, self.type.bold, 19.0)
            self.y += 25.0
        if under:
            self._lines(
                self.type.regular.wrap(clean(under), 11.0, self.size.measure), 11.0, 16.0, self.type.regular, 0.2
            )
        self.y += 16.0 * self.air

    def heading(self, text: str, keep: float = HEADING_ROOM) -> None:
        """A heading, kept with at least `keep` points of what follows it."""
        self.space(19.0 * self.air)
        self.need(13.0 + 9.0 * self.air + keep)
        self.page.text(LEFT, self.y + 10.5, clean(text), self.type.bold, 11.0)
        self.y += 11.0 + 9.0 * self.air

    def paragraph(self, text: str, size: float = BODY, grey: float | None = None, *, bold: bool = False) -> None:
        """Running text over the whole measure, broken between lines where the page ends."""
        face = self.type.bold if bold else self.type.regular
        shade = 0.07 if grey is None else grey
        self._lines(face.wrap(clean(text), size, self.size.measure), size, size * 1.5, face, shade)
        self.y += 4.0 * self.air

    def facts(self, rows: Iterable[tuple[str, str]], *, strong_first: bool = False) -> None:
        """Label and value, ruled: what is known of somebody. A value may have several lines."""
        for place, (label, value) in enumerate(rows):
            face = self.type.bold if strong_first and place == 0 else self.type.regular
            self.fact(label, [(clean(value), face)])

    def fact(self, label: str, runs: Sequence[tuple[str, Face]]) -> None:
        """One label with a value of one or more runs, each in its own face; runs follow each other on the line."""
        labels = self.type.regular.wrap(clean(label), BODY, LABEL_WIDTH - 12)
        room = self.size.measure - LABEL_WIDTH
        wrapped = [(line, face) for text, face in runs for line in face.wrap(text, BODY, room)]
        on_one_line = sum(face.width(text, BODY) for text, face in runs) <= room and "\n" not in "".join(
            t for t, _ in runs
        )
        count = max(len(labels), 1 if on_one_line else len(wrapped))
        height = count * BODY_LEAD + 2 * ROW_PAD
        if height <= self.size.bottom - TOP:
            self.need(height)
        base = self.y + ROW_PAD + 11.0
        for line, text in enumerate(labels):
            self.page.text(LEFT, base + line * BODY_LEAD, text, self.type.regular, BODY, SECOND)
        if on_one_line:
            x = LEFT + LABEL_WIDTH
            for text, face in runs:
                self.page.text(x, base, text, face, BODY)
                x += face.width(text, BODY)
        else:
            self._long_value(wrapped, base)
            return
        self.y += height
        self.page.across(self.y)

    def figures(self, columns: Sequence[tuple[str, str]]) -> None:
        """Big figures side by side under their names."""
        size = 15.5
        self.need(56.0)
        widths = [
            max(self.type.regular.width(name, 8.6), self.type.regular.width(figure, size)) for name, figure in columns
        ]
        gap = (self.size.measure - sum(widths)) / len(columns)
        x = LEFT
        for (name, figure), width in zip(columns, widths, strict=True):
            self.page.text(x, self.y + 10.0, name, self.type.regular, 8.6, SECOND)
            self.page.text(x, self.y + 36.5, figure, self.type.regular, size)
            x += width + gap
        self.y += 16.5
        self.page.across(self.y)
        self.y += 29.5
        self.page.across(self.y)

    def box_height(self, text: str) -> float:
        """What a `boxed` notice takes, with the space before it."""
        return BOX_SPACE + len(self._in_box(text)) * BOX_LEAD + 18

    def _in_box(self, text: str) -> list[str]:
        return self.type.regular.wrap(clean(text), 9.0, self.size.measure - 22)

    def boxed(self, text: str) -> None:
        """A ruled box with a notice in it."""
        lines, height = self._in_box(text), self.box_height(text) - BOX_SPACE
        self.space(BOX_SPACE)
        self.need(height)
        top, bottom = self.y, self.y + height
        for y in (top, bottom):
            self.page.across(y, width=0.75, grey=STRONG)
        for x in (LEFT, self.size.right):
            self.page.down(x, top, bottom, width=0.75, grey=STRONG)
        for line, said in enumerate(lines):
            self.page.text(LEFT + 11, top + 18.5 + line * BOX_LEAD, said, self.type.regular, 9.0)
        self.y = bottom

    def _lines(self, lines: Sequence[str], size: float, lead: float, face: Face, grey: float) -> None:
        for line in lines:
            self.need(lead)
            self.page.text(LEFT, self.y + lead * 0.72, line, face, size, grey)
            self.y += lead

    def _long_value(self, wrapped: Sequence[tuple[str, Face]], base: float) -> None:
        """A value of many lines, carried over to the next page where it does not fit."""
        y = base
        for text, face in wrapped:
            if y + 4.0 > self.size.bottom:
                self.new_page()
                y = self.y + ROW_PAD + 11.0
            self.page.text(LEFT + LABEL_WIDTH, y, text, face, BODY)
            y += BODY_LEAD
        self.y = y - 11.0 + ROW_PAD
        self.page.across(self.y)
